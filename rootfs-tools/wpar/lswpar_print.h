/* lswpar_print.h -- the forms in which lswpar prints [wpar 4.1-4.3]. */
#ifndef ROOTFS_TOOLS_LSWPAR_PRINT_H
#define ROOTFS_TOOLS_LSWPAR_PRINT_H

#include "rootfs-tools/wpar/lswpar_fields.h"

/* Does the view know all of the comma-separated fields? */
int fields_check(const struct view *view, const char *fields, struct error *err);

/* A line per record: "#name:state:..." first when `header`. */
void print_delimited(const struct listed *wpars, size_t count, const struct view *view, const char *fields, const char *delimiter,
                     bool header);

/* Columns as wide as their longest value, with a header and a dashed rule. */
void print_table(const struct listed *wpars, size_t count, const struct view *view, const char *fields, bool header);

/* "NAME - Active" between rules of "=", then a block, or for -L all of them. */
void print_paragraph(const struct listed *w, const struct view *view);

void print_json(const struct listed *wpars, size_t count);

/* Files of an image that are not used as they are, one a line with the reason. */
void print_overlay(void);

#endif
