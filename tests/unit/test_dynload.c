/* test_dynload.c -- modules loaded while the program runs, initialisation order, module records.
 *
 * Expected values as in test_loader.c; the ld_info layout is [aix-abi 2.6].
 */
#include "loader_case.h"

#include "loader/dynamic_load.h"
#include "runtime/guest_map.h"

static char *no_environment[] = { NULL };

static void load(const char *name, int width)
{
    struct program p;
    struct error err = { 0 };
    int r = load_case(name, width, no_environment, &p, &err);
    if (r < 0)
        fprintf(stderr, "%s\n", err.text);
    EXPECT_EQUAL(r, 0);
}

static gva open_library(const char *format, int width, uint32_t mode)
{
    char name[100];
    snprintf(name, sizeof name, format, width);
    gva handle = dynload_open(name, mode, 0);
    if (!handle)
        fprintf(stderr, "%s\n", dynload_error());
    return handle;
}

/* Deferred imports stay unbound until a module that has the symbol is opened. */
static void check_deferred(int width)
{
    load("deferred", width);
    struct module *m = loader.program;
    EXPECT_EQUAL(data_word(m, 3), 8);
    EXPECT_EQUAL(data_word(m, 4), 0);
    gva handle = open_library("liblate%d.so", width, RTLD_AIX_NOW);
    EXPECT(handle != 0);
    struct module *late = module_named("liblate");
    EXPECT_EQUAL(data_word(m, 3), late->data_start + 8);
    EXPECT_EQUAL(data_word(m, 4), late->data_start + 2 * (width / 8));
    EXPECT_EQUAL(data_word(late, 1), m->data_start + 5 * (width / 8));      /* its import from "." */
    EXPECT_EQUAL((uint64_t)dynload_close(handle), 0);
    EXPECT(module_named("liblate") == late);                /* the program uses it now */
}

static void check_no_autodefer(int width)
{
    load("deferred", width);
    EXPECT(open_library("liblate%d.so", width, RTLD_AIX_NOW | RTLD_AIX_NOAUTODEFER) != 0);
    EXPECT_EQUAL(data_word(loader.program, 3), 8);
}

static void check_symbols(int width)
{
    load("deferred", width);
    unsigned word = width / 8;
    gva minus = width == 64 ? ~0ull : 0xffffffff;
    EXPECT_EQUAL(dynload_symbol(minus, "value", 0), 0);
    EXPECT(dynload_error() != NULL);
    EXPECT(dynload_error() == NULL);            /* told once */
    gva handle = open_library("/usr/lib/liba.a(shr.o)", width, RTLD_AIX_NOW | RTLD_AIX_MEMBER);
    EXPECT(handle != 0);
    struct module *a = module_named("liba.a(shr.o)");
    EXPECT_EQUAL(dynload_symbol(handle, "value", 0), a->data_start);
    EXPECT_EQUAL(dynload_symbol(handle, "func", 0), a->data_start + word);
    EXPECT_EQUAL(dynload_symbol(handle, "through", 0), module_named("libb")->data_start + word);
    EXPECT_EQUAL(dynload_symbol(handle, "kcall", 0), KCALL);
    EXPECT_EQUAL(dynload_symbol(handle, "host", 0), 0);         /* the program's, on which liba.a does not depend */
    EXPECT_EQUAL(dynload_symbol(minus, "value", 0), 0);         /* opened local */
    gva host = loader.program->data_start + 5 * word;
    EXPECT_EQUAL(dynload_symbol(minus, "host", 0), host);
    EXPECT_EQUAL(dynload_symbol(dynload_open(NULL, RTLD_AIX_NOW, 0), "host", 0), host);
    EXPECT_EQUAL(dynload_symbol(minus - 1, "through", a->data_start), module_named("libb")->data_start + word);
    EXPECT_EQUAL(open_library("/usr/lib/liba.a(shr.o)", width, RTLD_AIX_NOW | RTLD_AIX_GLOBAL), handle);
    EXPECT_EQUAL(dynload_symbol(minus, "value", 0), a->data_start);
}

