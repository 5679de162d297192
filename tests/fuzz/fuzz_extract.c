/* fuzz_extract.c -- extract any bytes as a backup image: nothing may appear outside the directory, and what lies there
 * stays as it is. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "rootfs-tools/backup/extract.h"
#include "tests/fuzz/image_mutator.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char top[] = "/tmp/fuzz-extract-XXXXXX";
static char root[64], side[64], canary[64];

static int remove_entry(const char *path, const struct stat *st, int kind, struct FTW *where)
{
    (void)st, (void)where;
    return kind == FTW_DP ? rmdir(path) : unlink(path);
}

static void clear(void)
{
    nftw(root, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
    unlink(side);
}

static void at_exit(void) { nftw(top, remove_entry, 16, FTW_DEPTH | FTW_PHYS); }

static void begin(void)
{
    if (!mkdtemp(top))
        abort();
    snprintf(root, sizeof root, "%s/root", top);
    snprintf(side, sizeof side, "%s/root.image.json", top);
    snprintf(canary, sizeof canary, "%s/canary", top);
    int fd = open(canary, O_WRONLY | O_CREAT, 0600);
    if (fd < 0 || write(fd, "canary", 6) != 6 || close(fd))
        abort();
    atexit(at_exit);
}

/* Only the tree, its sidecar and the canary, which nobody touched. */
static void check(void)
{
    struct stat st;
    struct dirent *d;
    DIR *dir = opendir(top);
    while (dir && (d = readdir(dir)))
        if (strcmp(d->d_name, ".") && strcmp(d->d_name, "..") && strcmp(d->d_name, "root") &&
            strcmp(d->d_name, "root.image.json") && strcmp(d->d_name, "canary"))
            abort();
    if (!dir || stat(canary, &st) || st.st_size != 6 || st.st_mode != (S_IFREG | 0600) || st.st_nlink != 1)
        abort();
    closedir(dir);
}

static void tell(void *context, const char *text) { *(size_t *)context += strlen(text); }

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static size_t told;
    struct image_source s;
    struct bff_reader r;
    struct error err;
    struct extraction x = { .limits = { 1 << 20, 64 }, .tell = tell, .context = &told };
    if (!root[0])
        begin();
    if (source_open_memory(&s, data, size, &err))
        return 0;
    if (bff_open(&r, &s, (struct bff_damage_sink){ 0 }, &err) == 0) {
        if (extract_begin(&x, root, side, &err))
            abort();
        while (bff_next(&r, &err) > 0 && extract_member(&x, &r, &err) == 0)
            ;
        extract_end(&x, &err);
        bff_close(&r);
        check();
        clear();
    }
    source_close(&s);
    return 0;
}
