/** What the validator stands on: texture layouts, semantic hashes, containers of a real compiler.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "aerogpu_enums.h"
#include "stream/container_hash.h"
#include "stream/id_map.h"
#include "stream/shader_view.h"
#include "stream/texture_layout.h"

/** A layout worked out by hand. */
struct layout_fact {
    uint32_t format;
    uint32_t width;
    uint32_t height;
    uint32_t mip_levels;
    uint32_t array_layers;
    uint32_t row_pitch_bytes;
    uint64_t layer_bytes;
    uint64_t total_bytes;
};

static const struct layout_fact layout_facts[] = {
    /* The example of section 10.1. */
    { AEROGPU_FORMAT_BC1_RGBA_UNORM, 8, 8, 4, 2, 16, 56, 112 },
    { AEROGPU_FORMAT_B8G8R8A8_UNORM, 1, 1, 1, 1, 0, 4, 4 },
    { AEROGPU_FORMAT_B8G8R8A8_UNORM, 64, 32, 1, 1, 0, 8192, 8192 },
    { AEROGPU_FORMAT_B8G8R8A8_UNORM, 64, 32, 2, 1, 512, 512 * 32 + 32 * 4 * 16, 18432 },
    { AEROGPU_FORMAT_B5G6R5_UNORM, 3, 5, 2, 3, 8, 8 * 5 + 2 * 2, 132 },
    { AEROGPU_FORMAT_D32_FLOAT, 2, 1, 2, 1, 0, 12, 12 },
    { AEROGPU_FORMAT_BC7_RGBA_UNORM, 5, 5, 3, 1, 0, 64 + 16 + 16, 96 },
    { AEROGPU_FORMAT_BC2_RGBA_UNORM_SRGB, 1, 16, 1, 1, 256, 1024, 1024 },
};

static struct texture_shape shape_of(const struct layout_fact *fact)
{
    return (struct texture_shape){
        .format = stream_format_info_find(fact->format),
        .width = fact->width,
        .height = fact->height,
        .mip_levels = fact->mip_levels,
        .array_layers = fact->array_layers,
        .row_pitch_bytes = fact->row_pitch_bytes,
    };
}

START_TEST(layouts_are_packed_as_specified)
{
    for (size_t i = 0; i < sizeof(layout_facts) / sizeof(layout_facts[0]); i++) {
        const struct texture_shape shape = shape_of(&layout_facts[i]);
        uint64_t bytes;

        ck_assert(stream_texture_layer_bytes(&shape, &bytes));
        ck_assert_uint_eq(bytes, layout_facts[i].layer_bytes);
        ck_assert(stream_texture_total_bytes(&shape, &bytes));
        ck_assert_uint_eq(bytes, layout_facts[i].total_bytes);
    }
}
END_TEST

START_TEST(every_byte_belongs_to_one_subresource_in_order)
{
    for (size_t i = 0; i < sizeof(layout_facts) / sizeof(layout_facts[0]); i++) {
        const struct texture_shape shape = shape_of(&layout_facts[i]);
        uint64_t at = 0;

        for (uint32_t n = 0; n < shape.mip_levels * shape.array_layers; n++) {
            const struct texture_extent first = stream_texture_extent_at(&shape, at);
            const struct texture_extent last =
                stream_texture_extent_at(&shape, at + first.size_bytes - 1);

            ck_assert_uint_eq(first.index, n);
            ck_assert_uint_eq(first.offset_bytes, at);
            ck_assert_uint_eq(last.index, n);
            at += first.size_bytes;
        }
        ck_assert_uint_eq(at, layout_facts[i].total_bytes);
    }
}
END_TEST

START_TEST(mip_1_of_layer_1_is_where_the_specification_says)
{
    const struct texture_shape shape = shape_of(&layout_facts[0]);
    const struct texture_extent extent = stream_texture_extent_at(&shape, 88);

    ck_assert_uint_eq(extent.index, 1 + 1 * 4);
    ck_assert_uint_eq(extent.offset_bytes, 88);
    ck_assert_uint_eq(extent.size_bytes, 8);
}
END_TEST

START_TEST(layout_overflow_is_told)
{
    const struct layout_fact fact = {
        AEROGPU_FORMAT_BC7_RGBA_UNORM, UINT32_MAX, UINT32_MAX, 1, UINT32_MAX, 0, 0, 0
    };
    const struct texture_shape shape = shape_of(&fact);
    uint64_t bytes;

    ck_assert(!stream_texture_total_bytes(&shape, &bytes));
}
END_TEST

START_TEST(mip_counts_follow_the_larger_side)
{
    ck_assert_uint_eq(stream_texture_full_mips(1, 1), 1);
    ck_assert_uint_eq(stream_texture_full_mips(2, 1), 2);
    ck_assert_uint_eq(stream_texture_full_mips(3, 255), 8);
    ck_assert_uint_eq(stream_texture_full_mips(256, 256), 9);
    ck_assert_uint_eq(stream_texture_full_mips(UINT32_MAX, 1), 32);
}
END_TEST

START_TEST(formats_are_the_protocol_s)
{
    uint32_t known = 0;

    for (uint32_t format = 0; format < 1000; format++)
        known += stream_format_info_find(format) != NULL;
    ck_assert_uint_eq(known, 20);
    ck_assert_ptr_null(stream_format_info_find(AEROGPU_FORMAT_INVALID));
    ck_assert_uint_eq(stream_format_info_find(AEROGPU_FORMAT_BC3_RGBA_UNORM_SRGB)->unorm,
                      AEROGPU_FORMAT_BC3_RGBA_UNORM);
}
END_TEST

/** Check values of section 7.3. */
struct hash_fact {
    const char *name;
    uint32_t hash;
};

