/* memory_streams.c -- open_memstream, fmemopen, bounded wide functions. Expected: the same source natively. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

static void growing(void)
{
    char *text = NULL;
    size_t size = 0;
    FILE *f = open_memstream(&text, &size);
    fprintf(f, "hello %d", 7);
    fflush(f);
    printf("<%s> %zu\n", text, size);
    for (int i = 0; i < 3000; i++)
        fprintf(f, "%d,", i);
    fflush(f);
    printf("%zu ...%s\n", size, text + size - 10);
    fclose(f);
    free(text);
}

static void fixed(void)
{
    char room[16] = "0123456789abcde", line[32];
    FILE *f = fmemopen(room, 8, "r");
    printf("%s|", fgets(line, sizeof line, f));
    printf("%d %d\n", getc(f), feof(f));
    fseek(f, 3, SEEK_SET);
    int c = getc(f), d = getc(f);
    printf("%c%c %ld\n", c, d, ftell(f));
    fclose(f);
    f = fmemopen(room, sizeof room, "w+");
    fprintf(f, "x=%d", 5);
    fflush(f);
    printf("<%s>\n", room);
    rewind(f);
    int x = 0;
    int n = fscanf(f, "x=%d", &x);
    printf("%d %d\n", n, x);
    fclose(f);
    strcpy(room, "abc");
    f = fmemopen(room, sizeof room, "a");
    fputs("def", f);
    fclose(f);
    printf("<%s>\n", room);
    f = fmemopen(room, 4, "w");
    setbuf(f, NULL);
    errno = 0;
    printf("%d\n", fwrite("toolong", 1, 7, f) < 7 || fflush(f) != 0 || ferror(f));
    fclose(f);
}

static void wide(void)
{
    wchar_t room[16], *copy = wcsdup(L"wide text");
    const char *from = "bounded";
    mbstate_t state = { 0 };
    printf("%ls %zu %zu\n", copy, wcsnlen(copy, 4), wcsnlen(copy, 100));
    printf("%d\n", (int)(wcpcpy(room, L"abc") - room));
    printf("%d %ls\n", (int)(wcpncpy(room, L"abcdef", 4) - room), (room[4] = 0, room));
    size_t n = mbsnrtowcs(room, &from, 3, 16, &state);
    room[n] = 0;
    printf("%zu %ls %s\n", n, room, from);
    const wchar_t *w = L"narrow";
    char bytes[16];
    n = wcsnrtombs(bytes, &w, 4, sizeof bytes, &state);
    printf("%zu %.4s %ls\n", n, bytes, w);
    free(copy);
}

int main(void)
{
    growing();
    fixed();
    wide();
    return 0;
}
