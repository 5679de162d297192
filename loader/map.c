/* map.c -- place a module's text and data at guest addresses [aix-abi 1.4, 2.1-2.3].
 *
 * Text is a private mapping of the file from its offset 0, so that the headers stand below .text as on AIX and all
 * processes share its pages; data is a private mapping too, with bss after it. That needs file offset and address to
 * agree within a page. A module whose place is free is given an address that agrees, as far as its alignment allows;
 * otherwise its bytes are read into anonymous memory.
 *
 * The program stays at its linked addresses: nothing relocates text, and some programs hold absolute text addresses in
 * it. Libraries go to the first free place of their areas: the same set of libraries always to the same addresses.
 */
#include "loader/map.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "runtime/address_space.h"
#include "runtime/guest_map.h"
#include "runtime/log.h"

enum { MOST_HEADERS = 0x10000 };        /* file bytes before .text that are still worth mapping with it */

static const gva text_base[2] = { 0x10000000, 0x100000000 };    /* for programs that are not linked at an address */
static const gva data_base[2] = { 0x20000000, 0x110000000 };
static const gva linked_limit[2] = { 0xd0000000, 0x0000010000000000 };

struct placement {
    uint64_t file_offset, file_size;    /* bytes to load; file_offset counts from the start of the file */
    uint64_t size;                      /* with zeros after them */
    gva wanted[2];                      /* addresses of the first byte to try before the area; 0: none */
    unsigned page_offset;               /* within its page, when the area decides */
    int prot;
    enum guest_area area;
};

static gva page_down(gva a) { return a & ~(gva)(GUEST_PAGE - 1); }
static gva page_up(gva a) { return page_down(a + GUEST_PAGE - 1); }

static bool congruent(const struct placement *p, gva start) { return (start - p->file_offset) % GUEST_PAGE == 0; }

/* All of it is the file's, at a place that agrees with the file: one mapping, nothing to reserve. */
static bool is_file_alone(const struct placement *p, gva start)
{
    return p->file_size == p->size && !(p->prot & PROT_WRITE) && congruent(p, start);
}

/* Pages for the placement, `offset` into the first of them: anonymous and writable, or the file's. */
static int map_pages(const struct module_file *f, const struct placement *p, gva hint, unsigned offset, int flags, gva *lo)
{
    uint64_t length = page_up(offset + p->size);

    if (is_file_alone(p, offset))
        return guest_mmap(hint, length, p->prot, flags, f->fd, (off_t)page_down(p->file_offset), p->area, lo);
    return guest_mmap(hint, length, PROT_READ | PROT_WRITE, flags, -1, 0, p->area, lo);
}

/* Reserve pages for the placement. The address of its first byte in *start. */
static int reserve(const struct module_file *f, const struct placement *p, struct segment *map, gva *start, struct error *err)
{
    for (size_t i = 0; i < ARRAY_LEN(p->wanted); i++) {
        gva lo = page_down(p->wanted[i]), hi = page_up(p->wanted[i] + p->size), got;
        if (p->wanted[i] == 0 || map_pages(f, p, lo, (unsigned)(p->wanted[i] - lo), GUEST_NOREPLACE, &got) < 0)
            continue;
        *map = (struct segment){ lo, hi };
        *start = p->wanted[i];
        return 0;
    }
    gva lo;
    uint64_t length = page_up(p->page_offset + p->size);
    int r = map_pages(f, p, 0, p->page_offset, 0, &lo);
    if (r < 0)
        return error_set(err, -r, "no room for %llu bytes: %s", (unsigned long long)p->size, strerror(-r));
    *map = (struct segment){ lo, lo + length };
    *start = lo + p->page_offset;
    return 0;
}

/* File pages over the reservation. What the last of them holds of the file beyond the data becomes zeros where bss is.
 */
static int load_by_mapping(const struct module_file *f, const struct placement *p, gva start, struct error *err)
{
    gva lo = page_down(start), end = start + p->file_size, out;
    int r =
        guest_mmap(lo, page_up(end) - lo, p->prot, GUEST_FIXED, f->fd, (off_t)page_down(p->file_offset), p->area, &out);
    if (r < 0)
        return error_set(err, -r, "cannot map the file: %s", strerror(-r));
    if (p->prot & PROT_WRITE)
        memset(g2h(end), 0, page_up(end) - end);
    return 0;
}

static int load_by_reading(const struct module_file *f, const struct placement *p, gva start, const struct segment *map,
                           struct error *err)
{
    memcpy(g2h(start), f->bytes + p->file_offset, p->file_size);
    int r = p->prot & PROT_WRITE ? 0 : guest_mprotect(map->lo, map->hi - map->lo, p->prot);
    return r < 0 ? error_set(err, -r, "cannot protect text: %s", strerror(-r)) : 0;
}

static int place(const struct module_file *f, const struct placement *p, struct segment *map, gva *start,
                 struct error *err)
{
    if (reserve(f, p, map, start, err) < 0)
        return -1;
    if (p->file_size == 0 || is_file_alone(p, *start))
        return 0;
    return congruent(p, *start) ? load_by_mapping(f, p, *start, err) : load_by_reading(f, p, *start, map, err);
}

