/**
 * A function in a child process with a time limit: for libraries that abort, crash or hang on
 * damaged input (host notes 1). The child has a copy of everything and gives back bytes.
 */
#ifndef HOST_CHILD_H
#define HOST_CHILD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct host_child {
    void (*run)(void *user, int out); /**< in the child: writes its answer to out and returns */
    void *user;
    uint32_t time_limit_ms;
    size_t answer_max_bytes; /**< with a longer answer or log the child is stopped */
};

/** What came back; both are followed by a 0, and free()d by host_child_result_finish. */
struct host_child_result {
    uint8_t *answer;
    size_t answer_bytes;
    uint8_t *log; /**< what the child wrote to its standard error */
    size_t log_bytes;
};

/**
 * Runs the child to its end. False with a static sentence in *reason when there is no process for
 * it, it crashes or exits, or is stopped. *result is then empty.
 */
bool host_child_run(const struct host_child *child, struct host_child_result *result,
                    const char **reason);
void host_child_result_finish(struct host_child_result *result);

/** For the child: writes all bytes. False when nobody reads them. */
bool host_child_write(int out, const void *bytes, size_t size_bytes);

#endif
