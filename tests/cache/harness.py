"""What the tests of the translation cache share: programs with known results, ways to run them, translators that are told to end.

The programs are those of tests/xcoff/guest; their results are NAME.expected there, written by hand or by the same source built for the host.
"""
import contextlib
import fcntl
import hashlib
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time

PROGRAMS = ("sorting.32", "sorting.64", "codegen.32", "codegen.64", "jumps.32", "doubles.64")


class Wrong(Exception):
    """What was expected and what came."""


def same(what, want, got):
    if want != got:
        raise Wrong(f"{what}\n  expected: {want!r}\n  got:      {got!r}")


def true(what, holds):
    if not holds:
        raise Wrong(what)


class Bench:
    def __init__(self, build, scratch, count):
        self.build, self.scratch, self.count = os.path.abspath(build), scratch, count
        self.bin = os.path.join(self.build, "bin")
        self.aixrun = os.path.join(self.bin, "aixrun")
        self.guest = os.path.join(self.build, "tests/xcoff/guest")
        self.sources = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../xcoff/guest")
        self.caches = []

    def cache(self, name="cache"):
        path = tempfile.mkdtemp(prefix=name + "-", dir=self.scratch)
        self.caches.append(path)
        return path

    def program(self, name):
        return os.path.join(self.guest, name)

    def compile(self, *words):
        subprocess.run([os.path.join(self.bin, "aixcc"), *words], cwd=self.scratch, check=True)

    def expected(self, name):
        with open(os.path.join(self.sources, os.path.basename(name).split(".")[0] + ".expected"), "rb") as f:
            text = f.read()
        found = re.match(rb"status (\d+)\n", text)
        return (int(found.group(1)), text[found.end():]) if found else (0, text)

    def command(self, cache, name, *options, aixrun=None):
        return [aixrun or self.aixrun, "--cache", cache, *options, "--", self.program(name)]

    def run(self, cache, name, *options, aixrun=None):
        return subprocess.run(self.command(cache, name, *options, aixrun=aixrun), stdin=subprocess.DEVNULL, capture_output=True,
                              timeout=300, cwd=self.guest)

    def right(self, cache, name, *options, aixrun=None):
        """Run it; its result must be the known one. Returns what it wrote to standard error."""
        done = self.run(cache, name, *options, aixrun=aixrun)
        same(f"{name}: status and output", self.expected(name), (done.returncode, done.stdout))
        return done.stderr

    def stats(self, cache, name, *options):
        text = self.right(cache, name, "--stats", *options).decode()
        return {key: float(value) for key, value in re.findall(r"^([a-z ]+): ([\d.]+)(?: s)?$", text, re.M)}

    def fill(self, cache, name):
        """Until everything that runs twice is translated and written."""
        return self.right(cache, name, "--hot", "2", "--wait-translation")

    def translated(self, name, prefix="cache"):
        """A cache with all of the program and its libraries, a copy of one that is made once for these and kept beside the programs."""
        contents = hashlib.sha256()
        for path in (self.program(name), os.path.join(self.build, "base/usr/lib/libc.a")):
            with open(path, "rb") as f:
                contents.update(f.read())
        kept, copy = os.path.join(self.build, "tests/cache", "translated-" + name), self.cache(prefix)
        mark = os.path.join(kept, contents.hexdigest()[:16])
        os.makedirs(kept, mode=0o700, exist_ok=True)
        with open(kept + ".lock", "w", encoding="ascii") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not os.path.exists(mark):
                shutil.rmtree(kept)
                os.makedirs(kept, mode=0o700)
                with open(mark, "wb"):
                    pass
            done = self.wpar("translate", "-q", "--cache", kept, self.program(name))
            same(f"translate {name}", (0, ""), (done.returncode, done.stderr))
            end_translators(kept)
            self.wpar("cache", "trim", "--cache", kept, "100")
        locks = [os.path.join(kept, n) for n in os.listdir(kept) if n.endswith(".lock")]
        build = os.path.basename(max(locks, key=os.path.getmtime))[:8]
        for path in segments(kept):
            if os.path.basename(path).startswith(build):
                shutil.copy(path, copy)
            else:
                os.unlink(path)         # of an earlier build
        return copy

    def wpar(self, *words, env=None):
        return subprocess.run([os.path.join(self.bin, "wpar"), *words], stdin=subprocess.DEVNULL, capture_output=True, text=True,
                              timeout=600, env={**os.environ, **(env or {})})

    def end_all(self):
        for path in self.caches:
            end_translators(path)


def segments(cache):
    return sorted(os.path.join(cache, n) for n in os.listdir(cache) if n.endswith(".seg"))


def translators(cache):
    """Process ids of those who hold the cache's locks, or held them last."""
    for name in os.listdir(cache) if os.path.isdir(cache) else ():
        if name.endswith(".lock"):
            with contextlib.suppress(OSError, ValueError), open(os.path.join(cache, name), encoding="ascii") as f:
                pid = int(f.read())
                with open(f"/proc/{pid}/cmdline", "rb") as c:
                    if cache.encode() in c.read():
                        yield pid


def kill_translators(cache, signo):
    for pid in list(translators(cache)):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signo)


def end_translators(cache):
    deadline = time.monotonic() + 10
    while list(translators(cache)) and time.monotonic() < deadline:
        kill_translators(cache, signal.SIGTERM)
        time.sleep(0.02)


def wait_until_idle(cache):
    """Until its translators have used no processor time for two seconds."""
    ticks, since = None, time.monotonic()
    while time.monotonic() - since < 2:
        now = []
        for pid in translators(cache):
            with contextlib.suppress(OSError), open(f"/proc/{pid}/stat", encoding="ascii") as f:
                now.append(f.read().rsplit(")", 1)[1].split()[11:13])
        if now != ticks:
            ticks, since = now, time.monotonic()
        time.sleep(0.25)


def in_small_file_system(size, command):
    """Run a shell command with a file system of that size at $MOUNT, in a mount namespace of its own. None when that is not possible."""
    if os.geteuid() != 0 or not shutil.which("unshare"):
        return None
    script = f"set -e; mkdir -p $MOUNT; mount -t tmpfs -o {size} none $MOUNT; chmod 700 $MOUNT; {command}"
    where = tempfile.mkdtemp(prefix="vwpar-mount-")
    try:
        probe = subprocess.run(["unshare", "-m", "true"], capture_output=True)
        if probe.returncode:
            return None
        return subprocess.run(["unshare", "-m", "sh", "-c", script], env={**os.environ, "MOUNT": where}, stdin=subprocess.DEVNULL,
                              capture_output=True, timeout=300)
    finally:
        os.rmdir(where)
