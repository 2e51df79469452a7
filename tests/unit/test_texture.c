/** Texture arithmetic against a table of layouts worked out by hand. */
#include "aerogpu_enums.h"
#include "core/texture.h"
#include "test_main.h"

enum {
    RGBA8 = 28,
    B5G6R5 = 85,
    BC1 = 71,
    BC3 = 77,
};

/* Subresource `index` of a texture, and the texture's total. */
static const struct {
    uint32_t format, width, height, mips, layers;
    uint32_t index;
    uint64_t offset_bytes;
    uint32_t pitch_bytes, row_bytes, rows;
    uint64_t total_bytes;
} layouts[] = {
    /* one mip: pitch aligned to 256 */
    { RGBA8, 256, 256, 1, 1, 0, 0, 1024, 1024, 256, 262144 },
    { RGBA8, 3, 2, 1, 1, 0, 0, 256, 12, 2, 512 },
    { B5G6R5, 5, 4, 1, 1, 0, 0, 256, 10, 4, 1024 },
    /* mips behind the first are tight: 8x8 = 8*256, 4x4 = 64, 2x2 = 16, 1x1 = 4 */
    { RGBA8, 8, 8, 4, 1, 1, 2048, 16, 16, 4, 2132 },
    { RGBA8, 8, 8, 4, 1, 3, 2128, 4, 4, 1, 2132 },
    /* layers follow each other without a gap */
    { RGBA8, 8, 8, 4, 3, 4, 2132, 256, 32, 8, 6396 },
    { RGBA8, 8, 8, 4, 3, 9, 2132 * 2 + 2048, 16, 16, 4, 6396 },
    /* blocks: rows of blocks, sides rounded up to them */
    { BC1, 8, 8, 4, 2, 0, 0, 256, 16, 2, 2 * (512 + 8 + 8 + 8) },
    { BC1, 8, 8, 4, 2, 5, 536 + 512, 8, 8, 1, 2 * (512 + 8 + 8 + 8) },
    { BC3, 6, 5, 1, 1, 0, 0, 256, 32, 2, 512 },
    /* not a power of two: 5 -> 2 -> 1 */
    { RGBA8, 5, 3, 3, 1, 1, 768, 8, 8, 1, 768 + 8 + 4 },
    { RGBA8, 5, 3, 3, 1, 2, 776, 4, 4, 1, 768 + 8 + 4 },
};

START_TEST(subresource_lies_where_the_layout_says)
{
    struct texture_layout layout;
    struct texture_subresource at;

    ck_assert(texture_layout_init(&layout, format_find(layouts[_i].format), layouts[_i].width,
                                  layouts[_i].height, layouts[_i].mips, layouts[_i].layers));
    at = texture_subresource_at(&layout, layouts[_i].index);
    ck_assert_uint_eq(at.offset_bytes, layouts[_i].offset_bytes);
    ck_assert_uint_eq(at.row_pitch_bytes, layouts[_i].pitch_bytes);
    ck_assert_uint_eq(at.row_bytes, layouts[_i].row_bytes);
    ck_assert_uint_eq(at.rows, layouts[_i].rows);
    ck_assert_uint_eq(layout.total_bytes, layouts[_i].total_bytes);
}
END_TEST

static const struct {
    uint32_t width, height, mips, layers;
} refused[] = {
    { 0, 1, 1, 1 },     { 1, 0, 1, 1 },    { 1, 1, 1, 0 },
    { 1, 1, 2, 1 },     { 8, 8, 5, 1 },    { 16385, 1, 1, 1 },
    { 1, 16385, 1, 1 }, { 1, 1, 1, 2049 }, { 16384, 16384, 1, 3 },
};

START_TEST(impossible_texture_is_refused)
{
    struct texture_layout layout;

    ck_assert(!texture_layout_init(&layout, format_find(RGBA8), refused[_i].width,
                                   refused[_i].height, refused[_i].mips, refused[_i].layers));
}
END_TEST

START_TEST(largest_texture_that_fits_the_budget_is_accepted)
{
    struct texture_layout layout;

    ck_assert(texture_layout_init(&layout, format_find(RGBA8), 16384, 16384, 1, 2));
}
END_TEST

START_TEST(no_mip_count_means_the_full_chain)
{
    struct texture_layout layout;

    ck_assert(texture_layout_init(&layout, format_find(RGBA8), 300, 20, 0, 1));
    ck_assert_uint_eq(layout.mip_levels, 9);
}
END_TEST

START_TEST(raised_pitch_moves_what_follows)
{
    struct texture_layout layout;

    ck_assert(texture_layout_init(&layout, format_find(RGBA8), 8, 8, 2, 1));
    ck_assert(texture_layout_set_pitch(&layout, 512));
    ck_assert_uint_eq(texture_subresource_at(&layout, 1).offset_bytes, 8 * 512);
}
END_TEST

START_TEST(pitch_below_the_tight_one_is_refused)
{
    struct texture_layout layout;

    ck_assert(texture_layout_init(&layout, format_find(RGBA8), 8, 8, 1, 1));
    ck_assert(!texture_layout_set_pitch(&layout, 31));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("texture");
    TCase *tcase = tcase_create("layout");

    tcase_add_loop_test(tcase, subresource_lies_where_the_layout_says, 0,
                        sizeof(layouts) / sizeof(layouts[0]));
    tcase_add_loop_test(tcase, impossible_texture_is_refused, 0,
                        sizeof(refused) / sizeof(refused[0]));
    tcase_add_test(tcase, largest_texture_that_fits_the_budget_is_accepted);
    tcase_add_test(tcase, no_mip_count_means_the_full_chain);
    tcase_add_test(tcase, raised_pitch_moves_what_follows);
    tcase_add_test(tcase, pitch_below_the_tight_one_is_refused);
    suite_add_tcase(suite, tcase);
    return test_run(suite);
}
