#!/usr/bin/env python3
"""`wpar image` driven as its users do: as root and as an ordinary user, good images, damaged ones and hostile ones.

    image.py --build BUILD [--user]

Images are put together by bff.py from the documented layout; packed data are judged by gzip, trees by what Python sees of them.
"""
import argparse
import hashlib
import json
import os
import pty
import random
import shutil
import stat
import struct
import subprocess
import sys
import tempfile

import bff
from users import ordinary_user

failures = []
WPAR = ""
USER = None


def expect(what, got, want):
    if got != want:
        failures.append(what)
        print(f"{what}: expected {want!r}, got {got!r}")


def run(*words, stdin=None, cwd="/", umask="022"):
    command = [WPAR, "image", *words]
    if USER:
        command = ["setpriv", f"--reuid={USER.pw_uid}", f"--regid={USER.pw_gid}", "--clear-groups"] + command
    return subprocess.run(["sh", "-c", f'umask {umask}; exec "$@"', "sh"] + command, input=stdin, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, timeout=120, cwd=cwd, env={**os.environ, "TZ": "UTC", "LC_ALL": "C"}, check=False)


def write(path, data):
    with open(path, "wb") as f:
        f.write(data)
    return path


def read(path):
    with open(path, "rb") as f:
        return f.read()


def one_line(what, done, status, *texts):
    lines = done.stderr.decode().splitlines()
    expect(f"{what}: status", done.returncode, status)
    expect(f"{what}: one line", len(lines), 1)
    for text in texts:
        expect(f"{what}: says {text!r} in {lines}", any(text in line for line in lines), True)


# Reading

def public_sample(scratch):
    data = bff.sample()
    expect("the assembler gives what AIX wrote", hashlib.sha256(data).hexdigest(),
           "7eae061b3b625feaebc85cdd3cacd44df7e57b498f0f977d597437ec1293f8b9")
    path = write(f"{scratch}/sample.bff", data)
    names = "backup\nbackup/file.txt\nbackup/folder\nbackup/folder/file_in_folder.txt\n"
    done = run("ls", path)
    expect("ls", (done.returncode, done.stdout.decode(), done.stderr), (0, names, b""))
    expect("ls of a pipe", run("ls", "-", stdin=data).stdout.decode(), names)
    expect("ls -l", run("ls", "-l", path, "./backup/folder").stdout.decode(),
           "drwxr-xr-x    2   388113    21803          0 2024-05-27 09:59 backup/folder\n"
           "-rw-r--r--    1   388113    21803          3 2024-05-27 10:00 backup/folder/file_in_folder.txt\n")
    rows = [json.loads(line) for line in run("ls", "--json", path).stdout.splitlines()]
    expect("ls --json", rows[1], {"name": "backup/file.txt", "type": "file", "mode": "0644", "uid": 388113, "gid": 21803,
                                  "mtime": 0x66545968, "size": 3})
    expect("cat", run("cat", path, "./backup/file.txt").stdout, b"abc")
    done = run("verify", path)
    expect("verify", (done.returncode, done.stdout.decode()),
           (0, f"{path}: backup by name, volume 1, 4 members, 6 bytes of files, no damage\n"))


def packed_members(scratch):
    text = b"".join(b"%d squared is %d\n" % (i, i * i) for i in range(20000))
    skewed = bytes(i for i in range(24) for _ in range(2 ** min(i, 15)))
    files = {b"./one": b"aaaa", b"./two": b"ab", b"./text": text, b"./skewed": skewed, b"./all": bytes(range(256)) * 300}
    records = []
    for name, data in files.items():
        packed = bff.pack(data)
        gzip = subprocess.run(["gzip", "-dc"], input=bff.gzip_pack_file(packed, len(data)), capture_output=True, check=False)
        expect(f"gzip unpacks {name}", gzip.stdout, data)
        records.append(bff.member(name, bff.REG | 0o644, packed, unpacked=len(data)))
    path = write(f"{scratch}/packed.bff", bff.image(*records))
    for name, data in files.items():
        expect(f"unpacks {name}", run("cat", path, name.decode()).stdout, data)
        expect(f"unpacks {name} of a pipe", run("cat", "-", name.decode(), stdin=read(path)).stdout, data)
    damaged = bytearray(bff.image(bff.member(b"./two", bff.REG | 0o644, bff.pack(b"ab"), unpacked=2),
                                  bff.member(b"./long", bff.REG | 0o644, bff.pack(b"abc" * 9), unpacked=26),
                                  bff.member(b"./short", bff.REG | 0o644, bff.pack(b"abc" * 9), unpacked=28),
                                  bff.member(b"./much", bff.REG | 0o644, bff.pack(b"abc" * 999), unpacked=3),
                                  bff.member(b"./last", bff.REG | 0o644, b"last")))
    damaged[0x48 + 0x48 + 40] = 200
    done = run("verify", "-", stdin=bytes(damaged))
    expect("damaged packed data", (done.returncode, done.stderr.decode().splitlines()), (1, [
        "wpar image verify: ./two: the table of its packed data is not one",
        "wpar image verify: ./long: its packed data do not end where they should",
        "wpar image verify: ./short: its packed data end too early",
        "wpar image verify: ./much: its packed data do not end where they should"]))
    expect("what follows is read", run("cat", "-", "last", stdin=bytes(damaged)).stdout, b"last")