static void check_open_failures(int width)
{
    load("deferred", width);
    unsigned before = loader.count;
    EXPECT_EQUAL(dynload_open("libnone.so", RTLD_AIX_NOW, 0), 0);
    EXPECT(strstr(dynload_error(), "libnone.so"));
    EXPECT_EQUAL(dynload_open("liba.a(none.o)", RTLD_AIX_NOW, 0), 0);
    EXPECT(strstr(dynload_error(), "no member none.o"));
    EXPECT_EQUAL(dynload_open(width == 32 ? "libbranch32.so" : "libbranch64.so", RTLD_AIX_NOW, 0), 0);
    EXPECT(strstr(dynload_error(), "R_BR"));
    EXPECT_EQUAL(dynload_open(width == 32 ? "libb64.so" : "libb32.so", RTLD_AIX_NOW, 0), 0);
    EXPECT(strstr(dynload_error(), width == 32 ? "not 32-bit" : "not 64-bit"));
    EXPECT_EQUAL(loader.count, before);
}

static void check_close(int width)
{
    load("deferred", width);
    unsigned before = loader.count;
    gva first = open_library("/usr/lib/liba.a(shr.o)", width, RTLD_AIX_NOW);
    gva data = module_named("liba.a(shr.o)")->data_start, text = module_named("liba.a(shr.o)")->text_map.lo;
    EXPECT_EQUAL(open_library("/usr/lib/liba.a(shr.o)", width, RTLD_AIX_NOW), first);
    EXPECT_EQUAL((uint64_t)dynload_close(first), 0);
    EXPECT(guest_is_mapped(data & ~0xfffull, 4096));
    EXPECT_EQUAL((uint64_t)dynload_close(first), 0);
    EXPECT(!guest_is_mapped(data & ~0xfffull, 4096));
    EXPECT(!guest_is_mapped(text, 4096));
    EXPECT_EQUAL(loader.count, before);         /* libb.so went with it */
    EXPECT(dynload_close(first) < 0);
    EXPECT(dynload_close(12345) < 0);
    gva again = open_library("/usr/lib/liba.a(shr.o)", width, RTLD_AIX_NOW);
    EXPECT(again != 0 && again != first);
    EXPECT_EQUAL(module_named("liba.a(shr.o)")->data_start, data);  /* deterministic */
}

/* Libraries before those that use them, everything once; the other way round at the end. */
static void check_init_order(int width)
{
    load("init", width);
    gva i2 = module_named("libi2")->data_start + width / 8, i1 = module_named("libi1")->data_start + width / 8;
    gva main = loader.program->data_start + 3 * (width / 8);
    EXPECT_EQUAL(dynload_next_init(), i2);
    EXPECT_EQUAL(dynload_next_init(), i1);
    EXPECT_EQUAL(dynload_next_init(), main);
    EXPECT_EQUAL(dynload_next_init(), 0);
    gva late = open_library("liblate%d.so", width, RTLD_AIX_NOW);
    struct module *m = module_named("liblate");
    gva data = m->data_start, rtinit = data + 3 * (width / 8);
    (void)late;
    EXPECT_EQUAL(dynload_next_init(), rtinit);
    EXPECT_EQUAL((uint64_t)dynload_close(late), 0);
    EXPECT(guest_is_mapped(data & ~0xfffull, 4096));        /* its fini functions are due */
    EXPECT_EQUAL(dynload_next_fini(true), rtinit);
    EXPECT_EQUAL(dynload_next_fini(true), 0);
    EXPECT(!guest_is_mapped(data & ~0xfffull, 4096));
    EXPECT_EQUAL(dynload_next_fini(false), main);
    EXPECT_EQUAL(dynload_next_fini(false), i1);
    EXPECT_EQUAL(dynload_next_fini(false), i2);
    EXPECT_EQUAL(dynload_next_fini(false), 0);
}

