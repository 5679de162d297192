/* hello.c -- the way in and out: arguments, exit handlers, status. Expected output by hand. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void bye(void) { puts("bye from atexit"); }

int main(int argc, char **argv)
{
    const char *base = strrchr(argv[0], '/');
    atexit(bye);
    printf("hello, argc %d, argv[0] ends in %.5s, argv[argc] %s\n", argc, base ? base + 1 : argv[0],
           argv[argc] ? "set" : "null");
    return 7;
}
