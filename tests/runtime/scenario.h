/**
 * What every scenario starts with. Everything made here is torn down when the test is over, however
 * it ended: devices destroyed, adapters closed, leaks counted; a violation that nobody announced
 * fails the test.
 *
 *     static void a_clear_reaches_the_host(void)
 *     {
 *         struct kernel *kernel = scenario_kernel(NULL);
 *         struct rt_device *device = scenario_device(kernel, RT_D3D11);
 *         ...
 *     }
 */
#ifndef RUNTIME_SCENARIO_H
#define RUNTIME_SCENARIO_H

#include "runtime/d3d.h"
#include "runtime/tap.h"

/** A machine for the running test; NULL config: the defaults. */
struct kernel *scenario_kernel(const struct kernel_config *config);

/** An open adapter: one process. Fails the test and returns NULL when it does not open. */
struct rt_adapter *scenario_adapter(struct kernel *kernel);

/** A device with default state, on a process of its own. NULL and a failed test otherwise. */
struct rt_device *scenario_device(struct kernel *kernel, enum rt_level level);

/** Announces a violation that the test provokes (report_expect). */
void scenario_expect_violation(struct kernel *kernel, const char *text);

/**
 * Tears the machine down now, so that the test can look at what the teardown found; the report
 * stays readable until the test is over.
 */
void scenario_finish(struct kernel *kernel);

/** A file read whole, e.g. a compiled shader; freed when the test is over. NULL: the test failed.
 */
const void *scenario_file(const char *folder, const char *name, size_t *size_bytes);

/** The folder of the compiled shaders: environment variable AEROGPU_SHADERS. */
const void *scenario_shader(const char *name, size_t *size_bytes);

#endif
