#!/usr/bin/env python3
"""What a formatter leaves alone: line lengths, tabs, blanks at line ends, a header comment that says what the file does.

    check_style.py SOURCE_DIR
"""
import os
import sys

COLUMNS = 140                       # as in .clang-format
SUFFIXES = (".c", ".h")
SKIP = ("build", ".")


def sources(top):
    for folder, folders, files in os.walk(top):
        folders[:] = sorted(f for f in folders if not f.startswith(SKIP))
        for name in sorted(files):
            if name.endswith(SUFFIXES):
                yield os.path.join(folder, name)


def complaints(path):
    with open(path, encoding="utf-8") as f:
        lines = f.read().split("\n")
    if not lines[0].startswith("/*"):
        yield 1, "no header comment"
    for number, line in enumerate(lines, 1):
        if len(line) > COLUMNS:
            yield number, f"{len(line)} columns"
        if "\t" in line:
            yield number, "a tab"
        if line != line.rstrip():
            yield number, "blanks at the end"


def main():
    top, count, bad = sys.argv[1], 0, 0
    for path in sources(top):
        count += 1
        for number, what in complaints(path):
            bad += 1
            print(f"{os.path.relpath(path, top)}:{number}: {what}")
    print(f"style: {count} files, {bad} complaints")
    return 1 if bad or not count else 0


sys.exit(main())
