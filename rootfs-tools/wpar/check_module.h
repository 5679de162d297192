/* check_module.h -- an XCOFF module as the check sees it: opened once, with its exports sorted. */
#ifndef ROOTFS_TOOLS_CHECK_MODULE_H
#define ROOTFS_TOOLS_CHECK_MODULE_H

#include <jansson.h>
#include <stdbool.h>
#include "loader/find_module.h"
#include "loader/xcoff_read.h"
#include "rootfs-tools/wpar/check_tree.h"

struct checked_module {
    struct module_file file;
    struct xcoff_image image;
    const struct xcoff_symbol **exports;    /* sorted by name */
    size_t export_count;
    bool is64, in_tree;                     /* in_tree: not one of the builtin libraries */
    bool imports_checked, in_work;
    struct checked_module **needs;          /* by import file; NULL: none, or none found */
    json_t *cannot, *remarks;
    enum verdict verdict;
};

struct checked_modules {
    struct search_path search;
    struct checked_module **list;
    size_t count;
};

/* Takes the file over. NULL with the reason when it is malformed; the same module again when it is known already. */
struct checked_module *check_module_add(struct checked_modules *all, struct module_file *file, bool is64, struct error *err);
bool check_module_exports(const struct checked_module *m, const struct xcoff_symbol *s);
void check_modules_free(struct checked_modules *all);

#endif
