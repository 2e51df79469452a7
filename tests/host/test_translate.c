/** What the translator makes of real shaders is SPIR-V by the rules of Vulkan. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dxbc/reader.h"
#include "host/normalise.h"
#include "host/prescan.h"
#include "host/translate.h"
#include "world.h"

/* The module of a container of the scenarios, made the way src/host/shader.c makes it. */
static struct host_translation translate(const char *name)
{
    static uint32_t words[2048];
    struct host_translation translation = { .words = NULL };
    struct host_container container;
    const char *reason = "";
    struct dxbc_reader reader;
    struct dxbc_chunk code;
    struct dxbc_scan scan;
    size_t size_bytes;
    char path[512];
    FILE *file;

    snprintf(path, sizeof(path), "%s/%s.dxbc", SHADER_DIR, name);
    file = fopen(path, "rb");
    ck_assert_msg(file != NULL, "%s", path);
    size_bytes = fread(words, 1, sizeof(words), file);
    fclose(file);
    ck_assert_msg(dxbc_reader_init(&reader, words, size_bytes, &reason) &&
                      dxbc_reader_code(&reader, &code, &reason) &&
                      dxbc_scan_tokens(code.data, code.size_bytes / 4, &scan, &reason) &&
                      host_container_normalise(words, size_bytes, &scan, &container, &reason),
                  "%s: %s", name, reason);
    ck_assert_msg(host_translate(container.bytes, container.size_bytes, 0, &translation), "%s: %s",
                  name, translation.text);
    free(container.bytes);
    return translation;
}

/* Whether spirv-val takes the module; what it says is in the log of the test. */
static bool is_valid(const struct host_translation *translation)
{
    FILE *const validator = popen(SPIRV_VAL " --target-env vulkan1.1 - 1>&2", "w");

    ck_assert_ptr_nonnull(validator);
    ck_assert_uint_eq(fwrite(translation->words, 1, translation->size_bytes, validator),
                      translation->size_bytes);
    return pclose(validator) == 0;
}

/* One test a shader. */
#define MODULE_IS_VALID(shader)                                                                    \
    START_TEST(module_of_##shader##_is_valid)                                                      \
    {                                                                                              \
        struct host_translation translation = translate(#shader);                                  \
                                                                                                   \
        ck_assert(is_valid(&translation));                                                         \
        free(translation.words);                                                                   \
    }                                                                                              \
    END_TEST

MODULE_IS_VALID(demo_floor_ps)
MODULE_IS_VALID(demo_object_ps)
MODULE_IS_VALID(demo_object_vs)
MODULE_IS_VALID(demo_resolve_ps)
MODULE_IS_VALID(demo_screen_vs)
MODULE_IS_VALID(demo_sky_ps)
MODULE_IS_VALID(depth_ps)
MODULE_IS_VALID(integers_vs)
MODULE_IS_VALID(solid_ps)
MODULE_IS_VALID(solid_vs)
MODULE_IS_VALID(texture_ps)
MODULE_IS_VALID(triangle_ps)
MODULE_IS_VALID(triangle_vs)

START_TEST(shortened_module_is_not_valid)
{
    struct host_translation translation = translate("triangle_vs");

    translation.size_bytes -= 4;
    ck_assert(!is_valid(&translation));
    free(translation.words);
}
END_TEST

/* Whether a pixel shader of one instruction without operands' sense passes the pre-scan. */
static bool passes(uint32_t opcode, bool is_newer)
{
    /* ps_5_0; the instruction with five temporaries; ret */
    const uint32_t tokens[] = {
        0x50,       14, opcode | 11u << 24, 0x001000F2, 0,          0x001000F2, 1,
        0x00100E46, 2,  0x00100E46,         3,          0x00100E46, 4,          0x0100003E
    };
    const char *name, *reason;

    return host_prescan(tokens, sizeof(tokens) / 4, is_newer, &name, &reason);
}

enum { OP_ADD = 0, OP_UMUL = 81, OP_UMAD = 82 };

START_TEST(what_release_1_2_refuses_itself_is_refused_beforehand)
{
    ck_assert(!passes(OP_UMAD, false));
}
END_TEST

START_TEST(what_release_1_2_refuses_itself_is_left_to_a_newer_one)
{
    ck_assert(passes(OP_UMAD, true));
}
END_TEST

START_TEST(what_is_drawn_wrong_is_refused_for_a_newer_release_as_well)
{
    ck_assert(!passes(OP_UMUL, true));
}
END_TEST

START_TEST(what_is_translated_right_passes)
{
    ck_assert(passes(OP_ADD, false));
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        module_of_demo_floor_ps_is_valid,
        module_of_demo_object_ps_is_valid,
        module_of_demo_object_vs_is_valid,
        module_of_demo_resolve_ps_is_valid,
        module_of_demo_screen_vs_is_valid,
        module_of_demo_sky_ps_is_valid,
        module_of_depth_ps_is_valid,
        module_of_integers_vs_is_valid,
        module_of_solid_ps_is_valid,
        module_of_solid_vs_is_valid,
        module_of_texture_ps_is_valid,
        module_of_triangle_ps_is_valid,
        module_of_triangle_vs_is_valid,
        shortened_module_is_not_valid,
        what_release_1_2_refuses_itself_is_refused_beforehand,
        what_release_1_2_refuses_itself_is_left_to_a_newer_one,
        what_is_drawn_wrong_is_refused_for_a_newer_release_as_well,
        what_is_translated_right_passes,
    };

    return world_main("host translation", tests, sizeof(tests) / sizeof(tests[0]));
}
