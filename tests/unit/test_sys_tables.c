/* test_sys_tables.c -- errno numbers, flag bits, wait status words, structure layouts: against AIX's published numbers.
 *
 * Expected values: golang.org/x/sys/unix (generated from AIX's headers) and rust-lang/libc, as collected in aix-abi 4.1
 * to 4.10.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <cmocka.h>
#include "runtime/signal.h"
#include "syscalls/abi/aix_abi.h"
#include "syscalls/errno.h"
#include "syscalls/flags.h"
#include "syscalls/wait_status.h"

static void errno_numbers(void **state)
{
    static const struct { int host, aix;
    } rows[] = {
        {EPERM, 1},       {ERANGE, 34},       {ENOMSG, 35},       {EIDRM, 36},      {EDEADLK, 45},
        {ENOLCK, 49},     {ESTALE, 52},       {EINPROGRESS, 55},  {EALREADY, 56},   {ENOTSOCK, 57},
        {EOPNOTSUPP, 64}, {EAFNOSUPPORT, 66}, {EADDRINUSE, 67},   {ECONNRESET, 73}, {ENOBUFS, 74},
        {EISCONN, 75},    {ETIMEDOUT, 78},    {ECONNREFUSED, 79}, {ELOOP, 85},      {ENAMETOOLONG, 86},
        {EDQUOT, 88},     {ENOSYS, 109},      {EILSEQ, 116},      {ECANCELED, 117}, {EOVERFLOW, 127},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(errno_to_aix(rows[i].host), rows[i].aix);
        assert_int_equal(errno_from_aix(rows[i].aix), rows[i].host);
    }
    assert_int_equal(errno_to_aix(ENOTEMPTY), 17);
    assert_string_equal(errno_aix_name(79), "ECONNREFUSED");
    assert_null(errno_aix_name(54));
}

/* Every error the host's C library knows has a number on AIX; 41 and 58 are holes of the host. */
static void errno_complete(void **state)
{
    for (int host = 1; host <= EHWPOISON; host++) {
        if (host == 41 || host == 58)
            continue;
        int aix = errno_to_aix(host);
        if (aix == AIX_ESYSERROR)
            fail_msg("host errno %d (%s) has no line in errno.def", host, strerror(host));
        assert_non_null(errno_aix_name(aix));
    }
    assert_int_equal(errno_to_aix(0), AIX_ESYSERROR);
    assert_int_equal(errno_to_aix(4000), AIX_ESYSERROR);
    assert_int_equal(errno_from_aix(-1), 0);
}

static void open_flags(void **state)
{
    uint32_t unknown;
    assert_int_equal(flags_to_host(FLAGS_open, 0x4 | 0x100 | 0x400, &unknown), O_NONBLOCK | O_CREAT | O_EXCL);
    assert_int_equal(unknown, 0);
    assert_int_equal(flags_to_host(FLAGS_open, 0x40000000 | 0x200, &unknown), O_TRUNC);
    assert_int_equal(unknown, 0x40000000);
    assert_int_equal(flags_to_host(FLAGS_open, 0x10, NULL), O_SYNC);
    assert_int_equal(flags_to_aix(FLAGS_open, O_APPEND | O_NONBLOCK, NULL), 0x8 | 0x4);
    assert_int_equal(flags_to_aix(FLAGS_open, O_SYNC, NULL), 0x10);
    assert_int_equal(flags_to_aix(FLAGS_open, O_DSYNC, NULL), 0x400000);
}

static void other_flags(void **state)
{
    assert_int_equal(flags_to_host(FLAGS_poll, 0x1 | 0x2 | 0x4, NULL), POLLIN | POLLOUT | POLLPRI);
    assert_int_equal(flags_to_aix(FLAGS_poll, POLLHUP | POLLERR | POLLNVAL, NULL), 0x2000 | 0x4000 | 0x8000);
    assert_int_equal(flags_to_host(FLAGS_msg, 0x4000 | 0x2, NULL), MSG_DONTWAIT | MSG_PEEK);
    assert_int_equal(flags_to_host(FLAGS_msync, 0x20, NULL), MS_SYNC);
}

