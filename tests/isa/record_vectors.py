#!/usr/bin/env python3
"""Records what qemu-ppc and qemu-ppc64 make of each instruction: tests/isa/lift/recorded{32,64}.txt,
recorded_vector.txt and decode.txt.

    record_vectors.py OUTPUT_DIR [MNEMONIC...]
    record_vectors.py --fresh SEED CASES OUTPUT_DIR     other states, CASES of each instruction, with FPSCR; for check_qemu

Needs powerpc-linux-gnu-gcc, powerpc64-linux-gnu-gcc, objdump of both, qemu-ppc and qemu-ppc64. States are random with
a fixed seed, edges likelier than by chance. What qemu_deviations.txt names is left out, so that the recorded text holds for
every processor. A line of the result is described in lift_runner.c. decode.txt holds words and
the mnemonics that GNU objdump gives them.
"""
import fnmatch
import os
import random
import re
import struct
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ISA = os.path.join(HERE, "../../xlate/isa")
MEM_BASE, MEM_SIZE = 0x20000000, 32
CASES = 16
VECTOR_CASES = 8
STATES_PER_WORD = 20            # of fresh cases: a translation serves them all
STATE = struct.Struct(">Q8QQQ4QQ8Q%ds" % MEM_SIZE)
WORD, GPR, XER, CR, FPR, FPSCR, VR, MEM = 0, 1, 9, 10, 11, 15, 16, 24        # places in a state

def read_table():
    forms, table = {}, []
    for line in open(os.path.join(ISA, "power_forms.def")):
        m = re.match(r"FORM\((\w+),\s*(0x\w+), (\d+), (.*?)\)", line)
        if m:
            forms[m[1]] = (int(m[2], 16), int(m[3]), m[4])
    for name in re.findall(r'include "xlate/isa/(power_\w+.def)"', open(os.path.join(ISA, "power_isa.def")).read()):
        for line in open(os.path.join(ISA, name)):
            m = re.match(r'INSN\((\w+),\s*(\d+),\s*(\d+),\s*(\w+),\s*"(.*?)",\s*(\w+),\s*(\w+),\s*(\w+),', line)
            if m:
                table.append(dict(name=m[1], opcd=int(m[2]), xo=int(m[3]), form=m[4], operands=m[5].split(";")[0],
                                  since=m[6], mode=m[7], mask=forms[m[4]][0], shift=forms[m[4]][1],
                                  suffix=forms[m[4]][2]))
    return table


FIELDS = {}
for line in open(os.path.join(ISA, "operands.def")):
    m = re.match(r"OPERAND\((\w+),\s*(\w+),\s*(\d+),\s*(\d+),", line)
    if m:
        FIELDS[m[1]] = (m[2], int(m[3]), int(m[4]))


def put(word, lo, hi, value):
    width = hi - lo + 1
    return word | (value & ((1 << width) - 1)) << (31 - hi)


def random_field(rng, insn, name, memory):
    kind, lo, hi = FIELDS[name]
    if kind == "GPR":
        if memory:
            return {"RA": 4, "RB": 5}.get(name, rng.randrange(6, 12))
        return rng.randrange(4, 12)
    if kind in ("FPR", "VR") or kind.startswith("VSR"):
        return rng.randrange(1, 5)
    if name in ("D", "DS"):
        return rng.randrange(0, 3) if name == "DS" else rng.randrange(0, 9)
    if name == "FXM" and insn["form"] == "XFX1":
        return 1 << rng.randrange(8)
    if name == "SPR":
        return 1 << 5
    if name == "NB":
        return rng.randrange(1, 13)
    return rng.getrandbits(hi - lo + 1)


def is_vector(insn):
    return bool(insn["opcd"] == 60 or "VR" in insn["operands"] or re.match("lxs|lxv|stxs|stxv", insn["name"]))


def is_scalar_vsx(insn):
    return insn["name"].startswith("xs")


def is_float(insn):
    return insn["opcd"] in (59, 63) or insn["name"].startswith(("xs", "xv")) or \
        bool(re.match(r"v(\w+fp|cts|ctu|cfs|cfu|rfi)", insn["name"]))


# The sixth bit of a vector-scalar register's number.
VSR_HIGH = {"VSR_T": 1, "VSR_A": 4, "VSR_B": 2, "VSR_C": 8}


def whole_vectors(insn):
    """VSX instructions on vs33-vs36, which are v1-v4; those that define one doubleword only are tried on f1-f4."""
    return not re.match("m[ft]vsr|lxs|stxs|xs", insn["name"])


