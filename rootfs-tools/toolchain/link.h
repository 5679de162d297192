/* link.h -- the linker's data: what the input becomes, and what the stages hand to each other.
 *
 *   xcoff_link.c    options, order of the stages
 *   link_input.c    objects and archives -> csects, symbols, relocations
 *   link_files.c    import and export files, shared modules -> imports, exports
 *   link_symbols.c  names: definitions, imports, archive members on demand, what is reachable
 *   link_layout.c   TOC merging, glink stubs, __rtinit, addresses
 *   link_reloc.c    relocation of contents, loader relocations
 *   link_output.c   loader section, headers, file;  link_symtab.c  the symbol table
 *
 * Format: [aix-abi 1]. One link per process: memory is never given back.
 */
#ifndef TOOLCHAIN_LINK_H
#define TOOLCHAIN_LINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "runtime/be.h"

enum { XMC_PR = 0, XMC_RO, XMC_DB, XMC_TC, XMC_UA, XMC_RW, XMC_GL, XMC_XO, XMC_SV, XMC_BS, XMC_DS, XMC_UC,
       XMC_TI, XMC_TB, XMC_TC0 = 15, XMC_TD, XMC_SV64, XMC_SV3264, XMC_TL = 20, XMC_UL, XMC_TE };
enum { XTY_ER = 0, XTY_SD, XTY_LD, XTY_CM };
enum { L_WEAK = 0x08, L_EXPORT = 0x10, L_ENTRY = 0x20, L_IMPORT = 0x40 };
enum { C_EXT = 2, C_FILE = 103, C_HIDEXT = 107, C_WEAKEXT = 111, C_DWARF = 112 };
enum { R_POS = 0x00, R_NEG = 0x01, R_REL = 0x02, R_TOC = 0x03, R_BA = 0x08, R_BR = 0x0a, R_RL = 0x0c, R_RLA = 0x0d,
       R_REF = 0x0f, R_TRL = 0x12, R_TRLA = 0x13, R_RBA = 0x18, R_RBAC = 0x19, R_RBR = 0x1a, R_RBRC = 0x1b,
       R_TLS = 0x20, R_TLS_IE, R_TLS_LD, R_TLS_LE, R_TLSM, R_TLSML, R_TOCU = 0x30, R_TOCL = 0x31 };
enum { F_EXEC = 0x0002, F_DSA = 0x0040, F_DYNLOAD = 0x1000, F_SHROBJ = 0x2000, F_LOADONLY = 0x4000 };
enum { STYP_DWARF = 0x10, STYP_TEXT = 0x20, STYP_DATA = 0x40, STYP_BSS = 0x80, STYP_TDATA = 0x400, STYP_TBSS = 0x800,
       STYP_LOADER = 0x1000, STYP_OVRFLO = 0x8000 };
enum { VISIBILITY_HIDDEN = 2, VISIBILITY_EXPORTED = 4 };

/* Where a csect goes; the first three are also the numbers by which loader relocations name the sections. */
enum kind { K_TEXT, K_DATA, K_BSS, K_TDATA, K_TBSS, K_DWARF, K_COUNT };

struct symbol;
struct object;

/* What a relocation points at: a place in a csect, or a global name. */
struct ref {
    struct csect *cs;
    uint64_t off;               /* in cs */
    struct symbol *global;      /* when set, the name's definition counts, not cs */
    uint64_t value;             /* the address that stands in the object's contents; 0 for a name */
};

struct reloc {
    uint64_t off;               /* in the csect */
    const struct ref *to;
    uint8_t size, type;         /* r_rsize, r_rtype */
};

struct csect {
    struct object *obj;         /* NULL: made by the linker */
    const char *name;
    uint8_t cls, align, kind, storage;
    bool live, is_common;
    uint32_t dwarf;             /* subtype, K_DWARF only */
    uint64_t size, old_va, addr;
    uint8_t *data;              /* NULL in bss */
    struct reloc *relocs;
    unsigned nrelocs, relocs_cap;
    struct csect *merged;       /* the equal TOC entry that stands for this one */
    uint32_t symtab_index;
};

struct label {
    struct csect *cs;
    const char *name;
    uint64_t off;
    uint8_t storage;
};

struct object {
    const char *name;
    const uint8_t *bytes;
    size_t len;
    bool from_archive;
    struct ref **refs;          /* by symbol-table index */
    uint32_t nsyms;
    struct csect **csects;
    unsigned ncsects, csects_cap;
    struct label *labels;
    unsigned nlabels, labels_cap;
    const char *source_file;
};

/* An entry of the import file table; index -1 until something is imported from it. */
struct module_id {
    const char *path, *base, *member;
    int index;
    struct module_id *next;
};

/* A member of a static archive that is linked when one of its names is needed. */
struct lazy_member {
    const char *name;
    const uint8_t *bytes;
    size_t len;
    bool pulled;
};

struct symbol {
    const char *name;
    uint32_t hash;
    /* defined in an object */
    struct csect *def;
    uint64_t off;
    bool weak, hidden;
    /* offered by an archive member or a shared module: whichever came first on the command line */
    struct lazy_member *lazy;
    struct module_id *module;
    bool imported, import_used;
    uint8_t import_class;
    uint64_t fixed_address;     /* XMC_XO */
    /* asked for */
    bool wanted, weak_ref, exported, export_weak, reported;
    struct csect *slot;         /* its TOC entry with addend 0, for glink */
    struct csect *glink;
    uint32_t loader_index;      /* 3 and up; 0: not a loader symbol */
};

struct init_function { const char *name; unsigned priority; };

