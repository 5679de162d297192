/* loader_case.h -- what the loader's tests share: reading made modules, and loading one program in a process of its
 * own.
 */
#ifndef TESTS_LOADER_CASE_H
#define TESTS_LOADER_CASE_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "loader/load_program.h"
#include "loader/module.h"
#include "runtime/address_space.h"
#include "runtime/be.h"

static inline uint8_t *read_file(const char *path, size_t *size)
{
    struct stat st;
    int fd = open(path, O_RDONLY);
    if (fd < 0 || fstat(fd, &st) < 0)
        return NULL;
    uint8_t *data = malloc((size_t)st.st_size + 1);
    *size = (size_t)read(fd, data, (size_t)st.st_size);
    close(fd);
    return data;
}

/* The address sanitizer's own map leaves no 2^46 bytes in one piece. */
#if defined __has_feature
#if __has_feature(address_sanitizer)
#define NO_64_BIT_WINDOW 1
#endif
#endif
#ifndef NO_64_BIT_WINDOW
#define NO_64_BIT_WINDOW 0
#endif

/* Run `check` in a child, since a process loads one program only. A failed EXPECT there prints and fails the test here.
 */
static inline void in_child(void (*check)(int width), int width)
{
    if (width == 64 && NO_64_BIT_WINDOW) {
        print_message("64-bit half left out under the address sanitizer\n");
        return;
    }
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) {
        signal(SIGSEGV, SIG_DFL);       /* cmocka's would go on with the next test here */
        check(width);
        _exit(0);
    }
    int status;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(status, 0);
}

#define EXPECT(condition)                                                                                              \
    do {                                                                                                               \
        if (!(condition)) {                                                                                            \
            fprintf(stderr, "%s:%d: %d-bit: %s does not hold\n", __FILE__, __LINE__, guest.is64 ? 64 : 32,             \
                    #condition);                                                                                       \
            _exit(1);                                                                                                  \
        }                                                                                                              \
    } while (0)

#define EXPECT_EQUAL(a, b) \
    do { \
        uint64_t a_ = (a), b_ = (b); \
        if (a_ != b_) { \
            fprintf(stderr, "%s:%d: %d-bit: %s is 0x%llx, not 0x%llx\n", __FILE__, __LINE__, guest.is64 ? 64 : 32, #a, \
                    (unsigned long long)a_, (unsigned long long)b_); \
            _exit(1); \
        } \
    } while (0)

/* A kernel with one call and one data object. */
enum { KCALL = 0x3800, KDATA = 0x3900 };
static inline gva test_kernel_lookup(const char *name, bool is64, bool *is_data)
{
    *is_data = strcmp(name, "kdata") == 0;
    return strcmp(name, "kcall") == 0 ? KCALL : *is_data ? KDATA : 0;
}

/* Load LOADER_MODULES/NAMEWIDTH; libraries from the made tree. */
static inline int load_case(const char *name, int width, char *const *envp, struct program *out, struct error *err)
{
    static const struct kernel_exports kernel = { test_kernel_lookup };
    static char path[4096];
    static char *argv[] = { "name", "second", NULL };
    snprintf(path, sizeof path, "%s/%s%d", LOADER_MODULES, name, width);
    struct load_options options = { .path = path, .guest_path = name, .argv = argv, .envp = envp,
                                    .root = LOADER_MODULES "/root", .kernel = &kernel };
    return address_space_reserve(width == 64, err) < 0 ? -1 : load_program(&options, out, err);
}

static inline gva word_at(gva ea)
{
    return guest.is64 ? be_get(*(be64 *)g2h(ea)) : be_get(*(be32 *)g2h(ea));
}

static inline struct module *module_named(const char *part)
{
    for (struct module *m = loader.modules; m; m = m->next)
        if (strstr(m->name, part))
            return m;
    return NULL;
}

/* Word n of a module's data. */
static inline gva data_word(const struct module *m, unsigned n)
{
    return word_at(m->data_start + n * (guest.is64 ? 8 : 4));
}

#endif