def links_of_every_layout():
    for layout in ("target", "target-sac", "sac-target"):
        for target in (b"x", b"/usr/lib", b"../share/lib/eight.so", b"seven77"):
            data = bff.image(bff.directory(b"./"), bff.symlink(b"./link", target, layout), bff.member(b"./f", bff.REG | 0o600, b"after"),
                             bff.symlink(b"./last", target, layout))
            done = run("ls", "--json", "-", stdin=data)
            rows = {r["name"]: r for r in map(json.loads, done.stdout.splitlines())}
            expect(f"{layout} {target}", (done.returncode, rows["./link"]["target"], rows["./last"]["target"], "./f" in rows),
                   (0, target.decode(), target.decode(), True))


def containers(scratch):
    rootvg = bff.image(bff.member(b"./image.data", bff.REG | 0o644, b"image_data:\n"),
                       bff.member(b"./bosinst.data", bff.REG | 0o644, b"control_flow:\n"),
                       bff.member(b"./inner.bff", bff.REG | 0o644, bff.image(bff.member(b"./wrong", bff.REG | 0o644, b"no"))),
                       bff.member(b"./right", bff.REG | 0o644, b"yes"))
    path = write(f"{scratch}/mksysb", rootvg)
    expect("mksysb", run("verify", path).stdout.decode().split(": ")[1].split(",")[0], "mksysb image")
    tape_files = [b"boot" * 4096, bff.image(bff.member(b"./tapeblksz", bff.REG | 0o644, b"512")), b"dummy TOC" + bytes(503), rootvg]
    path = write(f"{scratch}/tape.dd", b"".join(tape_files))
    expect("tape, files concatenated", run("cat", path, "right").stdout, b"yes")
    framed = b""
    for data in tape_files:
        for at in range(0, len(data), 1023):
            block = data[at:at + 1023]
            framed += struct.pack("<I", len(block)) + bff.padded(block, 2) + struct.pack("<I", len(block))
        framed += struct.pack("<I", 0)
    path = write(f"{scratch}/tape.tap", framed + struct.pack("<I", 0xFFFFFFFF))
    expect("tape, SIMH", run("cat", path, "right").stdout, b"yes")
    expect("tape, kind", "mksysb image in a tape image" in run("verify", path).stdout.decode(), True)
    savewpar = bff.image(bff.member(b"./.savewpar_dir/wpar.spec", bff.REG | 0o644, b"general:\n"))
    expect("savewpar", b"savewpar image" in run("verify", "-", stdin=savewpar).stdout, True)


def iso(scratch, make):
    """Made by bsdtar or genisoimage, whichever is there."""
    top = f"{scratch}/iso"
    os.makedirs(f"{top}/usr/sys/inst.images")
    write(f"{top}/usr/sys/inst.images/mksysb_image", bff.image(bff.member(b"./right", bff.REG | 0o644, b"yes")))
    subprocess.run(make(top, f"{scratch}/cd.iso"), check=True, capture_output=True)
    expect("ISO", run("cat", f"{scratch}/cd.iso", "right").stdout, b"yes")
    os.rename(f"{top}/usr/sys/inst.images/mksysb_image", f"{top}/usr/sys/inst.images/other")
    subprocess.run(make(top, f"{scratch}/cd.iso"), check=True, capture_output=True)
    one_line("ISO without", run("ls", f"{scratch}/cd.iso"), 3, "an ISO without usr/sys/inst.images/mksysb_image")


def packages():
    lpp_name = (b"4 R S demo.base {\ndemo.base.rte 05.03.0000.0010 01 N B En_US The base\n[\n*prereq bos.rte 5.3.0.0\n%\n/usr/lpp 8\n%\n]\n"
                b"demo.base.adt 05.03.0000.0000 01 N U en_US Tools for it\n[\n%\n/usr/include 4\n]\n}\n")
    data = bff.image(bff.directory(b"./"), bff.member(b"./lpp_name", bff.REG | 0o444, lpp_name))
    done = run("ls", "--packages", "-", stdin=data)
    expect("filesets", (done.returncode, done.stdout.decode()),
           (0, "demo.base.rte 05.03.0000.0010 The base\ndemo.base.adt 05.03.0000.0000 Tools for it\n"))
    expect("installp", b"installp package" in run("verify", "-", stdin=data).stdout, True)
    one_line("no package", run("ls", "--packages", "-", stdin=bff.sample()), 1, "has no lpp_name")


def volumes():
    first = bff.volume(1) + bff.member(b"./a", bff.REG | 0o644, b"1")
    second = bff.volume(2) + bff.member(b"./b", bff.REG | 0o644, b"2") + bff.end()
    done = run("ls", "-", stdin=first + second)
    expect("two volumes", (done.returncode, done.stdout), (0, b"./a\n./b\n"))
    done = run("ls", "-", stdin=second)
    expect("a later volume alone", done.stdout, b"./b\n")
    one_line("a volume is missing", run("verify", "-", stdin=first + second.replace(bff.volume(2), bff.volume(3))), 1,
             "volume 3 follows where volume 2 is due")


