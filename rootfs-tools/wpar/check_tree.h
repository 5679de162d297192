/* check_tree.h -- will the programs of a root tree run here? Every XCOFF program and library in it, every import of theirs resolved
 * against the tree, the builtin libraries and the table of kernel services. Nothing is run.
 */
#ifndef ROOTFS_TOOLS_CHECK_TREE_H
#define ROOTFS_TOOLS_CHECK_TREE_H

#include <jansson.h>
#include "runtime/error.h"

struct tree_report {
    json_t *modules;        /* array of { "path", "member", "kind", "width", "verdict", "cannot": [...], "remarks": [...] } */
    size_t counts[3];       /* by verdict, as verdict_names has them */
};

enum verdict { VERDICT_RUNS, VERDICT_REMARKS, VERDICT_CANNOT };
extern const char *const verdict_names[3];

/* `base`: the builtin libraries. The caller owns report->modules. -1 when the tree cannot be read. */
int check_tree(struct tree_report *report, const char *root, const char *base, struct error *err);

#endif
