#!/usr/bin/env python3
"""`wpar base-rootfs` and its table, without building anything that takes long.

    check_builder.py WPAR SCRATCH

The table is whole and consistent; a directory of somebody's is left alone, a wrong name is named, a package that cannot be built leaves
the old rootfs in place, what was installed is what the table says. What the programs do is for session.py and suites.py.
"""
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib

HERE = os.path.dirname(os.path.abspath(__file__))
TABLE = os.path.join(HERE, "../../rootfs-tools/rootfs/packages.toml")
MARK = "usr/lib/objrepos/base-rootfs"


def check_table(wrong):
    with open(TABLE, "rb") as file:
        table = tomllib.load(file)
    taken = {}
    for name, package in table["package"].items():
        for needed in ("version", "suffix", "sha256", "licence"):
            if not package.get(needed):
                wrong.append(f"{name}: no {needed}")
        if not package.get("configure") and "configure" not in package and not package.get("steps"):
            wrong.append(f"{name}: nothing says how it is built")
        places = [f"{folder}/{product.partition(' as ')[2] or os.path.basename(product)}"
                  for folder, products in package.get("install", {}).items() for product in products]
        for path in places + list(package.get("links", {})):
            if path in taken:
                wrong.append(f"{path}: of {taken[path]} and of {name}")
            taken[path] = name
    for path in ("usr/bin/sh", "usr/bin/ksh", "usr/bin/ls", "usr/bin/vi", "usr/bin/awk", "usr/bin/make"):
        if path not in taken:
            wrong.append(f"{path}: of no package")


def run(wpar, *words):
    return subprocess.run([wpar, "base-rootfs", "--quiet", *words], capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)


def expect(wrong, what, done, status, text):
    if done.returncode != status or text not in done.stderr:
        wrong.append(f"{what}: status {done.returncode}, {done.stderr!r}; expected {status} and {text!r}")


def check_refusals(wpar, scratch, wrong):
    keep, other = ["--keep", os.path.join(scratch, "keep")], os.path.join(scratch, "other")
    os.makedirs(other)
    with open(os.path.join(other, "file"), "w", encoding="ascii") as file:
        file.write("somebody's\n")
    expect(wrong, "somebody's directory", run(wpar, *keep, other), 1, "holds something else")
    expect(wrong, "a wrong name", run(wpar, *keep, "--only", "mksh,nothing", os.path.join(scratch, "new")), 1, "'nothing' is not one of")
    expect(wrong, "no directory", run(wpar, *keep), 2, "DIR is missing")
    if os.listdir(other) != ["file"]:
        wrong.append("somebody's directory was changed")


def check_failure(wpar, scratch, wrong):
    """Sources that are not C: the old rootfs stays, the message names the log."""
    sources, target, keep = (os.path.join(scratch, n) for n in ("sources", "rootfs", "keep2"))
    folder = os.path.join(sources, "programs/bzip2")
    os.makedirs(folder)
    for name in (".done", "LICENSE"):
        open(os.path.join(folder, name), "w", encoding="ascii").close()
    os.makedirs(os.path.join(target, os.path.dirname(MARK)))
    open(os.path.join(target, MARK), "w", encoding="ascii").close()
    done = run(wpar, "--keep", keep, "--sources", sources, "--only", "bzip2", target)
    expect(wrong, "a package that cannot be built", done, 1, "bzip2 is not built")
    if not os.path.exists(os.path.join(target, MARK)) or os.path.exists(target + ".partial"):
        wrong.append("a failed build touched the rootfs")
    with open(os.path.join(folder, "Makefile"), "w", encoding="ascii") as file:
        file.write("bzip2 bzip2recover:\n\tprintf 'int main(void) { return 7; }' >x.c && $(CC) $(CFLAGS) -o $@ x.c && ! ./$@\n")
    expect(wrong, "a package that can", run(wpar, "--keep", keep, "--sources", sources, "--only", "bzip2", target), 0, "")
    if wrong:
        return
    for path in ("usr/bin/bzip2", "usr/bin/bzcat", "etc/passwd", "usr/lib/libc.a", "usr/share/licences/bzip2/LICENSE", "bin", MARK):
        if not os.path.lexists(os.path.join(target, path)):
            wrong.append(f"{path} is not in the rootfs")
    with open(os.path.join(target, "usr/bin/bzip2"), "rb") as file:
        if file.read(2) != b"\x01\xdf":
            wrong.append("usr/bin/bzip2 is no 32-bit XCOFF program")
    shutil.rmtree(folder)
    expect(wrong, "the second time", run(wpar, "--keep", keep, "--sources", sources, "--only", "bzip2", "--list"), 0, "")


def main():
    wpar, scratch = sys.argv[1:]
    wrong = []
    os.makedirs(scratch, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=scratch) as folder:
        check_table(wrong)
        check_refusals(wpar, folder, wrong)
        check_failure(wpar, folder, wrong)
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
