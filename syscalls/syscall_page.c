/* syscall_page.c -- prints docs/syscalls.md: every import name, how far it is served, and why not further.
 *
 * Stands alone on kernel_imports.def, so that the page can be made without the rest of the runner.
 */
#include <stdio.h>

enum support { FULL, PARTIAL, ABSENT, SUPPORTS };

/* The reason of a line follows it in the table. */
static const struct row {
    const char *name;
    enum support support;
    const char *why;
} rows[] = {
#define IMPORT(name, status, ret, a0, a1, a2, a3, a4, a5, a6, a7) { #name, status, NULL },
#define WHY(name, reason) { NULL, 0, reason },
#include "syscalls/kernel_imports.def"
#undef IMPORT
#undef WHY
};

int main(void)
{
    static const char *const words[] = { "FULL", "PARTIAL", "ABSENT" };
    const size_t count = sizeof rows / sizeof *rows;
    unsigned totals[SUPPORTS] = { 0 };

    for (size_t i = 0; i < count; i++)
        if (rows[i].name)
            totals[rows[i].support]++;
    printf("# Kernel services by import name\n\n"
           "Made from `syscalls/kernel_imports.def` by `syscall_page`; do not edit.\n\n"
           "AIX programs import system calls from `/unix` by name. FULL: as AIX does, in 32-bit and 64-bit programs. "
           "PARTIAL: works\n"
           "for what the reason says. ABSENT: links, and a call fails with an errno, is logged once per call site and "
           "shown by\n"
           "`aixrun --missing`; so does every name that is not listed. Names that start with `__vwpar_` are the "
           "builtin libraries' own.\n\n"
           "%u FULL, %u PARTIAL, %u ABSENT.\n\n| name | status | reason |\n|---|---|---|\n",
           totals[FULL], totals[PARTIAL], totals[ABSENT]);
    for (size_t i = 0; i < count; i++)
        if (rows[i].name)
            printf("| %s | %s | %s |\n", rows[i].name, words[rows[i].support],
                   i + 1 < count && rows[i + 1].why ? rows[i + 1].why : "");
    return 0;
}
