#!/usr/bin/env python3
"""absent.py AIXRUN PROGRAM -- runs guest_absent.c: what absent services answer, log and count. ENOSYS is 109, EPERM 1 [aix-abi 4.3]."""
import re
import subprocess
import sys
import tempfile

ANSWERS = "thread_create -1 109\ngetprocs -1 109\nno_such_service -1 109\nreboot -1 1\n"
SITES = {"thread_create": 3, "getprocs": 1, "no_such_service": 1, "reboot": 1}
COUNTS = {"thread_create": 6, "getprocs": 1, "no_such_service": 1, "reboot": 1}         # of the process that --missing tells of


def main():
    with tempfile.NamedTemporaryFile("r") as log:
        p = subprocess.run([sys.argv[1], "--interpret", "--no-cache", "--missing", "--log", log.name, sys.argv[2]],
                           stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=50)
        sites = {}
        for name, place, error in re.findall(r"warn syscall: (\w+) called from (0x\w+) is not there: (\w+)$", log.read(), re.M):
            assert error == ("EPERM" if name == "reboot" else "ENOSYS"), (name, error)
            sites.setdefault(name, []).append(place)
    counts = {name: int(n) for n, name in re.findall(r"^ *(\d+)  (\w+)$", p.stderr, re.M)}
    problems = []
    if p.returncode or p.stdout != ANSWERS:
        problems.append(f"status {p.returncode}, answers {p.stdout!r}")
    if {name: len(places) for name, places in sites.items()} != SITES or any(len(set(s)) != len(s) for s in sites.values()):
        problems.append(f"logged {sites}")
    if counts != COUNTS:
        problems.append(f"counted {counts}")
    print("\n".join(problems), end="")
    return 1 if problems else 0


sys.exit(main())
