/* image_facts.h -- what a backup image tells about the system in it before it is restored [backup-format 11, wpar 12]. */
#ifndef ROOTFS_TOOLS_IMAGE_FACTS_H
#define ROOTFS_TOOLS_IMAGE_FACTS_H

#include <stdbool.h>
#include <stddef.h>
#include "runtime/error.h"

struct image_facts {
    char level[40];             /* as oslevel -s or -r prints it: "5300-12"; "" when the image does not tell */
    int version, release;       /* 5, 3; 0 when unknown */
    char *image_data;           /* text of ./image.data, NULL: none */
    char *specification;        /* text of ./.savewpar_dir/wpar.spec, NULL: none */
    size_t members;             /* read for this */
};

/* Reads the image until it has met what is asked for. `want_specification`: reads on for a WPAR's specification. */
int image_facts_read(struct image_facts *f, const char *image, bool want_specification, struct error *err);

/* The level from image.data's text. */
void image_facts_level(struct image_facts *f, const char *image_data);
void image_facts_free(struct image_facts *f);

/* OStype of a level: 1 for 5.2, 1024 for 5.3, NULL for levels that no versioned WPAR has. */
const char *ostype_of(int version, int release);

#endif
