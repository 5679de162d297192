/* test_sys_convert.c -- socket addresses, terminal modes, marshalling: AIX's forms against the host's.
 *
 * Expected bytes and bits: aix-abi 3.2, 4.8, 4.12 (golang.org/x/sys/unix, glibc's AIX port), written out by hand.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/un.h>
#include <termios.h>
#include <cmocka.h>
#include "runtime/address_space.h"
#include "syscalls/options.h"
#include "syscalls/socket_address.h"
#include "syscalls/table.h"
#include "syscalls/terminal.h"

static void inet_address(void **state)
{
    static const uint8_t aix[16] = { 16, 2, 0x1F, 0x90, 192, 168, 1, 2 };
    uint8_t back[AIX_SOCKADDR_MAX];
    struct host_address h;
    assert_int_equal(address_from_bytes(&h, aix, 16), 0);
    const struct sockaddr_in *in = (const struct sockaddr_in *)&h.any;
    assert_int_equal(in->sin_family, AF_INET);
    assert_int_equal(ntohs(in->sin_port), 8080);
    assert_int_equal(ntohl(in->sin_addr.s_addr), 0xC0A80102);
    assert_int_equal(address_to_bytes(back, &h, false), 16);
    assert_memory_equal(back, aix, 16);
    assert_int_equal(address_to_bytes(back, &h, true), 16);
    assert_int_equal(back[0], 0);       /* BSD 4.3: a 16-bit family */
    assert_int_equal(back[1], 2);
    assert_int_equal(address_from_bytes(&h, aix, 4), -EINVAL);
}

static void inet6_address(void **state)
{
    uint8_t aix[28] = { 28, 24, 0, 80, 0, 0, 0, 0, 0xFE, 0x80 }, back[AIX_SOCKADDR_MAX];
    struct host_address h;
    aix[23] = 1;
    aix[27] = 3;                        /* scope, big-endian */
    assert_int_equal(address_from_bytes(&h, aix, 28), 0);
    const struct sockaddr_in6 *in = (const struct sockaddr_in6 *)&h.any;
    assert_int_equal(in->sin6_family, AF_INET6);
    assert_int_equal(in->sin6_scope_id, 3);
    assert_int_equal(in->sin6_addr.s6_addr[0], 0xFE);
    assert_int_equal(address_to_bytes(back, &h, false), 28);
    assert_memory_equal(back, aix, 28);
}

static void unix_address(void **state)
{
    uint8_t aix[AIX_SOCKADDR_MAX] = { 0, 1, '/', 't', 'm', 'p', '/', 's' }, back[AIX_SOCKADDR_MAX];
    struct host_address h;
    syscall_options.root = "";
    assert_int_equal(address_from_bytes(&h, aix, sizeof aix), 0); /* sizeof(struct sockaddr_un), as programs pass it */
    assert_string_equal(((struct sockaddr_un *)&h.any)->sun_path, "/tmp/s");
    assert_int_equal(address_to_bytes(back, &h, false), 9);
    assert_int_equal(back[0], 9);
    assert_string_equal((char *)back + 2, "/tmp/s");
    memset(aix + 2, 'x', 200);
    assert_int_equal(address_from_bytes(&h, aix, sizeof aix), -ENAMETOOLONG);
    aix[1] = 19;
    assert_int_equal(address_from_bytes(&h, aix, sizeof aix), -EAFNOSUPPORT);
}

static void families(void **state)
{
    assert_int_equal(family_to_host(24), AF_INET6);
    assert_int_equal(family_to_aix(AF_INET6), 24);
    assert_int_equal(family_to_host(6), -1);
    assert_int_equal(family_to_host(AF_NETLINK), AF_APPLETALK);         /* 16 on AIX */
}

static void terminal_modes(void **state)
{
    struct host_termios h = { .c_iflag = ICRNL | IXON, .c_oflag = OPOST | ONLCR, .c_cflag = B9600 | CS8 | CREAD,
                              .c_lflag = ISIG | ICANON | ECHO | IEXTEN }, back;
    struct aix_termios g;
    memset(h.c_cc, 0, sizeof h.c_cc);
    h.c_cc[VINTR] = 3;
    h.c_cc[VEOF] = 4;
    h.c_cc[VSUSP] = 26;
    termios_to_guest(&g, &h);
    assert_int_equal(be_get(g.c_iflag), 0x100 | 0x200);
    assert_int_equal(be_get(g.c_oflag), 1 | 4);
    assert_int_equal(be_get(g.c_cflag), 13 | 0x30 | 0x80);
    assert_int_equal(be_get(g.c_lflag), 1 | 2 | 8 | 0x200000);
    assert_int_equal(g.c_cc[0], 3);
    assert_int_equal(g.c_cc[4], 4);
    assert_int_equal(g.c_cc[9], 26);
    assert_int_equal(g.c_cc[1], 0xFF);                                  /* not set: _POSIX_VDISABLE */
    back = (struct host_termios){ .c_cflag = B115200 | CS5, .c_iflag = IUTF8 };
    termios_from_guest(&back, &g);
    assert_int_equal(back.c_iflag, ICRNL | IXON | IUTF8);               /* what AIX does not know stays */
    assert_int_equal(back.c_oflag, h.c_oflag);
    assert_int_equal(back.c_cflag, h.c_cflag);
    assert_int_equal(back.c_lflag, h.c_lflag);
    assert_memory_equal(back.c_cc, h.c_cc, sizeof h.c_cc);
}

