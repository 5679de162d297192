#!/usr/bin/env python3
"""Damaged files, as a user meets them: a program, an archive and a cache, each cut short and with bytes turned over.

    damage.py --build BUILD

A damaged program or library ends in one clear line that names the file, and exit status 126. A damaged cache changes nothing but the
log: the program's output is right. The programs are the gcc-built hello of Go's test data and our own libc.
"""
import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time

failures = []


def expect(what, got, want):
    if got != want:
        failures.append(what)
        print(f"{what}: expected {want!r}, got {got!r}")


def run(aixrun, *args):
    return subprocess.run([aixrun, *args], capture_output=True, stdin=subprocess.DEVNULL, timeout=120)


def refused(what, done, name):
    """One line on stderr with the file's name, nothing on stdout."""
    lines = done.stderr.decode(errors="replace").splitlines()
    expect(f"{what}: status", done.returncode, 126)
    expect(f"{what}: one line", len(lines), 1)
    expect(f"{what}: names {name}", any(name in line for line in lines), True)
    expect(f"{what}: no output", done.stdout, b"")


def program(aixrun, good, scratch):
    data = open(good, "rb").read()
    for size in (3, 19, 60, 200, 700, 2000):
        path = os.path.join(scratch, f"short{size}")
        with open(path, "wb") as f:
            f.write(data[:size])
        os.chmod(path, 0o755)
        refused(f"program of {size} bytes", run(aixrun, "--no-cache", path), path)
    path = os.path.join(scratch, "turned")
    with open(path, "wb") as f:
        f.write(data[:20] + bytes(b ^ 0xff for b in data[20:400]) + data[400:])
    os.chmod(path, 0o755)
    refused("program with a wrong header", run(aixrun, "--no-cache", path), path)


def archive(aixrun, good, base, scratch):
    mine = os.path.join(scratch, "base")
    shutil.copytree(base, mine, symlinks=True)
    libc = os.path.join(mine, "usr/lib/libc.a")
    data = open(libc, "rb").read()
    cases = {"empty": b"", "cut in its header": data[:100], "cut in a member": data[:len(data) // 3],
             "of another kind": b"!<arch>\n" + data[8:], "with wrong offsets": data[:68] + b"99999999999999999999" + data[88:]}
    for what, content in cases.items():
        with open(libc, "wb") as f:
            f.write(content)
        refused(f"archive {what}", run(aixrun, "--no-cache", "--base", mine, good), "libc.a")


def cache(aixrun, guest, scratch):
    directory, log = os.path.join(scratch, "cache"), os.path.join(scratch, "log")
    os.makedirs(directory, mode=0o700)
    arguments = ["--cache", directory, "--hot", "2", "--wait-translation", "--log", log, guest]
    good = run(aixrun, *arguments)
    time.sleep(1)
    segments = [os.path.join(directory, n) for n in sorted(os.listdir(directory)) if n.endswith(".seg")]
    expect("cache: segments", len(segments) > 0, True)
    random.seed(1)
    for n in range(12):
        for path in segments:
            if os.path.exists(path):
                data = bytearray(open(path, "rb").read())
                if n % 4 == 3:
                    data = data[:random.randrange(len(data))]
                else:
                    data[random.randrange(len(data))] ^= 1 << random.randrange(8)
                os.unlink(path)
                with open(path, "wb") as f:
                    f.write(data)
                os.chmod(path, 0o600)
        done = run(aixrun, *arguments)
        expect(f"cache damaged {n}: output", (done.returncode, done.stdout, done.stderr), (good.returncode, good.stdout, b""))
    expect("cache: the log tells", b"damaged" in open(log, "rb").read() or b".seg" in open(log, "rb").read(), True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    build = os.path.abspath(parser.parse_args().build)
    aixrun = os.path.join(build, "bin/aixrun")
    hello = os.path.join(build, "inputs/go119/usr/share/go-1.19/src/internal/xcoff/testdata/gcc-ppc32-aix-dwarf2-exec")
    with tempfile.TemporaryDirectory(prefix="vwpar-damage-") as scratch:
        good = os.path.join(scratch, "hello")
        shutil.copy2(hello, good)
        os.chmod(good, 0o755)
        program(aixrun, good, scratch)
        archive(aixrun, good, os.path.join(build, "base"), scratch)
        cache(aixrun, os.path.join(build, "tests/xcoff/guest/sorting.32"), scratch)
    print("damage:", f"{len(failures)} differences" if failures else "all as expected")
    return 1 if failures else 0


sys.exit(main())