static void flags_as_text(void **state)
{
    char text[64], tiny[8];
    assert_string_equal(flags_print(FLAGS_prot, 3, text, sizeof text), "PROT_READ|PROT_WRITE");
    assert_string_equal(flags_print(FLAGS_prot, 0, text, sizeof text), "0");
    assert_string_equal(flags_print(FLAGS_prot, 0x21, text, sizeof text), "PROT_READ|0x20");
    assert_string_equal(flags_print(FLAGS_prot, 7, tiny, sizeof tiny), "PROT_RE");
}

/* As Go's syscall package and Rust's libc take AIX status words apart. */
static void wait_status(void **state)
{
    siginfo_t info = { .si_code = CLD_EXITED };
    info.si_status = 3;
    assert_int_equal(wait_status_from_host(&info), 3 << 8);
    info.si_code = CLD_KILLED;
    info.si_status = SIGUSR1;           /* 30 on AIX */
    assert_int_equal(wait_status_from_host(&info), 30 | 30 << 16);
    info.si_code = CLD_DUMPED;
    info.si_status = SIGSEGV;
    assert_int_equal(wait_status_from_host(&info), 11 | 11 << 16 | 0x80);
    info.si_code = CLD_STOPPED;
    info.si_status = SIGTSTP;           /* 18 on AIX */
    assert_int_equal(wait_status_from_host(&info), 18 << 8 | 0x40);
    info.si_code = CLD_CONTINUED;
    assert_int_equal(wait_status_from_host(&info), 0x01000000);
}

#define AT(type, field, where) assert_int_equal(offsetof(struct type, field), where)

static void layouts(void **state)
{
    AT(aix32_stat_head, st_mode, 8);        AT(aix64_stat_head, st_mode, 16);
    AT(aix32_stat_head, st_nlink, 12);      AT(aix64_stat_head, st_nlink, 20);
    AT(aix32_stat_head, st_uid, 16);        AT(aix64_stat_head, st_uid, 24);
    AT(aix32_stat_head, st_rdev, 24);       AT(aix64_stat_head, st_rdev, 32);
    AT(aix32_stat_head, st_ssize, 28);      AT(aix64_stat_head, st_ssize, 40);
    AT(aix32_stat_head, st_atim, 32);       AT(aix64_stat_head, st_atim, 48);
    AT(aix32_stat_head, st_ctim, 48);       AT(aix64_stat_head, st_ctim, 80);
    AT(aix32_stat_head, st_blksize, 56);    AT(aix64_stat_head, st_blksize, 96);
    AT(aix32_stat_head, st_vfstype, 64);    AT(aix64_stat_head, st_vfstype, 112);
    AT(aix32_stat64, st_size, 120);         AT(aix64_stat64, st_size, 168);
    AT(aix32_dirent_head, d_reclen, 8);     AT(aix64_dirent_head, d_reclen, 16);
    AT(aix32_sigaction, sa_flags, 12);      AT(aix64_sigaction, sa_flags, 40);
    AT(aix32_altstack, ss_flags, 8);        AT(aix64_altstack, ss_flags, 16);
    AT(aix32_msghdr, msg_iov, 8);           AT(aix64_msghdr, msg_iov, 16);
    AT(aix32_msghdr, msg_control, 16);      AT(aix64_msghdr, msg_control, 32);
    AT(aix32_msghdr, msg_flags, 24);        AT(aix64_msghdr, msg_flags, 44);
    AT(aix32_statfs, f_fsid, 32);           AT(aix64_statfs, f_bsize, 8);
    AT(aix32_statfs, f_fname, 64);          AT(aix32_statfs, f_name_max, 128);
    AT(aix32_flock, l_pid, 16);             AT(aix64_flock, l_pid, 8);
    AT(aix_flock64, l_start, 16);           AT(aix_flock64, l_len, 24);
}

