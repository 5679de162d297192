#!/usr/bin/env python3
"""chwpar, savewpar, lssavewpar, restwpar, restwparfiles, mkwpardata, driven as an administrator does.

    backup.py --build BUILD [--user]

What a backup must hold is what the tree held, seen by Python; the letters are IBM's (WPAR.md).
"""
import argparse
import hashlib
import os
import subprocess
import sys

import wpars
from wpars import expect, expect_in


def digest(path):
    with open(path, "rb") as f:
        return hashlib.sha256(f.read()).hexdigest()


def tree(path):
    """Names, kinds, modes and contents below a directory."""
    found = {}
    for directory, folders, files in os.walk(path):
        for name in folders + files:
            full = os.path.join(directory, name)
            st = os.lstat(full)
            data = os.readlink(full) if os.path.islink(full) else digest(full) if os.path.isfile(full) else None
            found[os.path.relpath(full, path)] = (oct(st.st_mode), data)
    return found


def cycle(bench):
    """savewpar, rmwpar, restwpar: the same tree and settings; and under another name beside the original."""
    name = "orig"
    bench.good("mkwpar", "-C", "-B", bench.image(), "-n", name, "-R", "CPU=0%-40%,60%", "-M", "directory=/data", "dev=/tmp", "-N",
               "address=10.79.0.1", "netmask=255.255.255.0")
    top = f"{bench.state}/wpars/{name}"
    with open(f"{top}/var/changed", "w", encoding="ascii") as f:
        f.write("since\n")
    os.symlink("changed", f"{top}/var/link")
    if bench.user:
        os.lchown(f"{top}/var/link", bench.user.pw_uid, -1)
        os.chown(f"{top}/var/changed", bench.user.pw_uid, -1)
    backup = f"{bench.scratch}/backup"
    bench.good("savewpar", "-i", "-f", backup, name)
    before = tree(top)
    listed = bench.good("lssavewpar", "-f", backup).split()
    expect("listed", sorted(listed), sorted(["./"] + ["./" + n for n in before]))
    facts = bench.good("lssavewpar", "-l", "-f", backup)
    for text in ("BACKUP OSLEVEL:         5.3.0.0", "MAINTENANCE LEVEL:      5300-12", "UNAME INFO:             AIX orig 3 5"):
        expect_in("-l", facts, text)
    expect("-M", bench.good("lssavewpar", "-M", "-c", "-f", backup), "#mountpoint:device:options\n/data:/tmp:rw\n")
    expect_in("-V", bench.good("lssavewpar", "-V", "-f", backup), "savewpar image, volume 1")
    settings = bench.good("lswpar", "-q", "-c", "-R", name)
    told = "restwpar: the specification mounts /tmp of this machine at /data (rw)\n"
    for words, reason in (([], "a workload partition called orig exists already\n"),
                          (["-n", "copy"], "host name orig is used by workload partition orig\n")):
        done = bench.run("restwpar", "-f", backup, *words)
        expect(f"refused: {reason}", (done.returncode, done.stderr), (1, f"{told}restwpar: {reason}"))
    done = bench.run("restwpar", "-a", "-f", backup, "-n", "copy")
    expect("-a -n: status", (done.returncode, len(done.stderr.splitlines())), (0, 3))
    expect("-n: its own directory and host name", bench.good("lswpar", "-q", "-c", "-a", "name,directory,hostname,ostype", "copy"),
           f"copy:{bench.state}/wpars/copy:copy:1024\n")
    expect("the copy's tree", tree(f"{bench.state}/wpars/copy"), before)
    bench.good("rmwpar", name)
    done = bench.run("restwpar", "-f", backup)
    expect("restwpar", (done.returncode, done.stderr), (0, told))
    expect("the same tree", tree(top), before)
    expect("the same settings", bench.good("lswpar", "-q", "-c", "-R", name), settings)
    expect("and address", bench.good("lswpar", "-q", "-c", "-N", "-a", "address", name), "10.79.0.1\n")
    single(bench, backup, top)


