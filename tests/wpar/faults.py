#!/usr/bin/env python3
"""Commands killed at every step, two at once, a state directory that cannot be written: the next command finds all or nothing.

    faults.py --build BUILD [--user] [--every N]

cut_at kills a command at its n-th call that changes something; what is left is judged by file names and by lswpar's answer.
"""
import argparse
import fcntl
import os
import subprocess
import sys
import time

import wpars
from wpars import expect, expect_in

EVERY = 1


def cut(bench, n, name, *words):
    """Kill the command at its n-th change: True; False when it ended before."""
    command = bench.command(name, *words)
    at = len(command) - len(words) - 1
    command[at:at] = [f"{bench.build}/bin/cut_at", str(n)]
    done = subprocess.run(command, capture_output=True, env=bench.environment, cwd="/", timeout=60, check=False)
    return done.returncode == 0


def repaired(bench, what):
    """The next command puts right what is left, says so in at most one line, and then there is nothing to say."""
    done = bench.run("lswpar", "-q", "-c", "-a", "name,state")
    expect(f"{what}: lswpar", (done.returncode, len(done.stderr.splitlines()) <= 1), (0, True))
    if done.stderr:
        expect_in(f"{what}: says it", done.stderr, "an interrupted operation")
    again = bench.run("lswpar", "-q", "-c", "-a", "name,state")
    expect(f"{what}: stays so", (again.stdout, again.stderr), (done.stdout, ""))
    return done.stdout


def each_cut(bench, name, *words):
    n = 1
    while cut(bench, n, name, *words):
        yield n
        n += EVERY
    expect(f"{name}: there were cuts", n > 10, True)


def mkwpar_cut(bench):
    image = bench.image()
    words = ["-C", "-B", image, "-n", "cut"]
    for n in each_cut(bench, "mkwpar", *words):
        listed = repaired(bench, f"mkwpar cut at {n}")
        if listed:
            expect(f"mkwpar cut at {n}: whole", (listed, os.path.exists(f"{bench.state}/wpars/cut/var")), ("cut:D\n", True))
            bench.good("rmwpar", "cut")
        left = [name for name in bench.leftovers() if not name.endswith((".lock", ".new"))]
        expect(f"mkwpar cut at {n}: nothing is left", left, [])
    bench.good("rmwpar", "cut")
    expect("nothing is left in the end", bench.leftovers(), [])


def rmwpar_cut(bench):
    n = 1
    while True:
        if "cut" not in bench.names():
            bench.good("mkwpar", "-n", "cut")
        if not cut(bench, n, "rmwpar", "cut"):
            break
        listed = repaired(bench, f"rmwpar cut at {n}")
        expect(f"rmwpar cut at {n}: all or nothing", (listed, os.path.exists(f"{bench.state}/wpars/cut/etc/passwd")) in
               [("cut:D\n", True), ("", False)], True)
        n += EVERY
    expect("rmwpar: there were cuts", n > 10, True)
    expect("nothing is left", bench.leftovers(), [])


def startwpar_cut(bench):
    bench.good("mkwpar", "-C", "-B", bench.image(), "-n", "cut")
    n = 1
    while cut(bench, n, "startwpar", "cut"):
        time.sleep(0.3)         # a runtime that was under way ends its step
        done = bench.run("startwpar", "cut")
        state = bench.run("lswpar", "-q", "-c", "-a", "state", "cut").stdout
        expect(f"startwpar cut at {n}: the next one starts it ({done.stderr})", state, "A\n")
        bench.good("stopwpar", "-F", "cut")
        n += 3 * EVERY
    expect("startwpar: there were cuts", n > 10, True)
    bench.good("rmwpar", "-F", "cut")


