#!/usr/bin/env python3
"""Tests of tools/lib/count.py and tools/lib/meson_tests.py on the logs of a real `meson test`, printed as TAP.

A small Meson project is made whose test programs are shell scripts, one for each way in which a program can end. Meson runs
them all once; each case then counts one of them. The logs are damaged afterwards, to see that nothing passes for want of a log.
"""
import os
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
LIB = os.path.join(HERE, "..", "..", "tools", "lib")
sys.path.insert(0, os.path.join(HERE, "..", "abi"))

from tap import Tap  # noqa: E402

# Behaviour under test, which is also the suite | arguments of Meson's test() | shell script | passed | failed.
CASES = (
    ("successful_program_counts_as_one_pass", "", "exit 0", 1, 0),
    ("exit_status_is_a_failure", "", "exit 3", 0, 1),
    ("crash_is_a_failure", "", "kill -SEGV $$", 0, 1),
    ("timeout_is_a_failure", "timeout: 1", "exec sleep 30", 0, 1),
    ("skipped_program_is_a_failure", "", "exit 77", 0, 1),
    ("expected_failure_is_a_pass", "should_fail: true", "exit 1", 1, 0),
    ("missing_expected_failure_is_a_failure", "should_fail: true", "exit 0", 0, 1),
    ("sub_tests_are_counted", "protocol: 'tap'", "echo 1..2; echo ok 1 - a; echo ok 2 - b", 2, 0),
    ("failed_sub_tests_are_counted", "protocol: 'tap'",
     "echo 1..3; echo ok 1 - a; echo not ok 2 - b; echo not ok 3 - c; exit 1", 1, 2),
    ("crash_after_good_sub_tests_is_a_failure", "protocol: 'tap'", "echo 1..1; echo ok 1 - a; kill -SEGV $$", 1, 1),
    ("exit_status_after_good_sub_tests_is_a_failure", "protocol: 'tap'", "echo 1..1; echo ok 1 - a; exit 4", 1, 1),
    ("timeout_after_good_sub_tests_is_a_failure", "protocol: 'tap', timeout: 1",
     "echo 1..2; echo ok 1 - a; exec sleep 30", 1, 1),
    ("missing_sub_test_is_a_failure", "protocol: 'tap'", "echo 1..2; echo ok 1 - a", 1, 1),
    ("program_without_any_sub_test_is_a_failure", "protocol: 'tap'", "exit 0", 0, 1),
    ("skipped_sub_test_is_a_failure", "protocol: 'tap'", "echo 1..2; echo ok 1 - a; echo ok 2 - b '# SKIP none'", 1, 1),
    ("todo_that_fails_is_as_expected", "protocol: 'tap'", "echo 1..2; echo ok 1 - a; echo not ok 2 - b '# TODO'", 2, 0),
    ("todo_that_passes_is_a_failure", "protocol: 'tap'", "echo 1..2; echo ok 1 - a; echo ok 2 - b '# TODO'", 1, 1),
    ("sub_tests_of_an_expected_failure_are_one_pass", "protocol: 'tap', should_fail: true",
     "echo 1..2; echo ok 1 - a; echo not ok 2 - b", 1, 0),
)
SUB_TESTS = "sub_tests_are_counted"
FAILED_SUB_TESTS = "failed_sub_tests_are_counted"
PLAIN = "successful_program_counts_as_one_pass"


def run(*command, folder):
    """Runs a command in `folder`: its exit status and what it printed, both streams together."""
    done = subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True, check=False)
    return done.returncode, done.stdout


