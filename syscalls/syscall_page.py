#!/usr/bin/env python3
"""syscall_page.py SOURCE_DIR -- prints docs/syscalls.md: every import name, how far it is served, why not further, what tests it.

Names, status and reasons come from kernel_imports.def and kernel_absent.def; of data objects from kernel_data.def and page.def. A call's
tests are the programs of tests/unit that
stand on /unix alone and call it, and what page.def names. A FULL call without a test is an error.
"""
import glob
import os
import re
import sys


def read(*parts):
    with open(os.path.join(*parts), encoding="utf-8") as f:
        return f.read()


def code_of(text):
    """C source without comments, texts, and the declarations of what /unix exports."""
    text = re.sub(r"/\*.*?\*/|\"(\\.|[^\"\\])*\"", " ", text, flags=re.S)
    return re.sub(r"\bextern\b[^;{]*;", " ", text)


def table(top):
    """[name, status, reason] in the table's order."""
    rows = []
    for text in (read(top, "syscalls/kernel_imports.def"), read(top, "syscalls/kernel_absent.def")):
        for kind, name, word, rest in re.findall(r"^(IMPORT|WHY|ABSENT_IMPORT) *\( *(\w+), *(\w*)(.*)$", text, re.M):
            reason = re.search(r'"((?:\\.|[^"\\])*)"', rest)
            reason = reason.group(1).replace('\\"', '"') if reason else ""
            if kind == "WHY":
                assert rows[-1][0] == name, f"the reason of {name} does not follow its line"
                rows[-1][2] = reason
            else:
                rows.append([name, word if kind == "IMPORT" else "ABSENT", reason])
    assert len({name for name, _, _ in rows}) == len(rows), "a name stands twice in the table"
    return rows


def objects(top):
    """The same for data: every DATA line has an OBJECT line."""
    known = {name: [status, reason] for name, status, reason in
             re.findall(r'^OBJECT\( *(\w+), *(\w+), *"([^"]*)" *\)', read(top, "syscalls/page.def"), re.M)}
    return [[name, *known[name]] for name in re.findall(r"^DATA\( *(\w+)", read(top, "syscalls/kernel_data.def"), re.M)]


def tests(top, data):
    """{name: [test, ...]} for calls, and for uses of the data objects."""
    found = {}
    for path in sorted(glob.glob(os.path.join(top, "tests/unit/guest_*.c"))):
        program = os.path.basename(path)[len("guest_"):-len(".c")]
        if program in ("pointers", "absent"):       # walks all of the table; calls what is not there
            continue
        code = code_of(read(path))
        uses = set(re.findall(r"\b(\w+)\(", code)) | {name for name in data if re.search(rf"\b{name}\b", code)}
        for name in sorted(uses):
            found.setdefault(name, []).append(program)
    for name, test in re.findall(r"^TEST\( *(\w+), *(\S+) *\)", read(top, "syscalls/page.def"), re.M):
        found.setdefault(name, []).append(test)
    return found


def print_rows(rows, tested):
    for name, status, reason in rows:
        print(f"| {name} | {status} | {reason} | {' '.join(tested.get(name, []))} |")


def main():
    top = sys.argv[1]
    rows, data = table(top), objects(top)
    tested = tests(top, [name for name, _, _ in data])
    count = {status: sum(1 for r in rows if r[1] == status) for status in ("FULL", "PARTIAL", "ABSENT")}
    bare = [name for name, status, _ in rows + data if status == "FULL" and name not in tested]
    mute = [name for name, status, reason in rows + data if status != "FULL" and not reason]
    print(f"""# Kernel services by import name

Made from `syscalls/kernel_imports.def` by `syscall_page.py`; do not edit.

AIX programs import system calls from `/unix` by name. FULL: as AIX does, in 32-bit and 64-bit programs. PARTIAL: works
for what the reason says. ABSENT: links, and a call fails with an errno, is logged once per call site and shown by
`aixrun --missing`; so does every name that is not listed. Names that start with `__vwpar_` are the builtin libraries' own.
Tests: `syscalls`, `files` and `services` are the programs `tests/unit/guest_*.c`, ctest's `NAME-32-interpreted` and so on; the
others are ctest names. `pointers` walks all calls but those that `tests/unit/pointer_rules.def` excuses with bad pointers and extreme
numbers in every argument.

{count["FULL"]} FULL, {count["PARTIAL"]} PARTIAL, {count["ABSENT"]} ABSENT.

| name | status | reason | tests |
|---|---|---|---|""")
    print_rows(rows, tested)
    print("\n## Data objects\n\n| name | status | reason | tests |\n|---|---|---|---|")
    print_rows(data, tested)
    for complaint, names in (("FULL without a test", bare), ("without a reason", mute)):
        if names:
            print(f"{complaint}: {' '.join(names)}", file=sys.stderr)
    return 1 if bare or mute else 0


sys.exit(main())
