/* texts.c -- texts of error numbers. The wording is the traditional one of UNIX System V and BSD.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

char *sys_errlist[] = {
    [0] = "Error 0",
    [EPERM] = "Operation not permitted",
    [ENOENT] = "No such file or directory",
    [ESRCH] = "No such process",
    [EINTR] = "Interrupted system call",
    [EIO] = "I/O error",
    [ENXIO] = "No such device or address",
    [E2BIG] = "Arg list too long",
    [ENOEXEC] = "Exec format error",
    [EBADF] = "Bad file number",
    [ECHILD] = "No child processes",
    [EAGAIN] = "Resource temporarily unavailable",
    [ENOMEM] = "Not enough space",
    [EACCES] = "Permission denied",
    [EFAULT] = "Bad address",
    [ENOTBLK] = "Block device required",
    [EBUSY] = "Device busy",
    [EEXIST] = "File exists",
    [EXDEV] = "Cross-device link",
    [ENODEV] = "No such device",
    [ENOTDIR] = "Not a directory",
    [EISDIR] = "Is a directory",
    [EINVAL] = "Invalid argument",
    [ENFILE] = "File table overflow",
    [EMFILE] = "Too many open files",
    [ENOTTY] = "Not a typewriter",
    [ETXTBSY] = "Text file busy",
    [EFBIG] = "File too large",
    [ENOSPC] = "No space left on device",
    [ESPIPE] = "Illegal seek",
    [EROFS] = "Read-only file system",
    [EMLINK] = "Too many links",
    [EPIPE] = "Broken pipe",
    [EDOM] = "Argument out of domain",
    [ERANGE] = "Result too large",
    [ENOMSG] = "No message of desired type",
    [EIDRM] = "Identifier removed",
    [ECHRNG] = "Channel number out of range",
    [EL2NSYNC] = "Level 2 not synchronized",
    [EL3HLT] = "Level 3 halted",
    [EL3RST] = "Level 3 reset",
    [ELNRNG] = "Link number out of range",
    [EUNATCH] = "Protocol driver not attached",
    [ENOCSI] = "No CSI structure available",
    [EL2HLT] = "Level 2 halted",
    [EDEADLK] = "Deadlock condition if locked",
    [ENOTREADY] = "Device not ready",
    [EWRPROTECT] = "Write-protected media",
    [EFORMAT] = "Unformatted or incompatible media",
    [ENOLCK] = "No locks available",
    [ENOCONNECT] = "Cannot establish connection",
    [ESTALE] = "Missing file or file system",
    [EDIST] = "Requests blocked by administrator",
    [EINPROGRESS] = "Operation now in progress",
    [EALREADY] = "Operation already in progress",
    [ENOTSOCK] = "Socket operation on non-socket",
    [EDESTADDRREQ] = "Destination address required",
    [EMSGSIZE] = "Message too long",
    [EPROTOTYPE] = "Protocol wrong type for socket",
    [ENOPROTOOPT] = "Protocol not available",
    [EPROTONOSUPPORT] = "Protocol not supported",
    [ESOCKTNOSUPPORT] = "Socket type not supported",
    [EOPNOTSUPP] = "Operation not supported on socket",
    [EPFNOSUPPORT] = "Protocol family not supported",
    [EAFNOSUPPORT] = "Addr family not supported by protocol",
    [EADDRINUSE] = "Address already in use",
    [EADDRNOTAVAIL] = "Can't assign requested address",
    [ENETDOWN] = "Network is down",
    [ENETUNREACH] = "Network is unreachable",
    [ENETRESET] = "Network dropped connection on reset",
    [ECONNABORTED] = "Software caused connection abort",
    [ECONNRESET] = "Connection reset by peer",
    [ENOBUFS] = "No buffer space available",
    [EISCONN] = "Socket is already connected",
    [ENOTCONN] = "Socket is not connected",
    [ESHUTDOWN] = "Can't send after socket shutdown",
    [ETIMEDOUT] = "Connection timed out",
    [ECONNREFUSED] = "Connection refused",
    [EHOSTDOWN] = "Host is down",
    [EHOSTUNREACH] = "No route to host",
    [ERESTART] = "Restart the system call",
    [EPROCLIM] = "Too many processes",
    [EUSERS] = "Too many users",
    [ELOOP] = "Too many levels of symbolic links",
    [ENAMETOOLONG] = "File name too long",
    [EDQUOT] = "Disk quota exceeded",
    [ECORRUPT] = "Invalid file system control data",
    [ESYSERROR] = "System error",
    [EREMOTE] = "Item is not local to host",
    [ENOTRECOVERABLE] = "State not recoverable",
    [EOWNERDEAD] = "Previous owner died",
    [ENOSYS] = "Function not implemented",
    [EMEDIA] = "Media surface error",
    [ESOFT] = "I/O completed, but needs relocation",
    [ENOATTR] = "No attribute found",
    [ESAD] = "Security authentication denied",
    [ENOTRUST] = "Not a trusted program",
    [ETOOMANYREFS] = "Too many references: can't splice",
    [EILSEQ] = "Invalid wide character",
    [ECANCELED] = "Asynchronous I/O cancelled",
    [ENOSR] = "Out of STREAMS resources",
    [ETIME] = "System call timed out",
    [EBADMSG] = "Next message has wrong type",
    [EPROTO] = "Error in protocol",
    [ENODATA] = "No message on stream head read q",
    [ENOSTR] = "fd not associated with a stream",
    [ENOTSUP] = "Unsupported attribute value",
    [EMULTIHOP] = "Multihop is not allowed",
    [ENOLINK] = "The server link has been severed",
    [EOVERFLOW] = "Value too large to be stored in data type",
};
int sys_nerr = sizeof sys_errlist / sizeof *sys_errlist;

/* Never longer than this. */
enum { TEXT = 64 };

static void text_of(int error, char *out, size_t size)
{
    if (error >= 0 && error < sys_nerr && sys_errlist[error])
        snprintf(out, size, "%s", sys_errlist[error]);
    else
        snprintf(out, size, "Error %d occurred.", error);
}

char *strerror(int error)
{
    static char unknown[TEXT];

    if (error >= 0 && error < sys_nerr && sys_errlist[error])
        return sys_errlist[error];
    text_of(error, unknown, sizeof unknown);
    return unknown;
}

int strerror_r(int error, char *out, size_t size)
{
    char text[TEXT];

    if (!out || !size)
        return EINVAL;
    text_of(error, text, sizeof text);
    strncpy(out, text, size - 1);
    out[size - 1] = 0;
    return strlen(text) < size ? 0 : ERANGE;
}

/* Written past stdio's buffer, so that the text comes out in order and stderr's state is left alone. */
void perror(const char *prefix)
{
    char line[512];
    int error = errno, n = 0;

    fflush(stderr);
    if (prefix && *prefix)
        n = snprintf(line, sizeof line - TEXT - 1, "%s: ", prefix);
    if (n > (int)sizeof line - TEXT - 2)
        n = sizeof line - TEXT - 2;
    text_of(error, line + n, TEXT);
    strcat(line, "\n");
    write(fileno(stderr), line, strlen(line));
    errno = error;
}
