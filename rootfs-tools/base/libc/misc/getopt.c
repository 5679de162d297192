/* getopt.c -- options of a command line [POSIX getopt].
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

char *optarg;
int optind = 1, opterr = 1, optopt;

static const char *inside;      /* rest of a word of several letters */

static int complain(char *const *argv, const char *text, int letter, const char *letters)
{
    optopt = letter;
    if (opterr && letters[0] != ':')
        fprintf(stderr, "%s: %s -- %c\n", argv[0], text, letter);
    return '?';
}

int getopt(int argc, char *const *argv, const char *letters)
{
    if (!inside || !*inside) {
        if (optind >= argc || !argv[optind] || argv[optind][0] != '-' || !argv[optind][1])
            return -1;
        if (strcmp(argv[optind], "--") == 0) {
            optind++;
            return -1;
        }
        inside = argv[optind] + 1;
    }
    int letter = (unsigned char)*inside++;
    const char *found = letter == ':' ? NULL : strchr(letters, letter);
    if (!*inside)
        optind++;
    if (!found)
        return complain(argv, "illegal option", letter, letters);
    if (found[1] != ':')
        return letter;
    if (*inside) {
        optarg = (char *)inside;
        optind++;
    } else if (optind < argc) {
        optarg = argv[optind++];
    } else {
        inside = NULL;
        complain(argv, "option requires an argument", letter, letters);
        return letters[0] == ':' ? ':' : '?';
    }
    inside = NULL;
    return letter;
}
