/** Both format tables against driver semantics 3.3 and AeroGPU protocol specification 4.1, 7.4. */
#include "core/format.h"
#include "test_main.h"

enum { LAST_FORMAT = 99, BEYOND = 100 };

/* DXGI number, protocol format on a device of minor 2 and of minor 1, bytes of a block, caps. */
static const struct {
    uint32_t dxgi, wire, wire_minor1, block_bytes, caps;
} textures[] = {
    { 27, 3, 3, 4, 0 },   { 28, 3, 3, 4, 7 },   { 29, 9, 3, 4, 7 },   { 39, 33, 33, 4, 0 },
    { 40, 33, 33, 4, 0 }, { 44, 32, 32, 4, 0 }, { 45, 32, 32, 4, 0 }, { 70, 64, 0, 8, 0 },
    { 71, 64, 0, 8, 1 },  { 72, 65, 0, 8, 1 },  { 73, 66, 0, 16, 0 }, { 74, 66, 0, 16, 1 },
    { 75, 67, 0, 16, 1 }, { 76, 68, 0, 16, 0 }, { 77, 68, 0, 16, 1 }, { 78, 69, 0, 16, 1 },
    { 85, 5, 5, 2, 7 },   { 86, 6, 6, 2, 7 },   { 87, 1, 1, 4, 7 },   { 88, 2, 2, 4, 7 },
    { 90, 1, 1, 4, 0 },   { 91, 7, 1, 4, 7 },   { 92, 2, 2, 4, 0 },   { 93, 8, 2, 4, 7 },
    { 97, 70, 0, 16, 0 }, { 98, 70, 0, 16, 1 }, { 99, 71, 0, 16, 1 },
};

enum { TEXTURES = sizeof(textures) / sizeof(textures[0]) };

static bool is_texture(uint32_t dxgi)
{
    for (int i = 0; i < TEXTURES; i++) {
        if (textures[i].dxgi == dxgi)
            return true;
    }
    return false;
}

START_TEST(texture_format_has_its_protocol_format)
{
    const struct format_row *row = format_find(textures[_i].dxgi);

    ck_assert_uint_eq(format_wire(row, 2), textures[_i].wire);
    ck_assert_uint_eq(format_wire(row, 1), textures[_i].wire_minor1);
}
END_TEST

START_TEST(texture_format_has_its_block_size)
{
    ck_assert_uint_eq(format_find(textures[_i].dxgi)->block_bytes, textures[_i].block_bytes);
}
END_TEST

START_TEST(texture_format_has_its_caps)
{
    ck_assert_uint_eq(format_find(textures[_i].dxgi)->caps, textures[_i].caps);
}
END_TEST

START_TEST(other_format_is_no_texture)
{
    if (is_texture((uint32_t)_i))
        return;
    ck_assert_uint_eq(format_find((uint32_t)_i)->kind, FORMAT_NONE);
}
END_TEST

START_TEST(xr_bias_says_that_it_is_not_supported)
{
    ck_assert_uint_eq(format_find(89)->caps, 0x80000000u);
}
END_TEST

START_TEST(format_beyond_the_table_is_no_texture)
{
    ck_assert_uint_eq(format_find(UINT32_MAX)->kind, FORMAT_NONE);
}
END_TEST

static const uint8_t vertex_formats[] = {
    2,  3,  4,  6,  7,  8,  10, 11, 12, 13, 14, 16, 17, 18, 24, 28, 29, 30, 31, 32,
    34, 35, 36, 37, 38, 41, 42, 43, 49, 50, 51, 52, 54, 56, 57, 58, 59, 87, 91,
};

START_TEST(vertex_formats_are_those_a_host_fetches)
{
    bool is_listed = false;

    for (size_t i = 0; i < sizeof(vertex_formats); i++)
        is_listed |= vertex_formats[i] == _i;
    ck_assert_int_eq(vertex_format_find((uint32_t)_i)->class != 0, is_listed);
}
END_TEST

/* Integer formats, by class; all others are floats to a shader. */
static const uint8_t uint_formats[] = { 3, 7, 12, 17, 30, 36, 42, 50, 57 };
static const uint8_t sint_formats[] = { 4, 8, 14, 18, 32, 38, 43, 52, 59 };

static uint8_t expected_class(uint8_t format)
{
    for (size_t i = 0; i < sizeof(uint_formats); i++) {
        if (uint_formats[i] == format)
            return VERTEX_CLASS_UINT;
        if (sint_formats[i] == format)
            return VERTEX_CLASS_SINT;
    }
    return VERTEX_CLASS_FLOAT;
}

START_TEST(vertex_format_has_its_class)
{
    const uint8_t format = vertex_formats[_i];

    ck_assert_uint_eq(vertex_format_find(format)->class, expected_class(format));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("format");
    TCase *tcase = tcase_create("tables");

    tcase_add_loop_test(tcase, texture_format_has_its_protocol_format, 0, TEXTURES);
    tcase_add_loop_test(tcase, texture_format_has_its_block_size, 0, TEXTURES);
    tcase_add_loop_test(tcase, texture_format_has_its_caps, 0, TEXTURES);
    tcase_add_loop_test(tcase, other_format_is_no_texture, 0, BEYOND);
    tcase_add_test(tcase, xr_bias_says_that_it_is_not_supported);
    tcase_add_test(tcase, format_beyond_the_table_is_no_texture);
    tcase_add_loop_test(tcase, vertex_formats_are_those_a_host_fetches, 0, BEYOND);
    tcase_add_loop_test(tcase, vertex_format_has_its_class, 0, sizeof(vertex_formats));
    suite_add_tcase(suite, tcase);
    return test_run(suite);
}
