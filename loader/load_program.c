/* load_program.c -- from a file name to a process ready to run: the loader's main path.
 */
#include "loader/load_program.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>

#include "loader/initial_stack.h"
#include "loader/link.h"
#include "loader/module.h"
#include "loader/relocate.h"
#include "loader/xcoff.h"
#include "runtime/address_space.h"
#include "runtime/cleanup.h"
#include "runtime/guest_map.h"
#include "runtime/log.h"

enum { SEGMENT = 0x10000000 };
static const uint64_t break_room64 = 64ull << 30;

int load_probe(const char *path, bool *is64, struct error *err)
{
    uint8_t magic[2];
    close_fd int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return error_set(err, errno, "%s: %s", path, strerror(errno));
    ssize_t n = read(fd, magic, sizeof magic);
    if (n < 0)
        return error_set(err, errno, "%s: %s", path, strerror(errno));
    int width = xcoff_width(magic, (uint64_t)n);
    if (width == 0 && n == 2 && (magic[0] << 8 | magic[1]) == XCOFF_MAGIC64_OLD)
        return error_set(err, ENOEXEC, "%s: 64-bit program of AIX 4.3, which AIX 5 does not run either", path);
    if (width == 0)
        return error_set(err, ENOEXEC, "%s: not an AIX program (no XCOFF magic)", path);
    *is64 = width == 64;
    return 0;
}

static const char *environment(char *const *envp, const char *name)
{
    size_t length = strlen(name);
    for (; envp && *envp; envp++)
        if (strncmp(*envp, name, length) == 0 && (*envp)[length] == '=')
            return *envp + length + 1;
    return NULL;
}

static void set_search_path(const struct load_options *o)
{
    const char *libpath = environment(o->envp, "LIBPATH");
    if (!libpath)
        libpath = environment(o->envp, "LD_LIBRARY_PATH");
    loader.search.root = strdup(o->root ? o->root : "");
    loader.search.choices = o->libraries;
    loader.search.base_dir = o->base_dir ? strdup(o->base_dir) : NULL;
    loader.search.libpath = libpath ? strdup(libpath) : NULL;
    loader.kernel = o->kernel;
    loader.is64 = guest.is64;
}

/* LDR_CNTRL=MAXDATA=0x80000000[@DSA] beats the header's o_maxdata [aix-abi 2.2]. */
static uint64_t wanted_maxdata(const struct xcoff_image *image, char *const *envp)
{
    const char *control = environment(envp, "LDR_CNTRL");
    const char *p = control ? strstr(control, "MAXDATA=") : NULL;
    return p ? strtoull(p + strlen("MAXDATA="), NULL, 0) : image->aux.maxdata;
}

/* Large model: data segments from 0x30000000 on belong to the break; mmap and shmat get what is above. */
static void prepare_large_model(const struct module *program, char *const *envp, gva *base, gva *end)
{
    uint64_t maxdata = guest.is64 ? 0 : wanted_maxdata(&program->image, envp);
    const uint64_t most = 0xa0000000;
    *base = *end = 0;
    if (maxdata == 0)
        return;
    if (maxdata > most) {
        log_line(LOG_WARN, "loader", "%s: maxdata 0x%llx is cut to 0x%llx: segments D to F hold the libraries",
                 program->name, (unsigned long long)maxdata, (unsigned long long)most);
        maxdata = most;
    }
    maxdata = (maxdata + SEGMENT - 1) & ~(uint64_t)(SEGMENT - 1);
    *base = 0x30000000;
    *end = *base + maxdata;
    guest_map_set_area(AREA_MMAP, *end, 0xd0000000);
    guest_map_set_area(AREA_LOAD, *end, 0xd0000000);
}

/* The word is an import of __rtld, or already filled, when the program was linked with -brtl. */
static bool wants_runtime_linking(const struct module *program)
{
    const struct xcoff_image *image = &program->image;
    for (uint32_t i = 0; i < image->nsymbols; i++) {
        const struct xcoff_symbol *s = &image->symbols[i];
        if (s->name_length == 8 && memcmp(s->name, "__rtinit", 8) == 0 && !(s->smtype & XL_IMPORT))
            return relocates_address(program, s->value);
    }
    return false;
}

static struct module *open_program(const struct load_options *o, struct error *err)
{
    struct module_file file;
    const char *name = o->guest_path ? o->guest_path : o->path;
    if (module_file_open(o->path, name, "", guest.is64, &file, err) < 0)
        return NULL;
    struct module *m = module_add(&file, err);
    if (m)
        m->is_program = m->global = true;
    return m;
}

static gva guest_word(gva at) { return guest.is64 ? be_get(*(be64 *)g2h(at)) : be_get(*(be32 *)g2h(at)); }

/* The entry point is named by its descriptor, which lies in data. */
static int find_entry(const struct module *m, struct program *out, struct error *err)
{
    const struct xcoff_image *image = &m->image;
    gva entry = image->aux.entry;
    unsigned word = guest.is64 ? 8 : 4;
    if (entry == 0 || entry == UINT64_MAX)
        return error_set(err, ENOEXEC, "%s has no entry point", m->name);
    const struct xcoff_section *s = image->data_section;
    if (!s || entry < s->vaddr || s->size < 2 * word || entry - s->vaddr > s->size - 2 * word)
        return error_set(err, ENOEXEC, "%s: entry descriptor 0x%llx is not in data", m->name,
                         (unsigned long long)entry);
    out->entry = guest_word(entry + m->data_delta);
    out->toc = guest_word(entry + m->data_delta + word);
    return 0;
}

