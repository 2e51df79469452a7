#include "host/child.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { INTAKE_STEP_BYTES = 8192 };

/* Bytes that come through a pipe. */
struct intake {
    int in;
    uint8_t *bytes;
    size_t size_bytes;
    size_t capacity_bytes;
    size_t max_bytes;
    bool is_open;
    bool is_full; /**< more came than was allowed for */
};

bool host_child_write(int out, const void *bytes, size_t size_bytes)
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

/* Room for more bytes and a 0 behind them. */
static bool grow(struct intake *intake)
{
    const size_t wanted = intake->capacity_bytes * 2 + INTAKE_STEP_BYTES;
    uint8_t *grown;

    if (intake->capacity_bytes - intake->size_bytes > INTAKE_STEP_BYTES / 2)
        return true;
    if (intake->size_bytes >= intake->max_bytes)
        return false;
    grown = realloc(intake->bytes, wanted);
    if (!grown)
        return false;
    intake->bytes = grown;
    intake->capacity_bytes = wanted;
    return true;
}

static void take(struct intake *intake)
{
    ssize_t got;

    if (!grow(intake)) {
        intake->is_full = true;
        return;
    }
    got = read(intake->in, intake->bytes + intake->size_bytes,
               intake->capacity_bytes - intake->size_bytes - 1);
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

/* Reads both pipes to their ends. False, with the reason, when the child is to be stopped. */
static bool collect(struct intake intakes[2], uint32_t time_limit_ms, const char **reason)
{
    const int64_t deadline_ms = now_ms() + time_limit_ms;

    intakes[0].is_open = intakes[1].is_open = true;
    while (intakes[0].is_open || intakes[1].is_open) {
        struct pollfd fds[2];
        const int64_t left_ms = deadline_ms - now_ms();

        for (int i = 0; i < 2; i++)
            fds[i] = (struct pollfd){ intakes[i].is_open ? intakes[i].in : -1, POLLIN, 0 };
        *reason = "it ran out of time";
        if (left_ms <= 0 || poll(fds, 2, (int)left_ms) == 0)
            return false;
        for (int i = 0; i < 2; i++) {
            if (fds[i].revents)
                take(&intakes[i]);
        }
        *reason = "it says too much";
        if (intakes[0].is_full || intakes[1].is_full)
            return false;
    }
    return true;
}

/* The child's side. Nothing of the parent's may run at its end: no handlers, no destructors. */
static void be_child(const struct host_child *child, int out, int log)
{
    dup2(log, STDERR_FILENO);
    signal(SIGPIPE, SIG_IGN);
    child->run(child->user, out);
    _exit(0);
}

/* Waits for the end. Whether it was a good one. */
static bool reap(pid_t pid)
{
    int status = 0;

    while (waitpid(pid, &status, 0) < 0) {
        if (errno != EINTR)
            return false;
    }
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static bool open_pipes(int out[2], int log[2])
{
    if (pipe(out) != 0)
        return false;
    if (pipe(log) == 0)
        return true;
    close(out[0]);
    close(out[1]);
    return false;
}

static bool run(const struct host_child *child, struct intake intakes[2], const char **reason)
{
    int out[2], log[2];
    bool is_told, is_well;
    pid_t pid;

    *reason = "there is no process for the child";
    if (!open_pipes(out, log))
        return false;
    pid = fork();
    if (pid == 0)
        be_child(child, out[1], log[1]);
    close(out[1]);
    close(log[1]);
    intakes[0].in = out[0];
    intakes[1].in = log[0];
    is_told = pid > 0 && collect(intakes, child->time_limit_ms, reason);
    close(out[0]);
    close(log[0]);
    if (pid < 0)
        return false;
    if (!is_told)
        kill(pid, SIGKILL);
    is_well = reap(pid);
    if (is_told)
        *reason = "it crashed";
    return is_told && is_well;
}

bool host_child_run(const struct host_child *child, struct host_child_result *result,
                    const char **reason)
{
    struct intake intakes[2] = { { .max_bytes = child->answer_max_bytes },
                                 { .max_bytes = child->answer_max_bytes } };
    const bool is_well = run(child, intakes, reason);

    memset(result, 0, sizeof(*result));
    for (int i = 0; i < 2; i++) {
        if (intakes[i].bytes)
            intakes[i].bytes[intakes[i].size_bytes] = 0;
    }
    *result = (struct host_child_result){ intakes[0].bytes, intakes[0].size_bytes, intakes[1].bytes,
                                          intakes[1].size_bytes };
    if (!is_well)
        host_child_result_finish(result);
    return is_well;
}

void host_child_result_finish(struct host_child_result *result)
{
    free(result->answer);
    free(result->log);
    memset(result, 0, sizeof(*result));
}
