#!/usr/bin/env python3
"""The translation cache, as its users meet it: filled ahead of time, looked at, in layers, and with everything that can go wrong.

    cache.py --build BUILD [--count N] CASE...           run cases; exit status 1 when one fails
    cache.py --build BUILD --list                        their names

In every case the programs' results must be right, at most with code translated again and lines in the log. --count repeats what is random
so often; the seed is printed.
"""
import argparse
import contextlib
import os
import random
import re
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time

from harness import (PROGRAMS, Bench, Wrong, end_translators, in_small_file_system, kill_translators, same, segments, translators, true,
                     wait_until_idle)

# --- ahead of time ----------------------------------------------------------------------------------------------------------


def ahead(bench):
    """After `wpar translate` the first run asks for nothing and interprets next to nothing."""
    cache = bench.cache()
    for name in PROGRAMS[:2]:
        done = bench.wpar("translate", "--cache", cache, bench.program(name))
        same(f"translate {name}", (0, ""), (done.returncode, done.stderr))
        true(f"no coverage in {done.stdout!r}", re.search(r"libc\.a\(\w+\.o\): \d+ functions, \d+ instructions found, \d+ translated", done.stdout))
        stats = bench.stats(cache, name)
        same(f"{name}: requests", 0, stats["requests to translator"])
        true(f"{name}: {stats['instructions interpreted']} instructions interpreted", stats["instructions interpreted"] < 200)


