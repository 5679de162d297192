#!/usr/bin/env python3
"""Whole programs from their unchanged sources (tests/inputs/fetch ... programs), for AIX and for what they are compared with.

    build.py --build BUILD [--kind KIND,...] [NAME...]       into BUILD/programs/KIND/NAME

Kinds: aix32, aix64 (aixcc), native (gcc), qemu32, qemu64 (static, by the cross compilers that `setup bench` installs); -O2 everywhere.
Programs with a configure script are configured as a cross build, host powerpc-ibm-aix5.3.0.0 for AIX. What is newer than the compiler
and the base libraries' headers is not built again.
"""
import argparse
import collections
import os
import shutil
import subprocess
import sys

# What is compiled for a program; sources are patterns' results in BUILD/inputs/programs/FOLDER.
Direct = collections.namedtuple("Direct", "folder sources flags")
# configure and make; the program is `product` in the build folder, which stays (its `make check` needs it).
Configured = collections.namedtuple("Configured", "folder product")

BZIP2 = "blocksort huffman crctable randtable compress decompress bzlib bzip2".split()
ZLIB = ("adler32 compress crc32 deflate gzclose gzlib gzread gzwrite infback inffast inflate inftrees trees uncompr zutil").split()
LUA = ("lapi lcode lctype ldebug ldo ldump lfunc lgc llex lmem lobject lopcodes lparser lstate lstring ltable ltm lundump lvm lzio "
       "lauxlib lbaselib lcorolib ldblib liolib lmathlib loadlib loslib lstrlib ltablib lutf8lib linit lua").split()

PROGRAMS = {
    "bzip2": Direct("bzip2", BZIP2, ["-D_FILE_OFFSET_BITS=64"]),
    "lua": Direct("lua5.4", ["src/" + s for s in LUA], ["-DLUA_COMPAT_5_3", "-DLUA_USE_POSIX"]),
    "minigzip": Direct("zlib", ZLIB + ["test/minigzip"], ["-I.", "-DHAVE_UNISTD_H", "-D_LARGEFILE64_SOURCE=1"]),
    "zlib-example": Direct("zlib", ZLIB + ["test/example"], ["-I.", "-DHAVE_UNISTD_H", "-D_LARGEFILE64_SOURCE=1"]),
    "sqlite3": Direct("sqlite3-amalgamation", ["sqlite3", "shell"], ["-DSQLITE_THREADSAFE=0", "-DSQLITE_OMIT_LOAD_EXTENSION"]),
    "gzip": Configured("gzip", "gzip"),
    "dash": Configured("dash", "src/dash"),
}

KINDS = ("native", "aix32", "aix64", "qemu32", "qemu64")


