/* module.h -- what is loaded: modules in load order, their exports, who uses whom.
 *
 * A guest process is a host process, so there is one list. Not locked: load_program() runs before threads exist,
 * dynamic_load.c holds its lock.
 */
#ifndef LOADER_MODULE_H
#define LOADER_MODULE_H

#include <stdbool.h>
#include <stdint.h>
#include "loader/find_module.h"
#include "loader/kernel_exports.h"
#include "loader/xcoff_read.h"
#include "runtime/cpu.h"

enum import_kind {
    IMPORT_NONE,                /* entry 0, and files no symbol comes from */
    IMPORT_MODULE,
    IMPORT_KERNEL,              /* /unix */
    IMPORT_DEFERRED,            /* ".." */
    IMPORT_PROGRAM,             /* "." */
    IMPORT_MISSING,
};

struct import {
    enum import_kind kind;
    struct module *module;      /* IMPORT_MODULE */
};

struct segment {                /* a mapped range, page-aligned; lo == hi: none */
    gva lo, hi;
};

struct module {
    struct module *next;        /* load order: the program, then breadth first */
    struct module_file file;
    struct xcoff_image image;
    char *name;                 /* "path" or "path(member)" as the guest names it */

    struct segment text_map, data_map;
    gva text_origin;            /* where file offset 0 is (or would be) mapped */
    gva text_delta, data_delta; /* what addresses of .text, and of .data and .bss, grew by */
    gva data_start, data_end;   /* .data with .bss, exact */
    gva tls_block;              /* thread-local template: offset of its copy in the first thread's area */
    bool text_writable;         /* has relocations in .text: writable until relocated */

    struct import *imports;     /* by import file number */
    gva *symbol_add;            /* per loader symbol: what a relocation against it adds */
    bool *unbound;              /* per loader symbol: deferred and not resolved yet */
    uint32_t *export_slots;     /* open hash: symbol number + 1 */
    uint32_t export_mask;

    unsigned index;             /* from 1, never reused: the handle */
    unsigned open_count;        /* dlopen and load calls not given back */
    bool is_program, at_start, global;
    bool pinned;                /* something was bound to it by name alone: never unloaded */
    bool bound;                 /* symbol_add is final */
    bool needed;                /* mark of the last module_mark_needed() */
    bool visited;
    unsigned init_order;        /* count at which its init functions were handed out */
    bool init_done, fini_done;
    bool closed;                /* nobody needs it; kept for its fini functions */
};

struct loader_state {
    struct module *modules;     /* the program first */
    struct module *program;
    unsigned count, last_index;
    struct search_path search;
    const struct kernel_exports *kernel;
    bool is64;
    bool runtime_linking;       /* the program was linked with -brtl */
    gva thread_pointer;         /* of the first thread */
};
extern struct loader_state loader;

/* Number of the exported symbol called name, or -1. */
int64_t module_export(const struct module *m, const char *name, uint32_t length);

/* Where an exported or local symbol of the module is now. Not for imports. */
gva module_symbol_address(const struct module *m, const struct xcoff_symbol *s);

/* Guest address of the module's __rtinit structure, 0 when it has none. */
gva module_rtinit(const struct module *m);

/* Append a module for an opened file (which it takes over, also on failure); fills the export hash. NULL on failure. */
struct module *module_add(struct module_file *file, struct error *err);

/* The loaded module of the same file and member, or NULL. */
struct module *module_same_file(const struct module_file *file);

/* Unlink and free; mappings are the caller's business. */
void module_free(struct module *m);

/* Set `needed` on the modules reachable from the program, from open and from pinned modules. */
void module_mark_needed(void);

#endif
