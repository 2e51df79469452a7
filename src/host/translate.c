#include "host/translate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <spirv-tools/libspirv.h>
#include <vkd3d_shader.h>

#include "host/child.h"

enum {
    TIME_LIMIT_MS = 10000, /* a machine that is busy translates a shader in a hundredth of it */
    OUTPUT_MAX_BYTES = 64 << 20,
    BINDINGS_MAX = 16 + 16 + 2 * 128 + 8,
};

struct bindings {
    struct vkd3d_shader_resource_binding list[BINDINGS_MAX];
    uint32_t count;
    struct vkd3d_shader_uav_counter_binding counters[DXBC_UAV_SLOTS];
};

/* What the child sends before its words. */
struct answer {
    int32_t code;
    uint32_t size_bytes;
    char text[HOST_TRANSLATE_TEXT_BYTES];
};

/* What the child is asked for. */
struct question {
    const void *container;
    size_t size_bytes;
    uint32_t set;
};

static void add_binding(struct bindings *bindings, enum vkd3d_shader_descriptor_type type,
                        uint32_t slot, uint32_t flags, uint32_t set, uint32_t binding)
{
    bindings->list[bindings->count++] = (struct vkd3d_shader_resource_binding){
        .type = type,
        .register_index = slot,
        .flags = flags,
        .binding = { set, binding + slot, 1 },
    };
}

static void fill_bindings(struct bindings *bindings, uint32_t set)
{
    bindings->count = 0;
    for (uint32_t i = 0; i < DXBC_CONSTANT_BUFFER_SLOTS; i++)
        add_binding(bindings, VKD3D_SHADER_DESCRIPTOR_TYPE_CBV, i, VKD3D_SHADER_BINDING_FLAG_BUFFER,
                    set, HOST_BINDING_CONSTANT_BUFFER);
    for (uint32_t i = 0; i < DXBC_SAMPLER_SLOTS; i++)
        add_binding(bindings, VKD3D_SHADER_DESCRIPTOR_TYPE_SAMPLER, i,
                    VKD3D_SHADER_BINDING_FLAG_IMAGE, set, HOST_BINDING_SAMPLER);
    for (uint32_t i = 0; i < DXBC_RESOURCE_SLOTS; i++) {
        add_binding(bindings, VKD3D_SHADER_DESCRIPTOR_TYPE_SRV, i, VKD3D_SHADER_BINDING_FLAG_IMAGE,
                    set, HOST_BINDING_TEXTURE);
        add_binding(bindings, VKD3D_SHADER_DESCRIPTOR_TYPE_SRV, i, VKD3D_SHADER_BINDING_FLAG_BUFFER,
                    set, HOST_BINDING_BUFFER);
    }
    for (uint32_t i = 0; i < DXBC_UAV_SLOTS; i++) {
        add_binding(bindings, VKD3D_SHADER_DESCRIPTOR_TYPE_UAV, i, VKD3D_SHADER_BINDING_FLAG_BUFFER,
                    set, HOST_BINDING_UAV);
        bindings->counters[i] = (struct vkd3d_shader_uav_counter_binding){
            .register_index = i, .binding = { set, HOST_BINDING_COUNTER + i, 1 }
        };
    }
}

static int compile(const void *container, size_t size_bytes, uint32_t set,
                   struct vkd3d_shader_code *spirv, char **messages)
{
    static const struct vkd3d_shader_compile_option options[] = {
        { VKD3D_SHADER_COMPILE_OPTION_BUFFER_UAV,
          VKD3D_SHADER_COMPILE_OPTION_BUFFER_UAV_STORAGE_BUFFER },
    };
    static const enum vkd3d_shader_spirv_extension extensions[] = {
        VKD3D_SHADER_SPIRV_EXTENSION_EXT_DEMOTE_TO_HELPER_INVOCATION,
    };
    const struct vkd3d_shader_parameter sample_count = {
        .name = VKD3D_SHADER_PARAMETER_NAME_RASTERIZER_SAMPLE_COUNT,
        .type = VKD3D_SHADER_PARAMETER_TYPE_IMMEDIATE_CONSTANT,
        .data_type = VKD3D_SHADER_PARAMETER_DATA_TYPE_UINT32,
        .u.immediate_constant.u.u32 = 1,
    };
    struct bindings bindings;
    struct vkd3d_shader_spirv_target_info target = {
        .type = VKD3D_SHADER_STRUCTURE_TYPE_SPIRV_TARGET_INFO,
        .environment = VKD3D_SHADER_SPIRV_ENVIRONMENT_VULKAN_1_0,
        .extensions = extensions,
        .extension_count = 1,
        .parameters = &sample_count,
        .parameter_count = 1,
    };
    struct vkd3d_shader_interface_info interface = {
        .type = VKD3D_SHADER_STRUCTURE_TYPE_INTERFACE_INFO,
        .next = &target,
        .bindings = bindings.list,
        .uav_counters = bindings.counters,
        .uav_counter_count = DXBC_UAV_SLOTS,
    };
    const struct vkd3d_shader_compile_info info = {
        .type = VKD3D_SHADER_STRUCTURE_TYPE_COMPILE_INFO,
        .next = &interface,
        .source = { container, size_bytes },
        .source_type = VKD3D_SHADER_SOURCE_DXBC_TPF,
        .target_type = VKD3D_SHADER_TARGET_SPIRV_BINARY,
        .options = options,
        .option_count = 1,
        .log_level = VKD3D_SHADER_LOG_ERROR,
    };