/* Where in its page a section may begin: as in the file when its alignment survives that, else as linked. */
static unsigned page_offset(const struct module_file *f, const struct xcoff_section *s, unsigned align_log2)
{
    uint64_t align = align_log2 >= 2 && align_log2 <= 12 ? 1ull << align_log2 : GUEST_PAGE;
    uint64_t in_file = f->offset + s->scnptr;
    return (unsigned)((in_file - s->vaddr) % align == 0 ? in_file : s->vaddr) % GUEST_PAGE;
}

static bool has_text_relocs(const struct module *m)
{
    for (uint32_t i = 0; i < m->image.nrelocs; i++)
        if (&m->image.sections[xcoff_reloc(&m->image, i).rsecnm - 1] == m->image.text)
            return true;
    return false;
}

static bool usable_link_address(gva lo, gva size)
{
    return lo >= text_base[0] && lo < linked_limit[loader.is64] && size < linked_limit[loader.is64] - lo;
}

static int map_text(struct module *m, struct error *err)
{
    const struct xcoff_section *s = m->image.text;
    if (!s || s->size == 0)
        return 0;
    uint64_t lead = s->scnptr <= MOST_HEADERS ? s->scnptr : s->scnptr % GUEST_PAGE;
    unsigned first = (page_offset(&m->file, s, m->image.aux.algntext) - (unsigned)lead) % GUEST_PAGE;
    m->text_writable = has_text_relocs(m);
    struct placement p = {
        .file_offset = m->file.offset + s->scnptr - lead,
        .file_size = lead + s->size,
        .size = lead + s->size,
        .page_offset = first,
        .prot = PROT_READ | PROT_EXEC | (m->text_writable ? PROT_WRITE : 0),
        .area = AREA_LIB_TEXT,
    };
    if (m->is_program) {
        if (usable_link_address(s->vaddr - lead, p.size))
            p.wanted[0] = s->vaddr - lead;
        p.wanted[1] = text_base[loader.is64] + first;
    }
    gva start;
    if (place(&m->file, &p, &m->text_map, &start, err) < 0)
        return -1;
    m->text_delta = start + lead - s->vaddr;
    m->text_origin = start + lead - s->scnptr;
    if (m->is_program && p.wanted[0] && m->text_delta)
        log_line(LOG_WARN, "loader", "%s: text is not at its linked address", m->name);
    return 0;
}

/* .data with .bss after it. Their distance is as linked, when that makes sense. */
static uint64_t data_size(const struct xcoff_image *image)
{
    const struct xcoff_section *d = image->data_section, *b = image->bss;
    uint64_t size = d ? d->size : 0;
    if (!b)
        return size + image->aux.bsize;
    if (d && b->vaddr >= d->vaddr + d->size && b->vaddr - d->vaddr - d->size <= MOST_HEADERS)
        size = b->vaddr - d->vaddr;
    return size + b->size;
}

static int map_data(struct module *m, gva large_base, struct error *err)
{
    const struct xcoff_section *s = m->image.data_section ? m->image.data_section : m->image.bss;
    uint64_t size = data_size(&m->image);
    if (!s || size == 0)
        return 0;
    struct placement p = {
        .file_offset = m->file.offset + s->scnptr,
        .file_size = s == m->image.data_section ? s->size : 0,
        .size = size,
        .page_offset = page_offset(&m->file, s, m->image.aux.algndata),
        .prot = PROT_READ | PROT_WRITE,
        .area = AREA_LIB_DATA,
    };
    if (m->is_program) {
        if (large_base)
            p.wanted[0] = large_base + s->vaddr % 0x10000000;
        else if (usable_link_address(s->vaddr, size))
            p.wanted[0] = s->vaddr;
        p.wanted[1] = data_base[loader.is64] + p.page_offset;
    }
    gva start;
    if (place(&m->file, &p, &m->data_map, &start, err) < 0)
        return -1;
    m->data_delta = start - s->vaddr;
    m->data_start = start;
    m->data_end = start + size;
    return 0;
}

/* Sums of such sizes cannot wrap; what is still too much has no room. */
static int check_sizes(const struct module *m, struct error *err)
{
    const struct xcoff_image *x = &m->image;
    const struct xcoff_section *sections[] = { x->text, x->data_section, x->bss };
    for (size_t i = 0; i < ARRAY_LEN(sections); i++)
        if (sections[i] && sections[i]->size > guest.mask)
            return error_set(err, ENOMEM, "section %s is larger than the address space", sections[i]->name);
    return x->aux.bsize > guest.mask ? error_set(err, ENOMEM, "bss is larger than the address space") : 0;
}

int map_module(struct module *m, gva large_base, struct error *err)
{
    if (check_sizes(m, err) < 0 || map_text(m, err) < 0 || map_data(m, large_base, err) < 0) {
        unmap_module(m);
        return error_wrap(err, "%s", m->name);
    }
    close(m->file.fd);          /* its number belongs to the guest */
    m->file.fd = -1;
    return 0;
}

int map_seal_text(struct module *m, struct error *err)
{
    if (!m->text_writable)
        return 0;
    int r = guest_mprotect(m->text_map.lo, m->text_map.hi - m->text_map.lo, PROT_READ | PROT_EXEC);
    return r < 0 ? error_set(err, -r, "%s: cannot protect text: %s", m->name, strerror(-r)) : 0;
}

static void unmap_segment(struct segment *s)
{
    if (s->lo != s->hi)
        guest_munmap(s->lo, s->hi - s->lo);
    *s = (struct segment){ 0, 0 };
}

void unmap_module(struct module *m)
{
    unmap_segment(&m->text_map);
    unmap_segment(&m->data_map);
}