static void stat_values(void **state)
{
    struct stat st = { .st_dev = makedev(8, 1), .st_ino = 0x100000002, .st_mode = S_IFREG | 0644, .st_nlink = 70000,
                       .st_size = INT64_C(5) << 30, .st_mtim = { 1000000000, 999999999 } };
    struct aix32_stat64 g32;
    struct aix64_stat64 g64;
    assert_true(aix32_stat64_put(&g32, &st));
    assert_int_equal(be_get(g32.head.st_dev), 0x80001);
    assert_int_equal(be_get(g32.head.st_ino), 3);               /* folded */
    assert_int_equal(be_get(g32.head.st_nlink), 32767);
    assert_int_equal(be_get(g32.head.st_ssize), INT32_MAX);
    assert_true(be_get(g32.st_size) == UINT64_C(5) << 30);
    assert_true(aix64_stat64_put(&g64, &st));
    assert_true(be_get(g64.head.st_dev) == (UINT64_C(1) << 63 | UINT64_C(8) << 32 | 1));
    assert_true(be_get(g64.head.st_ino) == 0x100000002);
    assert_int_equal(be_get(g64.head.st_mtim.tv_nsec), 999999999);
    st.st_mtim.tv_sec = INT64_C(1) << 40;
    assert_false(aix32_stat64_put(&g32, &st));
    assert_true(aix64_stat64_put(&g64, &st));
}

static void signal_sets(void **state)
{
    struct aix32_sigset g32;
    struct aix64_sigset g64;
    guest_sigset set = SIGNAL_BIT(1) | SIGNAL_BIT(33) | SIGNAL_BIT(63);
    aix32_sigset_put(&g32, set);
    assert_int_equal(be_get(g32.word[0]), 1);                   /* losigs */
    assert_int_equal(be_get(g32.word[1]), 1 | 1 << 30);         /* hisigs */
    assert_true(aix32_sigset_get(&g32) == set);
    aix64_sigset_put(&g64, set);
    assert_true(be_get(g64.word[0]) == set);
    assert_true(aix64_sigset_get(&g64) == set);
}

static void directory_records(void **state)
{
    uint8_t b[64];
    assert_int_equal(aix32_dirent_put(b, sizeof b, 9, 7, "abcd"), 20);      /* 12 + 5, in fours */
    assert_memory_equal(b, "\0\0\0\011\0\0\0\007\0\024\0\004abcd\0\0\0\0", 20);
    assert_int_equal(aix64_dirent_put(b, sizeof b, 9, 7, "abcd"), 32);      /* 20 + 5, in eights */
    assert_memory_equal(b + 16, "\0\040\0\004abcd\0", 9);
    assert_int_equal(aix32_dirent_put(b, 19, 9, 7, "abcd"), 0);
}

static void limits_and_times(void **state)
{
    struct aix32_rlimit g32;
    struct aix32_timespec t32;
    struct aix64_timeval t64;
    struct timespec ts = { 5, 6 };
    be_put(&g32.rlim_cur, 0x7FFFFFFF);
    assert_true(aix32_rlim_get(g32.rlim_cur) == RLIM_INFINITY);
    be_put(&g32.rlim_cur, 0x7FFFFFFC);
    assert_true(aix32_rlim_get(g32.rlim_cur) == 0x7FFFFFFC);
    assert_true(aix32_timespec_put(&t32, &ts));
    be_put(&t32.tv_sec, -1);
    aix32_timespec_get(&t32, &ts);
    assert_int_equal(ts.tv_sec, -1);                            /* seconds are signed */
    assert_int_equal(ts.tv_nsec, 6);
    assert_true(aix64_timeval_put(&t64, &(struct timeval){ 1, 2 }));
    assert_memory_equal(&t64, "\0\0\0\0\0\0\0\001\0\0\0\002\0\0\0\0", 16);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(errno_numbers),  cmocka_unit_test(errno_complete),   cmocka_unit_test(open_flags),
        cmocka_unit_test(other_flags),    cmocka_unit_test(flags_as_text),    cmocka_unit_test(wait_status),
        cmocka_unit_test(layouts),        cmocka_unit_test(stat_values),      cmocka_unit_test(signal_sets),
        cmocka_unit_test(directory_records), cmocka_unit_test(limits_and_times),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
