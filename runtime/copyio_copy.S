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
    xorl %eax, %eax
    cmpq $32, %rdx
    ja 1f
    cmpq $16, %rdx
    jae 2f
    cmpq $8, %rdx
    jae 3f
    cmpq $4, %rdx
    jae 4f
1:  movq %rdx, %rcx
    rep movsb
    ret
/* Structures and words: their two halves, which may overlap. rep movsb takes its time to start. */
2:  movups (%rsi), %xmm0
    movups -16(%rsi,%rdx), %xmm1
    movups %xmm0, (%rdi)
    movups %xmm1, -16(%rdi,%rdx)
    ret
3:  movq (%rsi), %rcx
    movq -8(%rsi,%rdx), %r8
    movq %rcx, (%rdi)
    movq %r8, -8(%rdi,%rdx)
    ret
4:  movl (%rsi), %ecx
    movl -4(%rsi,%rdx), %r8d
    movl %ecx, (%rdi)
    movl %r8d, -4(%rdi,%rdx)
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
