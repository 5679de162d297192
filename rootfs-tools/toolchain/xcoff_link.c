/* xcoff_link.c -- main of xcoff_link, the linker for AIX programs and shared objects (XCOFF32 and XCOFF64).
 *
 * Takes the options of AIX's ld that builds of AIX software use. The stages, in order: read everything; pull archive
 * members until no name can be had that way; build __rtinit; mark what is reachable (all undefined names are reported
 * here, at once); lay out; relocate; write.
 */
#include "rootfs-tools/toolchain/link.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] =
    "Usage: xcoff_link [OPTION...] FILE...\n"
    "Links XCOFF objects, shared objects and archives into a program or shared object for AIX.\n"
    "\n"
    "  -o FILE  -e ENTRY  -L DIR  -l NAME  -s  -u NAME  -b32 -b64  -v\n"
    "  -bM:SRE          make a shared object        -bnoentry       without an entry point\n"
    "  -bI:FILE         import file                 -bE:FILE        export file\n"
    "  -bexpall -bexpfull  export all names         -binitfini:INIT:FINI[:PRIORITY]\n"
    "  -berok -bdeferred   leave undefined names to load time; with -brtl to all modules\n"
    "  -brtl            run-time linking (librtl.a) -G              shared object for run-time linking\n"
    "  -blibpath:DIRS   search path at load time    -bipath         record the directories of libraries given by path\n"
    "  -bmaxdata:N[/dsa] -bmaxstack:N -bpT:ADDR -bpD:ADDR -bnogc\n"
    "  --help, --version\n"
    "\n"
    "Other -b options of AIX's ld that change nothing here are accepted; unknown ones are errors.\n"
    "Exit status: 0; 1 when the link failed; 2 without arguments.\n";

/* Options of AIX's ld without effect here: what they ask for is how this linker always works, or concerns output it has
 * not. */
static const char *const no_effect[] = {
    "bcdtors",   "bautoexp",  "bnoautoexp", "bgc",         "btextro",       "bernotok",  "bnoipath",
    "bnobigtoc", "bbigtoc",   "bdynamic",   "bso",         "bshared",       "bloadmap",  "bmap",
    "bnortl",    "bnortllib", "brtllib",    "bsymbolic",   "bnosymbolic",   "bnoquiet",  "bquiet",
    "bhalt",     "bro",       "bcomprld",   "bnodelcsect", "bnoobjreorder", "bcrld",     "bstabcmpct",
    "bsxref",    "bcror15",   "bcror31",    "bnolibpath",  "bquiet",        "bnoexpall",
};

static bool option_value(const char *arg, const char *name, const char **value)
{
    size_t n = strlen(name);
    if (strncmp(arg, name, n) != 0)
        return false;
    *value = arg + n;
    return true;
}

static void add_init_function(struct init_function **list, unsigned *n, const char *name, unsigned priority)
{
    if (!*name)
        return;
    *list = realloc(*list, (*n + 1) * sizeof **list);
    (*list)[(*n)++] = (struct init_function){name, priority};
}

/* -binitfini:init:fini:priority, each of them may be empty. */
static void parse_initfini(struct link *l, const char *text)
{
    const char *part[3] = {"", "", "0"};
    for (unsigned i = 0; i < 3 && text; i++) {
        const char *colon = strchr(text, ':');
        part[i] = colon ? link_strndup(text, (size_t)(colon - text)) : text;
        text = colon ? colon + 1 : NULL;
    }
    unsigned priority = (unsigned)strtol(part[2], NULL, 0) + 0x80000000u;
    add_init_function(&l->inits, &l->ninits, part[0], priority);
    add_init_function(&l->finis, &l->nfinis, part[1], priority);
}

