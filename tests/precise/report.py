#!/usr/bin/env python3
"""report.py COMMAND... PROGRAM -- lets report.c die in every way it knows, and looks at the runner's report: who called whom is what
report.c says."""
import re
import signal
import subprocess
import sys
import tempfile

# argument: signal, functions from the innermost on that must follow each other, what the line on stderr has; None: no line
CASES = {
    "fault":      (signal.SIGSEGV, ["leaf", "middle", "outer", "main"], r"SIGSEGV at pc 0x\w+ address 0x10 in leaf\+0x"),
    "handler":    (signal.SIGSEGV, ["leaf", "middle", "outer", "handler", "raise", "main"], r"SIGSEGV .* in leaf\+0x"),
    "callback":   (signal.SIGSEGV, ["leaf", "middle", "outer", "compare", ..., "qsort", "main"], r"SIGSEGV .* in leaf\+0x"),
    "unknown":    (signal.SIGILL, ["unknown", "main"], r"SIGILL .* instruction 0x7c0000aa \(unknown: opcode 31, extended 85\)"),
    "privileged": (signal.SIGILL, ["privileged", "main"], r"SIGILL .* instruction 0x7c6000a6 \(mfmsr: for supervisors\)"),
    "jump":       (signal.SIGSEGV, [None, "jump", "main"], r"SIGSEGV at pc 0xe000000 address 0xe000000\n"),
    "abort":      (signal.SIGABRT, [..., "abort", "give_up", "main"], None),
    "terminate":  (signal.SIGTERM, None, None),
}


def run(arguments):
    with tempfile.NamedTemporaryFile("r") as log:
        p = subprocess.run([sys.argv[1], "--log", log.name, *sys.argv[2:-1], *arguments], stdin=subprocess.DEVNULL, capture_output=True,
                           text=True, timeout=50)
        return p, log.read()


def matches(wanted, found):
    """... stands for any functions, None for one without a name."""
    if not wanted:
        return True
    if wanted[0] is ...:
        return any(matches(wanted[1:], found[i:]) for i in range(len(found)))
    return bool(found) and found[0] == wanted[0] and matches(wanted[1:], found[1:])


def frames(report):
    """Names of the guest's functions; a frame without one is None."""
    return [m.group(1) for m in re.finditer(r"^\d+ error run: #\d+ pc 0x\w+ sp 0x\w+[a-z ]*?(?: in ([\w.]+)\+0x\w+ of .*)?$", report, re.M)]


def problems(case, options, p, report):
    signo, wanted, line = CASES[case]
    if p.returncode != -signo:
        yield f"status {p.returncode}"
    if line is None and p.stderr or line and not re.search(line, p.stderr):
        yield f"stderr {p.stderr!r}"
    if p.stderr.count("\n") > 1:
        yield "more than one line on stderr"
    if wanted is None:
        if report:
            yield "a report on a program that was told to end"
        return
    if not matches(wanted, frames(report)):
        yield f"frames {frames(report)}"
    for what in (r"registers\npc \w+ lr \w+ ctr", r"module \S+report\.\d\d text 0x1\w+-0x1\w+ data 0x\w+-0x\w+\n",
                 r"module /usr/lib/libc.a\(shr(_64)?\.o\) text"):
        if not re.search(what, report):
            yield f"no {what}"
    if bool(re.search(r"error run: host #0 0x", report)) != ("--host-backtrace" in options):
        yield "the host's frames"


def main():
    bad = 0
    for case in CASES:
        for options in ([], ["--host-backtrace"]):
            p, report = run([*options, sys.argv[-1], case])
            for problem in problems(case, options, p, report):
                bad += 1
                print(f"{case} {' '.join(options)}: {problem}\n{report}")
    p, report = run(["-q", sys.argv[-1], "fault"])
    if p.stderr or not report:
        bad += 1
        print(f"-q: {p.stderr!r}")
    return 1 if bad else 0


sys.exit(main())