def damage(scratch):
    files = [bff.member(b"./f%d" % i, bff.REG | 0o644, b"%d " % i * 5000) for i in range(8)]
    whole = bff.image(*files)
    names = [f"./f{i}" for i in range(8)]
    starts = [0x48 + sum(map(len, files[:i])) for i in range(9)]
    cases = [
        ("header", starts[2] + 0x10, b"\xff", [2], 1),
        ("header and lengths", starts[2], b"\xff" * 80, [2], 1),
        ("two headers", starts[2] + 3, bytes(len(files[2])), [2, 3], 1),
        ("a block of 512", starts[4] - 100, b"\x55" * 512, [4], 1),
    ]
    for what, at, junk, lost, lines in cases:
        data = bytearray(whole)
        data[at:at + len(junk)] = junk
        for source in ("-", write(f"{scratch}/damaged", bytes(data))):
            done = run("ls", source, stdin=bytes(data))
            expect(f"damage: {what}", (done.returncode, done.stdout.decode().split(), len(done.stderr.splitlines())),
                   (1, [n for i, n in enumerate(names) if i not in lost], lines))
    done = run("verify", "-", stdin=whole[:starts[5] + 300])
    expect("cut off", (done.returncode, done.stderr.decode()),
           (1, f"wpar image verify: ./f5: the image ends in its data\nwpar image verify: standard input: at {starts[5] + 300}: "
            "the image ends in the middle of ./f5\n"))
    big = bff.volume() + bff.member(b"./big", bff.REG | 0o644, bytes(3000000))
    one_line("cut off in what ls skips", run("ls", write(f"{scratch}/cut", big[:2500000])), 1, "the image ends in the middle of ./big")
    for size in (0, 1, 3, 200, 70000):
        data = bytearray(whole)
        struct.pack_into("<I", data, starts[2] + 0x48, size)
        done = run("cat", "-", "f2", stdin=bytes(data))
        expect(f"damage: ACL of {size} words", (done.stdout, run("ls", "-", stdin=bytes(data)).stdout.decode().split()), (b"2 " * 5000, names))
        one_line(f"damage: ACL of {size} words", done, 1, "./f2: its ACL is damaged")
    inner = bff.image(bff.member(b"./inner", bff.REG | 0o644, b"inner"))
    data = bytearray(bff.image(files[0], bff.member(b"./package", bff.REG | 0o644, inner), *[files[i] * 9 for i in (1, 2)]))
    data[starts[1] + 2] = 0
    done = run("ls", "-", stdin=bytes(data))
    expect("the end of a package inside is not the image's", (done.returncode, done.stdout.split()[-1]), (1, b"./f2"))


def random_damage(scratch):
    """Damage of a few bytes anywhere: every member that it does not touch is there, with its data, and something is told."""
    rng = random.Random(7)
    path = f"{scratch}/random.bff"
    members = []
    for i in range(30):
        kind = i % 5
        name, data = b"./m%02d" % i, bytes([65 + i]) * rng.randrange(1, 3000)
        members.append(bff.directory(name) if kind == 0 else bff.symlink(name, b"target") if kind == 1
                       else bff.member(name, bff.REG | 0o644, bff.pack(data), unpacked=len(data)) if kind == 2
                       else bff.member(name, bff.REG | 0o644, data))
    starts = [0x48 + sum(map(len, members[:i])) for i in range(len(members) + 1)]
    whole = bff.image(*members)
    rows = {r["name"]: r for r in map(json.loads, run("ls", "--json", "-", stdin=whole).stdout.splitlines())}
    expect("random damage: members", len(rows), len(members))
    untold = 0
    for _ in range(150):
        at, length = rng.randrange(0x48, starts[-1] - 8), rng.choice((1, 2, 8, 40, 300))
        junk = bytes(b ^ rng.randrange(1, 256) for b in whole[at:at + length])
        write(path, whole[:at] + junk + whole[at + length:])
        done = run("ls", "--json", path)
        seen = {r["name"]: r for r in map(json.loads, done.stdout.splitlines())}
        for i in range(len(members)):
            if at + length <= starts[i] or at >= starts[i + 1]:
                expect(f"damage of {length} at {at}: m{i:02}", seen.get(f"./m{i:02}"), rows[f"./m{i:02}"])
        touched = [i for i in range(len(members)) if starts[i] < at + length and at < starts[i + 1]]
        in_header = any(at < starts[i] + 0x48 and at + length > starts[i] for i in touched)
        untold += in_header and not done.stderr
    expect("random damage: untold damage of headers", untold, 0)


