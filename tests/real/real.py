#!/usr/bin/env python3
"""Real AIX programs, each run beside an independent source of the same result.

    real.py --build BUILD [--wpar] [--cold] CASE...      run cases; exit status 1 when one differs
    real.py --build BUILD --list                         the names

The oracle of a Go, esbuild or TypeScript case is the Linux build of the same source and version, run here and now: standard output,
exit status and the files written must be equal byte for byte. The oracle of the hello programs is the text in hello.c beside
them in Go's test data. Every case has a cache of its own; it runs cold, then again until a run finds all its hot code in the cache and asks for no
translation: that must happen within WARM_RUNS runs.
"""
import argparse
import contextlib
import filecmp
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

GO_CASES = {
    "hello": [], "goroutines": [], "walk": ["{inputs}/go119/usr/share/go-1.19/src/compress"], "gzip64": [],
    "http": [], "panics": [], "osexec": [], "signals": [],
}
HERE = os.path.dirname(os.path.abspath(__file__))
TIMEOUT = 900
WARM_RUNS = 9


class Different(Exception):
    """What was expected and what came."""


class Bench:
    """Where things are, and how an AIX program is started."""

    def __init__(self, build, wpar, interpret):
        self.build = os.path.abspath(build)
        self.inputs = os.path.join(self.build, "inputs")
        self.wpar, self.interpret = wpar, interpret

    def command(self, cache, program, args, work, stats):
        if self.wpar:
            return [os.path.join(self.build, "bin/wparexec"), "-n", f"real{os.getpid()}", "-M", "directory=/tmp", f"dev={work}",
                    "--", "TMPDIR=/tmp", "/tmp/" + os.path.relpath(program, work)] + args
        run = [os.path.join(self.build, "bin/aixrun"), "--cache", cache]
        if self.interpret:
            run.append("--interpret")
        if stats:
            run.append("--stats")
        return run + ["--", program] + args

    def run(self, argv, cwd, env=None):
        start = time.monotonic()
        done = subprocess.run(argv, cwd=cwd, env=env or os.environ, stdin=subprocess.DEVNULL, capture_output=True, timeout=TIMEOUT)
        return done, time.monotonic() - start


def same(what, want, got):
    if want != got:
        raise Different(f"{what} differs\n  expected: {want[:600]!r}\n  got:      {got[:600]!r}")


def stat_line(stderr, name):
    found = re.search(rb"^" + name.encode() + rb": (\d+)$", stderr, re.M)
    if not found:
        raise Different(f"--stats has no line '{name}'\n  {stderr[-600:]!r}")
    return int(found.group(1))


def compare_trees(linux, aix, names):
    for name in names:
        a, b = os.path.join(linux, name), os.path.join(aix, name)
        if os.path.isdir(a):
            compare_trees(a, b, sorted(os.listdir(a)))
            if sorted(os.listdir(a)) != sorted(os.listdir(b)):
                raise Different(f"{name}: {os.listdir(a)} on Linux, {os.listdir(b)} here")
        elif not os.path.exists(b) or not filecmp.cmp(a, b, shallow=False):
            raise Different(f"the file {name} differs")


class Case:
    """One program with its arguments, the files it needs and the files it makes."""

    def __init__(self, name, aix, linux=None, args=(), expect=None, copy=None, outputs=(), warm=True):
        self.name, self.aix, self.linux, self.args = name, aix, linux, list(args)
        self.expect, self.copy, self.outputs, self.warm = expect, copy, outputs, warm

    def prepare(self, work, program):
        if self.copy:
            shutil.copytree(self.copy, work, dirs_exist_ok=True, symlinks=True)
        target = os.path.join(work, "program")
        shutil.copy2(program, target)
        os.chmod(target, 0o755)
        return target

    def oracle(self, bench, scratch):
        if not self.linux:
            return None, (self.expect, 0)
        work = os.path.join(scratch, "linux")
        os.makedirs(work)
        done, _ = bench.run([self.prepare(work, self.linux)] + self.args, work)
        return work, (done.stdout, done.returncode)

    def one_run(self, bench, cache, work, stats):
        program = self.prepare(work, self.aix)
        return bench.run(bench.command(cache, program, self.args, work, stats), work)

    def check(self, bench, done, oracle, reference, work):
        stdout, status = oracle
        if done.stdout != stdout:
            sys.stderr.buffer.write(done.stderr[-2000:])
        same("standard output", stdout, done.stdout)
        if self.linux and done.returncode not in (status, 128 - status):
            raise Different(f"exit status {done.returncode}, expected {status}\n  {done.stderr[-600:]!r}")
        if reference:
            compare_trees(reference, work, self.outputs)

    def run(self, bench):
        with tempfile.TemporaryDirectory(prefix="vwpar-real-") as scratch:
            reference, oracle = self.oracle(bench, scratch)
            cache = os.path.join(scratch, "cache")
            os.makedirs(cache, mode=0o700)
            times = []
            once = bench.interpret or bench.wpar or not self.warm
            for n in range(1 if once else WARM_RUNS):
                work = os.path.join(scratch, f"aix{n}")
                os.makedirs(work)
                done, seconds = self.one_run(bench, cache, work, stats=not once)
                self.check(bench, done, oracle, reference, work)
                times.append(seconds)
                if once or (n > 0 and stat_line(done.stderr, "units translated") == stat_line(done.stderr, "requests to translator") == 0):
                    return times
                wait_for_translator(cache)
            raise Different(f"after {WARM_RUNS} runs still: units translated: {stat_line(done.stderr, 'units translated')}")


