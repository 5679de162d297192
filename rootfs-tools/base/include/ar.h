/* ar.h -- archives, in the small format and the big one [AIX ar File Format]. Numbers are decimal text; ar_name is followed by the name's
 * further bytes, a byte to make it even, and AIAFMAG.
 */
#ifndef _H_AR
#define _H_AR

#define AIAMAG    "<aiaff>\n"
#define AIAMAGBIG "<bigaf>\n"
#define SAIAMAG   8
#define AIAFMAG   "`\n"

typedef struct fl_hdr {
    char fl_magic[SAIAMAG];
    char fl_memoff[12];         /* table of members */
    char fl_gstoff[12];         /* table of global symbols */
    char fl_fstmoff[12];        /* first member */
    char fl_lstmoff[12];        /* last member */
    char fl_freeoff[12];        /* first member of the list of free ones */
} FL_HDR;

typedef struct fl_hdr_big {
    char fl_magic[SAIAMAG];
    char fl_memoff[20];
    char fl_gstoff[20];
    char fl_gst64off[20];
    char fl_fstmoff[20];
    char fl_lstmoff[20];
    char fl_freeoff[20];
} FL_HDR_BIG;

typedef struct ar_hdr {
    char ar_size[12];
    char ar_nxtmem[12];
    char ar_prvmem[12];
    char ar_date[12];
    char ar_uid[12];
    char ar_gid[12];
    char ar_mode[12];           /* octal */
    char ar_namlen[4];
    union {
        char ar_name[2];
        char ar_fmag[2];        /* where the name is empty */
    } _ar_name;
} AR_HDR;

typedef struct ar_hdr_big {
    char ar_size[20];
    char ar_nxtmem[20];
    char ar_prvmem[20];
    char ar_date[12];
    char ar_uid[12];
    char ar_gid[12];
    char ar_mode[12];
    char ar_namlen[4];
    union {
        char ar_name[2];
        char ar_fmag[2];
    } _ar_name;
} AR_HDR_BIG;

#define FL_HSZ     sizeof(FL_HDR)
#define FL_HSZ_BIG sizeof(FL_HDR_BIG)
#define AR_HSZ     sizeof(AR_HDR)
#define AR_HSZ_BIG sizeof(AR_HDR_BIG)

#endif
