/* guest_dispatch.S -- guest functions for test_dispatch.c, assembled for 32 and for 64 bits (-DWIDE).
 *
 * Only pc-relative code, so that the bytes of .text are the program wherever it is put. It begins with a table of branches, one per
 * function. Arguments and results are in r3; r1 is the stack; frames have the caller's r1 at 0 and LR at the AIX place.
 */
#ifdef WIDE
#define PUSH(size)   stdu 1, -size(1)
#define STORE(r, at) std r, at(1)
#define LOAD(r, at)  ld r, at(1)
#define LR_SAVE      16
#define WORD         8
#else
#define PUSH(size)   stwu 1, -size(1)
#define STORE(r, at) stw r, at(1)
#define LOAD(r, at)  lwz r, at(1)
#define LR_SAVE      8
#define WORD         4
#endif

        .text
        b fib
        b sum
        b pointers
        b unwind
        b syscalls
        b even
        b trap
        b detour
        b depth
        b patched

/* fib(n) */
fib:    cmpwi 3, 2
        bltlr
        mflr 0
        STORE(0, LR_SAVE)
        PUSH(64)
        STORE(30, 48)
        STORE(31, 56)
        mr 31, 3
        addi 3, 31, -1
        bl fib
        mr 30, 3
        addi 3, 31, -2
        bl fib
        add 3, 3, 30
        LOAD(30, 48)
        LOAD(31, 56)
        addi 1, 1, 64
        LOAD(0, LR_SAVE)
        mtlr 0
        blr

/* 1 + 2 + ... + n */
sum:    mtctr 3
        li 4, 0
1:      add 4, 4, 3
        addi 3, 3, -1
        bdnz 1b
        mr 3, 4
        blr

/* n times: r3 = f(r3) with f = triple, then add_one, through CTR; begins with 1; result of the low 32 bits */
pointers:
        mflr 0
        STORE(0, LR_SAVE)
        PUSH(96)
        STORE(29, 64)
        STORE(30, 72)
        STORE(31, 80)
        mr 31, 3
        bcl 20, 31, 1f
1:      mflr 30
        addi 29, 30, add_one - 1b
        addi 30, 30, triple - 1b
        li 3, 1
2:      mtctr 30
        bctrl
        mtctr 29
        bctrl
        addi 31, 31, -1
        cmpwi 31, 0
        bne 2b
        clrlwi 3, 3, 1
        LOAD(29, 64)
        LOAD(30, 72)
        LOAD(31, 80)
        addi 1, 1, 96
        LOAD(0, LR_SAVE)
        mtlr 0
        blr
triple: mulli 3, 3, 3
        clrlwi 3, 3, 1
        blr
add_one:
        addi 3, 3, 1
        blr

/* n times: dive 5 calls deep and come back at once by restoring r1 and the return address, as longjmp does; sums the 5s */
unwind: mflr 0
        STORE(0, LR_SAVE)
        PUSH(96)
        STORE(29, 64)
        STORE(30, 72)
        STORE(31, 80)
        mr 31, 3
        li 30, 0
1:      li 3, 0
        mr 29, 1
        bl dive_first
        add 30, 30, 3
        addi 31, 31, -1
        cmpwi 31, 0
        bgt 1b
        mr 3, 30
        LOAD(29, 64)
        LOAD(30, 72)
        LOAD(31, 80)
        addi 1, 1, 96
        LOAD(0, LR_SAVE)
        mtlr 0
        blr
dive_first:
        mflr 28
dive:   mflr 0
        STORE(0, LR_SAVE)
        PUSH(64)
        addi 3, 3, 1
        cmpwi 3, 5
        beq jump
        bl dive
        li 3, -1                /* never: nobody returns here */
        addi 1, 1, 64
        LOAD(0, LR_SAVE)
        mtlr 0
        blr
jump:   mr 1, 29
        mtlr 28
        blr

/* n system calls of number 5 (r2), each adds what the kernel returns in r3 */
syscalls:
        mflr 0
        STORE(0, LR_SAVE)
        PUSH(96)
        STORE(30, 72)
        STORE(31, 80)
        mr 31, 3
        li 30, 0
1:      li 2, 5
        mr 3, 31
        bl enter_kernel
        add 30, 30, 3
        addi 31, 31, -1
        cmpwi 31, 0
        bne 1b
        mr 3, 30
        LOAD(30, 72)
        LOAD(31, 80)
        addi 1, 1, 96
        LOAD(0, LR_SAVE)
        mtlr 0
        blr
enter_kernel:
        sc

/* even(n), odd(n): 1 or 0, by tail calls */
even:   cmpwi 3, 0
        beq yes
        addi 3, 3, -1
        b odd
odd:    cmpwi 3, 0
        beq no
        addi 3, 3, -1
        b even
yes:    li 3, 1
        blr
no:     li 3, 0
        blr

/* a trap when n is 0, else n */
trap:   tweqi 3, 0
        blr

/* the callee does not return where it was called from but 8 bytes further: n times, counting what was skipped as an error */
detour: mflr 0
        STORE(0, LR_SAVE)
        PUSH(96)
        STORE(31, 80)
        mr 31, 3
        li 3, 0
1:      bl skip
        addi 3, 3, 100
        addi 3, 3, 100
        addi 3, 3, 1
        addi 31, 31, -1
        cmpwi 31, 0
        bne 1b
        LOAD(31, 80)
        addi 1, 1, 96
        LOAD(0, LR_SAVE)
        mtlr 0
        blr
skip:   mflr 4
        addi 4, 4, 8
        mtlr 4
        blr

/* n calls deep, counted on the way back */
depth:  cmpwi 3, 0
        beqlr
        mflr 0
        STORE(0, LR_SAVE)
        PUSH(48)
        addi 3, 3, -1
        bl depth
        addi 3, 3, 1
        addi 1, 1, 48
        LOAD(0, LR_SAVE)
        mtlr 0
        blr

/* calls `constant` n times and returns the last result; the test changes the instruction there */
patched:
        mflr 0
        STORE(0, LR_SAVE)
        PUSH(96)
        STORE(31, 80)
        mr 31, 3
1:      bl constant
        addi 31, 31, -1
        cmpwi 31, 0
        bne 1b
        LOAD(31, 80)
        addi 1, 1, 96
        LOAD(0, LR_SAVE)
        mtlr 0
        blr
constant:
        li 3, 11
        blr