def ahead_resumes(bench):
    """Killed on the way, it goes on where it was; a third time it finds everything."""
    cache, program = bench.cache(), bench.program("sorting.32")
    first = subprocess.Popen([bench.aixrun, "--cache", cache, "--translate", program], stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while len(segments(cache)) < 3 and time.monotonic() < deadline:
        time.sleep(0.02)
    first.kill()
    first.wait()
    pattern = re.compile(r"(\d+) units in the cache, (\d+) of them new")
    total, new = map(int, pattern.search(bench.wpar("translate", "--cache", cache, program).stdout).groups())
    true(f"interrupted: {new} of {total} units are new", 0 < new < total)
    total_again, new = map(int, pattern.search(bench.wpar("translate", "--cache", cache, program).stdout).groups())
    same("the third time: units, new ones", (total, 0), (total_again, new))


def ahead_directories(bench):
    """Directories are searched for programs, and nothing but programs; what is none is said to be none."""
    cache, tree = bench.cache(), os.path.join(bench.scratch, "tree")
    os.makedirs(os.path.join(tree, "usr/bin"))
    shutil.copy(bench.program("hello.32"), os.path.join(tree, "usr/bin/hello"))
    shutil.copy(bench.program("plugin.32.so"), os.path.join(tree, "usr/plugin"))
    with open(os.path.join(tree, "usr/readme"), "w", encoding="ascii") as f:
        f.write("no program\n")
    done = bench.wpar("translate", "--cache", cache, tree)
    same("a tree", (0, ""), (done.returncode, done.stderr))
    same("programs in it", 1, done.stdout.count("units in the cache"))
    true(f"its name in {done.stdout!r}", "usr/bin/hello: " in done.stdout)
    done = bench.wpar("translate", "--cache", cache, os.path.join(tree, "usr/readme"))
    same("no program", (1, f"wpar translate: {tree}/usr/readme: no AIX program\n"), (done.returncode, done.stderr))
    done = bench.wpar("translate", "--cache", cache, "/nonexistent")
    same("nothing there: status", 1, done.returncode)
    true(f"the name in {done.stderr!r}", "/nonexistent: No such file" in done.stderr)
    same("no file", 2, bench.wpar("translate").returncode)


# --- wpar cache ---------------------------------------------------------------------------------------------------------------


def numbers(text):
    return {k: float(v) for k, v in re.findall(r"^([a-z ]+): ([\d.]+)", text, re.M)}


def verbs(bench):
    """stats counts what was done, verify translates again and finds damage, trim and clear make room."""
    cache = bench.translated("hello.32")
    for _ in range(3):
        bench.right(cache, "hello.32")
    done = bench.wpar("cache", "stats", "--cache", cache)
    same("stats", (0, ""), (done.returncode, done.stderr))
    found = numbers(done.stdout)
    same("stats: processes, asked for", (3, 0), (found["processes"], found["units asked for"]))
    same("stats: hit rate", 100, found["hit rate"])
    same("stats: bytes", sum(map(os.path.getsize, segments(cache))), found["bytes"])
    true(f"stats: host bytes per guest byte in {done.stdout!r}", "host bytes per guest byte" in done.stdout)

    done = bench.wpar("cache", "stats", "--cache", cache, bench.program("hello.32"))
    lines = re.findall(r"^(.*): (\d+) units, (\d+) of (\d+) instructions, (\d+) guest bytes, (\d+) host bytes, ([\d.]+) host bytes per guest byte$",
                       done.stdout, re.M)
    same("stats of a program: status, errors, modules", (0, "", 2), (done.returncode, done.stderr, len(lines)))
    for name, units, covered, known, guest, host, ratio in lines:
        true(f"{name}: {units} units, {covered} of {known}", int(units) > 0 and 0.8 * int(known) < int(covered) <= int(known))
        true(f"{name}: {ratio}", abs(int(host) / int(guest) - float(ratio)) < 0.06 and int(guest) >= 4 * int(covered))

    done = bench.wpar("cache", "verify", "--cache", cache, bench.program("hello.32"))
    same("verify", (0, ""), (done.returncode, done.stderr))
    units, damaged, compared, different = map(int, re.findall(r"\d+", done.stdout.splitlines()[-1]))
    true(f"verify: {done.stdout!r}", units > 500 and compared == units and damaged == different == 0)

    largest = max(segments(cache), key=os.path.getsize)
    with open(largest, "r+b") as f:
        f.seek(-10000, os.SEEK_END)
        byte = f.read(1)
        f.seek(-10000, os.SEEK_END)
        f.write(bytes([byte[0] ^ 0x40]))
    done = bench.wpar("cache", "verify", "--cache", cache)
    same("verify of a damaged cache", 1, done.returncode)
    true(f"one unit is damaged: {done.stdout!r}", " 1 damaged" in done.stdout and "unit at 0x" in done.stdout)
    same("verify after that", 0, bench.wpar("cache", "verify", "--cache", cache).returncode)

    same("trim to 1 MiB", 0, bench.wpar("cache", "trim", "--cache", cache, "1").returncode)
    true("trim: size", sum(map(os.path.getsize, segments(cache))) <= 1 << 20)
    bench.right(cache, "hello.32")
    same("clear", 0, bench.wpar("cache", "clear", "--cache", cache).returncode)
    same("clear: segments", [], segments(cache))
    bench.right(cache, "hello.32")
    for words in (["cache"], ["cache", "trim", "--cache", cache], ["cache", "trim", "--cache", cache, "x"], ["cache", "mend"],
                  ["cache", "--bad"], ["cache", "stats", "--cache"]):
        done = bench.wpar(*words)
        same(f"{words}: status, lines", (2, 1), (done.returncode, done.stderr.count("\n")))


def clear_beside_programs(bench):
    """A cache is cleared while programs run on it: they go on."""
    cache = bench.cache()
    running = [subprocess.Popen(bench.command(cache, "sorting.32", "--hot", "2"), stdout=subprocess.PIPE) for _ in range(4)]
    for _ in range(5):
        same("clear", 0, bench.wpar("cache", "clear", "--cache", cache).returncode)
    for p in running:
        same("output beside clearing", bench.expected("sorting.32"), (p.wait(), p.stdout.read()))


def warm(bench):
    """Runs of the same program soon ask for nothing any more, and go on so: Go's hello; with a large --count a bundle made by esbuild and a
    type check by tsc, whose threads share their work differently each time."""
    inputs, here = os.path.join(bench.build, "inputs"), os.path.dirname(os.path.abspath(__file__))
    programs = [(os.path.join(bench.build, "tests/go/hello.123.aix"), [], bench.scratch)]
    if bench.count > 100:
        programs += [(os.path.join(inputs, "esbuild-aix/package/bin/esbuild"), ["main.js", "--bundle", "--minify", "--log-level=warning"],
                      os.path.join(inputs, "bundle")),
                     (os.path.join(inputs, "tsc-aix/package/lib/tsc"), ["-p", ".", "--noEmit", "--pretty", "false"],
                      os.path.join(here, "../real/tsproject"))]
    for program, arguments, where in programs:
        if not os.path.exists(program):
            print(f"  warm: {program} is not there: left out")
            continue
        cache, asked = bench.cache(), []
        while len(asked) < 20 and asked[-3:] != [0, 0, 0]:
            done = subprocess.run([bench.aixrun, "--cache", cache, "--stats", "--", program, *arguments], cwd=where, capture_output=True,
                                  stdin=subprocess.DEVNULL, timeout=600)
            same(f"{program}: status", 0, done.returncode)
            asked.append(int(re.search(rb"requests to translator: (\d+)", done.stderr).group(1)))
            wait_until_idle(cache)
        print(f"  warm: {os.path.basename(program)} asked for {asked}")
        same(f"{program}: asked for in the last runs", [0, 0, 0], asked[-3:])
        end_translators(cache)


# --- layers ---------------------------------------------------------------------------------------------------------------------


def layers(bench):
    """The system's cache serves programs whose user has none, or may not write."""
    system = bench.translated("sorting.32", "system")
    for name, user in (("empty", bench.cache()), ("missing", os.path.join(bench.scratch, "not/there"))):
        stats = bench.stats(user, "sorting.32", "--hot", "1", "--system-cache", system)
        same(f"{name} user cache: requests", 0, stats["requests to translator"])
        true(f"{name} user cache: units found", stats["units from cache"] > 10)
    before = sorted(os.listdir(system))
    bench.fill(bench.cache(), "codegen.32")
    same("the system's cache is left alone", before, sorted(os.listdir(system)))


def refused(bench):
    """A cache that others could have written is named in the log and not used."""
    log = os.path.join(bench.scratch, "log")
    for mode in (0o777, 0o775):
        for which in ("--cache", "--system-cache"):
            filled = bench.cache()
            bench.fill(filled, "sorting.32")
            end_translators(filled)
            os.chmod(filled, mode)
            options = ["--log", log, "--stats", "--hot", "1", which, filled]
            text = bench.right(bench.cache(), "sorting.32", *options).decode()
            true(f"{which} {oct(mode)}: units were taken from it", which == "--cache" or "units from cache: 0" in text)
            with open(log, encoding="utf-8") as f:
                lines = [line for line in f if filled in line and "writable by others" in line]
            same(f"{which} {oct(mode)}: lines in the log", 1, len(lines))


def not_writable(bench):
    """Somebody else's user may read root's cache: found is found, the rest interpreted."""
    if os.geteuid() != 0:
        print("  not_writable: left out, needs root")
        return
    cache = bench.cache()
    bench.fill(cache, "sorting.32")
    end_translators(cache)
    os.chmod(cache, 0o755)
    os.chmod(bench.scratch, 0o755)
    before = segments(cache)
    command = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", *bench.command(cache, "sorting.32", "--hot", "2", "--stats")]
    done = subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, timeout=120)
    same("as another user", bench.expected("sorting.32"), (done.returncode, done.stdout))
    true("units found", int(re.search(rb"units from cache: (\d+)", done.stderr).group(1)) > 10)
    same("the cache", before, segments(cache))