def single(bench, backup, top):
    os.remove(f"{top}/etc/keep")
    bench.good("restwparfiles", "-f", backup, "-n", "orig", "/etc/keep")
    expect("a single file", open(f"{top}/etc/keep", encoding="ascii").read(), "kept\n")
    bench.refused("none of the files is in it", "restwparfiles", "-f", backup, "-n", "orig", "etc/none")
    bench.refused("not a backup of a workload partition", "restwpar", "-f", bench.image(), "-n", "no")
    bench.refused("-f IMAGE is missing", "savewpar", "orig", status=2)
    expect("no other files", sorted(os.listdir(f"{bench.state}/wpars")), ["copy", "orig"])


def hostile_links(bench):
    """A symbolic link that a program of the partition left does not lead savewpar out of it."""
    bench.good("mkwpar", "-n", "trap", "-l")
    top = f"{bench.state}/wpars/trap"
    outside = f"{bench.scratch}/outside"
    os.makedirs(outside)
    if bench.user:
        os.chown(outside, bench.user.pw_uid, -1)
    os.symlink(outside, f"{top}/.savewpar_dir")
    os.symlink(f"{outside}/image.data", f"{top}/image.data")
    if bench.user:
        for name in (".savewpar_dir", "image.data"):
            os.lchown(f"{top}/{name}", bench.user.pw_uid, -1)
    bench.run("savewpar", "-f", f"{bench.scratch}/b", "trap")
    bench.run("mkwpardata", "trap")
    expect("nothing outside", os.listdir(outside), [])


def excluded(bench):
    """-e and -P: patterns of files in /etc, which only root can write."""
    if bench.user:
        return
    name = f"ex{os.getpid()}"
    bench.good("mkwpar", "-n", name, "-l")
    lists = {f"/etc/exclude.{name}": "^./usr/include/\n^./etc/hosts$\n", f"/etc/exclude_packing.{name}": "crt0\n"}
    try:
        for path, text in lists.items():
            with open(path, "w", encoding="ascii") as f:
                f.write(text)
        bench.good("savewpar", "-e", "-P", "-f", f"{bench.scratch}/b", name)
        listed = bench.good("lssavewpar", "-f", f"{bench.scratch}/b").split()
        expect("left out", [n for n in listed if n.startswith("./usr/include/") or n == "./etc/hosts"], [])
        expect("the rest is there", "./usr/lib/libc.a" in listed and "./etc/passwd" in listed, True)
        with open(f"/etc/exclude.{name}", "w", encoding="ascii") as f:
            f.write("[\n")
        bench.refused("'[' is not a pattern", "savewpar", "-e", "-f", f"{bench.scratch}/b", name)
    finally:
        for path in lists:
            os.remove(path)
    bench.refused(f"/etc/exclude.{name}: No such file", "savewpar", "-e", "-f", f"{bench.scratch}/b", name)


