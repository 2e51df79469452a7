"""A TAP writer for Python tests: results are printed as they come, the plan last."""
import sys


class Tap:
    """Counts and prints results; `finish` prints the plan and gives the exit status."""

    def __init__(self):
        self.count = 0
        self.failed = 0
        print("TAP version 13")

    def check(self, name, good, *details):
        """One result. Details are printed as diagnostics when it is bad."""
        self.count += 1
        self.failed += not good
        print("%s %d - %s" % ("ok" if good else "not ok", self.count, name))
        if not good:
            for detail in details:
                for line in str(detail).splitlines() or [""]:
                    print("# " + line)
        sys.stdout.flush()

    def equal(self, name, expected, found):
        """One result: two values are the same."""
        self.check(name, expected == found, "expected %r" % (expected,), "found    %r" % (found,))

    def finish(self):
        print("1..%d" % self.count)
        return 1 if self.failed else 0