def noexec(bench):
    """On a file system mounted noexec, code is run from a copy."""
    program = bench.program("sorting.32")
    command = (f"{bench.aixrun} --cache $MOUNT/c --hot 2 --wait-translation {program} > /dev/null; mount -o remount,noexec $MOUNT; "
               f"{bench.aixrun} --cache $MOUNT/c --hot 2 --stats {program}; kill $(cat $MOUNT/c/*.lock)")
    done = in_small_file_system("size=64m", command)
    if done is None:
        print("  noexec: left out, needs root and unshare")
        return
    same("noexec", bench.expected("sorting.32"), (done.returncode, done.stdout))
    true(f"units found: {done.stderr!r}", int(re.search(rb"units from cache: (\d+)", done.stderr).group(1)) > 10)


def elsewhere(bench):
    """A library at another address, behind another library, runs the code that was made for it where it lay first; and all of it is right."""
    mains = {"first": "int work(void); int main(void) { return work(); }",
             "behind": "int work(void); int pad(int); int main(void) { return pad(0) + work(); }",
             "pad": "int data[100] = { 1 }; int pad(int n) { return n ? data[n] : 0; }"}
    for name, text in mains.items():
        with open(os.path.join(bench.scratch, name + ".c"), "w", encoding="ascii") as f:
            f.write(text + "\n")
    os.environ["LIBPATH"] = bench.scratch
    for width in ("-m32", "-m64"):
        for source in ("codegen", "sorting", "jumps", "doubles"):
            cache = bench.cache()
            bench.compile(width, "-O1", "-fno-inline", "-shared", "-Dmain=work", os.path.join(bench.sources, source + ".c"), "-o", "work.so")
            bench.compile(width, "-O2", "-shared", "pad.c", "-o", "pad.so")
            bench.compile(width, "-O2", "first.c", "work.so", "-o", source)
            bench.fill(cache, os.path.join(bench.scratch, source))
            bench.compile(width, "-O2", "behind.c", "pad.so", "work.so", "-o", source)
            stats = bench.stats(cache, os.path.join(bench.scratch, source), "--hot", "2", "--wait-translation")
            asked, moved = stats["requests to translator"], stats["units moved"]
            true(f"{source} {width}: {asked} requests, other than for the program's own units", asked <= 2)
            true(f"{source} {width}: {moved} units moved", moved >= 3)
    del os.environ["LIBPATH"]


