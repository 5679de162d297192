#!/usr/bin/env python3
"""Computes what each floating-point instruction gives and what FPSCR says of it afterwards: tests/isa/lift/fpscr.txt.

    record_fpscr.py OUTPUT_FILE [--against-qemu]

Numbers, whether they are exact, and in which direction they were rounded come from GNU MPFR (libmpfr.so.6), which
rounds correctly to any precision and exponent range; what MPFR does not know - kinds of invalid operation, NaNs, classes of
results - is stated here from the text of the Power ISA, Book I 4.2.2, 4.4 and 4.6. With --against-qemu the same cases run
under qemu-ppc and differences are printed: known ones are FR, which qemu 7.2 does not compute, and the sign of fnmadd and
fnmsub that are rounded up or down. Cases where a double is tiny before but not after rounding are left out (fpscr.h).
"""
import ctypes
import math
import os
import random
import struct
import subprocess
import sys
import tempfile

import record_vectors

CASES = 24
FX, VX, OX, UX, ZX, XX = 1 << 31, 1 << 29, 1 << 28, 1 << 27, 1 << 26, 1 << 25
SNAN, ISI, IDI, ZDZ, IMZ, VC = (1 << 24 >> i for i in range(6))
FR, FI, SQRT, CVI = 1 << 18, 1 << 17, 1 << 9, 1 << 8
QUIET, SIGN, DEFAULT_NAN = 1 << 51, 1 << 63, 0x7ff8000000000000
INFINITY = 0x7ff0000000000000


# --- MPFR: the rounded value of an exact operation -----------------------------------------------------------------

class Number(ctypes.Structure):
    _fields_ = [("precision", ctypes.c_long), ("sign", ctypes.c_int), ("exponent", ctypes.c_long),
                ("limbs", ctypes.c_void_p)]


mpfr = ctypes.CDLL("libmpfr.so.6")
mpfr.mpfr_get_d.restype = ctypes.c_double
WIDE, TOWARD_ZERO, EXACT_BITS = 1 << 20, 1, 4500


def number(bits):
    n = Number()
    mpfr.mpfr_init2(ctypes.byref(n), ctypes.c_long(bits))
    return n


def number_of(value):
    """A double or an integer of up to 64 bits, exactly."""
    n = number(64)
    if isinstance(value, int):
        mpfr.mpfr_set_str(ctypes.byref(n), str(value).encode(), 10, 0)
    else:
        mpfr.mpfr_set_d(ctypes.byref(n), ctypes.c_double(value), 0)
    return n


def exponent_range(low, high):
    mpfr.mpfr_set_emin(ctypes.c_long(low))
    mpfr.mpfr_set_emax(ctypes.c_long(high))


def rounded(function, values, rounding, single):
    """(value, direction: its error's sign, overflow, tiny before rounding)"""
    exponent_range(-WIDE, WIDE)
    operands = [number_of(v) for v in values]
    pointers = [ctypes.byref(o) for o in operands]
    exact, result = number(EXACT_BITS), number(24 if single else 53)
    function(ctypes.byref(exact), *pointers, TOWARD_ZERO)
    tiny = 0 < abs(mpfr.mpfr_get_d(ctypes.byref(exact), TOWARD_ZERO)) < (2.0 ** -126 if single else 2.0 ** -1022) or \
        mpfr.mpfr_get_d(ctypes.byref(exact), TOWARD_ZERO) == 0 and not mpfr.mpfr_zero_p(ctypes.byref(exact))
    direction = function(ctypes.byref(result), *pointers, rounding)
    exponent_range(*((-148, 128) if single else (-1073, 1024)))
    mpfr.mpfr_clear_flags()
    direction = mpfr.mpfr_check_range(ctypes.byref(result), direction, rounding)
    direction = mpfr.mpfr_subnormalize(ctypes.byref(result), direction, rounding)
    overflow = mpfr.mpfr_overflow_p()
    value = mpfr.mpfr_get_d(ctypes.byref(result), 0)
    for n in operands + [exact, result]:
        mpfr.mpfr_clear(ctypes.byref(n))
    return value, direction, overflow, tiny


# --- the manual ----------------------------------------------------------------------------------------------------

def double(bits):
    return struct.unpack(">d", struct.pack(">Q", bits))[0]


def bits_of(value):
    return struct.unpack(">Q", struct.pack(">d", value))[0]


def is_nan(b):
    return b & ~SIGN > INFINITY


def is_signalling(b):
    return is_nan(b) and not b & QUIET


def is_infinite(b):
    return b & ~SIGN == INFINITY


def is_zero(b):
    return b & ~SIGN == 0


