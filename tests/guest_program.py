"""Running small programs by the thousand, for tests/torture and tests/csmith: natively within limits, and as guests,
interpreted and with everything translated before it runs; progress on a terminal.
"""
import os
import re
import signal
import subprocess
import sys

CLANG = os.environ.get("AIXCC_CLANG", "clang-19")
TIMEOUT = 120           # seconds
INTERPRETED_MAX = 2000  # although all is translated: after arrivals in the middle of a function (longjmp, sigreturn)
MODES = ("interpret", "translate")


def beginning(output):
    return "\n".join(line[:300] for line in output.splitlines()[:6])


def run_limited(argv, cwd, stderr=subprocess.STDOUT):
    """(ended with status 0, its output or what to tell)"""
    try:
        done = subprocess.run(argv, cwd=cwd, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=stderr,
                              timeout=TIMEOUT)
    except subprocess.TimeoutExpired:
        return False, f"still running after {TIMEOUT} s"
    output = done.stdout.decode(errors="replace").strip()
    if done.returncode == 0:
        return True, output
    ended = signal.Signals(-done.returncode).name if done.returncode < 0 else f"status {done.returncode}"
    return False, f"{ended}\n{beginning(output)}".strip()


class Guest:
    """Builds programs with BUILD's aixcc and runs them with its aixrun."""

    def __init__(self, build):
        self.bin = os.path.join(os.path.abspath(build), "bin")
        self.aixrun = os.path.join(self.bin, "aixrun")

    def compile(self, width, opt, options, scratch):
        """(is there a program scratch/program now, what the compiler told)"""
        return run_limited([os.path.join(self.bin, "aixcc"), f"-m{width}", "-" + opt, *options,
                            "-o", os.path.join(scratch, "program")], scratch)

    def run(self, mode, program, arguments=(), shared_cache=None):
        """(ended with status 0, its output); a directory that shares translations of the libraries saves time."""
        if mode == "interpret":
            return run_limited([self.aixrun, "--interpret", "--", program, *arguments], os.path.dirname(program))
        own_cache = os.path.join(os.path.dirname(program), "cache")
        passed, text, interpreted = self.run_translated(program, arguments, shared_cache or own_cache)
        if passed and interpreted:      # what is new beside many known functions is left cold: without those once more
            passed, text, interpreted = self.run_translated(program, arguments, own_cache)
        return passed and interpreted <= INTERPRETED_MAX, text

    def run_translated(self, program, arguments, cache):
        os.makedirs(cache, mode=0o700, exist_ok=True)
        passed, text = run_limited([self.aixrun, "--cache", cache, "--hot=1", "--wait-translation", "--stats", "--",
                                    program, *arguments], os.path.dirname(program))
        found = re.search(r"instructions interpreted: (\d+)", text)
        return passed and found, text, int(found.group(1)) if found else 0


class Progress:
    """One line that is rewritten, on a terminal; nothing elsewhere."""

    def __init__(self, total):
        self.total, self.done, self.shown = total, 0, sys.stderr.isatty()

    def step(self, what):
        self.done += 1
        if self.shown:
            sys.stderr.write(f"\r\033[K[{self.done}/{self.total}] {what}")
            sys.stderr.flush()

    def say(self, text):
        if self.shown:
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()
        if text:
            print(text, flush=True)
