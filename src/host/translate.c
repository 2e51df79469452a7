#include "host/translate.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <vkd3d_shader.h>

enum {
    TIME_LIMIT_MS = 2000,
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

static bool write_all(int out, const void *bytes, size_t size_bytes)
{
    const char *next = bytes;

    while (size_bytes > 0) {
        const ssize_t written = write(out, next, size_bytes);

        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        next += written;
        size_bytes -= (size_t)written;
    }
    return true;
}

static void child(const void *container, size_t size_bytes, uint32_t set, int out, int log)
{
    struct vkd3d_shader_code spirv = { 0 };
    struct answer answer = { 0 };
    char *messages = NULL;

    dup2(log, STDERR_FILENO);
    signal(SIGPIPE, SIG_IGN);
    answer.code = compile(container, size_bytes, set, &spirv, &messages);
    answer.size_bytes = answer.code < 0 ? 0 : (uint32_t)spirv.size;
    if (messages)
        snprintf(answer.text, sizeof(answer.text), "%s", messages);
    if (write_all(out, &answer, sizeof(answer)))
        write_all(out, spirv.code, answer.size_bytes);
    _exit(0);
}

/* Bytes that come through a pipe. */
struct intake {
    int in;
    uint8_t *bytes;
    size_t size_bytes;
    size_t capacity_bytes;
    bool is_open;
};

static void take(struct intake *intake)
{
    uint8_t *grown;
    ssize_t got;

    if (intake->capacity_bytes - intake->size_bytes < 4096) {
        grown = intake->capacity_bytes < OUTPUT_MAX_BYTES
                    ? realloc(intake->bytes, intake->capacity_bytes * 2 + 8192)
                    : NULL;
        if (!grown) {
            intake->is_open = false;
            return;
        }
        intake->bytes = grown;
        intake->capacity_bytes = intake->capacity_bytes * 2 + 8192;
    }
    got = read(intake->in, intake->bytes + intake->size_bytes,
               intake->capacity_bytes - intake->size_bytes);
    if (got > 0)
        intake->size_bytes += (size_t)got;
    else if (got == 0 || errno != EINTR)
        intake->is_open = false;
}

static int64_t now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Reads both pipes to their ends. False when the time is over. */
static bool collect(struct intake intakes[2])
{
    const int64_t deadline_ms = now_ms() + TIME_LIMIT_MS;

    intakes[0].is_open = intakes[1].is_open = true;
    while (intakes[0].is_open || intakes[1].is_open) {
        struct pollfd fds[2];
        const int64_t left_ms = deadline_ms - now_ms();

        for (int i = 0; i < 2; i++)
            fds[i] = (struct pollfd){ intakes[i].is_open ? intakes[i].in : -1, POLLIN, 0 };
        if (left_ms <= 0 || poll(fds, 2, (int)left_ms) == 0)
            return false;
        for (int i = 0; i < 2; i++) {
            if (fds[i].revents)
                take(&intakes[i]);
        }
    }
    return true;
}

static bool run_child(const void *container, size_t size_bytes, uint32_t set,
                      struct intake intakes[2], struct host_translation *translation)
{
    int out[2], log[2], status = 0;
    bool is_in_time;
    pid_t pid;

    snprintf(translation->text, sizeof(translation->text), "no process for the translator");
    if (pipe(out) != 0)
        return false;
    if (pipe(log) != 0) {
        close(out[0]);
        close(out[1]);
        return false;
    }
    pid = fork();
    if (pid == 0)
        child(container, size_bytes, set, out[1], log[1]);
    close(out[1]);
    close(log[1]);
    intakes[0].in = out[0];
    intakes[1].in = log[0];
    is_in_time = pid > 0 && collect(intakes);
    if (pid > 0) {
        if (!is_in_time)
            kill(pid, SIGKILL);
        while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
            continue;
        snprintf(translation->text, sizeof(translation->text), "%s",
                 is_in_time ? "the translator crashed" : "the translator ran out of time");
    }
    close(out[0]);
    close(log[0]);
    return is_in_time && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* Host notes 8.3: a complaint of the library means code that may be wrong. */
static bool log_is_clean(struct intake *log, struct host_translation *translation)
{
    char *rest = (char *)log->bytes, *line;

    if (log->size_bytes == 0)
        return true;
    log->bytes[log->size_bytes < log->capacity_bytes ? log->size_bytes : log->size_bytes - 1] = 0;
    while ((line = strsep(&rest, "\n"))) {
        if (!strstr(line, "Failed to insert symbol entry") &&
            (strstr(line, "fixme") || strstr(line, "err:"))) {
            snprintf(translation->text, sizeof(translation->text), "%s", line);
            return false;
        }
    }
    return true;
}

/* Takes the words out of the answer. */
static bool read_answer(const struct intake *intake, struct host_translation *translation)
{
    struct answer answer;

    if (intake->size_bytes < sizeof(answer))
        return false;
    memcpy(&answer, intake->bytes, sizeof(answer));
    if (answer.code < 0) {
        answer.text[sizeof(answer.text) - 1] = 0;
        answer.text[strcspn(answer.text, "\n")] = 0;
        memcpy(translation->text, answer.text, sizeof(translation->text));
        if (answer.text[0] == 0)
            snprintf(translation->text, sizeof(translation->text), "the translator refuses it (%d)",
                     answer.code);
        return false;
    }
    if (answer.size_bytes < 20 || answer.size_bytes != intake->size_bytes - sizeof(answer))
        return false;
    translation->words = malloc(answer.size_bytes);
    translation->size_bytes = answer.size_bytes;
    if (!translation->words)
        return false;
    memcpy(translation->words, intake->bytes + sizeof(answer), answer.size_bytes);
    return true;
}

bool host_translate(const void *container, size_t size_bytes, uint32_t set,
                    struct host_translation *translation)
{
    struct intake intakes[2] = { 0 };
    bool is_done;

    memset(translation, 0, sizeof(*translation));
    is_done = run_child(container, size_bytes, set, intakes, translation) &&
              log_is_clean(&intakes[1], translation) && read_answer(&intakes[0], translation);
    free(intakes[0].bytes);
    free(intakes[1].bytes);
    return is_done;
}