def refusals(scratch):
    write(f"{scratch}/text", b"no image\n" * 100)
    cases = [
        ("no image", ["ls", f"{scratch}/text"], 3, "not a backup image"),
        ("nothing", ["ls", f"{scratch}/none"], 3, "none: No such file"),
        ("a directory", ["ls", scratch], 3, "is a directory"),
        ("by inode", ["ls", write(f"{scratch}/inode", bff.volume(magic=bff.BY_INODE))], 3, "by i-node"),
        ("empty", ["verify", write(f"{scratch}/empty", b"")], 3, "not a backup image"),
        ("no command", [], 2, "command is missing"),
        ("unknown command", ["list", "x"], 2, "unknown command 'list'"),
        ("unknown option", ["ls", "-x", "y"], 2, "no option -x"),
        ("option of another", ["verify", "-l", "y"], 2, "no option -l"),
        ("no image named", ["ls"], 2, "IMAGE is missing"),
        ("no name", ["cat", "y"], 2, "NAME is missing"),
        ("two names", ["cat", "y", "a", "b"], 2, "one word too many: b"),
        ("value missing", ["extract", "-C"], 2, "-C needs a value"),
        ("no number", ["extract", "--max-bytes", "-1", "y"], 2, "'-1' is not a number"),
        ("name not there", ["cat", write(f"{scratch}/good", bff.sample()), "backup/none"], 1, "backup/none: not in"),
        ("cat of a directory", ["cat", f"{scratch}/good", "backup"], 1, "not a regular file"),
        ("no directory for it", ["extract", "-C", f"{scratch}/no/such", f"{scratch}/good"], 3, "no/such: No such file"),
        ("no tree", ["create", "-C", f"{scratch}/no", f"{scratch}/new"], 3, "no: No such file"),
        ("no sidecar", ["create", "-C", scratch, "--sidecar", f"{scratch}/text", f"{scratch}/new"], 3, f"{scratch}/text"),
    ]
    for what, words, status, text in cases:
        one_line(what, run(*words), status, text)
    with open("/dev/full", "wb") as full:
        done = subprocess.run([WPAR, "image", "ls", f"{scratch}/good"], stdout=full, stderr=subprocess.PIPE, check=False)
    one_line("full disk", done, 3, "standard output: cannot be written")


# Extracting

def own(scratch, name):
    """A directory that the user who runs the command may write to."""
    path = os.path.join(scratch, name)
    os.makedirs(path)
    if USER:
        os.chown(path, USER.pw_uid, USER.pw_gid)
    return path


def mode_of(path):
    return stat.S_IMODE(os.lstat(path).st_mode)


def sidecar_of(tree):
    with open(tree + ".image.json", encoding="utf-8") as f:
        return {m["name"]: m for m in json.load(f)["members"]}


def rich_image():
    zeros = bytes(1 << 20)
    return bff.image(
        bff.directory(b"./", bff.DIR | 0o755, times=(1, 1000000000, 1)),
        bff.directory(b"./etc", bff.DIR | 0o555, uid=3, gid=4, times=(1, 1000000001, 1)),
        bff.member(b"./etc/passwd", bff.REG | 0o640, b"root:!:0:0\n", uid=2, gid=7, times=(1, 1000000002, 1)),
        bff.member(b"./etc/suid", bff.REG | 0o4755, b"#!/bin/sh\n", uid=0, gid=0),
        bff.member(b"./etc/first", bff.REG | 0o644, b"linked", nlink=3, ino=17, times=(1, 5, 1)),
        bff.member(b"./etc/again", bff.REG | 0o644, b"linked", nlink=3, ino=17, times=(1, 5, 1)),
        bff.header(b"./etc/bare", bff.REG | 0o644, nlink=3, ino=17, size=6, times=(1, 5, 1)) + bff.sac(0o644),
        bff.member(b"./etc/other", bff.REG | 0o644, b"not a link", nlink=2, ino=17, times=(1, 5, 1)),
        bff.symlink(b"./lib", b"/usr/lib", uid=5, gid=6),
        bff.member(b"./empty", bff.REG | 0o600),
        bff.member(b"./holes", bff.REG | 0o600, zeros + b"x" * 5000 + zeros + b"y"),
        bff.header(b"./fifo", bff.FIFO | 0o620) + bff.sac(0o620),
        bff.header(b"./dev/null", bff.CHR | 0o666, rdev=(2, 2)) + bff.sac(0o666),
        bff.header(b"./dev/hd4", bff.BLK | 0o600, rdev=(10, 4)) + bff.sac(0o600),
        bff.header(b"./sock", bff.SOCK | 0o666) + bff.sac(0o666),
        bff.directory(b"./acl", 0x02000000 | bff.DIR | 0o750)[:-40]
        + bff.sac(0x02000000 | bff.DIR | 0o750, bff.entry(0x4006, 1, 204) + bff.entry(0x4004, 2, 21800), 0x02000000),
        bff.member(b"./acl/\x7f\x7f", bff.REG | 0o644, b"*\n* ACL_type   NFS4\n*\n"),
    )


