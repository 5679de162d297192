#!/usr/bin/env python3
"""Kernels side by side in one run: native, qemu-ppc, qemu-ppc64, and aixrun in both widths. Figures are ratios to native.

    run_bench.py --build BUILD [--rounds N] [--seconds S] [KERNEL...]

Same C source everywhere: gcc -O2 natively, powerpc(64)-linux-gnu-gcc -O2 -static for qemu, aixcc -O2 for aixrun. The output lines must
agree. Per round every runner runs once, in turn; a figure is the median over the rounds of user + system CPU seconds over native's.
The scale of each kernel is chosen so that the native run takes about S seconds.

  cold    an empty cache: includes interpreting, and what the translator took off the same two cores is in brackets (CPU seconds)
  warm    the whole program again with the cache filled, no translator running
  steady  warm with the run's start-up (the same kernel at scale 0 ... 1) taken away on both sides
"""
import argparse
import math
import os
import resource
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
FLOATING = {"nbody", "mandel", "spectral", "matmul"}
SKIP = {"hello"}


def kernels():
    return sorted(f[:-2] for f in os.listdir(os.path.join(HERE, "kernels")) if f.endswith(".c"))


def run(argv):
    start = time.monotonic()
    child = subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)
    out, err = child.stdout.read(), child.stderr.read()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = status
    if status:
        raise SystemExit(f"run_bench: {shlex.join(argv)}: status {status}\n{err.decode()[-800:]}")
    return usage.ru_utime + usage.ru_stime, time.monotonic() - start, out


class Runners:
    """Builds each kernel for every runner, and knows the command that starts it."""

    def __init__(self, build, out):
        self.build, self.out = build, out
        cc = os.path.join(build, "bin/aixcc")
        self.compilers = {
            "native": ["gcc", "-O2"],
            "qemu32": ["powerpc-linux-gnu-gcc", "-O2", "-static"],
            "qemu64": ["powerpc64-linux-gnu-gcc", "-O2", "-static"],
            "aix32": [cc, "-m32", "-O2"],
            "aix64": [cc, "-m64", "-O2"],
        }

    def compile(self, kernel):
        for name, cc in self.compilers.items():
            target = os.path.join(self.out, f"{kernel}.{name}")
            subprocess.run(cc + ["-o", target, os.path.join(HERE, "kernels", kernel + ".c"), "-lm"], check=True)

    def command(self, name, kernel, scale, cache=None):
        program = [os.path.join(self.out, f"{kernel}.{name}"), str(scale)]
        if name.startswith("qemu"):
            return ["qemu-ppc" if name == "qemu32" else "qemu-ppc64"] + program
        if name.startswith("aix"):
            return [os.path.join(self.build, "bin/aixrun"), "--cache", cache, "--"] + program
        return program


def choose_scale(runners, kernel, seconds):
    scale = 1
    while True:
        cpu, _, _ = run(runners.command("native", kernel, scale))
        if cpu >= seconds or scale > 10_000_000:
            return scale
        scale = max(scale * 2, int(scale * seconds / max(cpu, 0.002) * 1.1)) if cpu < seconds / 2 else scale + max(1, scale // 3)


def translator_cpu(cache):
    """CPU seconds the translators of `cache` have used so far."""
    total = 0.0
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/cmdline", "rb") as f:
                words = f.read().split(b"\0")
            if cache.encode() in words and words[0].endswith(b"xlated"):
                with open(f"/proc/{pid}/stat", encoding="ascii") as f:
                    fields = f.read().rsplit(")", 1)[1].split()
                total += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        except (FileNotFoundError, ProcessLookupError):
            continue
    return total


def wait_quiet(cache):
    before, quiet = None, 0
    while quiet < 4:
        now = (sorted(os.listdir(cache)), round(translator_cpu(cache), 1))
        quiet = quiet + 1 if now == before else 0
        before = now
        time.sleep(0.25)


def cold_run(runners, name, kernel, scale, scratch):
    cache = tempfile.mkdtemp(dir=scratch)
    cpu, wall, out = run(runners.command(name, kernel, scale, cache))
    wait_quiet(cache)
    spent = translator_cpu(cache)
    for _ in range(2):                  # what only became hot late
        run(runners.command(name, kernel, scale, cache))
        wait_quiet(cache)
    return cache, cpu, wall, out, spent


def measure(runners, kernel, rounds, seconds, scratch):
    runners.compile(kernel)
    scale = choose_scale(runners, kernel, seconds)
    caches, row = {}, {"scale": scale}
    _, native_wall, want = run(runners.command("native", kernel, scale))
    for name in ("aix32", "aix64"):
        caches[name], cpu, wall, out, spent = cold_run(runners, name, kernel, scale, scratch)
        row[f"{name} cold"] = wall / native_wall
        row[f"{name} translator"] = spent
        if out != want:
            raise SystemExit(f"run_bench: {kernel}: {name} printed {out!r}, native {want!r}")
    ratios = {name: [] for name in runners.compilers}
    start = {name: run(runners.command(name, kernel, 0, caches.get(name)))[0] for name in runners.compilers}
    steady = {name: [] for name in caches}
    for _ in range(rounds):
        times = {}
        for name in runners.compilers:
            times[name], _, out = run(runners.command(name, kernel, scale, caches.get(name)))
            if out != want:
                raise SystemExit(f"run_bench: {kernel}: {name} printed {out!r}, native {want!r}")
        for name in runners.compilers:
            ratios[name].append(times[name] / times["native"])
        for name in caches:
            steady[name].append((times[name] - start[name]) / max(times["native"] - start["native"], 1e-3))
    for name in runners.compilers:
        row[name] = statistics.median(ratios[name])
    for name in caches:
        row[f"{name} steady"] = statistics.median(steady[name])
    return row


COLUMNS = ["qemu32", "qemu64", "aix32 cold", "aix32", "aix32 steady", "aix64 cold", "aix64", "aix64 steady"]


def mean(rows, column):
    return math.exp(statistics.mean(math.log(max(r[column], 0.01)) for r in rows))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", default=os.path.join(HERE, "..", "build"))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=0.5)
    parser.add_argument("kernel", nargs="*")
    options = parser.parse_args()
    scratch = tempfile.mkdtemp(prefix="vwpar-bench-")
    try:
        runners = Runners(os.path.abspath(options.build), scratch)
        print("| kernel | " + " | ".join(COLUMNS) + " |\n|---|" + "---|" * len(COLUMNS))
        done = {}
        for kernel in options.kernel or [k for k in kernels() if k not in SKIP]:
            done[kernel] = row = measure(runners, kernel, options.rounds, options.seconds, scratch)
            print(f"| {kernel} | " + " | ".join(f"{row[c]:.2f}" for c in COLUMNS) + " |", flush=True)
        for title, rows in (("integer", [r for k, r in done.items() if k not in FLOATING]),
                            ("floating", [r for k, r in done.items() if k in FLOATING])):
            if rows:
                print(f"| **geometric mean, {title}** | " + " | ".join(f"{mean(rows, c):.2f}" for c in COLUMNS) + " |")
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return 0


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.exit(main())