def class_bits(b, single):
    """FPRF, figure "Floating-Point Result Flags"."""
    if is_nan(b):
        return 0b10001 << 12
    negative = b >> 63
    if is_zero(b):
        return (0b10010 if negative else 0b00010) << 12
    if is_infinite(b):
        return (0b01001 if negative else 0b00101) << 12
    denormal = abs(double(b)) < (2.0 ** -126 if single else 2.0 ** -1022)
    return ((0b01000 if negative else 0b00100) | (0b10000 if denormal else 0)) << 12


def invalid_kinds(op, operands):
    kinds = SNAN if any(is_signalling(b) for b in operands) else 0
    a, b = operands[0], operands[-1]
    if op in ("add", "sub") and is_infinite(a) and is_infinite(b) and ((a ^ b) >> 63) == (op == "add"):
        kinds |= ISI
    if op == "mul" and (is_infinite(a) and is_zero(b) or is_zero(a) and is_infinite(b)):
        kinds |= IMZ
    if op == "div" and is_infinite(a) and is_infinite(b):
        kinds |= IDI
    if op == "div" and is_zero(a) and is_zero(b):
        kinds |= ZDZ
    if op == "sqrt" and not is_nan(a) and not is_zero(a) and a >> 63:
        kinds |= SQRT
    if op.endswith(("madd", "msub")):
        c = operands[1]
        if is_infinite(a) and is_zero(c) or is_zero(a) and is_infinite(c):
            kinds |= IMZ
        elif (is_infinite(a) or is_infinite(c)) and not is_nan(a) and not is_nan(c) and is_infinite(b):
            if ((a ^ c ^ b) >> 63) == (not op.endswith("msub")):
                kinds |= ISI
    return kinds


def finish(result, kinds, extra, single, fprf=None):
    exceptions = kinds | extra & (OX | UX | ZX | XX)
    fpscr = kinds | extra | (class_bits(result, single) if fprf is None else fprf)
    return result, fpscr | (FX if exceptions else 0) | (VX if kinds else 0)


FUNCTIONS = {"add": mpfr.mpfr_add, "sub": mpfr.mpfr_sub, "mul": mpfr.mpfr_mul, "div": mpfr.mpfr_div,
             "sqrt": mpfr.mpfr_sqrt, "madd": mpfr.mpfr_fma, "msub": mpfr.mpfr_fms, "nmadd": mpfr.mpfr_fma,
             "nmsub": mpfr.mpfr_fms, "round": mpfr.mpfr_set}


def from_mpfr(op, values, rounding, single):
    value, direction, overflow, tiny = rounded(FUNCTIONS[op], values, rounding, single)
    extra = 0
    if direction:
        up = (direction > 0) != (math.copysign(1, value) < 0)
        extra = XX | FI | (FR if up else 0) | (UX if tiny else 0) | (OX if overflow else 0)
    if tiny and direction and not single and abs(value) >= 2.0 ** -1022:
        return None
    return bits_of(-value if op in ("nmadd", "nmsub") else value), extra


def arithmetic(op, operands, rounding, single):
    kinds = invalid_kinds(op, operands)
    precedence = [operands[0], operands[2], operands[1]] if len(operands) == 3 else operands
    nans = [b for b in precedence if is_nan(b)]
    if nans or kinds:
        nan = nans[0] | QUIET if nans else DEFAULT_NAN
        return finish(nan & ~0x1fffffff if op == "round" else nan, kinds, 0, single)
    if op == "div" and is_zero(operands[1]) and not is_infinite(operands[0]):
        return finish(INFINITY | (operands[0] ^ operands[1]) & SIGN, 0, ZX, single)
    result = from_mpfr(op, [double(b) for b in operands], rounding, single)
    return result and finish(result[0], 0, result[1], single)


def from_integer(operand, is_unsigned, rounding, single):
    n = operand if is_unsigned or operand < SIGN else operand - (1 << 64)
    result, extra = from_mpfr("round", [n], rounding, single)
    return finish(result, 0, extra, single)


def integer(value, rounding):
    return [round, math.trunc, math.ceil, math.floor][rounding](value)


def to_integer(operand, width, is_unsigned, rounding):
    low, high = (0, (1 << width) - 1) if is_unsigned else (-1 << width - 1, (1 << width - 1) - 1)
    if is_nan(operand) or is_infinite(operand) or not low <= integer(double(operand), rounding) <= high:
        kinds = CVI | (SNAN if is_signalling(operand) else 0)
        saturated = low if is_nan(operand) or operand >> 63 else high
        return finish(saturated & (1 << width) - 1, kinds, 0, False, 0)
    n, value = integer(double(operand), rounding), double(operand)
    extra = 0 if n == value else XX | FI | (FR if abs(n) > abs(value) else 0)
    return finish(n & (1 << width) - 1, 0, extra, False, 0)