struct loader_reloc { uint64_t vaddr; uint32_t symndx; uint16_t type; uint16_t section; };

struct csect_list { struct csect **v; unsigned n, cap; };

struct link {
    /* options */
    bool is64, width_known, shared, noentry, strip, gc, expall, expfull, undefined_ok, rtl, ipath;
    const char *output, *entry, *libpath, *modtype;
    uint64_t text_base, data_base, maxdata, maxstack;
    bool dsa;
    const char **lib_dirs;
    unsigned nlib_dirs;
    struct init_function *inits, *finis;
    unsigned ninits, nfinis;
    /* input */
    struct object **objects;
    unsigned nobjects, objects_cap;
    struct symbol **symbols;    /* in order of appearance */
    unsigned nsymbols, symbols_cap;
    struct symbol **table;      /* hash, power of two */
    unsigned table_size;
    struct symbol **exports;
    unsigned nexports, exports_cap;
    struct module_id *modules;
    struct module_id **used_modules;
    unsigned nused_modules, used_modules_cap;
    struct module_id deferred, runtime;
    /* layout */
    struct csect *anchor;       /* the TOC base */
    struct csect *rtinit;
    struct csect_list section[K_COUNT];
    struct csect_list glinks;
    uint64_t start[K_COUNT], end[K_COUNT], file_offset[K_COUNT], toc;
    struct loader_reloc *relocs;
    unsigned nrelocs, relocs_cap;
    unsigned errors;
};

/* ---- big-endian fields by offset */
static inline uint16_t get16(const void *p) { return be16_get(*(const be16 *)p); }
static inline uint32_t get32(const void *p) { return be32_get(*(const be32 *)p); }
static inline uint64_t get64(const void *p) { return be64_get(*(const be64 *)p); }
static inline void set16(void *p, uint64_t v) { be16_put(p, (int64_t)v); }
static inline void set32(void *p, uint64_t v) { be32_put(p, (int64_t)v); }
static inline void set64(void *p, uint64_t v) { be64_put(p, (int64_t)v); }
static inline unsigned pointer_size(const struct link *l) { return l->is64 ? 8 : 4; }
static inline uint64_t round_up(uint64_t v, uint64_t to) { return (v + to - 1) & -to; }

/* ---- link_memory.c */
void *link_alloc(size_t n);                     /* zeroed; ends the program when there is none */
char *link_strndup(const char *s, size_t n);
void *link_grow(void *array, unsigned n, unsigned *cap, size_t item);   /* room for one more */
__attribute__((format(printf, 1, 2))) char *link_format(const char *format, ...);
__attribute__((format(printf, 2, 3))) void link_error(struct link *l, const char *format, ...);
__attribute__((format(printf, 1, 2))) void link_warning(const char *format, ...);
const uint8_t *link_read_file(struct link *l, const char *path, size_t *len);
#define LINK_APPEND(array, n, cap, item) \
    ((array) = link_grow((array), (n), &(cap), sizeof *(array)), (array)[(n)++] = (item))

/* ---- link_input.c */
void link_add_file(struct link *l, const char *path, bool by_name);     /* by_name: found through -l */
void link_add_library(struct link *l, const char *name);
void link_load_member(struct link *l, struct lazy_member *m);

/* ---- link_files.c */
void link_read_imports(struct link *l, const char *path, const uint8_t *bytes, size_t len);
void link_read_exports(struct link *l, const char *path);
void link_add_shared(struct link *l, const char *path, const char *member, const uint8_t *bytes, size_t len,
                     bool by_name);
struct module_id *link_module(struct link *l, const char *path, const char *base, const char *member);

/* ---- link_symbols.c */
struct symbol *link_symbol(struct link *l, const char *name);           /* found or made */
struct symbol *link_find(const struct link *l, const char *name);
void link_define(struct link *l, struct symbol *s, struct csect *cs, uint64_t off, bool weak);
void link_offer_import(struct link *l, const char *name, struct module_id *from, uint8_t cls, uint64_t fixed);
void link_offer_lazy(struct link *l, const char *name, struct lazy_member *m);
void link_export(struct link *l, const char *name, bool weak);
void link_pull_members(struct link *l);
void link_export_all(struct link *l);
void link_mark(struct link *l);                 /* reachability; reports every undefined name */
void link_use_import(struct link *l, struct symbol *s);

enum target_kind { T_NOTHING, T_PLACE, T_IMPORT, T_GLINK, T_FIXED };
struct target { enum target_kind kind; struct csect *cs; uint64_t off; struct symbol *sym; };
struct target link_target(struct link *l, const struct ref *to);        /* NOTHING: undefined */
uint64_t link_target_address(const struct target *t);

/* ---- link_layout.c */
void link_collect_constructors(struct link *l);
void link_build_rtinit(struct link *l);
void link_layout(struct link *l, uint64_t header_size);

/* ---- link_reloc.c */
void link_number_loader_symbols(struct link *l, struct symbol ***list, unsigned *count);
void link_relocate(struct link *l);

/* ---- link_output.c, link_symtab.c */
struct bytes { uint8_t *v; size_t n, cap; };
uint8_t *bytes_add(struct bytes *b, size_t n);  /* zeroed room for n more */
void bytes_put(struct bytes *b, const void *data, size_t n);
uint64_t link_header_size(const struct link *l);
void link_write(struct link *l, struct symbol **loader_symbols, unsigned count);
unsigned link_symbol_table(struct link *l, struct bytes *symbols, struct bytes *strings);
unsigned link_section_number(const struct link *l, const struct csect *cs);
unsigned link_dwarf_pieces(const struct link *l, uint32_t *subtypes);

#endif
