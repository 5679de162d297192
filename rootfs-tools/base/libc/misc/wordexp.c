/* wordexp.c -- word expansion by the shell itself: the words are checked for what POSIX forbids in them, then a shell expands them
 * and prints each behind a length [XSH wordexp]. Nothing the shell prints is parsed but numbers and counted bytes.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <wordexp.h>

/* Every word as "LENGTH word", by built-in commands of every POSIX shell; the lengths count bytes in the C locale. */
#define PRINT_WORDS "LC_ALL=C; for w do printf '%s' \"${#w} $w\"; done"

struct quoting {
    int single, twofold, brace, paren, backquote;       /* open now */
};

/* Step over "$(", "${" and their ends; 1 for a command substitution. */
static int expansion(struct quoting *q, const char **at)
{
    const char *s = *at;
    if (s[0] == '`')
        return q->backquote = !q->backquote, 1;
    if (s[0] == '$' && s[1] == '(') {
        q->paren++;
        *at += 1;
        if (s[2] != '(')
            return 1;
        q->paren++;
        *at += 1;
        return 0;
    }
    if (s[0] == '$' && s[1] == '{') {
        q->brace++;
        *at += 1;
    } else if (q->paren && s[0] == '(')
        q->paren++;
    else if (q->paren && s[0] == ')')
        q->paren--;
    else if (q->brace && s[0] == '}')
        q->brace--;
    return 0;
}

static int check(const char *s, int flags)
{
    struct quoting q = { 0 };
    for (; *s; s++) {
        if (q.single) {
            q.single = *s != '\'';
            continue;
        }
        int bare = !q.twofold && !q.brace && !q.paren && !q.backquote;
        if (*s == '\\' && s[1])
            s++;
        else if (*s == '\\')
            return WRDE_SYNTAX;
        else if (*s == '\'' && !q.twofold)
            q.single = 1;
        else if (*s == '"')
            q.twofold = !q.twofold;
        else if (bare && strchr("|&;<>(){}\n", *s))
            return WRDE_BADCHAR;
        else if (expansion(&q, &s) && (flags & WRDE_NOCMD))
            return WRDE_CMDSUB;
    }
    return q.single || q.twofold || q.brace || q.paren || q.backquote ? WRDE_SYNTAX : 0;
}

static _Noreturn void be_shell(const char *words, int flags, int out)
{
    char *script;
    size_t n = strlen(words) + sizeof "set -u; set --  || exit; " PRINT_WORDS;
    if (!(script = malloc(n)))
        _exit(126);
    snprintf(script, n, "%sset -- %s || exit; %s", flags & WRDE_UNDEF ? "set -u; " : "", words, PRINT_WORDS);
    dup2(out, 1);
    if (!(flags & WRDE_SHOWERR)) {
        int null = open("/dev/null", O_WRONLY);
        if (null < 0 || dup2(null, 2) < 0)
            close(2);
    }
    execl("/usr/bin/sh", "sh", "-c", script, (char *)NULL);
    _exit(126);
}

/* All that comes until the end, in memory that grows; NULL when there is none left. */
static char *read_all(int fd, size_t *length)
{
    char *text = NULL;
    size_t room = 0;
    ssize_t n = 1;
    for (*length = 0; n > 0; *length += n > 0 ? (size_t)n : 0) {
        if (*length + 1 >= room) {
            char *more = realloc(text, room = room ? 2 * room : 1024);
            if (!more)
                return free(text), NULL;
            text = more;
        }
        do
            n = read(fd, text + *length, room - *length - 1);
        while (n < 0 && errno == EINTR);
    }
    text[*length] = '\0';
    return text;
}

static int exit_reason(int status, int flags)
{
    if (!WIFEXITED(status) || WEXITSTATUS(status) == 126)
        return WRDE_NOSPACE;
    return WEXITSTATUS(status) == 0 ? 0 : flags & WRDE_UNDEF ? WRDE_BADVAL : WRDE_SYNTAX;
}

static int run_shell(const char *words, int flags, char **text, size_t *length)
{
    int ends[2], status;
    *text = NULL;
    if (pipe(ends))
        return WRDE_NOSPACE;
    pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        be_shell(words, flags, ends[1]);
    }
    close(ends[1]);
    if (child > 0)
        *text = read_all(ends[0], length);
    close(ends[0]);
    if (child < 0)
        return WRDE_NOSPACE;
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR)
            return WRDE_NOSPACE;
    return *text ? exit_reason(status, flags) : WRDE_NOSPACE;
}

static int add_word(wordexp_t *w, size_t offset, const char *word, size_t n)
{
    char **more = realloc(w->we_wordv, (offset + w->we_wordc + 2) * sizeof *more), *copy;
    if (!more)
        return WRDE_NOSPACE;
    w->we_wordv = more;
    if (!(copy = malloc(n + 1)))
        return WRDE_NOSPACE;
    memcpy(copy, word, n);
    copy[n] = '\0';
    more[offset + w->we_wordc++] = copy;
    more[offset + w->we_wordc] = NULL;
    return 0;
}

static int take_words(wordexp_t *w, size_t offset, char *text, size_t length)
{
    char *end = text + length;
    while (text < end) {
        size_t n = strtoul(text, &text, 10);
        if (*text++ != ' ' || n > (size_t)(end - text))
            return WRDE_SYNTAX;
        if (add_word(w, offset, text, n))
            return WRDE_NOSPACE;
        text += n;
    }
    return 0;
}

void wordfree(wordexp_t *w)
{
    for (size_t i = 0; w->we_wordv && i < w->we_wordc; i++)
        free(w->we_wordv[w->we_offs + i]);
    free(w->we_wordv);
    w->we_wordv = NULL;
    w->we_wordc = 0;
}

int wordexp(const char *restrict words, wordexp_t *restrict w, int flags)
{
    if (flags & WRDE_REUSE)
        wordfree(w);
    if (!(flags & WRDE_APPEND)) {
        w->we_wordc = 0;
        w->we_wordv = NULL;
        if (!(flags & WRDE_DOOFFS))
            w->we_offs = 0;
    }
    char *text;
    size_t length = 0;
    int why = check(words, flags);
    if (why)
        return why;
    if (!w->we_wordv && !(w->we_wordv = calloc(w->we_offs + 1, sizeof *w->we_wordv)))
        return WRDE_NOSPACE;
    why = run_shell(words, flags, &text, &length);
    if (!why)
        why = take_words(w, w->we_offs, text, length);
    free(text);
    return why;
}