def encode(rng, insn, bits):
    word = insn["opcd"] << 26 | insn["xo"] << insn["shift"]
    memory = re.search(r"RA\|0,[RN]B|\(RA", insn["operands"]) or \
        insn["name"].startswith(("l", "st")) and "RA,RB" in insn["operands"]
    for text in re.findall(r"[A-Z][A-Z0-9a-z]*(?:\|0)?", insn["operands"]):
        name = text.split("|")[0]
        value = random_field(rng, insn, name, memory)
        if name == "L" and bits == 32:
            value = 0
        if insn["name"] in ("lswi", "stswi") and name in ("RT", "RS"):
            value = rng.randrange(6, 9)
        if text.endswith("|0") and not memory and rng.random() < 0.2:
            value = 0
        if FIELDS[name][0] in ("SPLIT_SH", "SPLIT_MB"):
            word = put(word, 30 if name == "SH6" else 26, 30 if name == "SH6" else 26, value >> 5)
        if FIELDS[name][0] in VSR_HIGH and whole_vectors(insn):
            word |= VSR_HIGH[FIELDS[name][0]]
        if FIELDS[name][0] != "TARGET":
            if FIELDS[name][0].startswith("SPLIT") and name != "SPR":
                value = rng.getrandbits(5)
            word = put(word, FIELDS[name][1], FIELDS[name][2], value)
        else:
            return None, memory
    low_only = any_holds(UPPER, insn) and bits == 64
    if "SUFFIX_VRC" in insn["suffix"] and rng.random() < 0.6:
        word |= 1 << 10
    if "SUFFIX_RC" in insn["suffix"] and not low_only and insn["opcd"] not in (59, 63) and rng.random() < 0.4:
        word |= 1
    if "SUFFIX_OE" in insn["suffix"] and rng.random() < 0.4:
        word |= 1 << 10
    return word, memory


EDGES = [0, 1, 2, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff, 0x100000000,
         0x7fffffffffffffff, 0x8000000000000000, 0xffffffffffffffff, 0xffffffff80000000]


def random_gpr(rng, bits):
    kind = rng.random()
    value = rng.choice(EDGES) if kind < 0.3 else rng.getrandbits(64) >> (rng.randrange(0, 64) if kind < 0.6 else 0)
    if rng.random() < 0.15:
        value = -value & (1 << 64) - 1
    return value & ((1 << bits) - 1)


DOUBLE_EDGES = [0, 1 << 63, 0x7ff << 52, 0xfff << 52, 0x7ff8 << 48, 0xfff8000000000123, 0x7ff0000000000001,
                0xfff4000000000000, 1, 0x000fffffffffffff, 0x0010000000000000, 0x7fefffffffffffff, 0x3ff0000000000000,
                0xbff0000000000000,
                0x41dfffffffc00000, 0x41e0000000000000, 0xc1e0000000000000, 0xc1e0000000200000, 0x43e0000000000000,
                0xc3e0000000000000, 0x43f0000000000000, 0x3fe0000000000000, 0xbfe0000000000000, 0x4004000000000000,
                0x380fffffe0000000, 0x36a0000000000000, 0x47efffffe0000000, 0x47effffff0000000]


def random_double(rng):
    kind = rng.random()
    if kind < 0.25:
        return rng.choice(DOUBLE_EDGES)
    bits = rng.getrandbits(64)
    if kind < 0.75:                     # magnitudes near one another
        bits = bits & ~(0x7ff << 52) | rng.randrange(1000, 1050) << 52
    elif kind < 0.85:                   # near the end of singles
        bits = bits & ~(0x7ff << 52) | rng.choice((rng.randrange(870, 900), rng.randrange(1148, 1153))) << 52
    if rng.random() < 0.4:              # exactly a single, or halfway between two
        bits &= ~0x1fffffff
        bits |= rng.choice((0, 0x10000000))
    return bits


def random_single(rng):
    """A single in its own format."""
    kind = rng.random()
    if kind < 0.25:
        return rng.choice((0, 1 << 31, 0x7f800000, 0xff800000, 0x7fc00000, 0xffc00123, 0x7f800001, 0xffa00000, 1,
                           0x807fffff, 0x00800000, 0x7f7fffff, 0x3f800000, 0xbf800000, 0x4effffff, 0x4f000000,
                           0xcf000000,
                           0x4f800000, 0x5f000000, 0xdf000000, 0x5f800000, 0x3f000000, 0xbfc00000, 0x40200000))
    bits = rng.getrandbits(32)
    return bits & ~(0xff << 23) | rng.randrange(110, 150) << 23 if kind < 0.85 else bits


