#!/usr/bin/env python3
"""Whole short programs side by side in one run: how long until they have started, done their work and ended.

    run_startup.py --build BUILD [--runs N] [hello | together | memory | esbuild | tsc]...

hello: the same C source as a static native program, under qemu-ppc and qemu-ppc64, and under aixrun in both widths; esbuild and the
TypeScript compiler: their Linux builds and aixrun on their AIX builds (tests/inputs/fetch brings both). aixrun runs with a warm cache:
filled by runs until one asks the translator for nothing. The programs take turns; a figure is the median wall time in milliseconds.
together: a hundred hello processes at once, until the last has ended. memory: what each process more of a hundred that wait takes (Pss, the
share of each page that falls to it). Without names everything is measured.
"""
import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
WARM_RUNS = 12
TOGETHER = 100
PARTS = ["hello", "together", "esbuild", "tsc", "memory"]
WAITING = """
#include <stdio.h>
#include <unistd.h>
int main(void) { char c; puts("hello"); fflush(stdout); return read(0, &c, 1) < 0; }
"""
BUNDLE = ["main.js", "--bundle", "--minify", "--log-level=warning", '--define:process.env.NODE_ENV="production"']


def run(argv, where):
    start = time.perf_counter()
    done = subprocess.run(argv, cwd=where, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    return (time.perf_counter() - start) * 1000, done


def requests(stderr):
    for line in stderr.splitlines():
        if line.startswith("requests to translator: "):
            return int(line.split()[-1])
    raise SystemExit(f"run_startup: no statistics: {stderr[-400:]}")


def pss(pid):
    with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as f:
        return next(int(line.split()[1]) for line in f if line.startswith("Pss:"))


class Bench:
    def __init__(self, build, runs, scratch):
        self.build, self.runs, self.scratch = build, runs, scratch
        self.aixrun = [os.path.join(build, "bin/aixrun"), "--cache", os.path.join(scratch, "cache")]

    def warm(self, program, where):
        """Run until nothing is asked of the translator, with pauses for it to finish."""
        for _ in range(WARM_RUNS):
            _, done = run(self.aixrun + ["--stats", "--"] + program, where)
            if requests(done.stderr) == 0:
                return
            time.sleep(10)
        print(f"run_startup: {program[0]} still asks for translations", file=sys.stderr)

    def ready(self, source, name, compiler, runner):
        """Compile a program; the command that runs it, warm."""
        program = os.path.join(self.scratch, name.replace(" ", "-"))
        subprocess.run(compiler + ["-o", program, source], check=True)
        if name.startswith("aixrun"):
            self.warm([program], self.scratch)
        return runner + [program]

    def row(self, title, commands, where):
        times = {name: [] for name in commands}
        for _ in range(self.runs):
            for name, argv in commands.items():
                times[name].append(run(argv, where)[0])
        base = statistics.median(next(iter(times.values())))
        for name in commands:
            median = statistics.median(times[name])
            print(f"| {title} | {name} | {median:.2f} | {median / base:.2f} |", flush=True)

    def hello(self):
        source = os.path.join(HERE, "kernels/hello.c")
        builders = {"static native": ["gcc", "-O2", "-static"], "qemu-ppc": ["powerpc-linux-gnu-gcc", "-O2", "-static"],
                    "qemu-ppc64": ["powerpc64-linux-gnu-gcc", "-O2", "-static"],
                    "aixrun 32": [os.path.join(self.build, "bin/aixcc"), "-m32", "-O2"],
                    "aixrun 64": [os.path.join(self.build, "bin/aixcc"), "-m64", "-O2"]}
        commands = {}
        for name, compiler in builders.items():
            runner = self.aixrun + ["--"] if name.startswith("aixrun") else [name] if name.startswith("qemu") else []
            commands[name] = self.ready(source, name, compiler, runner)
        self.row("hello", commands, self.scratch)

    def small(self, source):
        """The program as a static native one and under aixrun in both widths."""
        commands = {"static native": self.ready(source, "static native", ["gcc", "-O2", "-static"], [])}
        for width in ("32", "64"):
            compiler = [os.path.join(self.build, "bin/aixcc"), "-m" + width, "-O2"]
            commands["aixrun " + width] = self.ready(source, "aixrun " + width, compiler, self.aixrun + ["--"])
        return commands

    def together(self):
        times = {}
        for _ in range(self.runs):
            for name, argv in self.small_hello.items():
                start = time.perf_counter()
                running = [subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL) for _ in range(TOGETHER)]
                for p in running:
                    p.wait()
                times.setdefault(name, []).append((time.perf_counter() - start) * 1000)
        base = statistics.median(times["static native"])
        for name, all_of_it in times.items():
            median = statistics.median(all_of_it)
            print(f"| {TOGETHER} hello at once | {name} | {median:.2f} | {median / base:.2f} |", flush=True)

    def memory(self):
        source = os.path.join(self.scratch, "waiting.c")
        with open(source, "w", encoding="ascii") as f:
            f.write(WAITING)
        print("\n| program | run by | KiB a process more |\n|---|---|---|")
        for name, argv in self.small(source).items():
            running, shares = [], []
            for count in (1, TOGETHER):
                while len(running) < count:
                    running.append(subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE))
                    running[-1].stdout.readline()
                shares.append(sum(pss(p.pid) for p in running))
            for p in running:
                p.communicate(b"x")
            print(f"| hello that waits | {name} | {(shares[1] - shares[0]) / (TOGETHER - 1):.0f} |", flush=True)

    def real(self, title, linux, aix, args, where):
        self.warm([aix] + args, where)
        self.row(title, {"Linux build": [linux] + args, "aixrun": self.aixrun + ["--", aix] + args}, where)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", default=os.path.join(HERE, "..", "build"))
    parser.add_argument("--runs", type=int, default=30)
    parser.add_argument("parts", nargs="*", choices=[[], *PARTS])
    options = parser.parse_args()
    parts = options.parts or PARTS
    build = os.path.abspath(options.build)
    inputs = os.path.join(build, "inputs")
    scratch = tempfile.mkdtemp(prefix="vwpar-startup-")
    try:
        bench = Bench(build, options.runs, scratch)
        print("| program | run by | median ms | times the first |\n|---|---|---|---|")
        if "hello" in parts:
            bench.hello()
        if "together" in parts:
            bench.small_hello = bench.small(os.path.join(HERE, "kernels/hello.c"))
            bench.together()
        bench.runs = max(5, options.runs // 4)
        if "esbuild" in parts:
            bench.real("esbuild, bundle of react-dom and lodash-es", os.path.join(inputs, "esbuild-linux/package/bin/esbuild"),
                       os.path.join(inputs, "esbuild-aix/package/bin/esbuild"), BUNDLE, os.path.join(inputs, "bundle"))
        if "tsc" in parts:
            bench.real("tsc, type check of a project", os.path.join(inputs, "tsc-linux/package/lib/tsc"),
                       os.path.join(inputs, "tsc-aix/package/lib/tsc"), ["-p", ".", "--noEmit", "--pretty", "false"],
                       os.path.join(HERE, "../tests/real/tsproject"))
        if "memory" in parts:
            bench.memory()
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