/* Raw mode: VMIN and VTIME share AIX's slots of VEOF and VEOL. */
static void terminal_raw(void **state)
{
    struct host_termios h = { .c_cc = { [VMIN] = 1, [VTIME] = 0, [VEOF] = 4 } }, back;
    struct aix_termios g;
    termios_to_guest(&g, &h);
    assert_int_equal(g.c_cc[4], 1);
    assert_int_equal(g.c_cc[5], 0);
    g.c_cc[5] = 7;
    back = h;
    termios_from_guest(&back, &g);
    assert_int_equal(back.c_cc[VMIN], 1);
    assert_int_equal(back.c_cc[VTIME], 7);
    assert_int_equal(back.c_cc[VEOF], 4);
}

static void fetch(bool is64, const uint64_t regs[8], const uint8_t kinds[MAX_ARGUMENTS], int64_t v[MAX_ARGUMENTS])
{
    static struct cpu cpu;
    guest.is64 = cpu.is64 = is64;
    memcpy(&cpu.gpr[3], regs, 8 * sizeof *regs);
    syscall_fetch_arguments(&cpu, kinds, v);
}

/* kpread(fd, buffer, size, off64): the offset takes r6 and r7 in a 32-bit process, not aligned to even ones. */
static void marshalling(void **state)
{
    static const uint8_t kpread[MAX_ARGUMENTS] = { KIND_fd, KIND_outbuf, KIND_size, KIND_off64, KIND_dec };
    static const uint8_t mixed[MAX_ARGUMENTS] = { KIND_long, KIND_hex, KIND_ptr, KIND_dec };
    const uint64_t regs32[8] = { 0xFFFFFFFE, 0xF0001000, 0xFFFFFFFF, 0x1, 0x80000000, 0xFFFFFFFF };
    int64_t v[MAX_ARGUMENTS];
    fetch(false, regs32, kpread, v);
    assert_int_equal(v[0], -2);
    assert_true(v[1] == 0xF0001000);
    assert_true(v[2] == 0xFFFFFFFF);
    assert_true(v[3] == 0x180000000);
    assert_int_equal(v[4], -1);
    fetch(false, regs32, mixed, v);
    assert_int_equal(v[0], -2);

    const uint64_t regs64[8] = { 0x5FFFFFFFEu, 0x0A00000000001000, UINT64_MAX, 0xFFFFFFFF80000000, 0x1FFFFFFFF };
    fetch(true, regs64, kpread, v);
    assert_int_equal(v[0], -2);
    assert_true(v[1] == 0x0A00000000001000);
    assert_true(v[3] == (int64_t)0xFFFFFFFF80000000);
    assert_int_equal(v[4], -1);
    const uint64_t sign_extended[8] = { UINT64_MAX, 0xFFFFFFFF80047467 };       /* ioctl commands arrive like this */
    fetch(true, sign_extended, mixed, v);
    assert_int_equal(v[0], -1);
    assert_true(v[1] == 0x80047467);
}

/* Each line that is not FULL says why; argument lists have no holes. */
static void table_is_sound(void **state)
{
    for (unsigned i = 0; i < import_count; i++) {
        const struct import *import = &imports[i];
        bool ended = false;
        if ((import->support == FULL) != (import_reason(i) == NULL))
            fail_msg("%s: a reason stands with PARTIAL and ABSENT, and only there", import->name);
        assert_int_equal(import->call == NULL, import->support == ABSENT);
        assert_int_equal(import->absent_errno != 0, import->support == ABSENT);
        for (unsigned a = 0; a < MAX_ARGUMENTS; a++) {
            if (ended && import->kinds[a] != KIND_no)
                fail_msg("%s: an argument behind the end of the list", import->name);
            ended |= import->kinds[a] == KIND_no;
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(inet_address),     cmocka_unit_test(inet6_address), cmocka_unit_test(unix_address),
        cmocka_unit_test(families),         cmocka_unit_test(terminal_modes), cmocka_unit_test(terminal_raw),
        cmocka_unit_test(marshalling),      cmocka_unit_test(table_is_sound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