static bool parse_b_option(struct link *l, const char *a)
{
    const char *v;
    if (option_value(a, "bM:", &v)) {
        l->shared = strcmp(v, "SRE") == 0 || strcmp(v, "RE") == 0;
        l->modtype = strlen(v) >= 2 ? v + strlen(v) - 2 : "1L";
    } else if (option_value(a, "binitfini:", &v)) {
        parse_initfini(l, v);
    } else if (option_value(a, "blibpath:", &v)) {
        l->libpath = v;
    } else if (option_value(a, "bmaxdata:", &v)) {
        l->maxdata = strtoull(v, NULL, 0);
        l->dsa = strstr(v, "/dsa") != NULL;
    } else if (option_value(a, "bmaxstack:", &v)) {
        l->maxstack = strtoull(v, NULL, 0);
    } else if (option_value(a, "bpT:", &v)) {
        l->text_base = strtoull(v, NULL, 0);
    } else if (option_value(a, "bpD:", &v)) {
        l->data_base = strtoull(v, NULL, 0);
    } else if (strcmp(a, "bipath") == 0) {
        l->ipath = true;
    } else {
        return false;
    }
    return true;
}

static bool parse_b_flag(struct link *l, const char *a)
{
    const struct {
        const char *name;
        bool *flag;
        bool value;
    } flags[] = {
        {"bnoentry", &l->noentry, true},   {"bexpall", &l->expall, true},         {"bexpfull", &l->expfull, true},
        {"berok", &l->undefined_ok, true}, {"bdeferred", &l->undefined_ok, true}, {"brtl", &l->rtl, true},
        {"bnogc", &l->gc, false},
    };
    for (unsigned i = 0; i < sizeof flags / sizeof *flags; i++)
        if (strcmp(a, flags[i].name) == 0) {
            *flags[i].flag = flags[i].value;
            return true;
        }
    for (unsigned i = 0; i < sizeof no_effect / sizeof *no_effect; i++) {
        size_t n = strlen(no_effect[i]);
        if (strncmp(a, no_effect[i], n) == 0 && (a[n] == 0 || a[n] == ':'))
            return true;
    }
    return false;
}

static void add_dir(struct link *l, const char *dir)
{
    l->lib_dirs = realloc(l->lib_dirs, (l->nlib_dirs + 1) * sizeof *l->lib_dirs);
    l->lib_dirs[l->nlib_dirs++] = dir;
}

/* The value of -oFILE or -o FILE. */
static const char *attached(struct link *l, char **argv, int *i)
{
    if (argv[*i][2])
        return argv[*i] + 2;
    if (!argv[*i + 1]) {
        link_error(l, "%s needs a value", argv[*i]);
        return "";
    }
    return argv[++*i];
}

/* First round: options that must be known before a file is read. Files and what depends on their order come second. */
static void parse_option(struct link *l, char **argv, int *i)
{
    const char *a = argv[*i] + 1, *v;
    if (a[0] == 'o') {
        l->output = attached(l, argv, i);
    } else if (a[0] == 'e') {
        l->entry = attached(l, argv, i);
    } else if (a[0] == 'L') {
        add_dir(l, attached(l, argv, i));
    } else if (a[0] == 'u') {
        link_symbol(l, attached(l, argv, i))->wanted = true;
    } else if (a[0] == 'l') {
        attached(l, argv, i);
    } else if (strcmp(a, "s") == 0) {
        l->strip = true;
    } else if (strcmp(a, "G") == 0) {
        l->shared = l->noentry = l->rtl = l->undefined_ok = l->expall = true;
        l->modtype = "RE";
    } else if (strcmp(a, "b32") == 0 || strcmp(a, "b64") == 0) {
        l->width_known = true;
        l->is64 = a[1] == '6';
    } else if (strcmp(a, "g") != 0 && strcmp(a, "v") != 0 && strcmp(a, "r") != 0 && !option_value(a, "bI:", &v) &&
               !option_value(a, "bE:", &v) && !parse_b_option(l, a) && !parse_b_flag(l, a)) {
        link_error(l, "unknown option -%s", a);
    } else if (strcmp(a, "r") == 0) {
        link_error(l, "relocatable output (-r) is not supported");
    }
}

static bool is_option(const char *a) { return a[0] == '-' && a[1]; }