def changes(bench):
    """chwpar: settings, records by their keys, -K, names and directories."""
    bench.good("mkwpar", "-n", "a", "-h", "ahost")
    bench.good("mkwpar", "-n", "b")
    bench.good("chwpar", "-h", "other", "-A", "-R", "CPU=0%-30%,50%", "totalPTYs=7", "-N", "address=10.80.0.1", "netmask=255.0.0.0", "-M",
               "directory=/x", "vfs=tmpfs", "a")
    bench.good("chwpar", "-N", "address=10.80.0.1", "netmask=255.255.0.0", "a")
    expect("changed", bench.good("lswpar", "-q", "-c", "-a", "hostname,auto", "a"), "other:yes\n")
    expect("one address, changed", bench.good("lswpar", "-q", "-c", "-N", "a"), "a::10.80.0.1:255.255.0.0:\n")
    bench.good("chwpar", "-K", "-A", "-R", "CPU", "-N", "address=10.80.0.1", "a")
    expect("-K -A", bench.good("lswpar", "-q", "-c", "-a", "auto", "a"), "no\n")
    expect("-K -R CPU", bench.good("lswpar", "-q", "-c", "-R", "-a", "CPU,totalPTYs", "a"), "0%-100%,100%:7\n")
    expect("-K -N", bench.good("lswpar", "-q", "-c", "-N", "a"), "")
    bench.good("chwpar", "-d", f"{bench.scratch}/moved", "a")
    expect("-d moves the tree", (os.path.exists(f"{bench.scratch}/moved/etc/passwd"), os.path.exists(f"{bench.state}/wpars/a")), (True, False))
    bench.good("chwpar", "-n", "c", "a")
    expect("-n", bench.good("lswpar", "-q", "-c", "-a", "name,directory"), f"b:{bench.state}/wpars/b\nc:{bench.scratch}/moved\n")
    for text, status, *words in [("exists already", 1, "-n", "b", "c"), ("host name b is used", 1, "-h", "b", "c"),
                                 ("there is no 10.9.9.9", 1, "-K", "-N", "address=10.9.9.9", "c"),
                                 ("CPU=9: must be", 1, "-R", "CPU=9", "c"), ("Could not find", 1, "-A", "zz"),
                                 ("option -P is IBM's", 2, "-P", "c")]:
        bench.refused(text, "chwpar", *words, status=status)
    expect("nothing was changed by that", bench.names(), ["b", "c"])
    bench.good("mkwpar", "-C", "-B", bench.image(), "-n", "run", "-s")
    bench.refused("-n: workload partition run is active", "chwpar", "-n", "x", "run")
    bench.good("chwpar", "-R", "totalProcesses=40", "run")
    if not bench.user:
        paths = [f"{d}/pids.max" for d, _, files in os.walk("/sys/fs/cgroup") if d.endswith("/vwpar/run") and "pids.max" in files]
        expect("the limit of an active one", [open(p, encoding="ascii").read() for p in paths[:1]], ["40\n"])
    bench.good("rmwpar", "-F", "run")


def cuts(bench):
    """chwpar and restwpar killed at every fourth change."""
    bench.good("mkwpar", "-n", "one")
    backup = f"{bench.scratch}/b"
    bench.good("savewpar", "-f", backup, "one")
    for command, words in (("chwpar", ["-n", "two", "one"]), ("chwpar", ["-d", f"{bench.scratch}/else", "one"]),
                           ("restwpar", ["-a", "-f", backup, "-n", "new"])):
        n = 1
        while True:
            full = bench.command(command, *words)
            at = len(full) - len(words) - 1
            full[at:at] = [f"{bench.build}/bin/cut_at", str(n)]
            done = subprocess.run(full, capture_output=True, env=bench.environment, cwd="/", timeout=60, check=False)
            listed = bench.run("lswpar", "-q", "-c", "-a", "name,directory")
            rows = dict(line.split(":") for line in listed.stdout.split())
            expect(f"{command} cut at {n}: trees of all that are listed ({rows})", [os.path.exists(f"{d}/etc/passwd") for d in rows.values()],
                   [True] * len(rows))
            expect(f"{command} cut at {n}: {sorted(rows)}", sorted(rows) in (["one"], ["two"], ["new", "one"]), True)
            if "two" in rows:
                bench.good("chwpar", "-n", "one", "two")
            if "new" in rows:
                bench.good("rmwpar", "new")
            if rows.get("one", "").endswith("else"):
                bench.good("chwpar", "-d", f"{bench.state}/wpars/one", "one")
            if done.returncode != 0:
                break
            n += 4
        expect(f"{command}: there were cuts", n > 8, True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    parser.add_argument("--user", action="store_true", help="as an ordinary user")
    parser.add_argument("--only", help="one test by its name")
    options = parser.parse_args()
    tests = [cycle, hostile_links, excluded, changes, cuts]
    return wpars.main("WPAR backups and changes", [t for t in tests if options.only in (None, t.__name__)], options)


sys.exit(main())
