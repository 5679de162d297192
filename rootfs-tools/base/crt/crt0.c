/* crt0.c -- the entry of every program, linked into it: fetch the arguments, initialise the modules, run main, exit.
 *
 * 32-bit programs are entered with argc, argv, envp in r3..r5. 64-bit ones with them in r14..r16, and with a call-back
 * of the loader (descriptor in r19, argument in r18) that has to be called first; a loader that needs none leaves r19
 * zero. [aix-abi 2.4] The names referred to are those a program linked on AIX imports, so that ours look like them;
 * compiled once more with _THREAD_SAFE this file is crt0_r.o.
 */
extern int main(int, char **, char **);
extern void exit(int) __attribute__((noreturn));
extern void __mod_init(void);
extern int errno;
extern int __crt0v[];
extern int __malloc_user_defined_name[];

int p_xargc;
char **p_xargv;
char **p_xenviron;

#ifdef _THREAD_SAFE
extern void pthread_init(void);
extern int __pthread_trace[];
#endif
#ifdef __64BIT__
extern int __n_pthreads;
#endif

static void *const imported_data[] = {
    &errno,          __crt0v, __malloc_user_defined_name,
#ifdef __64BIT__
    &__n_pthreads,
#endif
#ifdef _THREAD_SAFE
    __pthread_trace,
#endif
};

static void run_program(int argc, char **argv, char **envp) __attribute__((noreturn, used, noinline));

static void run_program(int argc, char **argv, char **envp)
{
    __asm__ volatile("" : : "r"(imported_data)); /* keeps the imports */
    p_xargc = argc;
    p_xargv = argv;
    p_xenviron = envp;
#ifdef _THREAD_SAFE
    pthread_init();
#endif
    __mod_init();
    exit(main(argc, argv, envp));
}

#ifdef __64BIT__
void __start(void) __attribute__((naked, noreturn));

void __start(void)
{
    __asm__("stdu 1,-112(1)\n\t"
            "cmpdi 19,0\n\t"
            "beq 1f\n\t"
            "mr 3,18\n\t"
            "std 2,40(1)\n\t"
            "ld 0,0(19)\n\t"
            "ld 2,8(19)\n\t"
            "mtctr 0\n\t"
            "bctrl\n\t"
            "ld 2,40(1)\n"
            "1:\n\t"
            "mr 3,14\n\t"
            "mr 4,15\n\t"
            "mr 5,16\n\t"
            "bl .run_program\n\t"
            "nop\n\t"
            "trap");
}
#else
void __start(int argc, char **argv, char **envp) __attribute__((noreturn));

void __start(int argc, char **argv, char **envp) { run_program(argc, argv, envp); }
#endif
