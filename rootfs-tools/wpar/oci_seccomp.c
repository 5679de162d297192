/* oci_seccomp.c -- see oci_seccomp.h.
 *
 * What neither the runner nor an AIX program has a use for, and what holes in kernels have been found in: everything listed answers
 * EPERM, other architectures' calls (32-bit, x32) too. The rest of the kernel's interface stays, since the runner maps much of it onto
 * AIX's. Filters of this kind survive a checkpoint [isolation 1].
 */
#include "rootfs-tools/wpar/oci_seccomp.h"

#include <errno.h>
#include "runtime/host.h"

static const char *const refused[] = {
    /* the machine and its kernel */
    "acct", "bpf", "delete_module", "finit_module", "init_module", "ioperm", "iopl", "kexec_file_load", "kexec_load", "lookup_dcookie",
    "nfsservctl", "perf_event_open", "quotactl", "quotactl_fd", "reboot", "swapoff", "swapon", "syslog", "vhangup",
    /* the clock, which all partitions share */
    "adjtimex", "clock_adjtime", "clock_settime", "settimeofday",
    /* namespaces and mounts: a way out, or a way round the limits */
    "fsconfig", "fsmount", "fsopen", "fspick", "mount", "mount_setattr", "move_mount", "name_to_handle_at", "open_by_handle_at",
    "open_tree", "pivot_root", "setns", "umount2", "unshare",
    /* keys, which are not in a namespace */
    "add_key", "keyctl", "request_key",
    /* other processes' memory, and what cannot be checkpointed */
    "io_uring_enter", "io_uring_register", "io_uring_setup", "kcmp", "pidfd_getfd", "process_madvise", "process_vm_readv",
    "process_vm_writev", "ptrace", "userfaultfd",
};

json_t *oci_seccomp(void)
{
    json_t *names = json_array();
    for (size_t i = 0; i < ARRAY_LEN(refused); i++)
        json_array_append_new(names, json_string(refused[i]));
    return json_pack("{s:s, s:[s], s:[{s:o, s:s, s:i}]}", "defaultAction", "SCMP_ACT_ALLOW", "architectures", "SCMP_ARCH_X86_64",
                     "syscalls", "names", names, "action", "SCMP_ACT_ERRNO", "errnoRet", EPERM);
}
