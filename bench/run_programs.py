#!/usr/bin/env python3
"""Whole programs side by side in one run: native, qemu-ppc, qemu-ppc64, and aixrun in both widths. Figures are ratios to native.

    run_programs.py --build BUILD [--rounds N] [--seconds S] [WORK...]

The same sources everywhere at -O2 (tests/programs/build.py; qemu's are static), the same work, and the same bytes as output or the run
stops. The amount of work is chosen so that the native run takes about S seconds. What is measured how: run_bench.py, whose columns these
are; cold is wall time with an empty cache, from the start to the end of the program. The files to compress are half text (SQLite's
sources) and half records of numbers, the same on each machine.
"""
import argparse
import collections
import os
import resource
import shutil
import struct
import subprocess
import sys
import tempfile

import run_bench

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "../tests/programs"))
import build as programs  # noqa: E402

BLOCK = 64 << 10

# program; its arguments: {n} the amount of work, {file} that many blocks, {packed} the same packed natively by `packer`, {here} this folder,
# {own} a name for a file of the runner's own.
Work = collections.namedtuple("Work", "program arguments packer", defaults=(None,))
WORKS = {
    "bzip2, compress": Work("bzip2", ["-9", "-c", "{file}"]),
    "bzip2, decompress": Work("bzip2", ["-d", "-c", "{packed}"], ["bzip2", "-9", "-c"]),
    "gzip, compress": Work("gzip", ["-6", "-n", "-c", "{file}"]),
    "gzip, decompress": Work("gzip", ["-d", "-c", "{packed}"], ["gzip", "-6", "-n", "-c"]),
    "zlib, compress": Work("minigzip", ["-6", "-c", "{file}"]),
    "zlib, decompress": Work("minigzip", ["-d", "-c", "{packed}"], ["minigzip", "-6", "-c"]),
    "lua, calls": Work("lua", ["{here}/programs/calls.lua", "{n}"]),
    "lua, sort": Work("lua", ["{here}/programs/sort.lua", "{n}"]),
    "lua, nbody": Work("lua", ["{here}/programs/nbody.lua", "{n}"]),
    "lua, strings": Work("lua", ["{here}/programs/strings.lua", "{n}"]),
    "sqlite, memory": Work("sqlite3", ["-cmd", "create temp table scale as select 100 * {n} as n", ":memory:",
                                       ".read {here}/programs/rows.sql"]),
    "sqlite, file": Work("sqlite3", ["-cmd", ".open --new {own}", "-cmd", "create temp table scale as select 100 * {n} as n", ":memory:",
                                     ".read {here}/programs/rows.sql"]),
}


def records():
    """A megabyte of records as a program might keep them: a counter, a flag, a small number, a double."""
    seed, out = 1, bytearray()
    for i in range((1 << 20) // 16):
        seed = (seed * 1103515245 + 12345) & 0x7fffffff
        out += struct.pack("<IHhd", i, seed >> 28, (seed >> 12) % 1000 - 500, (seed >> 8) % 10000 / 100)
    return bytes(out)


class Programs:
    """The runners of run_bench.py for whole programs."""

    def __init__(self, build, scratch):
        self.builder, self.scratch = programs.Builder(build), scratch
        self.compilers = self.builder.compilers
        self.builder.amalgamate()
        with open(os.path.join(self.builder.sources, "sqlite3-amalgamation/sqlite3.c"), "rb") as f:
            self.halves = (f.read(), records())

    def compile(self, name):
        for kind in self.compilers:
            self.builder.ensure(kind, WORKS[name].program)

    def corpus(self, blocks):
        path = os.path.join(self.scratch, f"corpus.{blocks}")
        if not os.path.exists(path):
            with open(path, "wb") as f:
                for half in self.halves:
                    size = blocks * BLOCK // 2
                    f.write((half * (size // len(half) + 1))[:size])
        return path

    def packed(self, packer, blocks):
        program, *arguments = packer
        path = os.path.join(self.scratch, f"corpus.{blocks}.{program}")
        if not os.path.exists(path):
            with open(path, "wb") as f:
                subprocess.run([self.builder.program("native", program), *arguments, self.corpus(blocks)], stdout=f, check=True)
        return path

    def command(self, kind, name, scale, cache=None):
        work, words = WORKS[name], {"n": max(scale, 1), "here": HERE, "own": os.path.join(self.scratch, kind + ".db")}
        if "{file}" in work.arguments:
            words["file"] = self.corpus(scale)
        if work.packer:
            words["packed"] = self.packed(work.packer, scale)
        return self.builder.command(kind, work.program, cache) + [a.format(**words) for a in work.arguments]

    def forget(self):
        """Corpora and caches of one work; translators that end may still tidy theirs."""
        for name in os.listdir(self.scratch):
            path = os.path.join(self.scratch, name)
            if os.path.isdir(path):
                shutil.rmtree(path, ignore_errors=True)
            else:
                os.unlink(path)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", default=os.path.join(HERE, "..", "build"))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=0.5)
    parser.add_argument("work", nargs="*", help="; ".join(WORKS))
    options = parser.parse_args()
    for name in options.work:
        if name not in WORKS:
            parser.error(f"no work '{name}': {'; '.join(WORKS)}")
    scratch = tempfile.mkdtemp(prefix="vwpar-programs-")
    try:
        runners = Programs(os.path.abspath(options.build), scratch)
        columns, rows = run_bench.COLUMNS, []
        print("| program, work | " + " | ".join(columns) + " |\n|---|" + "---|" * len(columns))
        for name in options.work or WORKS:
            rows.append(run_bench.measure(runners, name, options.rounds, options.seconds, scratch))
            print(f"| {name} | " + " | ".join(f"{rows[-1][c]:.2f}" for c in columns) + " |", flush=True)
            runners.forget()
        print("| **geometric mean** | " + " | ".join(f"{run_bench.mean(rows, c):.2f}" for c in columns) + " |")
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return 0


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.exit(main())