class Builder:
    """Builds programs of every kind in one build folder."""

    def __init__(self, build):
        self.build = os.path.abspath(build)
        self.sources = os.path.join(self.build, "inputs/programs")
        cc = os.path.join(self.build, "bin/aixcc")
        self.compilers = {
            "native": ["gcc"], "qemu32": ["powerpc-linux-gnu-gcc", "-static"], "qemu64": ["powerpc64-linux-gnu-gcc", "-static"],
            "aix32": [cc, "-m32"], "aix64": [cc, "-m64"],
        }
        self.hosts = {"aix32": "powerpc-ibm-aix5.3.0.0", "aix64": "powerpc-ibm-aix5.3.0.0", "qemu32": "powerpc-linux-gnu",
                      "qemu64": "powerpc64-linux-gnu"}

    def program(self, kind, name):
        return os.path.join(self.build, "programs", kind, name)

    def folder(self, kind, name):
        """Where a configured program was built."""
        return self.program(kind, name) + ".build"

    def command(self, kind, name, cache=None):
        """The words that run it; without a cache, an AIX program is interpreted."""
        program = self.program(kind, name)
        if kind.startswith("aix"):
            return [os.path.join(self.build, "bin/aixrun")] + (["--cache", cache] if cache else ["--interpret"]) + ["--", program]
        return ({"qemu32": ["qemu-ppc"], "qemu64": ["qemu-ppc64"]}.get(kind, [])) + [program]

    def toolchain_age(self, kind):
        if not kind.startswith("aix"):
            return 0
        newest = [os.path.getmtime(os.path.join(self.build, "bin", tool)) for tool in ("aixcc", "xcoff_link")]
        for folder, _, files in os.walk(os.path.join(self.build, "base/usr/include/")):
            newest += [os.path.getmtime(os.path.join(folder, f)) for f in files]
        return max(newest)

    def ensure(self, kind, name):
        """Build it unless it is there; its path."""
        target = self.program(kind, name)
        if os.path.exists(target) and os.path.getmtime(target) > max(self.toolchain_age(kind), os.path.getmtime(__file__)):
            return target
        os.makedirs(os.path.dirname(target), exist_ok=True)
        recipe = PROGRAMS[name]
        if recipe.folder == "sqlite3-amalgamation":
            self.amalgamate()
        folder = os.path.join(self.sources, recipe.folder)
        if not os.path.isdir(folder):
            sys.exit(f"build.py: {folder}: no sources: run tests/inputs/fetch {self.build}/inputs programs")
        (self.compile if isinstance(recipe, Direct) else self.configure)(kind, name, recipe, folder, target)
        return target

    def compile(self, kind, name, recipe, folder, target):
        sources = [s + ".c" for s in recipe.sources]
        done = subprocess.run(self.compilers[kind] + ["-O2", "-w", *recipe.flags, "-o", target, *sources, "-lm"], cwd=folder)
        if done.returncode:
            sys.exit(f"build.py: {name} for {kind} is not built")

    def configure(self, kind, name, recipe, folder, target):
        work = self.folder(kind, name)
        shutil.rmtree(work, ignore_errors=True)
        os.makedirs(work)
        words = [os.path.join(folder, "configure"), "CC=" + " ".join(self.compilers[kind]), "CFLAGS=-O2 -w"]
        if kind in self.hosts:
            words.append("--host=" + self.hosts[kind])
        if kind.startswith("aix"):
            words += ["AR=llvm-ar-19", "RANLIB=llvm-ranlib-19"]
        log = os.path.join(work, "build.log")
        with open(log, "wb") as out:
            for step in (words, ["make", "-j2"]):
                if subprocess.run(step, cwd=work, stdin=subprocess.DEVNULL, stdout=out, stderr=out).returncode:
                    sys.exit(f"build.py: {name} for {kind} is not built: {log}")
        shutil.copy2(os.path.join(work, recipe.product), target)
        os.utime(target)

    def amalgamate(self):
        """SQLite in one file, as its own makefile makes it on this machine."""
        into = os.path.join(self.sources, "sqlite3-amalgamation")
        if os.path.exists(os.path.join(into, ".done")):
            return
        os.makedirs(into, exist_ok=True)
        log = os.path.join(into, "build.log")
        with open(log, "wb") as out:
            for step in ([os.path.join(self.sources, "sqlite3/configure"), "--disable-tcl"], ["make", "sqlite3.c", "shell.c"]):
                if subprocess.run(step, cwd=into, stdin=subprocess.DEVNULL, stdout=out, stderr=out).returncode:
                    sys.exit(f"build.py: SQLite's amalgamation is not made: {log}")
        open(os.path.join(into, ".done"), "wb").close()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", required=True)
    parser.add_argument("--kind", default="aix32,aix64", help="with commas: " + ", ".join(KINDS))
    parser.add_argument("name", nargs="*")
    options = parser.parse_args()
    names, kinds = options.name or sorted(PROGRAMS), options.kind.split(",")
    for word, known in [(n, PROGRAMS) for n in names] + [(k, KINDS) for k in kinds]:
        if word not in known:
            sys.exit(f"build.py: '{word}' is not one of {', '.join(known)}")
    builder = Builder(options.build)
    for name in names:
        for kind in kinds:
            print(builder.ensure(kind, name), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