# --- never wrong -----------------------------------------------------------------------------------------------------------------


def disk_full(bench):
    """No room for segments: nothing is written, everything runs."""
    for size in ("size=4k", "size=300k", "size=600k", "size=64m,nr_inodes=5"):
        command = "; ".join(f"{bench.aixrun} --cache $MOUNT/c --hot 2 {bench.program(name)}" for name in PROGRAMS[:2])
        done = in_small_file_system(size, command + "; kill $(cat $MOUNT/c/*.lock 2>/dev/null) 2>/dev/null || true")
        if done is None:
            print("  disk_full: left out, needs root and unshare")
            return
        want = b"".join(bench.expected(name)[1] for name in PROGRAMS[:2])
        same(f"{size}: status, output, errors", (0, want, b""), (done.returncode, done.stdout, done.stderr))


def too_large(bench):
    """Files may not grow beyond a limit (EFBIG, as EDQUOT comes: at a write)."""
    cache = bench.cache()
    command = ["sh", "-c", 'trap "" XFSZ; ulimit -f 20; exec "$@"', "sh", *bench.command(cache, "sorting.32", "--hot", "2")]
    done = subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, timeout=120)
    same("with a limit of 10 KiB", bench.expected("sorting.32"), (done.returncode, done.stdout))
    end_translators(cache)
    bench.fill(cache, "sorting.32")


def killed(bench):
    """kill -9 of translators and of runners while both write and read."""
    cache = bench.cache()
    for n in range(bench.count):
        name = random.choice(PROGRAMS)
        p = subprocess.Popen(bench.command(cache, name, "--hot", "2", *random.choice(([], ["--wait-translation"]))), stdout=subprocess.PIPE,
                             stdin=subprocess.DEVNULL, stderr=subprocess.PIPE)
        time.sleep(random.random() * 0.15)
        if random.random() < 0.6:
            kill_translators(cache, signal.SIGKILL)
        if random.random() < 0.4:
            p.kill()
            p.communicate()
        else:
            out, err = p.communicate(timeout=300)
            same(f"{n}: {name} beside a killed translator", (*bench.expected(name), b""), (p.returncode, out, err))
        if random.random() < 0.05:
            bench.wpar("cache", "clear", "--cache", cache)
    for name in PROGRAMS:
        bench.fill(cache, name)
    end_translators(cache)
    same("verify at the end", 0, bench.wpar("cache", "verify", "--cache", cache).returncode)
    same("files left over", [], [n for n in os.listdir(cache) if n.endswith((".tmp", ".old"))])


