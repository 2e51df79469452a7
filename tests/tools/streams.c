/* What a program sees of the command line and the standard streams: test_wine_run.py compares it
 * with what was passed in. Prints each argument after the first on a line of its own, then copies
 * standard input to standard output, says "done" on standard error, and ends with the first
 * argument as its exit status, or by a crash if that is "crash". */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(int argc, char **argv)
{
    if (argc < 2)
        return 99;
    for (int i = 2; i < argc; i++)
        puts(argv[i]);
    for (int c = getchar(); c != EOF; c = getchar())
        putchar(c);
    fputs("done\n", stderr);
    if (strcmp(argv[1], "crash") == 0) {
        fflush(stdout);
        *(volatile int *)NULL = 0;
    }
    return atoi(argv[1]);
}
