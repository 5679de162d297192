/* table.c -- kernel_imports.def as data, with one marshalling function per call.
 *
 * The lines become: call_NAME(), which takes the fetched arguments to the handler with the C types the kinds state;
 * an enumeration; the table itself; and the reasons.
 */
#include "syscalls/table.h"

#include <errno.h>
#include "runtime/host.h"
#include "syscalls/handlers.h"

#define PASS_no(i)
#define PASS_fd(i)      , (arg_fd)v[i]
#define PASS_pid(i)     , (arg_pid)v[i]
#define PASS_dec(i)     , (arg_dec)v[i]
#define PASS_hex(i)     , (arg_hex)v[i]
#define PASS_mode(i)    , (arg_mode)v[i]
#define PASS_oflags(i)  , (arg_oflags)v[i]
#define PASS_prot(i)    , (arg_prot)v[i]
#define PASS_signo(i)   , (arg_signo)v[i]
#define PASS_ptr(i)     , (arg_ptr)v[i]
#define PASS_path(i)    , (arg_path)v[i]
#define PASS_strv(i)    , (arg_strv)v[i]
#define PASS_inbuf(i)   , (arg_inbuf)v[i]
#define PASS_outbuf(i)  , (arg_outbuf)v[i]
#define PASS_size(i)    , (arg_size)v[i]
#define PASS_long(i)    , (arg_long)v[i]
#define PASS_off64(i)   , (arg_off64)v[i]

#define CALL_FULL(name, passed)                                                  \
    static int64_t call_##name(struct thread *t, const int64_t *v UNUSED)        \
    {                                                                            \
        return sys_##name passed;                                                \
    }
#define CALL_PARTIAL(name, passed) CALL_FULL(name, passed)
#define CALL_ABSENT(name, passed)
#define WHY(name, reason)
#define IMPORT(name, status, ret, a0, a1, a2, a3, a4, a5, a6, a7)                                                      \
    CALL_##status(name, (t PASS_##a0(0) PASS_##a1(1) PASS_##a2(2) PASS_##a3(3) PASS_##a4(4) PASS_##a5(5) PASS_##a6(6)  \
                             PASS_##a7(7)))
#include "syscalls/kernel_imports.def"
#undef IMPORT
#undef WHY

/* An import's number is its place in the table. */
enum {
#define IMPORT(name, ...) IMPORT_##name,
#define WHY(name, reason)
#include "syscalls/kernel_imports.def"
#undef IMPORT
#undef WHY
    IMPORT_COUNT
};

#define RESULT_FULL(name, ret)      .returns = RETURN_##ret, .call = call_##name
#define RESULT_PARTIAL(name, ret)   .returns = RETURN_##ret, .call = call_##name
#define RESULT_ABSENT(name, ret)    .returns = RETURN_dec, .absent_errno = ret
const struct import imports[] = {
#define IMPORT(nam, status, ret, a0, a1, a2, a3, a4, a5, a6, a7)                                                  \
    [IMPORT_##nam] = { .name = #nam, .support = status, RESULT_##status(nam, ret),                               \
                       .kinds = { KIND_##a0, KIND_##a1, KIND_##a2, KIND_##a3, KIND_##a4, KIND_##a5, KIND_##a6,   \
                                  KIND_##a7 } },
#define WHY(name, reason)
#include "syscalls/kernel_imports.def"
#undef IMPORT
#undef WHY
};
const unsigned import_count = IMPORT_COUNT;

static const char *const reasons[IMPORT_COUNT] = {
#define IMPORT(name, ...)
#define WHY(name, reason) [IMPORT_##name] = reason,
#include "syscalls/kernel_imports.def"
#undef IMPORT
#undef WHY
};

const char *import_reason(unsigned index) { return reasons[index]; }
