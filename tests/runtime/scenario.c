#include "runtime/scenario.h"

#include <stdio.h>
#include <stdlib.h>

static void print_line(const char *line)
{
    tap_note("%s", line);
}

static void finish(void *user)
{
    struct kernel *kernel = user;

    rt_close_adapters(kernel);
    kernel_account(kernel);
    if (!report_finish(kernel_report(kernel), print_line))
        tap_fail("teardown", 0,
                 "violations that nobody announced, or announced ones that are "
                 "missing; see above");
    kernel_destroy(kernel);
}

struct kernel *scenario_kernel(const struct kernel_config *config)
{
    struct kernel *kernel = kernel_create(config);

    tap_defer(finish, kernel);
    return kernel;
}

void scenario_finish(struct kernel *kernel)
{
    rt_close_adapters(kernel);
}

struct rt_adapter *scenario_adapter(struct kernel *kernel)
{
    struct rt_adapter *adapter = rt_adapter_open(kernel);

    if (adapter == NULL)
        tap_fail(__FILE__, __LINE__, "the adapter does not open");
    return adapter;
}

struct rt_device *scenario_device(struct kernel *kernel, enum rt_level level)
{
    struct rt_adapter *adapter = scenario_adapter(kernel);
    struct rt_device *device = adapter != NULL ? rt_device_create(adapter, level) : NULL;

    if (device == NULL)
        tap_fail(__FILE__, __LINE__, "no %s device", rt_level_name(level));
    else
        d3d_set_defaults(device);
    return device;
}

void scenario_expect_violation(struct kernel *kernel, const char *text)
{
    report_expect(kernel_report(kernel), text);
}

/* ---- Files ---- */

static void *read_all(FILE *file, size_t *size_bytes)
{
    long length;
    void *bytes;

    if (fseek(file, 0, SEEK_END) != 0)
        return NULL;
    length = ftell(file);
    if (length < 0 || fseek(file, 0, SEEK_SET) != 0)
        return NULL;
    bytes = malloc((size_t)length + 1);
    if (bytes != NULL && fread(bytes, 1, (size_t)length, file) != (size_t)length) {
        free(bytes);
        return NULL;
    }
    *size_bytes = (size_t)length;
    return bytes;
}

const void *scenario_file(const char *folder, const char *name, size_t *size_bytes)
{
    char path[1024];
    void *bytes = NULL;
    FILE *file;

    snprintf(path, sizeof(path), "%s/%s", folder, name);
    file = fopen(path, "rb");
    if (file != NULL) {
        bytes = read_all(file, size_bytes);
        fclose(file);
    }
    if (bytes == NULL)
        tap_fail(__FILE__, __LINE__, "%s cannot be read", path);
    else
        tap_defer(free, bytes);
    return bytes;
}

const void *scenario_shader(const char *name, size_t *size_bytes)
{
    const char *folder = getenv("AEROGPU_SHADERS");

    if (folder == NULL) {
        tap_fail(__FILE__, __LINE__, "AEROGPU_SHADERS does not name the folder of the shaders");
        return NULL;
    }
    return scenario_file(folder, name, size_bytes);
}
