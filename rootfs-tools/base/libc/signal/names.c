/* names.c -- texts of signals. The wording is our own.
 */
#include <signal.h>
#include <stdio.h>
#include <string.h>

enum { NAMES = SIGMAX + 1 };

const char *const sys_siglist[NAMES] = {
    [SIGHUP] = "Hangup",
    [SIGINT] = "Interrupt",
    [SIGQUIT] = "Quit",
    [SIGILL] = "Illegal instruction",
    [SIGTRAP] = "Trace/BPT trap",
    [SIGABRT] = "IOT/Abort trap",
    [SIGEMT] = "EMT trap",
    [SIGFPE] = "Floating point exception",
    [SIGKILL] = "Killed",
    [SIGBUS] = "Bus error",
    [SIGSEGV] = "Segmentation fault",
    [SIGSYS] = "Bad system call",
    [SIGPIPE] = "Broken pipe",
    [SIGALRM] = "Alarm clock",
    [SIGTERM] = "Terminated",
    [SIGURG] = "Urgent I/O condition",
    [SIGSTOP] = "Stopped (signal)",
    [SIGTSTP] = "Stopped",
    [SIGCONT] = "Continued",
    [SIGCHLD] = "Child exited",
    [SIGTTIN] = "Stopped (tty input)",
    [SIGTTOU] = "Stopped (tty output)",
    [SIGIO] = "I/O possible or completed",
    [SIGXCPU] = "Cputime limit exceeded",
    [SIGXFSZ] = "Filesize limit exceeded",
    [SIGMSG] = "Input device data",
    [SIGWINCH] = "Window size changes",
    [SIGPWR] = "Power-failure",
    [SIGUSR1] = "User defined signal 1",
    [SIGUSR2] = "User defined signal 2",
    [SIGPROF] = "Profiling timer expired",
    [SIGDANGER] = "Paging space low",
    [SIGVTALRM] = "Virtual timer expired",
    [SIGMIGRATE] = "Process migration",
    [SIGPRE] = "Programming exception",
    [SIGVIRT] = "Virtual timer expired",
    [SIGALRM1] = "Second alarm clock",
    [SIGWAITING] = "No runnable lwp",
    [SIGSYSERROR] = "System error",
    [SIGRECONFIG] = "Reconfiguration",
    [SIGCPUFAIL] = "Processor failure",
    [SIGGRANT] = "HFT monitor mode granted",
    [SIGRETRACT] = "HFT monitor mode retracted",
    [SIGSOUND] = "HFT sound control completed",
    [SIGSAK] = "Secure attention key",
};

char *strsignal(int sig)
{
    static char unknown[24];

    if (sig > 0 && sig < NAMES && sys_siglist[sig])
        return (char *)sys_siglist[sig];
    snprintf(unknown, sizeof unknown, "Unknown signal %d", sig);
    return unknown;
}

void psignal(unsigned int sig, const char *prefix)
{
    if (prefix && *prefix)
        fprintf(stderr, "%s: ", prefix);
    fprintf(stderr, "%s\n", strsignal((int)sig));
}
