/* fatal_report.c -- the report on a program that dies of a signal.
 *
 *      aixrun: prog: SIGSEGV at pc 0x1000042c address 0x10 in store+0x8 of prog
 *
 * is the line on stderr, for faults alone: other signals are the program's or its user's own wish. The log gets that line, then
 * registers, the guest's backtrace with names of functions, where modules lie, and with --host-backtrace the host's frames.
 */
#include "runtime/fatal_report.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include "loader/backtrace.h"
#include "loader/function_name.h"
#include "runtime/address_space.h"
#include "runtime/cpu_dump.h"
#include "runtime/host.h"
#include "runtime/host_backtrace.h"
#include "runtime/log.h"
#include "runtime/private_fd.h"
#include "runtime/signal.h"
#include "xlate/isa/disasm.h"

static const char *program_name;
static bool be_quiet, with_host;

/* "in NAME+0x8 of MODULE", as far as known. */
static void put_place(char *text, size_t size, gva pc)
{
    struct function_place p;

    text[0] = '\0';
    function_at(pc, &p);
    if (!p.module)
        return;
    if (p.name[0])
        snprintf(text, size, " in %s+0x%" PRIx64 " of %s", p.name, pc - p.start, p.module->name);
    else if (p.start)
        snprintf(text, size, " in the function at 0x%" PRIx64 " of %s", p.start, p.module->name);
    else
        snprintf(text, size, " in %s", p.module->name);
}

/* Instructions of supervisors [Power ISA, Book III; POWER: the assembler manual], which the tables of user instructions do not have. */
static const char *supervisor_name(unsigned opcode, unsigned extended)
{
    static const struct {
        unsigned opcode, extended;
        const char *name;
    } names[] = {
        { 19, 18, "rfid" },    { 19, 50, "rfi" },      { 19, 82, "rfsvc" },   { 31, 83, "mfmsr" },   { 31, 146, "mtmsr" },
        { 31, 178, "mtmsrd" }, { 31, 210, "mtsr" },    { 31, 242, "mtsrin" }, { 31, 306, "tlbie" },  { 31, 370, "tlbia" },
        { 31, 402, "slbmte" }, { 31, 434, "slbie" },   { 31, 470, "dcbi" },   { 31, 498, "slbia" },  { 31, 566, "tlbsync" },
        { 31, 595, "mfsr" },   { 31, 659, "mfsrin" },  { 31, 818, "rac" },    { 31, 851, "slbmfev" }, { 31, 915, "slbmfee" },
    };

    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (names[i].opcode == opcode && names[i].extended == extended)
            return names[i].name;
    return NULL;
}

/* A word that is no instruction is named by its opcodes, of which the extended one is in bits 21 to 30. */
static void put_instruction(char *text, size_t size, uint32_t word, gva pc)
{
    char assembler[80];
    unsigned opcode = word >> 26, extended = word >> 1 & 0x3ff;
    const char *name = supervisor_name(opcode, extended);

    insn_disassemble(word, pc, guest.is64, assembler, sizeof assembler);
    if (name)
        snprintf(text, size, " instruction 0x%08" PRIx32 " (%s: for supervisors)", word, name);
    else if (assembler[0] != '.')
        snprintf(text, size, " instruction 0x%08" PRIx32 " (%s)", word, assembler);
    else
        snprintf(text, size, " instruction 0x%08" PRIx32 " (unknown: opcode %u, extended %u)", word, opcode, extended);
}

static void report_registers(const struct thread *t)
{
    char text[1100];        /* a line of the log has 1200 */

    size_t length = cpu_dump(&t->cpu, text, sizeof text);
    log_line(LOG_ERROR, "run", "registers\n%.*s", (int)length - 1, text);       /* the log ends lines itself */
}

static void report_calls(const struct thread *t)
{
    enum { FRAMES = 64, LINE = 700 };
    struct guest_frame frames[FRAMES];
    char place[LINE];
    int n = guest_backtrace(&t->cpu, frames, FRAMES);

    for (int i = 0; i < n; i++) {
        /* A caller's pc is behind the call, which may be the last instruction of its function. */
        bool caller = i > 0 && !frames[i].interrupted;
        put_place(place, sizeof place, caller ? frames[i].pc - 4 : frames[i].pc);
        log_line(LOG_ERROR, "run", "#%d pc 0x%" PRIx64 " sp 0x%" PRIx64 "%s%s", i, frames[i].pc, frames[i].sp,
                 frames[i].interrupted ? " interrupted by the signal" : "", place);
    }
}

static void report_modules(void)
{
    for (const struct module *m = loader.modules; m; m = m->next)
        log_line(LOG_ERROR, "run", "module %s text 0x%" PRIx64 "-0x%" PRIx64 " data 0x%" PRIx64 "-0x%" PRIx64, m->name, m->text_map.lo,
                 m->text_map.hi, m->data_start, m->data_end);
}

static void report_host(void)
{
    char text[200];

    for (int i = 0; with_host && host_backtrace_line(i, text, sizeof text); i++)
        log_line(LOG_ERROR, "run", "%s", text);
}

/* The runner itself fails: nobody can tell why but its frames. */
static void print_host(void)
{
    char text[200];

    for (int i = 0; host_backtrace_line(i, text, sizeof text); i++)
        dprintf(private_stderr(), "aixrun: %s\n", text);
    report_host();
}

static void report(struct thread *t, const struct guest_siginfo *info, bool fault)
{
    char line[900], instruction[120] = "", place[600], address[40] = "";

    if (fault && info->signo == AIX_SIGILL)
        put_instruction(instruction, sizeof instruction, t->fault_word, t->cpu.pc);
    if (fault)
        snprintf(address, sizeof address, " address 0x%" PRIx64, info->addr);
    put_place(place, sizeof place, t->cpu.pc);
    snprintf(line, sizeof line, "%s: %s at pc 0x%" PRIx64 "%s%s%s", program_name, signal_name(info->signo), t->cpu.pc, instruction, address,
             place);
    if (fault && !be_quiet)
        dprintf(private_stderr(), "aixrun: %s\n", line);
    if (!log_wanted(LOG_ERROR))
        return;
    log_line(LOG_ERROR, "run", "%s", line);
    report_registers(t);
    report_calls(t);
    report_modules();
    report_host();
}

void fatal_report_init(const char *program, bool quiet, bool host_frames)
{
    program_name = program;
    be_quiet = quiet;
    with_host = host_frames;
    signal_report_fatal = report;
    if (host_frames) {
        signal_note_host = host_backtrace_note;
        bug_note = print_host;
    }
}
