/* copyio_copy.S -- the instructions that touch guest memory for copyin and copyout.
 *
 * A fault anywhere between copyio_text and copyio_text_end goes on at copyio_fault, which returns -EFAULT from the routine.
 * No routine moves the stack pointer, so that its return address is at the top of the stack throughout.
 */
#include <asm/errno.h>

    .text
    .globl copyio_text, copyio_text_end, copyio_fault

copyio_text:
/* int copyio_bytes(void *to, const void *from, size_t len) */
    .globl copyio_bytes
    .type copyio_bytes, @function
copyio_bytes:
    movq %rdx, %rcx
    rep movsb
    xorl %eax, %eax
    ret
    .size copyio_bytes, . - copyio_bytes

/* long copyio_string(char *to, const char *from, size_t size): length without the NUL, or size when none was found */
    .globl copyio_string
    .type copyio_string, @function
copyio_string:
    xorl %eax, %eax
1:  cmpq %rdx, %rax
    jae 2f
    movb (%rsi,%rax), %cl
    movb %cl, (%rdi,%rax)
    testb %cl, %cl
    je 2f
    incq %rax
    jmp 1b
2:  ret
    .size copyio_string, . - copyio_string
copyio_text_end:

copyio_fault:
    movq $-EFAULT, %rax
    ret

    .section .note.GNU-stack, "", @progbits