def extraction(scratch):
    tree = os.path.join(own(scratch, "extract"), "root")
    image = write(f"{scratch}/rich.bff", rich_image())
    done = run("extract", "-C", tree, image)
    expect("extract", (done.returncode, done.stdout, done.stderr), (0, b"", b""))
    expect("files", sorted(os.path.relpath(os.path.join(d, n), tree) for d, ds, fs in os.walk(tree) for n in ds + fs),
           sorted(["etc", "lib", "acl", "empty", "holes", "fifo", "etc/passwd", "etc/suid", "etc/first",
                   "etc/again", "etc/bare", "etc/other"]))
    expect("content", read(f"{tree}/etc/passwd"), b"root:!:0:0\n")
    expect("modes", [mode_of(f"{tree}/{n}") for n in ("", "etc", "etc/passwd", "etc/suid", "fifo", "empty")],
           [0o755, 0o555, 0o640, 0o755 if USER else 0o4755, 0o620, 0o600])
    expect("times", [int(os.lstat(f"{tree}/{n}").st_mtime) for n in ("", "etc", "etc/passwd", "lib")],
           [1000000000, 1000000001, 1000000002, 0])
    owner = (USER.pw_uid, USER.pw_gid) if USER else None
    expect("owners", [(s.st_uid, s.st_gid) for s in (os.lstat(f"{tree}/{n}") for n in ("etc", "etc/passwd", "lib"))],
           [owner or (3, 4), owner or (2, 7), owner or (5, 6)])
    expect("symbolic link", os.readlink(f"{tree}/lib"), "/usr/lib")
    inodes = [os.lstat(f"{tree}/etc/{n}").st_ino for n in ("first", "again", "bare")]
    expect("hard links", (len(set(inodes)), os.lstat(f"{tree}/etc/first").st_nlink), (1, 3))
    expect("not a hard link", read(f"{tree}/etc/other"), b"not a link")
    expect("fifo", stat.S_ISFIFO(os.lstat(f"{tree}/fifo").st_mode), True)
    holes = os.lstat(f"{tree}/holes")
    expect("holes", (read(f"{tree}/holes") == bytes(1 << 20) + b"x" * 5000 + bytes(1 << 20) + b"y", holes.st_blocks * 512 < 1 << 17),
           (True, True))
    side = sidecar_of(tree)
    recorded = {"dev/null", "dev/hd4", "sock", "acl", "acl/\x7f\x7f"}
    expect("recorded", recorded <= set(side) if USER else set(side) == recorded, True)
    expect("sidecar's mode", mode_of(tree + ".image.json"), 0o644)
    expect("device", (side["dev/null"]["type"], side["dev/null"]["rdev"], side["dev/null"]["mode"]), ("character", [2, 2], "0666"))
    expect("ACL", side["acl"]["acl"], ["permit rw- u:204", "permit r-- g:21800"])
    expect("NFS4 ACL", side["acl/\x7f\x7f"]["nfs4_acl"], "*\n* ACL_type   NFS4\n*\n")
    if USER:
        expect("owner recorded", [side[n][k] for n in ("etc/suid", "etc/passwd", "etc") for k in ("uid", "gid", "mode")],
               [0, 0, "4755", 2, 7, "0640", 3, 4, "0555"])
    done = run("extract", "-C", tree, image)
    expect("again, over it", (done.returncode, done.stderr), (0, b""))
    done = run("extract", "-v", "-C", tree + "2", image, "etc/passwd", "acl")
    expect("only some", (done.returncode, done.stdout.decode().splitlines()), (0, ["./etc/passwd", "./acl", "./acl/\\177\\177"]))
    expect("only some: files", sorted(os.listdir(tree + "2")), ["acl", "etc"])
    if USER:
        one_line("a directory that must not be written to", run("extract", "-C", tree, image, "etc/passwd"), 1,
                 "./etc/passwd: Permission denied")


def user_namespace(scratch):
    """Root of a namespace that maps one id only: owners it cannot give are recorded."""
    place = own(scratch, "namespace")
    image = write(f"{scratch}/namespace.bff", bff.image(bff.directory(b"./"), bff.member(b"./mine", bff.REG | 0o4755, b"1"),
                                                        bff.member(b"./theirs", bff.REG | 0o600, b"2", uid=7, gid=8)))
    enter = ["setpriv", f"--reuid={USER.pw_uid}", f"--regid={USER.pw_gid}", "--clear-groups", "unshare", "--map-root-user"]
    if subprocess.run(enter + ["true"], capture_output=True, check=False).returncode:
        return
    done = subprocess.run(enter + [WPAR, "image", "extract", "-C", f"{place}/root", image], capture_output=True, check=False)
    expect("namespace: status", (done.returncode, done.stderr), (0, b""))
    expect("namespace: recorded", [(n, m["uid"], m["gid"]) for n, m in sidecar_of(f"{place}/root").items()], [("theirs", 7, 8)])
    expect("namespace: modes", [mode_of(f"{place}/root/{n}") for n in ("mine", "theirs")], [0o4755, 0o600])


def full_disk(scratch):
    """A file system that fills up: one line, and no image half written."""
    place = os.path.join(scratch, "full")
    os.makedirs(place)
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "none", place], capture_output=True, check=False).returncode:
        return
    try:
        image = bff.image(*[bff.member(b"./f%d" % i, bff.REG | 0o644, b"x" * 50000) for i in range(20)])
        one_line("full: asked first", run("extract", "-C", f"{place}/a", "-", stdin=image), 3, "bytes: stopped (--max-bytes)")
        shutil.rmtree(f"{place}/a")
        one_line("full: too late", run("extract", "-C", f"{place}/b", "--max-bytes", "9999999", "-", stdin=image), 3, "No space left")
        shutil.rmtree(f"{place}/b")
        tree = own(scratch, "filler")
        write(f"{tree}/f", b"x" * 1000000)
        one_line("full: create", run("create", "-C", tree, f"{place}/new.bff"), 3, "new.bff: No space left")
        expect("full: nothing left behind", os.listdir(place), [])
    finally:
        subprocess.run(["umount", place], check=True)