def make_project(folder):
    """Writes the project and lets Meson configure build/host and run all its tests once."""
    lines = ["project('probe')", "sh = find_program('sh')"]
    for suite, options, script, _, _ in CASES:
        quoted = script.replace("'", "\\'")
        lines.append("test('%s', sh, args: ['-c', '%s'], suite: '%s'%s)" % (suite, quoted, suite, options and ", " + options))
    # Two programs of one name in different suites, of which one fails.
    lines += ["test('twin', sh, args: ['-c', 'exit %d'], suite: 'twin-%d')" % (status, status) for status in (0, 1)]
    with open(os.path.join(folder, "meson.build"), "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    status, text = run("meson", "setup", "build/host", folder=folder)
    if status != 0:
        sys.exit("Bail out! meson setup failed:\n" + text)
    run("meson", "test", "-C", "build/host", "--no-rebuild", folder=folder)


def count(folder, *arguments):
    """Runs count.py: (last line, exit status, everything printed)."""
    status, text = run(sys.executable, os.path.join(LIB, "count.py"), *arguments, folder=folder)
    return (text.splitlines() or [""])[-1], status, text


def count_suite(folder, suite, meson_status="0"):
    """Counts one suite, as if `meson test` had ended with `meson_status`: (last line, exit status)."""
    return count(folder, "--suite", suite, "--ran", "host", meson_status)[:2]


def expected_end(passed, failed):
    return "%d passed, %d failed" % (passed, failed), 1 if failed else 0


def check_cases(tap, folder):
    for suite, _, _, passed, failed in CASES:
        tap.equal(suite, expected_end(passed, failed), count_suite(folder, suite))
    tap.equal("programs_of_one_name_are_told_apart", [expected_end(1, 0), expected_end(0, 1)],
              [count_suite(folder, "twin-0"), count_suite(folder, "twin-1")])
    passed = sum(row[3] for row in CASES) + 1
    failed = sum(row[4] for row in CASES) + 1
    last, status, text = count(folder, "--ran", "host", "1")
    tap.equal("all_suites_together_are_the_sum", expected_end(passed, failed), (last, status))
    tap.equal("summary_is_printed_once", 1, text.count(" passed, "))


def check_reports(tap, folder):
    _, _, text = count(folder, "--suite", FAILED_SUB_TESTS, "--ran", "host", "1", "--here", "cd /elsewhere && ")
    tap.check("failed_sub_test_is_named", "2 - b: failure" in text, text)
    tap.check("good_sub_test_is_not_named_as_failed", "1 - a" not in text, text)
    tap.check("failure_shows_the_command_to_rerun",
              "rerun: cd /elsewhere && meson test -C build/host %s -v" % FAILED_SUB_TESTS in text, text)
    tap.check("failure_shows_the_log", "log:   build/host/meson-logs/testlog.txt" in text, text)

    last, status, text = count(folder, "--broken", "x64: compile", "build/log/x.log", "ninja -C build/x64",
                               "--suite", SUB_TESTS, "--ran", "host", "0")
    tap.equal("broken_build_is_a_failure_beside_what_passed", expected_end(2, 1), (last, status))
    tap.check("broken_build_shows_log_and_command", "build/log/x.log" in text and "rerun: ninja -C build/x64" in text, text)


def check_missing(tap, folder):
    """What is missing or contradictory is a failure. Damages the logs in `folder`."""
    tap.equal("bad_status_of_meson_without_a_failed_test_is_a_failure", expected_end(1, 1), count_suite(folder, PLAIN, "1"))
    tap.equal("bad_status_of_meson_is_not_counted_beside_a_failed_test", expected_end(0, 1),
              count_suite(folder, "exit_status_is_a_failure", "1"))
    tap.equal("no_test_at_all_is_a_failure", expected_end(0, 1), count_suite(folder, "no_such_suite"))
    tap.equal("missing_build_folder_is_a_failure", expected_end(0, 1), count(folder, "--ran", "x64", "0")[:2])

    logs = os.path.join(folder, "build", "host", "meson-logs")
    junit = os.path.join(logs, "testlog.junit.xml")
    results = os.path.join(logs, "testlog.json")
    shutil.copy(junit, junit + ".whole")
    with open(junit, "r+", encoding="utf-8") as file:
        file.truncate(200)
    tap.equal("truncated_junit_log_is_a_failure", expected_end(0, 1), count_suite(folder, SUB_TESTS))
    os.remove(junit)
    tap.equal("missing_junit_log_is_a_failure", expected_end(0, 1), count_suite(folder, SUB_TESTS))
    os.rename(junit + ".whole", junit)

    with open(results, encoding="utf-8") as file:
        rows = file.readlines()
    with open(results, "w", encoding="utf-8") as file:
        file.writelines(row for row in rows if PLAIN not in row)
    tap.equal("program_without_result_is_a_failure", expected_end(0, 1), count_suite(folder, PLAIN))
    tap.equal("program_with_result_still_passes", expected_end(2, 0), count_suite(folder, SUB_TESTS))
    os.remove(results)
    tap.equal("missing_result_log_is_a_failure", expected_end(0, 1), count_suite(folder, SUB_TESTS))


def check_list(tap, folder):
    program = os.path.join(LIB, "meson_tests.py")
    _, text = run(sys.executable, program, "host", folder=folder)
    rows = [line.split() for line in text.splitlines()]
    tap.equal("list_shows_build_suite_and_test", True, ["host", "twin-1", "twin"] in rows)
    tap.equal("list_shows_every_test_once", len(CASES) + 2, len(rows))
    tap.equal("suite_gives_the_builds_that_have_it", (0, "host\n"),
              run(sys.executable, program, "--suite", "twin-0", "host", folder=folder))
    status, text = run(sys.executable, program, "--suite", "twin-2", "host", folder=folder)
    tap.check("unknown_suite_is_refused", status != 0, text)
    tap.check("refusal_names_the_known_suites", "'twin-2'" in text and "twin-0 twin-1" in text, text)


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as folder:
        make_project(folder)
        check_cases(tap, folder)
        check_reports(tap, folder)
        check_list(tap, folder)
        check_missing(tap, folder)
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