def two_at_once(bench):
    bench.good("mkwpar", "-n", "one")
    with open(f"{bench.state}/run/vwpar/one.lock", "w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if bench.user:
            os.chown(lock.name, bench.user.pw_uid, bench.user.pw_gid)
        for name in ("mkwpar -n", "rmwpar", "startwpar", "stopwpar"):
            bench.refused("another command is at work on workload partition one", *name.split(), "one")
        expect("a listing does not wait", bench.good("lswpar", "-q", "-c", "-a", "name,state"), "one:D\n")
    commands = [subprocess.Popen(bench.command("mkwpar", "-n", "race", "-h", f"h{i}"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                 env=bench.environment) for i in range(6)]
    expect("one of six makes it", sorted(c.wait(60) for c in commands), [0, 1, 1, 1, 1, 1])
    expect("both are there", bench.names(), ["one", "race"])


def unwritable(bench):
    """A definitions directory that cannot be written: a clear line, nothing changed, and lists still work."""
    if not bench.user:
        return
    bench.good("mkwpar", "-n", "one")
    os.chmod(f"{bench.state}/etc/wpars", 0o500)
    bench.refused("Permission denied", "mkwpar", "-n", "two")
    bench.refused("Permission denied", "rmwpar", "one")
    expect("lists", bench.good("lswpar", "-q", "-c", "-a", "name,state"), "one:D\n")
    expect("no tree", os.path.exists(f"{bench.state}/wpars/two"), False)
    os.chmod(f"{bench.state}/etc/wpars", 0o700)


def full_disk(bench):
    """A file system that has no room for the image: nothing stays."""
    if bench.user:
        return
    image = bench.image()
    small = f"{bench.scratch}/small"
    os.makedirs(small)
    script = ('mount -t tmpfs -o size=16k none "$1" && "$2" -C -B "$3" -n full -d "$1/tree" && echo MADE; ls "$1"')
    done = subprocess.run(["unshare", "-m", "sh", "-c", script, "sh", small, f"{bench.bin}/mkwpar", image], capture_output=True, text=True,
                          env=bench.environment, timeout=60, check=False)
    expect("full disk: nothing is made", done.stdout, "")
    expect_in("full disk: says it", done.stderr, "full" if "full" in done.stderr else "No space left")
    expect("full disk: nothing is left", bench.leftovers(), [])


def killed_wparexec(bench):
    """wparexec killed: its partition lives on, is listed, can be stopped, and then is gone."""
    name = f"k{os.getpid()}"
    with bench.start_application(name) as running:
        running.kill()
    expect("listed", bench.good("lswpar", "-q", "-c", "-a", "name,state"), f"{name}:A\n")
    bench.good("stopwpar", name)
    expect("gone", (bench.names(), bench.leftovers()), ([], []))


def thousand(bench):
    """lswpar of 1,000 definitions, beside ls -l of as many files."""
    bench.good("mkwpar", "-n", "model")
    with open(f"{bench.state}/etc/wpars/model.cf", encoding="ascii") as f:
        text = f.read()
    for i in range(999):
        with open(f"{bench.state}/etc/wpars/w{i:04}.cf", "w", encoding="ascii") as f:
            f.write(text.replace("model", f"w{i:04}"))
    if bench.user:
        subprocess.run(["chown", "-R", bench.user.pw_name, bench.state], check=True)

    def best(command):
        times = []
        for _ in range(10):
            begin = time.monotonic()
            subprocess.run(command, stdout=subprocess.DEVNULL, env=bench.environment, check=True)
            times.append(time.monotonic() - begin)
        return min(times)
    listing, plain = bench.command("lswpar"), ["ls", "-l", f"{bench.state}/etc/wpars"]
    ls, listing = best(listing[:-1] + plain), best(listing)
    print(f"lswpar of 1,000: {listing * 1000:.1f} ms; ls -l: {ls * 1000:.1f} ms")
    expect("all are listed", len(bench.names()), 1000)
    expect("lswpar within 5 times of ls -l, or 100 ms", listing < max(5 * ls, 0.1), True)
    for i in range(999):
        os.remove(f"{bench.state}/etc/wpars/w{i:04}.cf")


def main():
    global EVERY
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    parser.add_argument("--user", action="store_true", help="as an ordinary user")
    parser.add_argument("--every", type=int, default=1, help="cut at every N-th change only")
    parser.add_argument("--only", help="one test by its name")
    options = parser.parse_args()
    EVERY = options.every
    tests = [mkwpar_cut, rmwpar_cut, startwpar_cut, two_at_once, unwritable, full_disk, killed_wparexec, thousand]
    return wpars.main("WPAR faults", [t for t in tests if options.only in (None, t.__name__)], options)


sys.exit(main())
