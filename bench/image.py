#!/usr/bin/env python3
"""Images side by side with the best tools for the same work, in one run: restoring a tree (GNU tar), unpacking (gzip -d of a .z file).

    image.py --build BUILD [--rounds N] [--dir DIR] [TREE]

Default TREE: a copy of /usr/include and /usr/share/doc with 64 MiB of noise. DIR (default: a directory in /tmp) is where trees are made.
Per round each tool runs once, in changing order; a figure is the median of elapsed seconds; ratio: ours over theirs. What was restored is compared.
"""
import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../tests/wpar"))
import bff  # noqa: E402


def timed(command, **kwargs):
    start = time.monotonic()
    subprocess.run(command, check=True, **kwargs)
    return time.monotonic() - start


def make_tree(top):
    os.makedirs(top)
    for source in ("/usr/include", "/usr/share/doc"):
        subprocess.run(["cp", "-a", source, top], check=True)
    with open(f"{top}/noise", "wb") as f:
        for _ in range(64):
            f.write(os.urandom(1 << 20))


def restore(wpar, tree, work, rounds):
    image, tar = f"{work}/tree.bff", f"{work}/tree.tar"
    subprocess.run([wpar, "image", "create", "-C", tree, image], check=True)
    subprocess.run(["tar", "-C", tree, "-cf", tar, "."], check=True)
    times = {"wpar": [], "tar": []}
    tools = [("tar", lambda d: ["tar", "-C", d, "-xpf", tar]), ("wpar", lambda d: [wpar, "image", "extract", "-C", d, image])]
    for i in range(rounds):
        for name, make in tools[::-1] if i % 2 else tools:
            out = f"{work}/out-{name}"
            shutil.rmtree(out, ignore_errors=True)
            os.makedirs(out)
            os.sync()
            times[name].append(timed(make(out)))
    subprocess.run(["diff", "-r", "--no-dereference", f"{work}/out-tar", f"{work}/out-wpar"], check=True)
    return times["wpar"], times["tar"]


def unpack(wpar, work, rounds):
    with open(wpar, "rb") as f:
        data = (f.read() * 64)[:32 << 20]
    packed = bff.pack(data)
    image, z = f"{work}/packed.bff", f"{work}/packed.z"
    for path, content in ((image, bff.image(bff.member(b"./f", bff.REG | 0o644, packed, unpacked=len(data)))),
                          (z, bff.gzip_pack_file(packed, len(data)))):
        with open(path, "wb") as f:
            f.write(content)
    times = {"wpar": [], "gzip": []}
    for _ in range(rounds):
        for name, command in (("gzip", ["gzip", "-dc", z]), ("wpar", [wpar, "image", "cat", image, "f"])):
            with open(f"{work}/out.{name}", "wb") as out:
                times[name].append(timed(command, stdout=out))
    subprocess.run(["cmp", f"{work}/out.wpar", f"{work}/out.gzip"], check=True)
    return times["wpar"], times["gzip"]


def report(what, ours, theirs):
    a, b = statistics.median(ours), statistics.median(theirs)
    print(f"{what:<28} {a:7.3f} s  {b:7.3f} s   ratio {a / b:.2f}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--dir")
    parser.add_argument("tree", nargs="?")
    options = parser.parse_args()
    wpar = os.path.join(os.path.abspath(options.build), "bin/wpar")
    with tempfile.TemporaryDirectory(prefix="vwpar-bench-", dir=options.dir) as work:
        tree = options.tree or f"{work}/tree"
        if not options.tree:
            make_tree(tree)
        report("restore / GNU tar", *restore(wpar, tree, work, options.rounds))
        report("unpack / gzip -d", *unpack(wpar, work, options.rounds))


main()
