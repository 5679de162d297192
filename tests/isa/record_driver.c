/* record_driver.c -- runs single instructions on given states: a program for powerpc(64) Linux, used by
 * record_vectors.py under qemu.
 *
 * Reads records of struct state from standard input, executes each one's word between loading and storing the state,
 * writes the records back. Free of any library, since none may be installed for the target. Registers r4-r11, f1-f4,
 * v1-v4, XER, CR, FPSCR and MEM_SIZE bytes at MEM_BASE belong to the instruction; r0 holds 0x12340000.
 */
typedef unsigned long long u64;
typedef unsigned int u32;

enum { MEM_BASE = 0x20000000, MEM_SIZE = 32, CODE_BASE = 0x21000000, SYS_exit = 1, SYS_read = 3, SYS_write = 4 };

struct state {                          /* big-endian, as the processor is */
    u64 word, gpr[8], xer, cr, fpr[4], fpscr, vr[8];
    unsigned char mem[MEM_SIZE];
} __attribute__((aligned(16)));

static long call(long number, long a, long b, long c, long d, long e, long f)
{
    register long r0 __asm__("r0") = number, r3 __asm__("r3") = a, r4 __asm__("r4") = b, r5 __asm__("r5") = c;
    register long r6 __asm__("r6") = d, r7 __asm__("r7") = e, r8 __asm__("r8") = f;
    __asm__ volatile("sc; bns+ 1f; neg %1,%1; 1:"
                     : "+r"(r0), "+r"(r3), "+r"(r4), "+r"(r5), "+r"(r6), "+r"(r7), "+r"(r8)
                     : : "r9", "r10", "r11", "r12", "cr0", "ctr", "memory");
    return r3;
}

/* An anonymous fixed mapping, readable, writable and executable. */
static void map_page(long at)
{
#ifdef __powerpc64__
    call(90, at, 4096, 7, 0x32, -1, 0);
#else
    call(192, at, 4096, 7, 0x32, -1, 0);
#endif
}

#ifdef __powerpc64__
#define GPR_LOAD "ld"
#define GPR_STORE "std"
#define LOW "0"
#else
#define GPR_LOAD "lwz"
#define GPR_STORE "stw"
#define LOW "4"
#endif

/* State in r12, which no instruction uses. Offsets: gpr 8.., xer 72, cr 80, fpr 88.., fpscr 120, vr 128... */
static void execute(struct state *s)
{
    register struct state *r12 __asm__("r12") = s;
    register long code __asm__("r9") = CODE_BASE;
    __asm__ volatile(
        "mtctr %1\n"
        "vspltisw 0,0\n mtvscr 0\n"       /* denormals count */
        "li 4,128\n lvx 1,12,4\n li 4,144\n lvx 2,12,4\n li 4,160\n lvx 3,12,4\n li 4,176\n lvx 4,12,4\n"
        "lfd 0,120(12)\n mtfsf 255,0\n"
        "lfd 1,88(12)\n lfd 2,96(12)\n lfd 3,104(12)\n lfd 4,112(12)\n"
        GPR_LOAD " 0,72+" LOW "(12)\n mtxer 0\n"
        GPR_LOAD " 0,80+" LOW "(12)\n mtcrf 255,0\n"
        GPR_LOAD " 4,8+" LOW "(12)\n" GPR_LOAD " 5,16+" LOW "(12)\n"
        GPR_LOAD " 6,24+" LOW "(12)\n" GPR_LOAD " 7,32+" LOW "(12)\n"
        GPR_LOAD " 8,40+" LOW "(12)\n" GPR_LOAD " 9,48+" LOW "(12)\n"
        GPR_LOAD " 10,56+" LOW "(12)\n" GPR_LOAD " 11,64+" LOW "(12)\n"
        "lis 0,0x1234\n"
        "bctrl\n"
        GPR_STORE " 4,8+" LOW "(12)\n" GPR_STORE " 5,16+" LOW "(12)\n"
        GPR_STORE " 6,24+" LOW "(12)\n" GPR_STORE " 7,32+" LOW "(12)\n"
        GPR_STORE " 8,40+" LOW "(12)\n" GPR_STORE " 9,48+" LOW "(12)\n"
        GPR_STORE " 10,56+" LOW "(12)\n" GPR_STORE " 11,64+" LOW "(12)\n"
        "mfcr 0\n" GPR_STORE " 0,80+" LOW "(12)\n"
        "mfxer 0\n" GPR_STORE " 0,72+" LOW "(12)\n"
        "stfd 1,88(12)\n stfd 2,96(12)\n stfd 3,104(12)\n stfd 4,112(12)\n"
        "mffs 0\n stfd 0,120(12)\n"
        "li 4,128\n stvx 1,12,4\n li 4,144\n stvx 2,12,4\n li 4,160\n stvx 3,12,4\n li 4,176\n stvx 4,12,4\n"
        : "+r"(r12), "+r"(code)
        :
        : "r0", "r4", "r5", "r6", "r7", "r8", "r10", "r11", "lr", "ctr", "xer", "fr0", "fr1", "fr2", "fr3", "fr4",
          "cr0", "cr1", "cr2", "cr3", "cr4", "cr5", "cr6", "cr7", "memory");
}

static void copy(volatile unsigned char *to, const volatile unsigned char *from, unsigned n)
{
    for (unsigned i = 0; i < n; i++)
        to[i] = from[i];
}

static int read_all(void *buffer, long size)
{
    for (long got = 0; got < size;) {
        long n = call(SYS_read, 0, (long)buffer + got, size - got, 0, 0, 0);
        if (n <= 0)
            return 0;
        got += n;
    }
    return 1;
}

void _start(void)
{
    static struct state s;
    volatile u32 *code = (volatile u32 *)CODE_BASE;
    volatile unsigned char *mem = (volatile unsigned char *)MEM_BASE;
    map_page(MEM_BASE);
    map_page(CODE_BASE);
    while (read_all(&s, sizeof s)) {
        code[0] = (u32)s.word;
        code[1] = 0x4e800020;           /* blr */
        __asm__ volatile("dcbst 0,%0; sync; icbi 0,%0; isync" : : "r"(code) : "memory");
        copy(mem, s.mem, MEM_SIZE);
        execute(&s);
        copy(s.mem, mem, MEM_SIZE);
        call(SYS_write, 1, (long)&s, sizeof s, 0, 0, 0);
    }
    call(SYS_exit, 0, 0, 0, 0, 0, 0);
}
