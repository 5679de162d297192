/* getsubopt.c -- options within an option, name=value separated by commas [XSH getsubopt]. */
#include <stdlib.h>
#include <string.h>

int getsubopt(char **option, char *const *names, char **value)
{
    char *begin = *option, *end = begin + strcspn(begin, ",");
    *option = *end ? end + 1 : end;
    *end = '\0';
    size_t length = strcspn(begin, "=");
    *value = begin[length] ? begin + length + 1 : NULL;
    for (int i = 0; names[i]; i++)
        if (strlen(names[i]) == length && strncmp(names[i], begin, length) == 0)
            return i;
    *value = begin;
    return -1;
}