static const struct hash_fact hash_facts[] = {
    { "", 0x811C9DC5 },
    { "A", 0xC40BF6CC },
    { "Position", 0x7808E88A },
    { "NORMAL", 0x3C329992 },
    { "Color", 0xE7C308F8 },
    { "TEXCOORD", 0x0BC45413 },
    { "TANGENT", 0x999442E2 },
    { "BINORMAL", 0x856485E7 },
    { "BLENDINDICES", 0x124DBC05 },
    { "BLENDWEIGHT", 0xD99AFBF8 },
    { "SV_Position", 0x178476AE },
    { "sv_vertexid", 0xBB638E06 },
    { "SV_InstanceID", 0xCB2D2E9B },
};

START_TEST(semantic_names_hash_as_specified)
{
    for (size_t i = 0; i < sizeof(hash_facts) / sizeof(hash_facts[0]); i++)
        ck_assert_uint_eq(stream_semantic_name_hash(hash_facts[i].name, strlen(hash_facts[i].name)),
                          hash_facts[i].hash);
}
END_TEST

/* Containers of a real compiler, committed beside the scenarios. */

static uint8_t compiled[1 << 16];

static struct shader_container load_container(const char *name)
{
    struct shader_container container;
    char path[512];
    size_t size_bytes;
    FILE *in;

    snprintf(path, sizeof(path), "%s/%s.dxbc", SHADER_DIR, name);
    in = fopen(path, "rb");
    ck_assert_msg(in != NULL, "%s", path);
    size_bytes = fread(compiled, 1, sizeof(compiled), in);
    fclose(in);
    ck_assert_ptr_null(stream_shader_container_open(&container, compiled, (uint32_t)size_bytes));
    return container;
}

START_TEST(compiled_containers_have_the_checksum_that_we_compute)
{
    static const char *const names[] = { "triangle_vs", "triangle_ps", "depth_ps", "integers_vs" };

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        const struct shader_container container = load_container(names[i]);

        ck_assert_msg(stream_shader_container_is_hashed(&container), "%s", names[i]);
        compiled[container.total_bytes - 1] ^= 1;
        ck_assert_msg(!stream_shader_container_is_hashed(&container), "%s", names[i]);
    }
}
END_TEST

START_TEST(compiled_vertex_shader_is_understood)
{
    const struct shader_container container = load_container("triangle_vs");
    struct shader_view view = { 0 };
    bool has_position = false;

    ck_assert_ptr_null(stream_shader_view_read_code(&view, &container));
    ck_assert_ptr_null(stream_shader_view_read_signatures(&view, &container));
    ck_assert_uint_eq(view.program, PROGRAM_VERTEX);
    ck_assert(view.inputs.is_present && view.inputs.count > 0);
    for (uint32_t i = 0; i < view.outputs.count; i++)
        has_position |= view.outputs.entries[i].system_value == SYSTEM_VALUE_POSITION;
    ck_assert(has_position);
    ck_assert_uint_eq(view.declared.constant_slots, 1);
    ck_assert_uint_gt(view.declared.constant_registers[0], 0);
    ck_assert_uint_eq(view.declared.varying_inputs, 0);
}
END_TEST

START_TEST(compiled_pixel_shader_reads_its_varyings)
{
    const struct shader_container container = load_container("triangle_ps");
    struct shader_view view = { 0 };

    ck_assert_ptr_null(stream_shader_view_read_code(&view, &container));
    ck_assert_uint_eq(view.program, PROGRAM_PIXEL);
    ck_assert_uint_ne(view.declared.varying_inputs, 0);
}
END_TEST

START_TEST(hash_of_every_block_boundary_differs)
{
    /* Lengths around 56 and 64 take different paths through the padding. */
    uint8_t bytes[200] = { 0 };
    uint32_t hashes[200][4];

    for (uint32_t length = 0; length < 200; length++) {
        stream_container_hash(bytes, length, hashes[length]);
        for (uint32_t other = 0; other < length; other++)
            ck_assert_mem_ne(hashes[length], hashes[other], sizeof(hashes[0]));
    }
}
END_TEST

START_TEST(id_map_keeps_thousands_of_ids)
{
    const struct stream_memory memory = stream_memory_from(NULL, NULL);
    struct id_map map = { 0 };

    for (uint64_t key = 0; key < 5000; key++)
        *stream_id_map_insert(&map, &memory, key * 0x100000001ull) = (uint32_t)key;
    ck_assert_uint_eq(map.used, 5000);
    for (uint64_t key = 0; key < 5000; key++)
        ck_assert_uint_eq(*stream_id_map_find(&map, key * 0x100000001ull), key);
    ck_assert_ptr_null(stream_id_map_find(&map, 12345));
    stream_id_map_finish(&map, &memory);
    ck_assert_ptr_null(stream_id_map_find(&map, 0));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("validate_parts");
    TCase *parts = tcase_create("parts");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_test(parts, layouts_are_packed_as_specified);
    tcase_add_test(parts, every_byte_belongs_to_one_subresource_in_order);
    tcase_add_test(parts, mip_1_of_layer_1_is_where_the_specification_says);
    tcase_add_test(parts, layout_overflow_is_told);
    tcase_add_test(parts, mip_counts_follow_the_larger_side);
    tcase_add_test(parts, formats_are_the_protocol_s);
    tcase_add_test(parts, semantic_names_hash_as_specified);
    tcase_add_test(parts, compiled_containers_have_the_checksum_that_we_compute);
    tcase_add_test(parts, compiled_vertex_shader_is_understood);
    tcase_add_test(parts, compiled_pixel_shader_reads_its_varyings);
    tcase_add_test(parts, hash_of_every_block_boundary_differs);
    tcase_add_test(parts, id_map_keeps_thousands_of_ids);
    suite_add_tcase(suite, parts);
    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
