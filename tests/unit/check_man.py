#!/usr/bin/env python3
"""Manual pages against the programs: what --help prints stands in the page, and the page promises nothing else.

    check_man.py MAN_DIR BIN_DIR

Both sides are read for themselves: --help is run, the page is read as text. Also: --version answers, the page has the usual sections.
"""
import os
import re
import subprocess
import sys

PROGRAMS = ("aixrun", "xlated", "wpar", "mkwpar", "lswpar", "startwpar", "stopwpar", "rebootwpar", "clogin", "rmwpar", "chwpar", "savewpar",
            "restwpar", "restwparfiles", "lssavewpar", "mkwpardata", "wparexec", "wpar image", "wpar translate", "wpar cache", "wpar base-rootfs", "aixcc",
            "xcoff_link")
SECTIONS = ("NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "ENVIRONMENT", "FILES", "EXIT STATUS", "EXAMPLES", "SEE ALSO")
OPTION = re.compile(r"(?<![\w/.$~%-])(--?[A-Za-z][\w-]*)")
VARIABLE = re.compile(r"\b(?:VWPAR|WPAR|AIXCC)_[A-Z_]+\b|\bOBJECT_MODE\b|\bTMPDIR\b|\bXDG_\w+\b")
REFUSED = {"xcoff_link": {"-r"}}     # options a page names only to say that they do not work


def ask(command, option):
    return subprocess.run([*command, option], capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=20)


def plain(line):
    """A line of man source without macros, fonts and quotes."""
    line = re.sub(r"\\f[BIRP]", "", line).replace("\\-", "-")
    macro = re.match(r"\.([A-Z]{1,2}) ?(.*)", line)
    if not macro:
        return line
    words = re.findall(r'"([^"]*)"|(\S+)', macro.group(2))
    joined = "" if macro.group(1) in ("BR", "BI", "IR", "IB", "RI", "RB") else " "
    return joined.join(quoted or bare for quoted, bare in words)


def check(program, man_dir, bin_dir):
    path = program.split()
    path[0] = os.path.join(bin_dir, path[0])
    page = os.path.join(man_dir, program.replace(" ", "-") + ".1")
    if not os.path.exists(page):
        return ["there is no page"]
    with open(page, encoding="ascii") as f:
        source = [line.rstrip("\n") for line in f if not line.startswith('.\\"')]
    lines = [plain(line) for line in source]
    text = "\n".join(lines)
    found = set(OPTION.findall(text))
    examples = source.index(".SH EXAMPLES") if ".SH EXAMPLES" in source else len(source)
    tags = "\n".join(lines[i + 1] for i, line in enumerate(source[:examples]) if line == ".TP")
    wrong = []

    shown = ask(path, "--help")
    if shown.returncode != 0 or not shown.stdout or shown.stderr:
        wrong.append(f"--help: status {shown.returncode}, {len(shown.stdout)} characters, {shown.stderr!r} on stderr")
    version = ask(path, "--version")
    if version.returncode != 0 or not version.stdout.startswith(program + " ") or version.stderr:
        wrong.append(f"--version: status {version.returncode}, {version.stdout!r}")

    offered = set(OPTION.findall(shown.stdout))
    if len(offered) < 2:
        wrong.append(f"--help offers {sorted(offered)}: that cannot be all")
    wrong += [f"{o} is offered by --help but not in the page" for o in sorted(offered - found)]
    unknown = set(OPTION.findall(tags)) - offered - REFUSED.get(program, set())
    wrong += [f"{o} is in the page but --help does not offer it" for o in sorted(unknown)
              if not (program == "wparexec" or program == "wpar") or o.startswith("--")]
    wrong += [f"variable {v} is not in the page" for v in sorted(set(VARIABLE.findall(shown.stdout)) - set(VARIABLE.findall(text)))]
    commands = re.findall(r"^  ([a-z]\w+) {2,}", shown.stdout, re.M) if program == "wpar" else []
    wrong += [f"command {c} is not in the page" for c in commands if not re.search(rf"\b{c}\b", text)]
    wrong += [f"no section {s}" for s in SECTIONS if f'.SH {s}' not in source and f'.SH "{s}"' not in source]
    return wrong


def main():
    man_dir, bin_dir = sys.argv[1:3]
    count = 0
    for program in PROGRAMS:
        for line in check(program, man_dir, bin_dir):
            print(f"{program}: {line}")
            count += 1
    print("manual pages:", f"{count} differences" if count else "all as the programs say")
    return 1 if count else 0


sys.exit(main())
