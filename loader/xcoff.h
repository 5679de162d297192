/* xcoff.h -- XCOFF32 and XCOFF64 as they stand in files: structures of big-endian fields, and constants.
 *
 * [aix-abi 1.1-1.6]. Nothing here is aligned; sizes are asserted. Readers use xcoff_read.h, which checks a file once
 * and offers one host-endian shape for both widths.
 */
#ifndef LOADER_XCOFF_H
#define LOADER_XCOFF_H

#include "runtime/be.h"

enum {
    XCOFF_MAGIC32 = 0x01df,
    XCOFF_MAGIC64 = 0x01f7,         /* AIX 5.1 and later */
    XCOFF_MAGIC64_OLD = 0x01ef,     /* AIX 4.3; refused by 5.x */
};

enum {                              /* f_flags */
    XF_RELFLG = 0x0001,
    XF_EXEC = 0x0002,
    XF_LNNO = 0x0004,
    XF_DSA = 0x0040,
    XF_DYNLOAD = 0x1000,
    XF_SHROBJ = 0x2000,
    XF_LOADONLY = 0x4000,
};

enum {                              /* low half of s_flags */
    XS_PAD = 0x0008,
    XS_DWARF = 0x0010,
    XS_TEXT = 0x0020,
    XS_DATA = 0x0040,
    XS_BSS = 0x0080,
    XS_EXCEPT = 0x0100,
    XS_INFO = 0x0200,
    XS_TDATA = 0x0400,
    XS_TBSS = 0x0800,
    XS_LOADER = 0x1000,
    XS_DEBUG = 0x2000,
    XS_TYPCHK = 0x4000,
    XS_OVRFLO = 0x8000,
};

enum {                              /* l_smtype */
    XL_TYPE = 0x07,
    XL_WEAK = 0x08,
    XL_EXPORT = 0x10,
    XL_ENTRY = 0x20,
    XL_IMPORT = 0x40,
};

enum { XMC_PR = 0, XMC_GL = 6, XMC_XO = 7, XMC_DS = 10, XMC_TL = 20, XMC_UL = 21 };  /* l_smclas, as far as loading looks at it */

/* The symbol table: entries of one size in both widths; the last auxiliary entry of these classes tells the csect. */
enum { XCOFF_SYMENT_SIZE = 18, C_EXT = 2, C_HIDEXT = 107, C_WEAKEXT = 111, XTY_SD = 1, XTY_LD = 2 };

/* l_symndx: below 3 a section, from 3 on a loader symbol. */
enum { XREL_TEXT = 0, XREL_DATA = 1, XREL_BSS = 2, XREL_FIRST_SYMBOL = 3, XREL_TDATA = -1, XREL_TBSS = -2 };

struct xcoff_filehdr32 {
    be16 f_magic, f_nscns;
    be32 f_timdat, f_symptr, f_nsyms;
    be16 f_opthdr, f_flags;
};
struct xcoff_filehdr64 {
    be16 f_magic, f_nscns;
    be32 f_timdat;
    be64 f_symptr;
    be16 f_opthdr, f_flags;
    be32 f_nsyms;
};
_Static_assert(sizeof(struct xcoff_filehdr32) == 20, "[aix-abi 1.1]");
_Static_assert(sizeof(struct xcoff_filehdr64) == 24, "[aix-abi 1.1]");

struct xcoff_aux32 {
    be16 o_mflag, o_vstamp;
    be32 o_tsize, o_dsize, o_bsize, o_entry, o_text_start, o_data_start, o_toc;
    be16 o_snentry, o_sntext, o_sndata, o_sntoc, o_snloader, o_snbss, o_algntext, o_algndata;
    uint8_t o_modtype[2], o_cpuflag, o_cputype;
    be32 o_maxstack, o_maxdata, o_debugger;
    uint8_t o_textpsize, o_datapsize, o_stackpsize, o_flags;
    be16 o_sntdata, o_sntbss;
};
struct xcoff_aux64 {
    be16 o_mflag, o_vstamp;
    be32 o_debugger;
    be64 o_text_start, o_data_start, o_toc;
    be16 o_snentry, o_sntext, o_sndata, o_sntoc, o_snloader, o_snbss, o_algntext, o_algndata;
    uint8_t o_modtype[2], o_cpuflag, o_cputype;
    uint8_t o_textpsize, o_datapsize, o_stackpsize, o_flags;
    be64 o_tsize, o_dsize, o_bsize, o_entry, o_maxstack, o_maxdata;
    be16 o_sntdata, o_sntbss, o_x64flags;
    uint8_t pad[10];
};
_Static_assert(sizeof(struct xcoff_aux32) == 72, "[aix-abi 1.2]");
_Static_assert(sizeof(struct xcoff_aux64) == 120, "[aix-abi 1.2]");

enum { XCOFF_AUX64_LEAST = 110 };   /* without the padding, as some writers count it */

struct xcoff_scnhdr32 {
    char s_name[8];
    be32 s_paddr, s_vaddr, s_size, s_scnptr, s_relptr, s_lnnoptr;
    be16 s_nreloc, s_nlnno;
    be32 s_flags;
};
struct xcoff_scnhdr64 {
    char s_name[8];
    be64 s_paddr, s_vaddr, s_size, s_scnptr, s_relptr, s_lnnoptr;
    be32 s_nreloc, s_nlnno, s_flags;
    uint8_t pad[4];
};
_Static_assert(sizeof(struct xcoff_scnhdr32) == 40, "[aix-abi 1.3]");
_Static_assert(sizeof(struct xcoff_scnhdr64) == 72, "[aix-abi 1.3]");

struct xcoff_ldhdr32 {
    be32 l_version, l_nsyms, l_nreloc, l_istlen, l_nimpid, l_impoff, l_stlen, l_stoff;
};
struct xcoff_ldhdr64 {
    be32 l_version, l_nsyms, l_nreloc, l_istlen, l_nimpid, l_stlen;
    be64 l_impoff, l_stoff, l_symoff, l_rldoff;
};
_Static_assert(sizeof(struct xcoff_ldhdr32) == 32, "[aix-abi 1.5]");
_Static_assert(sizeof(struct xcoff_ldhdr64) == 56, "[aix-abi 1.5]");

struct xcoff_ldsym32 {
    uint8_t l_name[8];              /* up to 8 characters, or a zero word and an offset into the strings */
    be32 l_value;
    be16 l_scnum;
    uint8_t l_smtype, l_smclas;
    be32 l_ifile, l_parm;
};
struct xcoff_ldsym64 {
    be64 l_value;
    be32 l_offset;
    be16 l_scnum;
    uint8_t l_smtype, l_smclas;
    be32 l_ifile, l_parm;
};
_Static_assert(sizeof(struct xcoff_ldsym32) == 24, "[aix-abi 1.5]");
_Static_assert(sizeof(struct xcoff_ldsym64) == 24, "[aix-abi 1.5]");

struct xcoff_ldrel32 {
    be32 l_vaddr, l_symndx;
    be16 l_rtype, l_rsecnm;
};
struct xcoff_ldrel64 {
    be64 l_vaddr;
    be16 l_rtype, l_rsecnm;
    be32 l_symndx;
};
_Static_assert(sizeof(struct xcoff_ldrel32) == 12, "[aix-abi 1.6]");
_Static_assert(sizeof(struct xcoff_ldrel64) == 16, "[aix-abi 1.6]");

#endif
