/* find_module.h -- from an import file's path, base and member to an opened file.
 */
#ifndef LOADER_FIND_MODULE_H
#define LOADER_FIND_MODULE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>
#include "runtime/error.h"

struct search_path {
    char *root;                 /* host directory that is the guest's /, "" for the host's own */
    char *base_dir;             /* builtin libraries, NULL: none */
    char *libpath;              /* the environment's LIBPATH, NULL: none */
    const char *choices;        /* --library, checked; NULL: none */
};

struct module_file {
    int fd;
    const uint8_t *bytes;       /* the whole file, mapped read-only */
    uint64_t file_size;
    uint64_t offset, size;      /* of the module in it */
    dev_t dev;
    ino_t ino;
    char *path;                 /* as the guest names it */
    char *member;               /* "" for a plain file */
};

/* Open a host file as the module `member` of it; guest_path is what it is called from now on. -1 with err->code ENOENT
 * when there is no such file, else another code. */
int module_file_open(const char *host_path, const char *guest_path, const char *member, bool is64,
                     struct module_file *out, struct error *err);
void module_file_close(struct module_file *file);

/* Find "path/base(member)". Without a directory in path or base, directories are tried in the order: extra (NULL:
 * none), the environment's LIBPATH, own_path (the search path in the loader section of the importing module, NULL:
 * none), program_path likewise, /usr/lib, /lib. In each the restored tree is looked at first, then, for system
 * directories, the builtin libraries; these also answer last for any name. What `choices` calls builtin or bridge comes from them first,
 * whatever its path. */
int find_module(const struct search_path *search, const char *extra, const char *own_path, const char *program_path,
                const char *path, const char *base, const char *member, bool is64, struct module_file *out,
                struct error *err);

#endif