/* The same orders as __loadx() lists them. */
static void check_lists(int width)
{
    struct dynload_record records[8];
    int error = 0;
    load("init", width);
    gva i2 = module_named("libi2")->data_start, i1 = module_named("libi1")->data_start, main = loader.program->data_start, data = 0;
    EXPECT_EQUAL((uint64_t)dynload_take_init(records, 8), 3);
    EXPECT(records[0].data == i2 && records[1].data == i1 && records[2].data == main);
    EXPECT(records[0].has_rtinit && records[2].text == loader.program->text_origin);
    EXPECT_EQUAL((uint64_t)dynload_take_init(records, 8), 0);
    EXPECT_EQUAL(dynload_symbol_in(i2, "__rtinit"), i2 + (unsigned)width / 8);
    EXPECT_EQUAL(dynload_symbol_in(i2 + 1, "__rtinit"), 0);
    EXPECT_EQUAL(dynload_symbol_global("__rtinit", &data), main + 3 * ((unsigned)width / 8));
    EXPECT_EQUAL(data, main);
    gva late = dynload_load(width == 32 ? "liblate32.so" : "liblate64.so", 0, NULL, &error);
    EXPECT_EQUAL((uint64_t)dynload_take_init(records, 8), 1);
    EXPECT_EQUAL(records[0].data, module_named("liblate")->data_start);
    EXPECT_EQUAL((uint64_t)dynload_take_unload(late, records, 8), 1);
    EXPECT_EQUAL(records[0].data, module_named("liblate")->data_start);
    EXPECT_EQUAL((uint64_t)dynload_unload(late), 0);
    EXPECT(module_named("liblate") == NULL);
    EXPECT(dynload_take_unload(late, records, 8) < 0);
    EXPECT_EQUAL((uint64_t)dynload_take_fini(records, 8), 3);
    EXPECT(records[0].data == main && records[1].data == i1 && records[2].data == i2);
}

static void check_load(int width)
{
    int error = 0;
    load("deferred", width);
    gva late = dynload_load(width == 32 ? "liblate32.so" : "liblate64.so", 0, NULL, &error);
    EXPECT_EQUAL(late, module_named("liblate")->data_start);    /* it has no entry point */
    EXPECT_EQUAL((uint64_t)dynload_unload(late), 0);
    EXPECT(dynload_unload(late) < 0);
    EXPECT_EQUAL(dynload_load("none.so", 0, NULL, &error), 0);
    EXPECT_EQUAL((uint64_t)error, 2);
    gva plug = dynload_load(width == 32 ? "main32" : "main64", 0, LOADER_MODULES, &error);
    EXPECT_EQUAL(plug, 0);                                      /* outside the guest's tree */
}

static void check_getinfo(int width)
{
    uint8_t buffer[2000];
    gva origin = 0;
    load("main", width);
    EXPECT_EQUAL((uint64_t)dynload_getinfo(buffer, 20), (uint64_t)-12);
    EXPECT_EQUAL((uint64_t)dynload_getinfo(buffer, sizeof buffer), 0);
    const uint8_t *p = buffer;
    unsigned n = 0;
    for (struct module *m = loader.modules; m; m = m->next, n++) {
        uint32_t next = be_get(*(be32 *)p);
        gva text = width == 32 ? be_get(*(be32 *)(p + 8)) : be_get(*(be64 *)(p + 16));
        gva data = width == 32 ? be_get(*(be32 *)(p + 16)) : be_get(*(be64 *)(p + 32));
        const char *name = (const char *)p + (width == 32 ? 24 : 48);
        EXPECT_EQUAL(text, m->text_origin);
        EXPECT_EQUAL(data, m->data_start);
        EXPECT(strcmp(name, m->file.path) == 0);
        EXPECT(strcmp(name + strlen(name) + 1, m->file.member) == 0);
        EXPECT_EQUAL(next == 0, m->next == NULL);
        p += next;
    }
    EXPECT_EQUAL(n, 4);
    struct module *a = module_named("liba.a(shr.o)");
    EXPECT(strcmp(module_at(data_word(a, 1) + 4, &origin), "/usr/lib/liba.a(shr.o)") == 0);
    EXPECT_EQUAL(origin, a->text_origin);
    EXPECT(module_at(0x1000, &origin) == NULL);
}

#define BOTH(name) \
    static void test_##name(void **state) { in_child(check_##name, 32); in_child(check_##name, 64); }
BOTH(deferred)
BOTH(no_autodefer)
BOTH(symbols)
BOTH(open_failures)
BOTH(close)
BOTH(init_order)
BOTH(lists)
BOTH(load)
BOTH(getinfo)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_deferred),      cmocka_unit_test(test_no_autodefer), cmocka_unit_test(test_symbols),
        cmocka_unit_test(test_open_failures), cmocka_unit_test(test_close),        cmocka_unit_test(test_init_order),
        cmocka_unit_test(test_lists),         cmocka_unit_test(test_load),         cmocka_unit_test(test_getinfo),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
