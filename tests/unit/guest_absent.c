/* guest_absent.c -- calls kernel services that are not there, from places that absent.py knows by what is printed here.
 *
 * thread_create and getprocs are in the table as absent, no_such_service is in no table. Each call must answer -1 and its errno.
 */
#include "guest_kernel.h"

extern int thread_create(void), getprocs(void *, int, void *, int, void *, int), no_such_service(int), reboot(int, void *);

static void say_errno(const char *name, int result)
{
    say(name);
    say(" ");
    say_number(result);
    say(" ");
    say_number(errno);
    say("\n");
}

static int run(int argc, char **argv)
{
    (void)argc, (void)argv;
    for (int i = 0; i < 5; i++)
        thread_create();                                    /* one place, five times */
    say_errno("thread_create", thread_create());            /* another place */
    say_errno("getprocs", getprocs(0, 0, 0, 0, 0, 0));
    say_errno("no_such_service", no_such_service(1));
    say_errno("reboot", reboot(0, 0));
    if (kfork() == 0)
        _exit(thread_create() == -1 ? 7 : 0);               /* a third place; a child's calls are its own */
    int status = 0;
    TRUE(kwaitpid(&status, -1, 4, 0, 0) > 0);
    return status >> 8 == 7 && !failures ? 0 : 1;
}