def to_integral(operand, how):
    if is_nan(operand):
        return finish(operand | QUIET, SNAN if is_signalling(operand) else 0, 0, False)
    if is_infinite(operand):
        return finish(operand, 0, 0, False)
    value = double(operand)
    n = {"n": lambda v: math.floor(abs(v) + 0.5) if abs(v) < 2.0 ** 52 and abs(v) != 0.49999999999999994 else
         0 if abs(v) < 1 else int(abs(v)),
         "z": lambda v: abs(math.trunc(v)), "p": lambda v: abs(math.ceil(v)), "m": lambda v: abs(math.floor(v))}[how](value)
    return finish(bits_of(math.copysign(float(n), value)), 0, 0, False)


def compare(a, b, ordered):
    kinds = SNAN if is_signalling(a) or is_signalling(b) else 0
    if is_nan(a) or is_nan(b):
        kinds |= VC if ordered else 0
        condition = 1
    else:
        condition = 8 if double(a) < double(b) else 4 if double(a) > double(b) else 2
    return condition, finish(0, kinds, 0, False, condition << 12)[1]


# --- cases -----------------------------------------------------------------------------------------------------------

# name: opcode, extended opcode, A form, operands, what gives the result
BINARY = {"fadd": (21, "add", 2), "fsub": (20, "sub", 2), "fmul": (25, "mul", 3), "fdiv": (18, "div", 2)}
MADD = {"fmadd": (29, "madd"), "fmsub": (28, "msub"), "fnmadd": (31, "nmadd"), "fnmsub": (30, "nmsub")}


def a_form(opcode, xo, a=0, b=0, c=0, target=3):
    return opcode << 26 | target << 21 | a << 16 | b << 11 | c << 6 | xo << 1


def x_form(opcode, xo, target=3, a=0, b=1):
    return opcode << 26 | target << 21 | a << 16 | b << 11 | xo << 1


def instructions():
    """(name, word, registers read, function of their values and of RN, only the low word of the result counts)"""
    for name, (xo, op, place) in BINARY.items():
        for single in (False, True):
            word = a_form(59 if single else 63, xo, 1, *((0, 2) if place == 3 else (2, 0)))
            yield name + "s" * single, word, 2, lambda v, rn, op=op, s=single: arithmetic(op, v, rn, s), single, False
    for name, (xo, op) in MADD.items():
        for single in (False, True):
            word = a_form(59 if single else 63, xo, 1, 4, 2)
            yield name + "s" * single, word, 4, lambda v, rn, op=op, s=single: arithmetic(op, [v[0], v[1], v[3]], rn, s), \
                single, False
    for single in (False, True):
        yield "fsqrt" + "s" * single, a_form(59 if single else 63, 22, 0, 1), 1, \
            lambda v, rn, s=single: arithmetic("sqrt", v, rn, s), single, False
    yield "frsp", x_form(63, 12), 1, lambda v, rn: arithmetic("round", v, rn, True), False, False
    for name, opcode, xo, is_unsigned in (("fcfid", 63, 846, False), ("fcfidu", 63, 974, True), ("fcfids", 59, 846, False),
                                          ("fcfidus", 59, 974, True)):
        yield name, x_form(opcode, xo), 1, \
            lambda v, rn, u=is_unsigned, s=opcode == 59: from_integer(v[0], u, rn, s), False, False
    for name, xo, width, is_unsigned, toward_zero in (
            ("fctid", 814, 64, 0, 0), ("fctidz", 815, 64, 0, 1), ("fctidu", 942, 64, 1, 0), ("fctiduz", 943, 64, 1, 1),
            ("fctiw", 14, 32, 0, 0), ("fctiwz", 15, 32, 0, 1), ("fctiwu", 142, 32, 1, 0), ("fctiwuz", 143, 32, 1, 1)):
        yield name, x_form(63, xo), 1, \
            lambda v, rn, w=width, u=is_unsigned, z=toward_zero: to_integer(v[0], w, u, 1 if z else rn), False, width == 32
    for how, xo in (("n", 392), ("z", 424), ("p", 456), ("m", 488)):
        yield "fri" + how, x_form(63, xo), 1, lambda v, rn, h=how: to_integral(v[0], h), False, False


def is_single(b):
    """The manual leaves open what single-precision arithmetic makes of other operands."""
    if is_nan(b) or is_infinite(b):
        return b & 0x1fffffff == 0
    try:
        return struct.unpack(">f", struct.pack(">f", double(b)))[0] == double(b)
    except OverflowError:
        return False