/* The default model's heap and stack share segment 2; the stack gets what the limit says, within reason. */
static uint64_t stack_size(const struct module *program)
{
    struct rlimit limit;
    uint64_t size = 64ull << 20, least = 32ull << 20;      /* 32 MB: AIX's default limit */
    if (guest.is64)
        return size;
    if (getrlimit(RLIMIT_STACK, &limit) == 0 && limit.rlim_cur < size)
        size = limit.rlim_cur;
    if (size < program->image.aux.maxstack)
        size = program->image.aux.maxstack;
    if (size < least)
        size = least;
    return size < SEGMENT - (16u << 20) ? size : SEGMENT - (16u << 20);
}

static void set_break(const struct module *m, gva large_end, const struct initial_stack *stack, struct program *out)
{
    gva limit = guest.is64 ? m->data_end + break_room64 : large_end ? large_end : stack->lo - GUEST_PAGE;
    out->brk_start = (m->data_end + 15) & ~(gva)15;
    if (m->text_map.lo > m->data_end && m->text_map.lo < limit)
        limit = m->text_map.lo;
    limit &= ~(gva)(GUEST_PAGE - 1);
    out->brk_limit = limit > out->brk_start ? limit : out->brk_start;
}

/* What r18 points at is a structure whose layout is not public. Observed: the start-up code of gcc-built 64-bit programs (Go's
 * internal/xcoff test data) takes a pointer from offset 288 of it and stores its own data's address 24 bytes behind that. */
enum { COOKIE_SIZE = 1024, COOKIE_POINTER = 288, COOKIE_AREA = 512 };

static int make_cookie(struct program *out, struct error *err)
{
    int r = guest_mmap(0, COOKIE_SIZE, PROT_READ | PROT_WRITE, 0, -1, 0, AREA_LIB_DATA, &out->loader_cookie);
    if (r < 0)
        return error_set(err, -r, "no room for the loader's start-up data: %s", strerror(-r));
    be_put((be64 *)g2h(out->loader_cookie + COOKIE_POINTER), (int64_t)(out->loader_cookie + COOKIE_AREA));
    return 0;
}

/* 64-bit start-up code calls the descriptor in r19 first; everything such a call would do has been done: it returns. */
static int make_callback(struct program *out, struct error *err)
{
    gva page;
    int r = guest_mmap(0, GUEST_PAGE, PROT_READ | PROT_WRITE, 0, -1, 0, AREA_LIB_TEXT, &page);
    if (r < 0)
        return error_set(err, -r, "no room for the loader's call-back: %s", strerror(-r));
    be64 *descriptor = g2h(page);
    be_put(&descriptor[0], (int64_t)(page + 64));
    be_put((be32 *)g2h(page + 64), 0x4e800020);     /* blr */
    r = guest_mprotect(page, GUEST_PAGE, PROT_READ | PROT_EXEC);
    if (r < 0)
        return error_set(err, -r, "cannot protect the loader's call-back: %s", strerror(-r));
    out->loader_callback = page;
    return make_cookie(out, err);
}

static void describe(const struct module *m, const struct initial_stack *stack, struct program *out)
{
    out->is64 = guest.is64;
    out->sp = stack->sp;
    out->argc_value = stack->argc;
    out->argv = stack->argv;
    out->envp = stack->envp;
    out->data_origin = m->data_start;
    out->text_origin = m->text_origin;
    out->module_count = loader.count;
    out->thread_pointer = loader.thread_pointer;
}

int load_program(const struct load_options *options, struct program *out, struct error *err)
{
    struct initial_stack stack;
    gva large_base, large_end;
    struct module *program;

    *out = (struct program){ 0 };
    set_search_path(options);
    if (!(program = open_program(options, err)))
        return -1;
    loader.program = program;
    /* The file is a valid module of the address space's width. */
    loader.runtime_linking = wants_runtime_linking(program);
    prepare_large_model(program, options->envp, &large_base, &large_end);
    if (link_modules(program, large_base, NULL, err) < 0)
        return error_wrap(err, "cannot load %s", options->guest_path ? options->guest_path : options->path);
    /* It and all its libraries are mapped, bound and relocated. */
    for (struct module *m = loader.modules; m; m = m->next)
        m->at_start = m->global = true;
    if (find_entry(program, out, err) < 0 ||
        initial_stack_make(guest.is64, stack_size(program), options->argv, options->envp, &stack, err) < 0 ||
        (guest.is64 && make_callback(out, err) < 0))
        return -1;
    describe(program, &stack, out);
    set_break(program, large_end, &stack, out);
    return 0;
}

void load_entry_registers(const struct program *p, struct cpu *cpu)
{
    memset(cpu->gpr, 0, sizeof cpu->gpr);
    cpu->pc = p->entry;
    cpu->gpr[1] = p->sp;
    cpu->gpr[2] = p->toc;
    cpu->fpscr = 0;
    if (p->is64) {
        cpu->gpr[13] = p->thread_pointer;
        cpu->gpr[14] = p->argc_value;
        cpu->gpr[15] = p->argv;
        cpu->gpr[16] = p->envp;
        cpu->gpr[18] = p->loader_cookie;
        cpu->gpr[19] = p->loader_callback;
        return;
    }
    cpu->gpr[3] = p->argc_value;
    cpu->gpr[4] = p->argv;
    cpu->gpr[5] = p->envp;
    cpu->gpr[28] = p->data_origin;
    cpu->gpr[29] = p->text_origin;
    cpu->gpr[30] = cpu->gpr[31] = p->module_count;
}