def random_integers(rng, before):
    """A doubleword of a vector register; `before` is one to resemble."""
    kind = rng.random()
    if kind < 0.5:
        return rng.getrandbits(64)
    if kind < 0.75:
        return int.from_bytes(bytes(rng.choice((0, 0, 1, 0x7f, 0x80, 0xff, 0xff)) for _ in range(8)), "big")
    return before ^ (rng.getrandbits(64) & rng.getrandbits(64) & rng.getrandbits(64) if rng.random() < 0.5 else 0)


def random_vectors(rng, word, insn):
    if not is_vector(insn):
        return [rng.getrandbits(64) for _ in range(8)]
    name = insn["name"]
    kind = re.match(r"(?:x[sv]|v)(?:cv|c)?(dp|sp|sx|ux|fs|fu)", name)
    kind = kind[1] if kind else ""
    if is_float(insn) and name.startswith("v"):
        source = random_integers if kind in ("fs", "fu") else "single"
    elif is_float(insn) and insn["opcd"] == 60:
        source = random_integers if kind in ("sx", "ux") else \
            "single" if kind == "sp" or kind != "dp" and re.match("xv.*(sp$|rspi)", name) else "double"
    else:
        source = random_integers
    if source == "single":
        halves = [random_single(rng) << 32 | random_single(rng) for _ in range(8)]
    elif source == "double":
        halves = [random_double(rng) for _ in range(8)]
    else:
        halves = [rng.getrandbits(64), rng.getrandbits(64)]
        for i in range(6):
            halves.append(random_integers(rng, halves[i]))
    if source in ("single", "double") and rng.random() < 0.3:        # equal operands
        halves[2:4] = halves[0:2]
    if name in ("vsl", "vsr"):          # all bytes have to agree on the distance
        b = (word >> 11 & 31) - 1
        halves[2 * b:2 * b + 2] = [rng.getrandbits(8) * 0x0101010101010101] * 2
    return halves