def single_operand(rng):
    if rng.random() < 0.3:
        return rng.choice((0, SIGN, INFINITY, INFINITY | SIGN, 0x7ff8000020000000, 0xfff4000000000000, 0x36a0000000000000,
                           0x380fffffc0000000, 0x47efffffe0000000, 0x3810000000000000, 0x3ff0000000000000))
    bits = record_vectors.random_double(rng)
    if rng.random() < 0.5:
        bits = bits & ~(0x7ff << 52) | rng.randrange(874, 1151) << 52
    return bits & (-1 << max(29, 29 + 897 - (bits >> 52 & 0x7ff)))


def special(rng):
    return rng.choice(record_vectors.DOUBLE_EDGES)


def operand(rng, name, single):
    if name.startswith("fcfid"):
        return record_vectors.random_gpr(rng, 64)
    if name.startswith(("fcti", "fri")) and rng.random() < 0.6:
        return bits_of(rng.choice((1, -1)) * rng.randrange(1 << rng.randrange(1, 68)) / rng.choice((1, 2, 4)))
    if single:
        return single_operand(rng)
    return special(rng) if rng.random() < 0.3 else record_vectors.random_double(rng)


def near_ends(rng, name, values):
    """Products and quotients of magnitudes at the ends of the range."""
    if name.rstrip("s") in ("fmul", "fdiv", "fmadd", "fnmsub") and rng.random() < 0.3:
        middle = (896 + 1023 if name.endswith("s") else 1023) if rng.random() < 0.6 else 1023 + 2046
        a = rng.randrange(700, 1023)
        b = middle - a if not name.startswith("fdiv") else 1023 + a - (middle - 1023)
        for i, exponent in ((0, a), (1, b + rng.randrange(-2, 3))):
            if 0 < exponent < 2047:
                values[i] = values[i] & ~(0x7ff << 52) | exponent << 52
                values[i] &= ~0x1fffffff if name.endswith("s") else ~0
    return values


def cases():
    for name, word, count, function, single, low_only in instructions():
        rng = random.Random("fpscr " + name)
        done = 0
        while done < CASES * (2 if count > 1 else 1):
            rn = rng.randrange(4) if rng.random() < 0.7 else 0
            values = near_ends(rng, name, [operand(rng, name, single) for _ in range(count)])
            outcome = function(values, rn) if not single or all(map(is_single, values)) else None
            if outcome is None:
                continue
            done += 1
            yield name, word, values, rn, outcome[0], outcome[1] | rn, low_only, None
    for name, xo in (("fcmpu", 0), ("fcmpo", 32)):
        rng = random.Random("fpscr " + name)
        for _ in range(CASES):
            a = operand(rng, name, False)
            b = a if rng.random() < 0.2 else operand(rng, name, False)
            condition, fpscr = compare(a, b, name == "fcmpo")
            yield name, x_form(63, xo, 4, 1, 2), [a, b], 0, None, fpscr, False, condition


def line_of(case):
    name, word, values, rn, result, fpscr, low_only, condition = case
    inputs = " ".join("f%d=%x" % (i + 1, v) for i, v in enumerate(values))
    output = "cr=%08x" % (condition << 24) if result is None else "%sf3=%x" % ("~" if low_only else "", result)
    return "%s %08x %s fpscr=%x = %s fpscr=%x\n" % (name, word, inputs, rn, output, fpscr)


def against_qemu(all_cases):
    with tempfile.TemporaryDirectory() as directory:
        program = os.path.join(directory, "driver")
        subprocess.run(["powerpc64-linux-gnu-gcc", "-m64", "-O1", "-ffreestanding", "-nostdlib", "-static", "-Wa,-many", "-o",
                        program, os.path.join(record_vectors.HERE, "record_driver.c")], check=True)
        states = []
        for name, word, values, rn, *_ in all_cases:
            fprs = (values + [0] * 4)[:4]
            states.append([word] + [0] * 8 + [0, 0] + fprs + [rn] + [0] * 8 + [bytes(record_vectors.MEM_SIZE)])
        results = record_vectors.run(program, ["qemu-ppc64", "-cpu", "power8"], states)
    for case, after in zip(all_cases, results):
        result, fpscr, low_only = case[4:7]
        mask = 0xffffffff if low_only else (1 << 64) - 1
        got = after[record_vectors.FPR + 2] & mask
        if result is not None and got != result or (after[record_vectors.FPSCR] ^ fpscr) & 0xffffffff & ~FR:
            print("qemu: f3=%x fpscr=%x: %s" % (got, after[record_vectors.FPSCR], line_of(case)), end="")


def main():
    all_cases = list(cases())
    with open(sys.argv[1], "w") as out:
        out.write("# Computed by record_fpscr.py: numbers by GNU MPFR, the rest from the text of the Power ISA.\nbits 64\n")
        out.writelines(line_of(c) for c in all_cases)
    if "--against-qemu" in sys.argv:
        against_qemu(all_cases)


if __name__ == "__main__":
    main()