/* Width of the link when -b32 and -b64 are absent: that of the first object. */
static void guess_width(struct link *l, int argc, char **argv)
{
    for (int i = 1; i < argc && !l->width_known; i++) {
        uint8_t magic[2] = {0};
        FILE *f = is_option(argv[i]) ? NULL : fopen(argv[i], "rb");
        if (f && fread(magic, 1, 2, f) == 2 && (get16(magic) == 0x1df || get16(magic) == 0x1f7)) {
            l->is64 = get16(magic) == 0x1f7;
            l->width_known = true;
        }
        if (f)
            fclose(f);
    }
}

static void read_inputs(struct link *l, int argc, char **argv)
{
    const char *v;
    size_t len;
    for (int i = 1; i < argc; i++) {
        if (!is_option(argv[i])) {
            link_add_file(l, argv[i], false);
        } else if (argv[i][1] == 'l') {
            link_add_library(l, attached(l, argv, &i));
        } else if (option_value(argv[i], "-bI:", &v)) {
            const uint8_t *bytes = link_read_file(l, v, &len);
            if (bytes)
                link_read_imports(l, v, bytes, len);
        } else if (option_value(argv[i], "-bE:", &v)) {
            link_read_exports(l, v);
        } else if (strchr("oeLu", argv[i][1])) {
            attached(l, argv, &i);
        }
    }
}

static void set_defaults(struct link *l)
{
    static struct csect anchor = {
        .name = "TOC", .cls = XMC_TC0, .kind = K_DATA, .align = 2, .live = true, .storage = C_HIDEXT};
    static struct module_id libpath;
    l->anchor = &anchor;
    l->gc = true;
    l->output = "a.out";
    l->entry = "__start";
    l->libpath = "/usr/lib:/lib";
    l->modtype = "1L";
    l->text_base = l->data_base = UINT64_MAX;
    l->runtime = (struct module_id){"", "..", "", -1, NULL};
    l->deferred = (struct module_id){"", "", "", 0, NULL};
    LINK_APPEND(l->used_modules, l->nused_modules, l->used_modules_cap, &libpath);
}

static void set_bases(struct link *l)
{
    if (l->text_base == UINT64_MAX)
        l->text_base = l->is64 ? 0x100000000 : 0x10000000;
    if (l->data_base == UINT64_MAX)
        l->data_base = l->is64 ? 0x110000000 : 0x20000000;
}

static int run(struct link *l)
{
    if (!l->noentry)
        link_symbol(l, l->entry)->wanted = true;
    for (unsigned i = 0; i < l->ninits; i++)
        link_symbol(l, l->inits[i].name)->wanted = true;
    for (unsigned i = 0; i < l->nfinis; i++)
        link_symbol(l, l->finis[i].name)->wanted = true;
    link_pull_members(l);
    if (l->expall || l->expfull)
        link_export_all(l);
    link_collect_constructors(l);
    link_mark(l);
    if (l->errors)
        return 1;
    struct symbol **loader_symbols;
    unsigned count;
    link_build_rtinit(l);
    link_layout(l, link_header_size(l));
    link_number_loader_symbols(l, &loader_symbols, &count);
    link_relocate(l);
    if (!l->errors)
        link_write(l, loader_symbols, count);
    return l->errors != 0;
}

int main(int argc, char **argv)
{
    static struct link l;
    if (argc < 2) {
        fputs(usage, stderr);
        return 2;
    }
    if (strcmp(argv[1], "--help") == 0)
        return fputs(usage, stdout) < 0;
    if (strcmp(argv[1], "--version") == 0)
        return puts("xcoff_link (vwpar) " VWPAR_VERSION) < 0;
    set_defaults(&l);
    for (int i = 1; i < argc; i++)
        if (is_option(argv[i]))
            parse_option(&l, argv, &i);
    if (l.rtl && !l.shared)
        link_symbol(&l, "__rtld")->wanted = true;
    l.rtl = l.rtl && !l.errors;
    guess_width(&l, argc, argv);
    set_bases(&l);
    read_inputs(&l, argc, argv);
    return l.errors ? 1 : run(&l);
}
