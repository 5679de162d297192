/* env.c -- the environment: an array of "name=value" that environ points at, whose strings may be the program's own.
 *
 * The first array and its strings lie on the first stack; before the array grows it moves to the heap.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "../include/lock.h"

static int lock;
static char **own;          /* the array allocated here, when environ still points at it */
static size_t own_room;

static size_t name_length(const char *s)
{
    return strcspn(s, "=");
}

/* Place of the variable in environ, or of the final NULL. */
static size_t find(const char *name, size_t length)
{
    size_t i = 0;

    for (; environ && environ[i]; i++)
        if (strncmp(environ[i], name, length) == 0 && environ[i][length] == '=')
            break;
    return i;
}

static size_t count_entries(void)
{
    size_t n = 0;

    while (environ && environ[n])
        n++;
    return n;
}

static int append(char *entry)
{
    size_t n = count_entries();

    if (environ != own || n + 2 > own_room) {
        size_t room = 2 * n + 16;
        char **array = malloc(room * sizeof *array);
        if (!array)
            return -1;
        if (n)
            memcpy(array, environ, n * sizeof *array);
        if (environ == own)
            free(own);
        environ = own = array;
        own_room = room;
    }
    environ[n] = entry;
    environ[n + 1] = NULL;
    return 0;
}

static int put(char *entry, size_t length)
{
    size_t i = find(entry, length);

    if (environ && environ[i]) {
        environ[i] = entry;
        return 0;
    }
    return append(entry);
}

static void remove_entry(const char *name, size_t length)
{
    size_t i = find(name, length);

    while (environ && environ[i]) {
        for (size_t k = i; environ[k]; k++)
            environ[k] = environ[k + 1];
        i = find(name, length);
    }
}

char *getenv(const char *name)
{
    size_t length = strlen(name);

    libc_lock(&lock);
    size_t i = find(name, length);
    char *value = environ && environ[i] ? environ[i] + length + 1 : NULL;
    libc_unlock(&lock);
    return value;
}

int putenv(char *entry)
{
    size_t length = name_length(entry);
    int result = 0;

    libc_lock(&lock);
    if (entry[length] == '=')
        result = put(entry, length);
    else
        remove_entry(entry, length);
    libc_unlock(&lock);
    return result;
}

static int bad_name(const char *name)
{
    if (name && *name && !name[name_length(name)])
        return 0;
    errno = EINVAL;
    return 1;
}

int setenv(const char *name, const char *value, int overwrite)
{
    if (bad_name(name))
        return -1;
    size_t length = strlen(name), size = length + strlen(value) + 2;
    if (!overwrite && getenv(name))
        return 0;
    char *entry = malloc(size);
    if (!entry)
        return -1;
    memcpy(entry, name, length);
    entry[length] = '=';
    strcpy(entry + length + 1, value);
    libc_lock(&lock);
    int result = put(entry, length);
    libc_unlock(&lock);
    return result;
}

int unsetenv(const char *name)
{
    if (bad_name(name))
        return -1;
    libc_lock(&lock);
    remove_entry(name, strlen(name));
    libc_unlock(&lock);
    return 0;
}

int clearenv(void)
{
    libc_lock(&lock);
    int result = 0;
    if (environ == own && own)
        environ[0] = NULL;
    else {
        environ = NULL;
        result = append(NULL);
    }
    libc_unlock(&lock);
    return result;
}