def parts(path):
    """The parts of a segment as cache_format.h lays them out: name -> (offset, size)."""
    data = open(path, "rb").read()
    units, ranges, slots, links, moves, pcs, blocks = (int.from_bytes(data[40 + 4 * i:44 + 4 * i], sys.byteorder) for i in range(7))
    code = int.from_bytes(data[72:80], sys.byteorder)
    found, at = {"header": (0, 104)}, 104
    for name, size in (("blocks", 24 * blocks), ("units", 88 * units), ("ranges", 16 * ranges), ("targets", 8 * slots),
                       ("links", 8 * links), ("moves", 8 * moves), ("pcs", 8 * pcs)):
        found[name] = (at, size)
        at += size
    found["padding"] = (at, code - at)
    found["code"] = (code, len(data) - code)
    return found


def rewrite(path, data):
    os.unlink(path)
    with open(path, "wb") as f:
        f.write(data)


def flipped(bench):
    """A bit turned over in each part of a segment; with a large --count so often, in a large cache."""
    good, log = bench.cache("good"), os.path.join(bench.scratch, "log")
    large = bench.count > 100
    names = PROGRAMS if large else PROGRAMS[:2]
    for name in names:
        bench.fill(good, name)
    end_translators(good)
    if large:
        for path in segments(bench.translated("sorting.32")):
            shutil.copy(path, good)
    names_of_parts = list(parts(segments(good)[0]))
    for n in range(bench.count if large else 3 * len(names_of_parts)):
        path, part = random.choice(segments(good)), names_of_parts[n % len(names_of_parts)]
        offset, size = parts(path)[part]
        if not size:
            continue
        data = bytearray(open(path, "rb").read())
        at = offset + random.randrange(size)
        data[at] ^= 1 << random.randrange(8)
        cache = bench.cache("flipped")
        shutil.rmtree(cache)
        shutil.copytree(good, cache, ignore=shutil.ignore_patterns("*.sock", "*.lock"))
        rewrite(os.path.join(cache, os.path.basename(path)), data)
        name = random.choice(names)
        same(f"byte {at} of {os.path.basename(path)} ({part}): errors", b"", bench.right(cache, name, "--hot", "2", "--log", log))
        end_translators(cache)
        shutil.rmtree(cache)
        bench.caches.remove(cache)


def truncated(bench):
    """Segments cut off anywhere, empty files, directories and links in their places."""
    good = bench.cache("good")
    bench.fill(good, "sorting.32")
    end_translators(good)
    for n in range(12):
        cache = bench.cache("cut")
        shutil.rmtree(cache)
        shutil.copytree(good, cache, ignore=shutil.ignore_patterns("*.sock", "*.lock"))
        for path in segments(cache):
            data = open(path, "rb").read()
            if n == 0:
                rewrite(path, b"")
            elif n == 1:
                os.unlink(path)
                os.mkdir(path)
            elif n == 2:
                os.unlink(path)
                os.symlink("/etc/passwd", path)
            elif n == 3:
                os.chmod(path, 0)
            else:
                rewrite(path, data[:random.randrange(len(data))])
        same("errors", b"", bench.right(cache, "sorting.32", "--hot", "2"))
        end_translators(cache)
    true("what links lead to is left alone", os.path.getsize("/etc/passwd") > 0)


