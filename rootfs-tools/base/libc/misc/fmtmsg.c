/* fmtmsg.c -- messages in the common form "label: SEVERITY: text TO FIX: action tag", to standard error and the console [XSH fmtmsg].
 * MSGVERB chooses the parts for standard error.
 */
#include <fcntl.h>
#include <fmtmsg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LABEL = 1, SEVERITY = 2, TEXT = 4, ACTION = 8, TAG = 16, ALL_PARTS = 31 };

/* A value that names no part makes all of MSGVERB void. */
static int chosen_parts(const char *list)
{
    static const char *const names[] = { "label", "severity", "text", "action", "tag" };
    int parts = 0;
    if (!list || !*list)
        return ALL_PARTS;
    while (*list) {
        size_t n = strcspn(list, ":"), i = 0;
        while (i < 5 && (strlen(names[i]) != n || strncmp(names[i], list, n) != 0))
            i++;
        if (i == 5)
            return ALL_PARTS;
        parts |= 1 << i;
        list += n + (list[n] == ':');
    }
    return parts;
}

/* label: two fields of at most 10 and 14 characters with a colon between. */
static int bad_label(const char *label)
{
    const char *colon = label ? strchr(label, ':') : NULL;
    return label && (!colon || colon - label > 10 || strlen(colon + 1) > 14);
}

static const char *severity_text(int severity)
{
    static const char *const texts[] = { [MM_HALT] = "HALT", [MM_ERROR] = "ERROR", [MM_WARNING] = "WARNING", [MM_INFO] = "INFO" };
    return severity > MM_NOSEV && severity <= MM_INFO ? texts[severity] : NULL;
}

static int write_message(int fd, int parts, const char *label, const char *severity, const char *text, const char *action,
                         const char *tag)
{
    char line[1024];
    const char *l = parts & LABEL ? label : NULL, *s = parts & SEVERITY ? severity : NULL, *t = parts & TEXT ? text : NULL;
    const char *a = parts & ACTION ? action : NULL, *g = parts & TAG ? tag : NULL;
    int n = snprintf(line, sizeof line, "%s%s%s%s%s%s%s%s%s%s\n", l ? l : "", l && (s || t) ? ": " : "", s ? s : "", s && t ? ": " : "",
                     t ? t : "", a || g ? "\n" : "", a ? "TO FIX: " : "", a ? a : "", a && g ? "  " : "", g ? g : "");
    if (n >= (int)sizeof line)
        n = sizeof line - 1;
    return write(fd, line, (size_t)n) == n;
}

int fmtmsg(long class, const char *label, int severity, const char *text, const char *action, const char *tag)
{
    int printed = 1, on_console = 1;
    if (bad_label(label) || severity < MM_NOSEV)
        return MM_NOTOK;
    if (class & MM_PRINT)
        printed = write_message(2, chosen_parts(getenv("MSGVERB")), label, severity_text(severity), text, action, tag);
    if (class & MM_CONSOLE) {
        int fd = open("/dev/console", O_WRONLY | O_NOCTTY);
        on_console = fd >= 0 && write_message(fd, ALL_PARTS, label, severity_text(severity), text, action, tag);
        if (fd >= 0)
            close(fd);
    }
    return printed && on_console ? MM_OK : !printed && !on_console ? MM_NOTOK : printed ? MM_NOCON : MM_NOMSG;
}
