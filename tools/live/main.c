/** aerogpu-live-host: command line, the child, and what ends it all. tests/runtime/LIVE.md. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "session.h"

#ifdef __SANITIZE_ADDRESS__
/* Vulkan drivers keep a few bytes after their instance is gone, which is no error of the program.
 */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
    return "detect_leaks=0";
}
#endif

enum {
    STATUS_UNUSABLE = 2, /**< no command, or no place for it */
    STATUS_BROKEN = 1,   /**< the conversation broke and the child says nothing of it */
    STATUS_NOT_FOUND = 127,
    PATIENCE_MS = 3000, /**< for a child that was told to end */
};

static const char usage[] =
    "usage: aerogpu-live-host [--device NAME] -- COMMAND [ARGUMENT]...\n"
    "Runs COMMAND and executes what the test programs in it submit on a Vulkan device, until it\n"
    "ends. The exit status is the command's, 128 and the signal's number if one ended it.\n"
    "\n"
    "  --device NAME  use the Vulkan device whose name contains NAME\n";

struct run {
    struct place place;
    struct session session;
    sigset_t old_signals; /**< what the child shall have */
    int signals;          /**< readable when one has come */
    pid_t child;
    bool is_broken;
};

/* The signals that matter come through a descriptor: nothing is interrupted by them. */
static bool take_signals(struct run *run)
{
    sigset_t wanted;

    sigemptyset(&wanted);
    sigaddset(&wanted, SIGCHLD);
    sigaddset(&wanted, SIGHUP);
    sigaddset(&wanted, SIGINT);
    sigaddset(&wanted, SIGTERM);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGCHLD, SIG_DFL); /* whoever ignores it has no children to wait for */
    sigprocmask(SIG_BLOCK, &wanted, &run->old_signals);
    run->signals = signalfd(-1, &wanted, SFD_CLOEXEC);
    if (run->signals < 0)
        fprintf(stderr, "aerogpu-live-host: no signals: %s\n", strerror(errno));
    return run->signals >= 0;
}

static bool start_child(struct run *run, char **command)
{
    run->child = fork();
    if (run->child != 0)
        return run->child > 0;
    signal(SIGPIPE, SIG_DFL);
    sigprocmask(SIG_SETMASK, &run->old_signals, NULL);
    if (setenv(LIVE_WIRE_VARIABLE, run->place.folder, 1) == 0)
        execvp(command[0], command);
    fprintf(stderr, "aerogpu-live-host: %s: %s\n", command[0], strerror(errno));
    _exit(STATUS_NOT_FOUND);
}

/* Whether the child has ended, and how. Its own children, and the host's, are none of ours. */
static bool has_ended(const struct run *run, int options, int *result)
{
    int status;

    if (waitpid(run->child, &status, options) != run->child)
        return false;
    *result = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return true;
}

/* Passes the signal on; a child that does not heed it is killed. */
static void stop_child(const struct run *run, int signal_number)
{
    struct pollfd wait = { run->signals, POLLIN, 0 };
    struct signalfd_siginfo info;
    int result;

    kill(run->child, signal_number);
    while (poll(&wait, 1, PATIENCE_MS) > 0) {
        if (read(run->signals, &info, sizeof(info)) > 0 && info.ssi_signo == SIGCHLD &&
            has_ended(run, WNOHANG, &result))
            return;
    }
    kill(run->child, SIGKILL);
    has_ended(run, 0, &result);
}

/* Takes one signal. True when it is all over, with the exit status. */
static bool heed_signal(struct run *run, int *status)
{
    struct signalfd_siginfo info;

    if (read(run->signals, &info, sizeof(info)) != (ssize_t)sizeof(info))
        return false;
    if (info.ssi_signo == SIGCHLD) {
        if (!has_ended(run, WNOHANG, status))
            return false;
        if (run->is_broken && *status == 0)
            *status = STATUS_BROKEN;
        return true;
    }
    place_remove(&run->place);
    stop_child(run, (int)info.ssi_signo);
    *status = 128 + (int)info.ssi_signo;
    return true;
}

static int serve(struct run *run)
{
    int status = STATUS_UNUSABLE;

    for (;;) {
        struct pollfd files[2] = { { run->signals, POLLIN, 0 },
                                   { run->session.request, POLLIN, 0 } };

        if (poll(files, 2, -1) < 0)
            continue;
        if (files[0].revents != 0 && heed_signal(run, &status))
            return status;
        if (files[1].revents != 0 && !session_receive(&run->session)) {
            run->is_broken = true;
            session_close(&run->session);
            place_remove(&run->place);
        }
    }
}

static int run_command(struct run *run, const char *device_name, char **command)
{
    int status = STATUS_UNUSABLE;

    if (!take_signals(run) || !place_create(&run->place))
        return status;
    if (session_open(&run->session, &run->place, device_name)) {
        if (start_child(run, command))
            status = serve(run);
        else
            fprintf(stderr, "aerogpu-live-host: no process for the command: %s\n", strerror(errno));
    }
    session_close(&run->session);
    place_remove(&run->place);
    return status;
}

int main(int argc, char **argv)
{
    struct run run = { .signals = -1 };
    const char *device_name = NULL;
    int i = 1;

    if (argc == 2 && strcmp(argv[1], "--help") == 0) {
        fputs(usage, stdout);
        return EXIT_SUCCESS;
    }
    if (i + 1 < argc && strcmp(argv[i], "--device") == 0) {
        device_name = argv[i + 1];
        i += 2;
    }
    if (i + 1 >= argc || strcmp(argv[i], "--") != 0) {
        fputs(usage, stderr);
        return STATUS_UNUSABLE;
    }
    return run_command(&run, device_name, argv + i + 1);
}
