/* wpar_script.c -- see wpar_script.h. */
#include "rootfs-tools/wpar/wpar_script.h"

#include <errno.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

int wpar_script(const struct definition *d, const char *event, struct error *err)
{
    const char *script = definition_get(d, ATTR_general_script);
    if (!*script)
        return 0;
    pid_t pid = fork();
    if (pid == 0) {
        execl(script, script, event, definition_get(d, ATTR_general_name), (char *)NULL);
        _exit(127);
    }
    int status = -1;
    while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
    if (status == 0)
        return 0;
    return WIFEXITED(status) ? error_set(err, EIO, "%s %s: exit status %d", script, event, WEXITSTATUS(status))
                             : error_set(err, EIO, "%s %s: it did not end by itself", script, event);
}
