/* updating.c -- a stream for reading and writing, as editors use their scratch files: every change of direction goes by fseek, fflush or
 * rewind. Expected: the same source built for the host.
 */
#include <stdio.h>
#include <string.h>

static FILE *f;

static void put(const char *text)
{
    fseek(f, 0, SEEK_END);
    long at = ftell(f);
    printf("at %ld: %zu\n", at, fwrite(text, 1, strlen(text), f));
}

static void get(long at, size_t n)
{
    char text[100] = "";
    fseek(f, at, SEEK_SET);
    size_t got = fread(text, 1, n, f);
    printf("%ld: %zu '%s', then at %ld\n", at, got, text, ftell(f));
}

int main(void)
{
    if (!(f = tmpfile()))
        return 1;
    put("one ");
    put("two ");
    get(4, 3);
    put("three ");
    get(0, 4);
    get(8, 50);
    fseek(f, 4, SEEK_SET);
    fputs("TWO", f);
    fflush(f);
    printf("%c", getc(f));
    printf("%c\n", getc(f));
    rewind(f);
    putc('O', f);
    fseek(f, 1, SEEK_CUR);
    printf("%c\n", getc(f));
    fseek(f, 0, SEEK_CUR);
    fprintf(f, "%d", 42);
    get(0, 50);
    return fclose(f) != 0;
}
