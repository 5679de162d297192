/* login.c -- who is logged in here, and asking for a password.
 */
#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/id.h>
#include <termios.h>
#include <unistd.h>

/* The login id of the process stands for what utmp would tell. */
char *getlogin(void)
{
    struct passwd *pw = getpwuid(getuidx(ID_LOGIN));

    return pw ? pw->pw_name : getenv("LOGNAME");
}

int getlogin_r(char *name, size_t size)
{
    const char *login = getlogin();

    if (!login)
        return ENXIO;
    if (strlen(login) >= size)
        return ERANGE;
    strcpy(name, login);
    return 0;
}

char *cuserid(char *name)
{
    static char own[33];
    struct passwd *pw = getpwuid(geteuid());

    if (!name)
        name = own;
    name[0] = 0;
    if (pw)
        strncat(name, pw->pw_name, 8);
    return name;
}

char *getuser(void)
{
    return getlogin();
}

char *getpass(const char *prompt)
{
    static char password[33];
    struct termios old, quiet;
    int tty = open("/dev/tty", O_RDWR), in = tty < 0 ? 0 : tty, out = tty < 0 ? 2 : tty;
    int is_tty = tcgetattr(in, &old) == 0;
    size_t n = 0;
    char c;

    if (is_tty) {
        quiet = old;
        quiet.c_lflag &= ~(ECHO | ECHOE | ECHOK | ECHONL);
        tcsetattr(in, TCSAFLUSH, &quiet);
    }
    write(out, prompt, strlen(prompt));
    while (read(in, &c, 1) == 1 && c != '\n')
        if (n + 1 < sizeof password)
            password[n++] = c;
    password[n] = 0;
    if (is_tty) {
        tcsetattr(in, TCSAFLUSH, &old);
        write(out, "\n", 1);
    }
    if (tty >= 0)
        close(tty);
    return password;
}