    fill_bindings(&bindings, set);
    interface.binding_count = bindings.count;
    return vkd3d_shader_compile(&info, spirv, messages);
}

/*
 * Whether the words are a module that drivers may be given: they trust their input, so one that the
 * translator got wrong would crash them. No tables in front of it knows all that it gets wrong.
 */
static bool is_valid(const struct vkd3d_shader_code *spirv, struct answer *answer)
{
    const spv_context context = spvContextCreate(SPV_ENV_VULKAN_1_1);
    spv_diagnostic diagnostic = NULL;
    const spv_result_t result =
        context
            ? spvValidateBinary(context, spirv->code, spirv->size / sizeof(uint32_t), &diagnostic)
            : SPV_ERROR_OUT_OF_MEMORY;

    if (result != SPV_SUCCESS)
        snprintf(answer->text, sizeof(answer->text), "the module is invalid: %s",
                 diagnostic ? diagnostic->error : "unknown");
    return result == SPV_SUCCESS;
}

/* In the child, which ends behind it: nothing is freed. */
static void answer_question(void *user, int out)
{
    const struct question *question = user;
    struct vkd3d_shader_code spirv = { 0 };
    struct answer answer = { 0 };
    char *messages = NULL;

    answer.code =
        compile(question->container, question->size_bytes, question->set, &spirv, &messages);
    if (messages)
        snprintf(answer.text, sizeof(answer.text), "%s", messages);
    if (answer.code >= 0 && !is_valid(&spirv, &answer))
        answer.code = VKD3D_ERROR_INVALID_SHADER;
    answer.size_bytes = answer.code < 0 ? 0 : (uint32_t)spirv.size;
    if (host_child_write(out, &answer, sizeof(answer)))
        host_child_write(out, spirv.code, answer.size_bytes);
}

/* Host notes 8.3: a complaint of the library means code that may be wrong. */
static bool log_is_clean(char *log, struct host_translation *translation)
{
    char *line;

    while ((line = strsep(&log, "\n"))) {
        if (!strstr(line, "Failed to insert symbol entry") &&
            (strstr(line, "fixme") || strstr(line, "err:"))) {
            snprintf(translation->text, sizeof(translation->text), "%s", line);
            return false;
        }
    }
    return true;
}

/* Takes the words out of the answer. */
static bool read_answer(const struct host_child_result *result,
                        struct host_translation *translation)
{
    struct answer answer;

    snprintf(translation->text, sizeof(translation->text), "the translator's answer is damaged");
    if (result->answer_bytes < sizeof(answer))
        return false;
    memcpy(&answer, result->answer, sizeof(answer));
    if (answer.code < 0) {
        answer.text[sizeof(answer.text) - 1] = 0;
        answer.text[strcspn(answer.text, "\n")] = 0;
        memcpy(translation->text, answer.text, sizeof(translation->text));
        if (answer.text[0] == 0)
            snprintf(translation->text, sizeof(translation->text), "the translator refuses it (%d)",
                     answer.code);
        return false;
    }
    if (answer.size_bytes < 20 || answer.size_bytes != result->answer_bytes - sizeof(answer))
        return false;
    translation->words = malloc(answer.size_bytes);
    translation->size_bytes = answer.size_bytes;
    if (!translation->words)
        return false;
    memcpy(translation->words, result->answer + sizeof(answer), answer.size_bytes);
    return true;
}

bool host_translate(const void *container, size_t size_bytes, uint32_t set,
                    struct host_translation *translation)
{
    struct question question = { container, size_bytes, set };
    const struct host_child child = { answer_question, &question, TIME_LIMIT_MS, OUTPUT_MAX_BYTES };
    struct host_child_result result;
    const char *reason = NULL;
    bool is_done;

    memset(translation, 0, sizeof(*translation));
    if (!host_child_run(&child, &result, &reason)) {
        snprintf(translation->text, sizeof(translation->text), "the translator: %s", reason);
        return false;
    }
    is_done = log_is_clean((char *)result.log, translation) && read_answer(&result, translation);
    host_child_result_finish(&result);
    return is_done;
}

bool host_translator_is_newer(void)
{
    unsigned int major, minor;

    vkd3d_shader_get_version(&major, &minor);
    return major > 1 || (major == 1 && minor > 2);
}
