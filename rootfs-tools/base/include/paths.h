/* paths.h -- well-known files. */
#ifndef _H_PATHS
#define _H_PATHS

#define _PATH_BSHELL  "/usr/bin/sh"
#define _PATH_CONSOLE "/dev/console"
#define _PATH_DEVNULL "/dev/null"
#define _PATH_TTY     "/dev/tty"
#define _PATH_DEFPATH "/usr/bin:/bin"
#define _PATH_TMP     "/tmp/"

#endif