def killed(scratch):
    """kill -9 at any moment: the next run makes it whole; an image is there whole or not at all."""
    place = own(scratch, "killed")
    rng = random.Random(3)
    tree, image = f"{place}/tree", f"{place}/made.bff"
    source = bff.image(bff.directory(b"./"), *[bff.directory(b"./d%d" % i) for i in range(7)],
                       *[bff.member(b"./d%d/f%d" % (i % 7, i), bff.REG | 0o640, bytes([i % 250]) * (i * 37)) for i in range(300)])
    path = write(f"{scratch}/killed.bff", source)
    cut = 0
    for _ in range(12):
        for words in (["extract", "-C", tree, path], ["create", "-C", tree, image]):
            process = subprocess.Popen([WPAR, "image", *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            try:
                process.wait(timeout=rng.uniform(0.002, 0.03))
            except subprocess.TimeoutExpired:
                process.kill()
                cut += 1
            process.wait()
            if os.path.exists(image):
                expect("killed: an image is whole", run("verify", image).returncode, 0)
    expect("killed: some were", cut > 0, True)
    expect("killed: then extract", run("extract", "-C", tree, path).returncode, 0)
    whole = f"{place}/whole"
    run("extract", "-C", whole, path)
    expect("killed: the tree is whole", snapshot(tree), snapshot(whole))
    expect("killed: then create", (run("create", "-C", tree, image).returncode, sorted(os.listdir(place))), (0, ["made.bff", "tree", "whole"]))


def hostile(scratch):
    place = own(scratch, "hostile")
    outside = own(place, "outside")
    victim = write(f"{outside}/victim", b"untouched")
    os.chmod(victim, 0o666)
    tree = os.path.join(place, "root")
    image = bff.image(
        bff.member(b"../escape1", bff.REG | 0o644, b"x"),
        bff.member(b"./a/../../escape2", bff.REG | 0o644, b"x"),
        bff.member(os.fsencode(f"{outside}/escape3"), bff.REG | 0o644, b"x"),
        bff.directory(b"..", bff.DIR | 0o777),
        bff.symlink(b"./up", b".."),
        bff.member(b"./up/outside/escape4", bff.REG | 0o644, b"x"),
        bff.symlink(b"./abs", os.fsencode(outside)),
        bff.member(b"./abs/escape5", bff.REG | 0o644, b"x"),
        bff.directory(b"./abs/escape6"),
        bff.symlink(b"./file", os.fsencode(victim)),
        bff.member(b"./file", bff.REG | 0o777, b"replaces the link"),
        bff.symlink(b"./loop", b"loop"),
        bff.member(b"./loop/x", bff.REG | 0o644, b"x"),
        bff.symlink(b"./first", os.fsencode(victim), nlink=2, ino=9),
        bff.member(b"./second", bff.REG | 0o644, b"not data of the victim", nlink=2, ino=9),
        bff.header(b"./sda", bff.BLK | 0o666, rdev=(8, 0)) + bff.sac(0o666),
        bff.symlink(b"./dir", os.fsencode(outside)),
        bff.directory(b"./dir", bff.DIR | 0o700),
        bff.member(b"./dir/in", bff.REG | 0o644, b"inside"),
        bff.member(b"./file/below", bff.REG | 0o644, b"a file is no directory"),
        bff.member(b"./dir", bff.REG | 0o644, b"a directory in use stays"),
        bff.member(b"./" + b"n" * 300, bff.REG | 0o644, b"too long"),
        bff.header(b"./odd", 0o644) + bff.sac(0o644),
        bff.member(b"./esc\x1b[2J\nline", bff.REG | 0o644, b"terminal"),
        bff.member(b"./good", bff.REG | 0o644, b"good"),
    )
    done = run("extract", "-C", tree, "-", stdin=image)
    lines = done.stderr.decode().splitlines()
    expect("hostile: status", done.returncode, 1)
    expect("hostile: a line for each refusal", len(lines), 12)
    expect("hostile: no control characters", [c for c in done.stderr if c < 32 and c != 10], [])
    expect("hostile: outside", (sorted(os.listdir(outside)), read(victim), mode_of(victim), sorted(os.listdir(place))),
           (["victim"], b"untouched", 0o666, ["outside", "root", "root.image.json"]))
    expect("hostile: inside", sorted(os.listdir(tree)),
           sorted(["up", "abs", "file", "loop", "first", "second", "dir", "esc\x1b[2J\nline", "good"]))
    expect("hostile: files", (read(f"{tree}/file"), read(f"{tree}/dir/in"), read(f"{tree}/second"), os.path.islink(f"{tree}/file")),
           (b"replaces the link", b"inside", b"not data of the victim", False))


def limits(scratch):
    place = own(scratch, "limits")
    members = [bff.member(b"./f%02d" % i, bff.REG | 0o644, bytes(1000)) for i in range(20)]
    done = run("extract", "-C", f"{place}/bytes", "--max-bytes", "5500" if not USER else "6000", "-", stdin=bff.image(*members))
    one_line("bytes", done, 3, "bytes: stopped")
    expect("bytes: files", len(os.listdir(f"{place}/bytes")), 5)
    done = run("extract", "-C", f"{place}/members", "--max-members", "7", "-", stdin=bff.image(*members))
    one_line("members", done, 3, "more than 7 members: stopped")
    expect("members: files", len(os.listdir(f"{place}/members")), 7)
    devices = bff.image(*[bff.header(b"./d%d" % i, bff.CHR | 0o666) + bff.sac(0o666) for i in range(20)])
    one_line("members recorded", run("extract", "-C", f"{place}/dev", "--max-members", "7", "-", stdin=devices), 3, "more than 7 members")
    one_line("bytes recorded", run("extract", "-C", f"{place}/dev", "--max-bytes", "500", "-", stdin=devices), 3, "more than 500 bytes")
    bomb = bff.image(bff.member(b"./bomb", bff.REG | 0o644, bff.pack(b"a" * 100), unpacked=0xFFFFFFF0))
    one_line("bomb", run("extract", "-C", f"{place}/bomb", "--max-bytes", "1000000", "-", stdin=bomb), 3, "more than 1000000 bytes")
    done = run("extract", "-C", f"{place}/huge", "-", stdin=bff.volume() + bff.member(b"./f", bff.REG | 0o644, b"", dsize=0xFFFFFFF0,
                                                                                      size=0xFFFFFFF0))
    expect("a size that lies", (done.returncode != 0, os.lstat(f"{place}/huge/f").st_size if os.path.exists(f"{place}/huge/f") else 0),
           (True, 0))
    deep = b"./" + b"d/" * 900 + b"f"
    expect("deep", run("extract", "-C", f"{place}/deep", "-", stdin=bff.image(bff.member(deep, bff.REG | 0o644, b"x"))).returncode, 0)
    done = run("ls", "-", stdin=bff.volume() + b"\x01\x07\x6b\xea" * 200000)
    expect("junk: few lines", (done.returncode, len(done.stderr.splitlines()) < 110), (1, True))


# Making

def round_trip(scratch):
    place = own(scratch, "make")
    tree = f"{place}/tree"
    run("extract", "-C", tree, "-", stdin=rich_image())
    image = f"{place}/made.bff"
    words = ["create", "-C", tree, "--sidecar", tree + ".image.json", image]
    done = run(*words)
    expect("create", (done.returncode, done.stdout, done.stderr), (0, b"", b""))
    data = read(image)
    expect("padding", len(data) % 51200, 0)
    expect("volume header", data[6:20], struct.pack("<HIII", 1, *struct.unpack_from("<II", data, 8), 0x7FFFFFFF))
    names = run("ls", image).stdout.decode().splitlines()
    expect("create: order", names, ["./", "./acl", "./empty", "./etc", "./etc/again", "./etc/bare", "./etc/first", "./etc/other",
                                    "./etc/passwd", "./etc/suid", "./fifo", "./holes", "./lib", "./dev/null", "./dev/hd4", "./acl/\\177\\177"])
    acl_mode = 0x02000000 | bff.DIR | 0o750
    expect("create: ACL", bff.sac(acl_mode, bff.entry(0x4006, 1, 204) + bff.entry(0x4004, 2, 21800), 0x02000000) in data, True)
    expect("create: NFS4 ACL", run("cat", image, "acl/\x7f\x7f").stdout, b"*\n* ACL_type   NFS4\n*\n")
    rows = {r["name"]: r for r in map(json.loads, run("ls", "--json", image).stdout.splitlines())}
    expect("create: owners", [rows["./etc/passwd"][k] for k in ("uid", "gid", "mode", "mtime")], [2, 7, "0640", 1000000002])
    expect("create: set-user-ID", rows["./etc/suid"]["mode"], "4755")
    expect("create: device", (rows["./dev/hd4"]["type"], rows["./dev/hd4"]["rdev"]), ("block", [10, 4]))
    expect("create: data", run("cat", image, "holes").stdout, read(f"{tree}/holes"))
    expect("create: verify", run("verify", image).returncode, 0)
    again = f"{place}/again"
    run("extract", "-C", again, image)
    expect("round trip", snapshot(again), snapshot(tree))
    sides = [{n: m for n, m in sidecar_of(t).items() if n != "sock"} for t in (again, tree)]
    expect("round trip of the sidecar", sides[0], sides[1])
    expect("the links are one file", len({os.lstat(f"{again}/etc/{n}").st_ino for n in ("first", "again", "bare")}), 1)
    os.environ["SOURCE_DATE_EPOCH"] = "1"
    expect("the same bytes again", run("create", "-C", tree, "-").stdout == run("create", "-C", tree, "-").stdout != b"", True)
    del os.environ["SOURCE_DATE_EPOCH"]
    expect("record of the first file", read_first(data), bff.directory(b"./", bff.DIR | 0o755, nlink=os.lstat(tree).st_nlink, ino=-1,
                                                                       times=struct.unpack_from("<III", data, 0x48 + 0x1C), **first_owner(data)))


def first_owner(data):
    return dict(zip(("uid", "gid"), struct.unpack_from("<II", data, 0x48 + 0x10)))


def read_first(data):
    return data[0x48:0x48 + 0x48 + 40]


def snapshot(top):
    seen = {}
    for d, ds, fs in os.walk(top):
        for n in ds + fs:
            path = os.path.join(d, n)
            s = os.lstat(path)
            content = os.readlink(path) if stat.S_ISLNK(s.st_mode) else hashlib.sha256(read(path)).hexdigest() if stat.S_ISREG(s.st_mode) else ""
            seen[os.path.relpath(path, top)] = (s.st_mode, s.st_uid, s.st_gid, int(s.st_mtime), content)
    return seen


def packing(scratch):
    """What --pack makes is judged by gzip; its size by an encoder of bff.py."""
    tree = own(scratch, "pack")
    files = {"aaaa": b"aaaa" * 9, "text": b"".join(b"%d\n" % i for i in range(30000)), "empty": b"", "random": os.urandom(5000),
             "all": bytes(range(256)) * 3 + bytes(5000), "one": b"1"}
    for name, data in files.items():
        write(f"{tree}/{name}", data)
    done = run("create", "--pack", "-C", tree, "-")
    expect("pack", (done.returncode, done.stderr), (0, b""))
    for name, data in files.items():
        at = done.stdout.index(b"./" + name.encode() + b"\0") - 0x40
        length, _, magic = struct.unpack_from("<BBH", done.stdout, at)
        size, stored = (struct.unpack_from("<I", done.stdout, at + f)[0] for f in (0x18, 0x38))
        body = done.stdout[at + length * 8 + 40:][:stored]
        wanted = name in ("aaaa", "text", "all")
        expect(f"pack {name}: magic, size", (magic, size), (bff.PACKED if wanted else bff.PLAIN, len(data)))
        if wanted:
            gzip = subprocess.run(["gzip", "-dc"], input=bff.gzip_pack_file(body, size), capture_output=True, check=False)
            expect(f"pack {name}: gzip", gzip.stdout == data, True)
            expect(f"pack {name}: length", len(body), len(bff.pack(data)))
        expect(f"pack {name}: back", run("cat", "-", name, stdin=done.stdout).stdout == data, True)


def too_big(scratch):
    tree = own(scratch, "big")
    with open(f"{tree}/big", "wb") as f:
        f.truncate(1 << 32)
    write(f"{tree}/small", b"small")
    done = run("create", "-C", tree, "-")
    one_line("4 GiB", done, 1, "./big: left out: the format holds files below 4 GiB")
    expect("4 GiB: the rest", run("cat", "-", "small", stdin=done.stdout).stdout, b"small")


def progress(scratch):
    """The bar is there on a terminal, and only there."""
    image = write(f"{scratch}/progress.bff", bff.volume())
    controller, terminal = pty.openpty()
    reader, writer = os.pipe()
    process = subprocess.Popen([WPAR, "image", "verify", "-"], stdin=reader, stdout=subprocess.DEVNULL, stderr=terminal)
    os.close(reader)
    os.close(terminal)
    with os.fdopen(writer, "wb") as f:
        f.write(read(image))
        for i in range(8):
            f.write(bff.member(b"./f", bff.REG | 0o644, bytes(100000)))
            f.flush()
            subprocess.run(["sleep", "0.06"], check=False)
        f.write(bff.end())
    shown = b""
    try:
        while chunk := os.read(controller, 4096):
            shown += chunk
    except OSError:
        pass
    expect("progress: status", process.wait(), 0)
    expect("progress on a terminal", b" MiB" in shown and shown.endswith(b"\r\x1b[K"), True)


def iso_maker():
    if shutil.which("genisoimage"):
        return lambda top, out: ["genisoimage", "-quiet", "-R", "-o", out, top]
    if shutil.which("bsdtar"):
        return lambda top, out: ["bsdtar", "-c", "-f", out, "--format=iso9660", "-C", top, "usr"]
    return None


def main():
    global WPAR, USER
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    parser.add_argument("--user", action="store_true", help="as an ordinary user")
    options = parser.parse_args()
    WPAR = os.path.join(os.path.abspath(options.build), "bin/wpar")
    if options.user:
        USER = ordinary_user()
        if USER is None or run("--version").returncode:
            print("SKIP: no ordinary user to run as")
            return 77
    elif os.geteuid() != 0:
        print("SKIP: not root")
        return 77
    with tempfile.TemporaryDirectory(prefix="vwpar-image-") as scratch:
        os.chmod(scratch, 0o755)
        if not USER:
            public_sample(scratch)
            packed_members(scratch)
            links_of_every_layout()
            containers(scratch)
            if iso_maker():
                iso(scratch, iso_maker())
            else:
                print("not tested: images inside an ISO, for neither genisoimage nor bsdtar is there")
            packages()
            volumes()
            damage(scratch)
            random_damage(scratch)
            refusals(scratch)
            packing(scratch)
            too_big(scratch)
            full_disk(scratch)
            killed(scratch)
            progress(scratch)
        else:
            user_namespace(scratch)
        extraction(scratch)
        hostile(scratch)
        limits(scratch)
        round_trip(scratch)
    print("wpar image:", f"{len(failures)} differences" if failures else "all as expected")
    return 1 if failures else 0


sys.exit(main())