def wait_for_translator(cache):
    """Until no new segment has appeared for three seconds: what was asked for is then published."""
    quiet, before = 0, None
    while quiet < 15 and before != []:
        now = sorted(os.listdir(cache))
        quiet = quiet + 1 if now == before else 0
        before = now
        time.sleep(0.2)


def cases(bench):
    i, go = bench.inputs, os.path.join(bench.build, "tests/go")
    testdata = os.path.join(i, "go119/usr/share/go-1.19/src/internal/xcoff/testdata")
    hello = b"hello, world\n"
    yield Case("hello32", os.path.join(testdata, "gcc-ppc32-aix-dwarf2-exec"), expect=hello)
    yield Case("hello64", os.path.join(testdata, "gcc-ppc64-aix-dwarf2-exec"), expect=hello)
    for tag in ("119", "123"):
        for name, args in GO_CASES.items():
            args = [a.format(inputs=i) for a in args]
            yield Case(f"go-{name}-{tag}", f"{go}/{name}.{tag}.aix", f"{go}/{name}.{tag}.linux", args)
    es = (os.path.join(i, "esbuild-aix/package/bin/esbuild"), os.path.join(i, "esbuild-linux/package/bin/esbuild"))
    yield Case("esbuild-version", *es, ["--version"])
    yield Case("esbuild-bundle", *es,
               ["main.js", "--bundle", "--minify", "--sourcemap", "--outfile=out.js", "--define:process.env.NODE_ENV=\"production\"",
                "--log-level=warning"],
               copy=os.path.join(i, "bundle"), outputs=("out.js", "out.js.map"))
    yield KilledCase("esbuild-killed", *es,
                     ["main.js", "--bundle", "--minify", "--outfile=out.js", "--define:process.env.NODE_ENV=\"production\"",
                      "--log-level=warning"],
                     copy=os.path.join(i, "bundle"), outputs=("out.js",))
    ts = os.path.join(HERE, "tsproject")
    yield TscCase("tsc-project", os.path.join(i, "tsc-aix/package/lib"), os.path.join(i, "tsc-linux/package/lib"), ["-p", ".", "--pretty", "false"],
                  copy=ts, outputs=("out",))


class TscCase(Case):
    """The compiler finds its lib.*.d.ts beside itself: the whole package folder is the program."""

    def prepare(self, work, program):
        shutil.copytree(self.copy, work, dirs_exist_ok=True)
        lib = os.path.join(work, "lib")
        if not os.path.exists(lib):
            shutil.copytree(program, lib)
        return os.path.join(lib, "tsc")


class KilledCase(Case):
    """While the program runs, every translator of its cache is killed again and again: nothing may differ."""

    def run(self, bench):
        with tempfile.TemporaryDirectory(prefix="vwpar-real-") as scratch:
            reference, oracle = self.oracle(bench, scratch)
            cache, work = os.path.join(scratch, "cache"), os.path.join(scratch, "aix")
            os.makedirs(cache, mode=0o700)
            os.makedirs(work)
            program = self.prepare(work, self.aix)
            start, kills = time.monotonic(), 0
            with subprocess.Popen(bench.command(cache, program, self.args, work, False), cwd=work, stdin=subprocess.DEVNULL,
                                  stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
                stop = threading.Event()

                def kill():
                    nonlocal kills
                    while not stop.wait(0.25):
                        kills += kill_translators(cache)

                killer = threading.Thread(target=kill)
                killer.start()
                stdout, stderr = running.communicate(timeout=TIMEOUT)
                stop.set()
                killer.join()
            self.check(bench, subprocess.CompletedProcess([], running.returncode, stdout, stderr), oracle, reference, work)
            if kills < 2:
                raise Different(f"only {kills} translators were there to be killed")
            return [time.monotonic() - start]


def kill_translators(cache):
    count = 0
    for pid in filter(str.isdigit, os.listdir("/proc")):
        with contextlib.suppress(OSError):
            with open(f"/proc/{pid}/cmdline", "rb") as f:
                words = f.read().split(b"\0")
            if words[0].endswith(b"xlated") and cache.encode() in words:
                os.kill(int(pid), signal.SIGKILL)
                count += 1
    return count


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", required=True)
    parser.add_argument("--wpar", action="store_true", help="start the programs with wparexec")
    parser.add_argument("--interpret", action="store_true", help="without translation")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("case", nargs="*")
    options = parser.parse_args()
    bench = Bench(options.build, options.wpar, options.interpret)
    known = {c.name: c for c in cases(bench)}
    if options.list:
        return print("\n".join(known)) or 0
    failed = 0
    for name in options.case or known:
        try:
            times = known[name].run(bench)
            print(f"{name}: same result, " + ", ".join(f"{t:.2f} s" for t in times), flush=True)
        except (Different, subprocess.TimeoutExpired, OSError) as e:
            failed += 1
            print(f"{name}: {e}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