def other_build(bench, where):
    """Copies of aixrun and xlated that have another fingerprint: the hash of the sources is a text in both."""
    os.makedirs(where, exist_ok=True)
    header = os.path.join(bench.build, "xlate/cache/translator_hash.h")
    digits = re.search(r'TRANSLATOR_HASH "([0-9a-f]{64})"', open(header, encoding="ascii").read()).group(1).encode()
    for name in ("aixrun", "xlated"):
        data = open(os.path.join(bench.bin, name), "rb").read()
        true(f"the hash in {name}", data.count(digits) == 1)
        path = os.path.join(where, name)
        with open(path, "wb") as f:
            f.write(data.replace(digits, digits[::-1]))
        os.chmod(path, 0o755)
    return os.path.join(where, "aixrun")


def two_builds(bench):
    """Two builds of the translator share a directory: each uses its own code, at the same time, and neither loses any."""
    cache, other = bench.cache(), other_build(bench, os.path.join(bench.scratch, "other"))
    base = ["--base", os.path.join(bench.build, "base")]
    running = []
    for name in PROGRAMS[:4]:
        for aixrun in (bench.aixrun, other):
            command = bench.command(cache, name, "--hot", "2", *base, aixrun=aixrun)
            running.append((name, subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)))
    for name, p in running:
        out, err = p.communicate(timeout=300)
        same(f"{name} in company", (*bench.expected(name), b""), (p.returncode, out, err))
    bench.fill(cache, "sorting.32")
    bench.right(cache, "sorting.32", "--hot", "2", "--wait-translation", *base, aixrun=other)
    for aixrun in (bench.aixrun, other):
        text = bench.right(cache, "sorting.32", "--hot", "2", "--wait-translation", "--stats", *base, aixrun=aixrun)
        true(f"units of both are there: {text!r}", int(re.search(rb"units from cache: (\d+)", text).group(1)) > 10 and b"requests to translator: 0" in text)
    same("prefixes", 2, len({os.path.basename(p)[:8] for p in segments(cache)}))


def profile(bench):
    """What was hot is known after an upgrade: another build asks for it at once, though nothing becomes hot by its count."""
    cache, other = bench.cache(), other_build(bench, os.path.join(bench.scratch, "other"))
    base = ["--base", os.path.join(bench.build, "base")]
    cold = bench.stats(cache, "sorting.32", "--hot", "2", "--wait-translation")
    true(f"asked for: {cold['requests to translator']}", cold["requests to translator"] > 10)
    for hot, least, most in (("60000", 10, 1000), ("60000", 0, 0)):
        text = bench.right(cache, "sorting.32", "--hot", hot, "--wait-translation", "--stats", *base, aixrun=other).decode()
        asked = int(re.search(r"requests to translator: (\d+)", text).group(1))
        true(f"asked for after the upgrade: {asked}", least <= asked <= most)
    os.unlink(os.path.join(cache, "units.hot"))
    end_translators(cache)
    for path in segments(cache):
        os.unlink(path)
    stats = bench.stats(cache, "sorting.32", "--hot", "60000", "--wait-translation")
    same("asked for without a profile", 0, stats["requests to translator"])


