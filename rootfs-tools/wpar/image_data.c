/* image_data.c -- see image_data.h.
 *
 * Stanzas image_data, logical_volume_policy and one fs_data: there is one file tree, without logical volumes. Sizes are in 512-byte
 * blocks.
 */
#include "rootfs-tools/wpar/image_data.h"

#include <errno.h>
#include <ftw.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static uint64_t blocks;     /* nftw has no context */

static int add_blocks(const char *path, const struct stat *st, int kind, struct FTW *where)
{
    (void)path, (void)kind, (void)where;
    blocks += (uint64_t)st->st_blocks;
    return 0;
}

/* "5300-12" -> "5.3.0.0". */
static void long_level(char out[16], const char *level)
{
    if (strlen(level) >= 4 && strchr(level, '.') == NULL)
        snprintf(out, 16, "%c.%c.%c.%c", level[0], level[1], level[2], level[3]);
    else
        snprintf(out, 16, "%.10s", *level ? level : "5.3.0.0");
}

char *image_data_text(const struct definition *d, struct error *err)
{
    const char *directory = definition_get(d, ATTR_general_directory), *level = definition_get(d, ATTR_general_level);
    char *text = NULL, when[64], full[16];
    time_t now = time(NULL);
    blocks = 0;
    if (nftw(directory, add_blocks, 16, FTW_PHYS | FTW_MOUNT)) {
        error_set(err, errno, "%s: %s", directory, strerror(errno));
        return NULL;
    }
    strftime(when, sizeof when, "%a %b %e %H:%M:%S %Y", localtime(&now));
    long_level(full, level);
    if (asprintf(&text,
                 "image_data:\n\tIMAGE_TYPE= bff\n\tDATE_TIME= %s\n\tUNAME_INFO= AIX %s %c %c 000000000000\n\tPRODUCT_TAPE= no\n"
                 "\tUSERVG_LIST= \n\tPLATFORM= chrp\n\tOSLEVEL= %s\n\tOSLEVEL_R= %s\n\tCPU_ID= 000000000000\n\n"
                 "logical_volume_policy:\n\tSHRINK= no\n\tEXACT_FIT= no\n\n"
                 "fs_data:\n\tFS_NAME= /\n\tFS_SIZE= %" PRIu64 "\n\tFS_MIN_SIZE= %" PRIu64 "\n\tFS_LV= \n\tFS_JFS2_BS= 4096\n",
                 when, definition_get(d, ATTR_general_hostname), full[2], full[0], full, *level ? level : "5300-00", blocks, blocks) < 0) {
        error_set(err, ENOMEM, "out of memory");
        return NULL;
    }
    return text;
}
