/* safe_syscall_x86_64.S -- long safe_syscall_at(volatile uint32_t *poll, nr, a1, a2, a3, a4, a5, a6)
 *
 * C arguments: rdi poll, rsi nr, rdx a1, rcx a2, r8 a3, r9 a4, 8(%rsp) a5, 16(%rsp) a6. The kernel takes rax nr, rdi, rsi, rdx,
 * r10, r8, r9. `poll` stays in r11, which only the call itself destroys.
 */
    .text
    .globl safe_syscall_at, safe_syscall_window, safe_syscall_done, safe_syscall_restart
    .type safe_syscall_at, @function
safe_syscall_at:
    .cfi_startproc
    movq %rdi, %r11
    movq %rsi, %rax
    movq %rdx, %rdi
    movq %rcx, %rsi
    movq %r8, %rdx
    movq %r9, %r10
    movq 8(%rsp), %r8
    movq 16(%rsp), %r9
safe_syscall_window:
    cmpl $0, (%r11)
    jne safe_syscall_restart
    syscall
safe_syscall_done:
    ret
safe_syscall_restart:
    movq $-512, %rax
    ret
    .cfi_endproc
    .size safe_syscall_at, . - safe_syscall_at

    .section .note.GNU-stack, "", @progbits