def clock_set_back(bench):
    """Everything in the cache is from the future; then from long ago."""
    cache = bench.cache()
    bench.fill(cache, "sorting.32")
    end_translators(cache)
    for date in (4000000000, 1000):
        for name in os.listdir(cache):
            os.utime(os.path.join(cache, name), (date, date), follow_symlinks=False)
        for path in (os.path.join(cache, n) for n in os.listdir(cache) if n.endswith(".use")):
            size = os.path.getsize(path)
            rewrite(path, bytes(4096) + (b"\xff\xfe" if date > 10000 else b"\0\0") * ((size - 4096) // 2))
        before = segments(cache)
        stats = bench.stats(cache, "sorting.32", "--hot", "2", "--wait-translation")
        same("requests", 0, stats["requests to translator"])
        same("verify", 0, bench.wpar("cache", "verify", "--cache", cache).returncode)
        same("segments", before, segments(cache))


def racing(bench):
    """Fifty processes on a cold cache at once: one translator, no unit twice, every result right."""
    cache = bench.cache()
    running = [(name, subprocess.Popen(bench.command(cache, name, "--hot", "2"), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                       stdin=subprocess.DEVNULL)) for name in (PROGRAMS[n % len(PROGRAMS)] for n in range(50))]
    time.sleep(0.5)
    true("one translator", len(list(translators(cache))) <= 1)
    for name, p in running:
        out, err = p.communicate(timeout=300)
        same(f"{name} in company", (*bench.expected(name), b""), (p.returncode, out, err))
    for name in PROGRAMS:
        bench.fill(cache, name)
    end_translators(cache)
    same("verify", 0, bench.wpar("cache", "verify", "--cache", cache).returncode)


def starved(bench):
    """A translator without memory: it dies of it, again and again, and programs are interpreted."""
    for mebibytes in (50, 260, 330):
        worker, cache = os.path.join(bench.scratch, f"worker{mebibytes}"), bench.cache()
        with open(worker, "w", encoding="ascii") as f:
            f.write(f'#!/bin/sh\nexec {bench.bin}/xlated "$@" --memory {mebibytes}\n')
        os.chmod(worker, 0o755)
        same(f"{mebibytes} MiB", b"", bench.right(cache, "sorting.32", "--hot", "2", "--worker", worker))
        end_translators(cache)


def slow(bench):
    """A unit that takes longer than it may ends its translator; one that two died of is left to the interpreter, and the log says so."""
    worker, cache, log = os.path.join(bench.scratch, "worker"), bench.cache(), os.path.join(bench.scratch, "log")
    with open(worker, "w", encoding="ascii") as f:
        f.write(f'#!/bin/sh\nexec {bench.bin}/xlated "$@" --time 0.001\n')
    os.chmod(worker, 0o755)
    same("errors", b"", bench.right(cache, "sorting.32", "--hot", "2", "--wait-translation", "--worker", worker, "--log", log))
    with open(log, encoding="utf-8") as f:
        true("lines in the log", "translator died twice over the unit at 0x" in f.read())
    for text in ("x", "-1", ""):
        done = subprocess.run([os.path.join(bench.bin, "xlated"), "--time", text], capture_output=True, text=True, stdin=subprocess.DEVNULL)
        same(f"--time {text!r}", (2, f'xlated: --time: "{text}" is not a number\n'), (done.returncode, done.stderr))
    end_translators(cache)
    bench.fill(cache, "sorting.32")


# Preloaded into the translator: what file systems of other machines do. Which of it, FAULT says.
FAULTS = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
static int is(const char *what) { const char *f = getenv("FAULT"); return f && !strcmp(f, what); }
static int segment(int fd) { struct stat st; return fstat(fd, &st) == 0 && S_ISREG(st.st_mode); }
static int fail(int code) { errno = code; return -1; }
ssize_t write(int fd, const void *p, size_t n)
{
    static ssize_t (*real)(int, const void *, size_t);
    if (!real) real = (ssize_t (*)(int, const void *, size_t))dlsym(RTLD_NEXT, "write");
    if (n > 4096 && segment(fd) && is("quota")) return fail(EDQUOT);
    return real(fd, p, n > 4096 && is("short") ? 4096 : n);
}
int fdatasync(int fd)
{
    static int (*real)(int);
    if (!real) real = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
    return is("quota at sync") ? fail(EDQUOT) : real(fd);
}
int renameat(int from, const char *a, int to, const char *b)
{
    static int (*real)(int, const char *, int, const char *);
    static int count;
    if (!real) real = (int (*)(int, const char *, int, const char *))dlsym(RTLD_NEXT, "renameat");
    if (is("not renamed") && count++ % 2 == 0) return fail(EIO);
    int done = real(from, a, to, b);
    return is("renamed twice") && count++ % 2 == 0 ? fail(ENOENT) : done;
}
"""


def other_machines(bench):
    """A quota is used up at write or at sync; a rename is done, and its answer lost, so that the second try finds nothing to rename; it is not
    done; a file that was removed while it is open stays under another name. All as NFS has it."""
    if not shutil.which("gcc"):
        print("  other_machines: left out, needs gcc")
        return
    source, library = os.path.join(bench.scratch, "faults.c"), os.path.join(bench.scratch, "faults.so")
    with open(source, "w", encoding="ascii") as f:
        f.write(FAULTS)
    subprocess.run(["gcc", "-O1", "-shared", "-fPIC", "-o", library, source, "-ldl"], check=True)
    for fault, cached in (("quota", False), ("quota at sync", False), ("short", True), ("renamed twice", True), ("not renamed", True)):
        cache, worker = bench.cache(), os.path.join(bench.scratch, "worker")
        with open(worker, "w", encoding="ascii") as f:
            f.write(f"#!/bin/sh\nFAULT='{fault}' LD_PRELOAD={library} exec {bench.bin}/xlated \"$@\"\n")
        os.chmod(worker, 0o755)
        with open(os.path.join(cache, ".nfs0000000000001234"), "wb") as f:
            f.write(b"removed while open")
        for _ in range(3):
            same(f"{fault}: errors", b"", bench.right(cache, "sorting.32", "--hot", "2", "--wait-translation", "--worker", worker))
        end_translators(cache)
        same(f"{fault}: is something there", cached, bool(segments(cache)))
        same(f"{fault}: left over", [], [n for n in os.listdir(cache) if n.endswith(".tmp")])
        same(f"{fault}: verify", 0, bench.wpar("cache", "verify", "--cache", cache).returncode)
        bench.fill(cache, "sorting.32")
        same(f"{fault}: requests afterwards", 0, bench.stats(cache, "sorting.32", "--hot", "2")["requests to translator"])


def malformed(bench):
    """Nonsense on the socket costs its sender the connection, nobody else anything."""
    cache = bench.cache()
    bench.fill(cache, "jumps.32")
    before = list(translators(cache))
    path = next(os.path.join(cache, n) for n in os.listdir(cache) if n.endswith(".sock"))
    version = subprocess.run([os.path.join(bench.bin, "xlated"), "--version"], capture_output=True, text=True, check=True).stdout
    high, low = (int(version.split()[-1][i:i + 16], 16) for i in (0, 16))
    hello = struct.pack("=IIQQ", 1, 1, low, high)
    for n in range(200):
        request = bytearray(struct.pack("=IIIIQQII", 2, n, 0, 0, 0x10000000, 0x10000000, 64, 0) + random.randbytes(64))
        for _ in range(random.randrange(4)):
            request[random.randrange(len(request))] = random.randrange(256)
        with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as s:
            s.connect(path)
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                s.send(hello if n % 4 else random.randbytes(random.randrange(1, 40000)))
                s.send(request[:random.randrange(1, len(request) + 1)] if n % 3 else bytes(request))
    same("translators", before, list(translators(cache)))
    same("after that", b"", bench.fill(cache, "sorting.32"))
    same("translators at the end", before, list(translators(cache)))


CASES = {f.__name__: f for f in (warm, ahead, ahead_resumes, ahead_directories, verbs, clear_beside_programs, layers, elsewhere, refused, not_writable,
                                 noexec, disk_full, too_large, killed, flipped, truncated, two_builds, profile, clock_set_back,
                                 racing, starved, slow, other_machines, malformed)}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", default=os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../build"))
    parser.add_argument("--count", type=int, default=12)
    parser.add_argument("--list", action="store_true")
    parser.add_argument("cases", nargs="*", metavar="CASE")
    options = parser.parse_args()
    if options.list:
        print("\n".join(CASES))
        return 0
    failed = 0
    for case in options.cases:
        seed = random.randrange(1 << 32)
        random.seed(seed)
        with tempfile.TemporaryDirectory(prefix="vwpar-cache-", ignore_cleanup_errors=True) as scratch:
            bench = Bench(options.build, scratch, options.count)
            try:
                CASES[case](bench)
                print(f"{case}: right")
            except (Wrong, subprocess.TimeoutExpired) as e:
                failed += 1
                print(f"{case} (seed {seed}): {e}")
            finally:
                bench.end_all()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