def random_state(rng, word, bits, memory, insn):
    gpr = [random_gpr(rng, bits) for _ in range(8)]
    if memory:
        gpr[0] = MEM_BASE + rng.randrange(0, 9)
        gpr[1] = rng.randrange(0, 9)
    if insn["name"] in ("lfsx", "lfsux", "lfs", "lfsu"):
        words = [rng.choice((rng.getrandbits(32), 0x7f800001, 1, 0x80400000, 0xffc00000)) for _ in range(MEM_SIZE // 4)]
        mem = struct.pack(">%dI" % len(words), *words)
        gpr[0], gpr[1] = MEM_BASE, 4 * rng.randrange(0, 3)
    else:
        mem = bytes(rng.getrandbits(8) for _ in range(MEM_SIZE))
    fpr = [random_double(rng) for _ in range(4)]
    if re.match("xscv(sp|sx|ux)", insn["name"]):
        fpr = random_vectors(rng, word, insn)[:8:2] if "sp" != insn["name"][4:6] else \
            [random_single(rng) << 32 | rng.getrandbits(32) for _ in range(4)]
    xer = rng.getrandbits(3) << 29 | rng.getrandbits(7) | rng.getrandbits(8) << 8
    return [word] + gpr + [xer, rng.getrandbits(32)] + fpr + [rng.getrandbits(2) if rng.random() < 0.4 else 0] + \
        random_vectors(rng, word, insn) + [mem]


def signed(value, bits):
    return (value & ((1 << bits) - 1)) - ((value >> (bits - 1) & 1) << bits)


# --- what qemu is not asked, or not believed: conditions on an instruction, its word, the states before and (None yet) after it

def no_quotient(insn, word, state, _after):
    gpr = lambda r: state[1 + r - 4] if 4 <= r <= 11 else 0
    a, b = gpr(word >> 16 & 31), gpr(word >> 11 & 31)
    name = insn["name"]
    width = 32 if "w" in name else 64
    a, b = a & ((1 << width) - 1), b & ((1 << width) - 1)
    if b == 0:
        return True
    if "e" in name:
        if name.endswith("u"):
            return a >= b
        return not -1 << width - 1 <= int_divide(signed(a, width) << width, signed(b, width)) < 1 << width - 1
    return not name.endswith("u") and a == 1 << width - 1 and b == (1 << width) - 1


def no_single(insn, word, state, _after):
    source = word >> (11 if insn["name"] == "xscvdpspn" else 21) & 31
    exponent = state[FPR - 1 + source] >> 52 & 0x7ff
    return exponent < 874 or exponent > 1150


def no_single_operand(_insn, word, state, _after):
    operands = [state[FPR - 1 + r] for r in (word >> s & 31 for s in (21, 16, 11, 6)) if 1 <= r <= 4]
    return any(f & 0x1fffffff or 0 < f << 1 & (1 << 64) - 1 < 897 << 53 for f in operands)


def nan_lane(insn, word, state, _after):
    b = state[VR + 2 * ((word >> 11 & 31) - 1):][:2]
    return any(is_nan(f) if insn["name"][4] == "d" else is_nan_single(f >> 32) or is_nan_single(f) for f in b)


def nan_operand(_insn, _word, state, _after):
    return any(is_nan(f) for f in state[FPR:FPR + 4])


def denormal_single(_insn, word, _state, after):
    return after is not None and 0 < after[FPR - 1 + (word >> 21 & 31)] << 1 & (1 << 64) - 1 < 897 << 53


def least_normal(_insn, _word, _state, after):
    doubles = [] if after is None else after[FPR:FPR + 4] + after[VR:VR + 8]
    singles = [f >> 32 for f in doubles] + doubles
    return any(f << 1 & (1 << 64) - 1 == 1 << 53 for f in doubles) or any(f << 1 & 0xffffffff == 1 << 24 for f in singles)


OX = 0x10000000

# By their names in qemu_deviations.txt.
CONDITIONS = {
    "always": lambda insn, word, state, after: True,
    "power-only": lambda insn, word, state, after: insn["since"] == "PWR",
    "no-quotient": no_quotient,
    "no-single": no_single,
    "no-single-operand": no_single_operand,
    "nan-lane": nan_lane,
    "nan-operand": nan_operand,
    "denormal-single": denormal_single,
    "least-normal": least_normal,
    "overflow": lambda insn, word, state, after: after is not None and after[FPSCR] & OX,
    "rounds-up-or-down": lambda insn, word, state, after: state[FPSCR] & 3 >= 2,
}
FPSCR_BITS = {"FR": 0x40000, "FPRF": 0x1f000, "C": 0x10000, "UX": 0x08000000, "FX": 0x80000000, "NI": 0x4}


class Deviation:
    """A line of qemu_deviations.txt."""

    def __init__(self, line):
        names, self.when, self.what, _reason = line.split(None, 3)
        self.names, self.line, self.used = names.split(","), line.strip(), False

    def holds(self, insn, word=0, before=None, after=None):
        found = any(fnmatch.fnmatchcase(insn["name"], n) for n in self.names) and \
            CONDITIONS[self.when](insn, word, before, after)
        self.used = self.used or bool(found)
        return found


with open(os.path.join(HERE, "qemu_deviations.txt"), encoding="ascii") as table_of_deviations:
    DEVIATIONS = [Deviation(line) for line in table_of_deviations if line.strip() and line[0] != "#"]
WHOLLY = [d for d in DEVIATIONS if d.what == "all" and d.when in ("always", "power-only")]
IN_PART = [d for d in DEVIATIONS if d.what == "all" and d not in WHOLLY]
UPPER = [d for d in DEVIATIONS if d.what == "upper"]
OF_FPSCR = [d for d in DEVIATIONS if d.what in FPSCR_BITS]


def any_holds(deviations, *case):
    return any([d.holds(*case) for d in deviations])    # a list: all of them are to be marked as used


def fpscr_mask(insn, word, before, after):
    mask = 0xffffffff
    for deviation in OF_FPSCR:
        if deviation.holds(insn, word, before, after):
            mask &= ~FPSCR_BITS[deviation.what]
    return mask


def is_nan(f):
    return f << 1 & (1 << 64) - 1 > 0x7ff << 53


def is_nan_single(f):
    return f << 1 & 0xffffffff > 0xff << 24


def int_divide(a, b):
    q = abs(a) // abs(b)
    return -q if (a < 0) != (b < 0) else q


def run(program, qemu, states):
    data = b"".join(STATE.pack(*s) for s in states)
    result = subprocess.run(qemu + [program], input=data, capture_output=True, timeout=60)
    if len(result.stdout) != len(data):
        return None
    return [list(STATE.unpack_from(result.stdout, i * STATE.size)) for i in range(len(states))]


def describe(insn, word, before, after, memory, bits, with_fpscr):
    """One line: inputs that the word can name, then what changed."""
    fields = {word >> s & 31 for s in (21, 16, 11, 6)}
    vector = insn["opcd"] == 60 or "V" in insn["operands"] or insn["form"] == "XX1" and whole_vectors(insn)
    inputs, outputs, low_only = [], [], any_holds(UPPER, insn)
    shows_fprs = insn["opcd"] in (59, 63) or insn["operands"].startswith("FR") or insn["form"] == "XX1" or \
        is_scalar_vsx(insn)
    for i in range(8):
        r = 4 + i
        has_gprs = not (insn["opcd"] in (59, 60, 63) or vector and insn["opcd"] == 4)
        if has_gprs and (r in fields or insn["name"] in ("lswi", "stswi")):
            inputs.append("r%d=%x" % (r, before[1 + i]))
        if before[1 + i] != after[1 + i]:
            outputs.append("%sr%d=%x" % ("~" if low_only and bits == 64 else "", r, after[1 + i]))
    if not shows_fprs and not vector:
        inputs.append("xer=%x cr=%x" % (before[9], before[10]))
    for i in range(4):
        if shows_fprs and 1 + i in fields:
            inputs.append("f%d=%x" % (1 + i, before[11 + i]))
        if before[11 + i] != after[11 + i]:
            outputs.append("%sf%d=%x" % ("~" if low_only else "", 1 + i, after[11 + i]))
    for i in range(4):
        old, new = before[VR + 2 * i:VR + 2 * i + 2], after[VR + 2 * i:VR + 2 * i + 2]
        if vector and not is_scalar_vsx(insn) and 1 + i in fields:
            inputs.append("v%d=%016x%016x" % (33 + i, *old))
        if old != new:
            outputs.append("v%d=%016x%016x" % (33 + i, *new))
    if is_float(insn):
        inputs.append("cr=%x fpscr=%x" % (before[10], before[15]))
    elif vector:
        inputs.append("cr=%x" % before[10])
    if is_float(insn) and with_fpscr:
        outputs.append("fpscr=%x/%x" % (after[FPSCR] & 0xffffffff, fpscr_mask(insn, word, before, after)))
    if before[9] != after[9]:
        outputs.append("xer=%x" % after[9])
    if before[10] != after[10]:
        outputs.append("cr=%x" % after[10])
    if memory:
        inputs.append("mem=" + before[MEM].hex())
        if before[MEM] != after[MEM]:
            outputs.append("mem=" + after[MEM].hex())
    name = insn["name"].replace("_", ".")
    return "%s %08x %s = %s\n" % (name, word, " ".join(inputs), " ".join(outputs))


def make_states(insn, bits, cases, seed, per_word):
    """(states, whether the instruction accesses memory); fewer than `cases` when the driver cannot hold it."""
    rng = random.Random("%s %d%s" % (insn["name"], bits, seed))
    states, memory, word = [], False, None
    while len(states) < cases:
        if len(states) % per_word == 0:
            word, memory = encode(rng, insn, bits)
        if word is None:
            break
        if re.search(r"u[x]?$", insn["name"]) and memory and (word >> 21 & 31) == 4:
            continue
        state = random_state(rng, word, bits, memory, insn)
        if not any_holds(IN_PART, insn, word, state):
            states.append(state)
    return states, memory


def record(bits, table, program, out, cases=CASES, seed="", per_word=1):
    skipped, count = [], 0
    for insn in table:
        if any_holds(WHOLLY, insn) or (bits == 32 and insn["mode"] == "W64"):
            continue
        cpu = "power9" if insn["since"] == "P9" else "power8"
        qemu = ["qemu-ppc64", "-cpu", cpu] if bits == 64 else ["qemu-ppc", "-cpu", "7447a"]
        states, memory = make_states(insn, bits, cases, seed, per_word)
        results = run(program, qemu, states) if states else None
        if results is None:
            skipped.append(insn["name"])
            continue
        for before, after in zip(states, results):
            out.write(describe(insn, before[0], before, after, memory, bits, seed != ""))
            count += 1
    print("%d-bit: %d cases; not known to this processor: %s" % (bits, count, " ".join(skipped)))


def record_decode(table, out, directory):
    """Words of every instruction with their mnemonic by GNU objdump."""
    rng = random.Random("decode")
    words = []
    for insn in table:
        base = insn["opcd"] << 26 | insn["xo"] << insn["shift"]
        for _ in range(3):
            word = base
            for text in re.findall(r"[A-Z][A-Z0-9a-z]*", insn["operands"].replace("|0", "")):
                kind, lo, hi = FIELDS[text]
                if insn["name"] in ("bc", "bclr", "bcctr") and text in ("BO", "BH"):
                    word = put(word, lo, hi, 12 if text == "BO" else 0)
                    continue
                width_mask = ((1 << (hi - lo + 1)) - 1) << (31 - hi)
                if insn["mask"] & width_mask == 0 and kind != "OPTIONAL":
                    value = rng.getrandbits(hi - lo + 1)
                    if insn["form"] == "XFX1" and text == "FXM":
                        value = 1 << rng.randrange(8)
                    if text == "SPR":
                        value = 12 << 5 | 8 if insn["name"] == "mftb" else 9 << 5
                    value = rng.choice((0, 1)) if text == "L" else value
                    word = put(word, lo, hi, value)
            if insn["name"] == "lmw":
                word = word & ~(0x3ff << 16) | 29 << 21 | 3 << 16
            if insn["name"] in ("lswi", "lswx"):
                word = base | 5 << 21 | 3 << 16 | 4 << 11
            if re.match(r"(l|st).*u[x]?$", insn["name"]):
                word = word & ~(0x3ff << 16) | 6 << 21 | 3 << 16
            if "SUFFIX_RC" in insn["suffix"]:
                word |= rng.getrandbits(1)
            if "SUFFIX_OE" in insn["suffix"]:
                word |= rng.getrandbits(1) << 10
            words.append((word, insn["name"]))
    known = {}
    path = os.path.join(directory, "words.bin")
    open(path, "wb").write(b"".join(struct.pack(">I", w) for w, _ in words))
    for machine in ("power9", "power7", "ppc", "7450", "pwr", "601", "e500mc"):
        text = subprocess.run(["powerpc64-linux-gnu-objdump", "-D", "-b", "binary", "-m", "powerpc", "-EB",
                               "-M", machine + ",raw", path], capture_output=True, text=True, check=True).stdout
        for m in re.finditer(r"^\s*[0-9a-f]+:\s+((?:[0-9a-f]{2} ){4})\s*(\S+)", text, re.M):
            if m[2] != ".long":
                known.setdefault(int(m[1].replace(" ", ""), 16), m[2].rstrip("+-"))
    out.write("# Words and their mnemonics by GNU objdump, recorded by record_vectors.py.\n")
    for word, name in words:
        if word in known:
            out.write("%08x %s\n" % (word, known[word]))
        else:
            print("unknown to objdump: %08x %s" % (word, name))


def build_drivers(directory):
    for bits, prefix in ((32, "powerpc"), (64, "powerpc64")):
        program = os.path.join(directory, "driver%d" % bits)
        subprocess.run([prefix + "-linux-gnu-gcc", "-m%d" % bits, "-O1", "-ffreestanding", "-nostdlib", "-static",
                        "-Wa,-many", "-o", program, os.path.join(HERE, "record_driver.c")], check=True)
        yield program


def record_file(path, bits, table, program, *how):
    with open(path, "w") as out:
        out.write("# Recorded from qemu-ppc%s 7.2 by record_vectors.py.\nbits %d\n" % ("64" if bits == 64 else "", bits))
        record(bits, table, program, out, *how)


def main():
    fresh = sys.argv[1] == "--fresh"
    output = sys.argv[4] if fresh else sys.argv[1]
    how = (int(sys.argv[3]), " " + sys.argv[2], STATES_PER_WORD) if fresh else ()
    names = sys.argv[5 if fresh else 2:]
    table = [i for i in read_table() if not names or i["name"] in names]
    scalar, vector = [i for i in table if not is_vector(i)], [i for i in table if is_vector(i)]
    with tempfile.TemporaryDirectory() as directory:
        driver32, driver64 = build_drivers(directory)
        path = os.path.join(output, "recorded%s.txt")
        record_file(path % 32, 32, [i for i in table if not is_vector(i) or i["form"] == "X"], driver32, *how)
        record_file(path % 64, 64, scalar, driver64, *how)
        record_file(path % "_vector", 64, vector, driver64, *(how or (VECTOR_CASES,)))
        if not fresh:
            with open(os.path.join(output, "decode.txt"), "w") as out:
                record_decode(table, out, directory)
    unused = [d.line for d in DEVIATIONS if not d.used]
    if fresh and not names and unused:
        sys.exit("qemu_deviations.txt: lines that leave out nothing:\n" + "\n".join(unused))


if __name__ == "__main__":
    main()
