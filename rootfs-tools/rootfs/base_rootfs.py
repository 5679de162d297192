#!/usr/bin/env python3
"""The base rootfs: programs of Debian's source packages, built for AIX by aixcc, in AIX's directory layout.

    base_rootfs.py --bin BIN --base BASE --keep KEEP [OPTION...] DIR            (`wpar base-rootfs` calls it so)

What is built, how, and what of it goes where is in packages.toml; plain files are in tree/. Sources and built programs stay below
--keep; a package is built again when its entry in the table changes (programs ask the libraries' names, which stay). Packages without
relation to each other are built side by side. configure scripts and makefiles run what they build (aixcc's AIXCC_RUNNER); what they
find out about the builtin libraries is passed on from package to package.

DIR is replaced as a whole, or not at all. A DIR that holds anything else than a base rootfs is left alone.
"""
import argparse
import concurrent.futures
import fcntl
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import threading
import tomllib

HERE = os.path.dirname(os.path.abspath(__file__))
HOST = "powerpc-ibm-aix5.3.0.0"
MARK = "usr/lib/objrepos/base-rootfs"           # makes a directory known as ours
LICENCES = "usr/share/licences"
# Answers of configure that are about the libraries and the compiler, not about one package [autoconf: Caching Results].
SHARED_ANSWER = re.compile(r"(ac_cv_(func|header|have_decl|type|sizeof|member|sys|c|lib_m)_|gl_cv_|am_cv_|lt_cv_)")


class Failure(Exception):
    """One line for the user."""


def read_table():
    with open(os.path.join(HERE, "packages.toml"), "rb") as file:
        return tomllib.load(file)


class Progress:
    """A bar on a terminal, else a line for each package."""

    def __init__(self, total, quiet):
        self.total, self.done, self.quiet = total, 0, quiet
        self.running = {}
        self.tty = sys.stderr.isatty()
        self.lock = threading.Lock()

    def step(self, name, what):
        with self.lock:
            self.running[name] = what
            self.show()

    def finish(self, name):
        with self.lock:
            self.running.pop(name, None)
            self.done += 1
            if not self.tty and not self.quiet:
                print(f"base-rootfs: {name} ({self.done} of {self.total})", file=sys.stderr, flush=True)
            self.show()

    def show(self):
        if not self.tty or self.quiet:
            return
        width = min(shutil.get_terminal_size().columns - 1, 100)
        filled = 24 * self.done // max(self.total, 1)
        text = f"[{'=' * filled}{' ' * (24 - filled)}] {self.done}/{self.total} "
        text += ", ".join(f"{n}: {w}" for n, w in self.running.items())
        sys.stderr.write("\r\033[K" + text[:width])
        sys.stderr.flush()

    def end(self):
        if self.tty and not self.quiet:
            sys.stderr.write("\r\033[K")


class Answers:
    """What configure scripts have found out, shared by all packages of one toolchain."""

    def __init__(self, path):
        self.path, self.lock = path, threading.Lock()

    def lend(self, to):
        with self.lock:
            if os.path.exists(self.path):
                shutil.copy(self.path, to)

    def take(self, from_path):
        """Adds lines `name=${name=value}` that are not there yet."""
        with self.lock:
            known = {}
            for path in (from_path, self.path):
                if not os.path.exists(path):
                    continue
                with open(path, encoding="utf-8", errors="replace") as file:
                    known.update((line.split("=", 1)[0], line) for line in file if SHARED_ANSWER.match(line) and "=${" in line)
            with open(self.path + ".new", "w", encoding="utf-8") as file:
                file.writelines(sorted(known.values()))
            os.replace(self.path + ".new", self.path)


class Builder:
    """Builds packages below `keep`."""

    def __init__(self, options, table):
        self.options, self.table = options, table
        self.keep = os.path.abspath(options.keep)
        self.sources = os.path.abspath(options.sources or os.path.join(self.keep, "sources"))
        self.aixcc = os.path.join(os.path.abspath(options.bin), "aixcc")
        self.aixrun = os.path.join(os.path.abspath(options.bin), "aixrun")
        self.answers = Answers(os.path.join(self.keep, "configure.answers"))
        self.fetching = threading.Lock()
        os.makedirs(self.keep, exist_ok=True)

    def source(self, name):
        return os.path.join(self.sources, "programs", name)

    def work(self, name):
        return os.path.join(self.keep, "build", name)

    def identity(self, name):
        """Changes when the package has to be built again."""
        return hashlib.sha256(json.dumps(self.table["package"][name], sort_keys=True).encode()).hexdigest()

    def is_built(self, name):
        try:
            with open(os.path.join(self.work(name), ".built"), encoding="ascii") as file:
                return file.read() == self.identity(name) and not self.options.again
        except OSError:
            return False

    def fetch(self, name):
        package = self.table["package"][name]
        into = self.source(name)
        words = [os.path.join(HERE, "debian_source"), self.sources, package.get("source", name), package["version"], package["suffix"],
                 package["sha256"], into] + [f"--exclude={pattern}" for pattern in package.get("exclude", [])]
        with self.fetching:                     # the package client works alone
            done = subprocess.run(words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                                  check=False)
        if done.returncode:
            raise Failure(done.stderr.strip().splitlines()[-1])

    def environment(self):
        """configure and make as on a machine of that kind; scripts of packages see no user's settings."""
        env = {k: v for k, v in os.environ.items() if k in ("PATH", "HOME", "TMPDIR", "USER") or k.startswith("CCACHE_")}
        env.update(LC_ALL="C", TZ="UTC0", FORCE_UNSAFE_CONFIGURE="1", CONFIG_SITE="/dev/null", CONFIG_SHELL="/bin/sh",
                   AIXCC_RUNNER=f"{self.aixrun} --quiet --interpret")
        return env

    def steps(self, name, work):
        """The commands that build it, with a word for each that people read."""
        package = self.table["package"][name]
        words = {"src": work if package.get("in_source") else self.source(name), "cc": self.aixcc, "jobs": str(self.options.jobs),
                 "cflags": f"-O2 -w {package.get('cflags', '')}".strip()}
        for step in package.get("prepare", []):
            yield "prepare", [word.format(**words) for word in step]
        if "configure" in package:
            yield "configure", [os.path.join(words["src"], "configure"), f"--build={HOST}", f"--host={HOST}",
                                f"--cache-file={work}/config.cache", "--prefix=/usr", f"CC={self.aixcc}", f"CFLAGS={words['cflags']}",
                                "AR=llvm-ar-19", "RANLIB=llvm-ranlib-19", "NM=llvm-nm-19", "STRIP=true"] + package["configure"]
            yield "make", ["make", f"-j{self.options.jobs}"] + package.get("make", [])
        for step in package.get("steps", []):
            yield "make", [word.format(**words) for word in step]

    def build(self, name, progress):
        """Nothing when it is built; its log is `work`/build.log."""
        package, work = self.table["package"][name], self.work(name)
        progress.step(name, "source")
        self.fetch(name)
        shutil.rmtree(work, ignore_errors=True)
        if package.get("in_source"):
            shutil.copytree(self.source(name), work, symlinks=True)
        else:
            os.makedirs(work)
        self.answers.lend(os.path.join(work, "config.cache"))
        log = os.path.join(work, "build.log")
        with open(log, "ab") as out:
            for word, command in self.steps(name, work):
                progress.step(name, word)
                out.write(f"\n$ {' '.join(command)}\n".encode())
                out.flush()
                done = subprocess.run(command, cwd=work, env=self.environment(), stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                                      check=False)
                if done.returncode:
                    raise Failure(f"{name} is not built ({word}): {log}")
                if word == "configure":
                    self.answers.take(os.path.join(work, "config.cache"))
        with open(os.path.join(work, ".built"), "w", encoding="ascii") as file:
            file.write(self.identity(name))

    def build_all(self, names):
        """Builds what is not built; the names that failed, with reasons."""
        todo = [n for n in names if not self.is_built(n)]
        progress, failed = Progress(len(todo), self.options.quiet), {}

        def one(name):
            try:
                self.build(name, progress)
            except (Failure, OSError) as reason:
                failed[name] = str(reason)
            progress.finish(name)

        with concurrent.futures.ThreadPoolExecutor(self.options.jobs) as pool:
            list(pool.map(one, todo))
        progress.end()
        return failed


class Tree:
    """The rootfs while it is put together, beside its place."""

    def __init__(self, target):
        self.target = os.path.abspath(target)
        self.path = self.target + ".partial"
        shutil.rmtree(self.path, ignore_errors=True)
        os.makedirs(self.path)

    def at(self, relative):
        path = os.path.join(self.path, relative)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        return path

    def directories(self, table):
        for path, mode in table.items():
            os.makedirs(os.path.join(self.path, path), exist_ok=True)
            os.chmod(os.path.join(self.path, path), int(mode, 8))

    def links(self, table):
        """Symbolic links, `path = target`."""
        for path, target in table.items():
            where = self.at(path)
            if os.path.lexists(where):
                raise Failure(f"{path}: is there already, and no link to {target}")
            os.symlink(target, where)

    def copy(self, source, relative, mode=None):
        path = self.at(relative)
        shutil.copy2(source, path)
        if mode is not None:
            os.chmod(path, mode)

    def copy_tree(self, source, relative="", without=()):
        shutil.copytree(source, os.path.join(self.path, relative), symlinks=True, dirs_exist_ok=True,
                        ignore=shutil.ignore_patterns(*without))

    def install(self, name, package, work, source):
        """Products as the table says; a launcher's program instead of the launcher."""
        for folder, products in package.get("install", {}).items():
            for product in products:
                product, _, as_name = product.partition(" as ")
                path = os.path.join(work, product)
                if os.path.exists(path + ".xcoff"):
                    path += ".xcoff"
                if not os.path.exists(path):
                    raise Failure(f"{name}: {product} was not built")
                self.copy(path, os.path.join(folder, as_name or os.path.basename(product)), 0o755)
        for path, target in package.get("links", {}).items():
            self.links({path: target})
        for licence in package["licence"]:
            self.licence(name, source, licence)

    def licence(self, name, source, licence):
        """A file of the source, or some lines of one."""
        path, _, lines = licence.partition(":")
        with open(os.path.join(source, path), encoding="utf-8", errors="surrogateescape") as file:
            text = file.readlines()
        first, last = (int(n) for n in lines.split("-")) if lines else (1, len(text))
        with open(self.at(os.path.join(LICENCES, name, os.path.basename(path))), "w", encoding="utf-8", errors="surrogateescape") as file:
            file.writelines(text[first - 1:last])

    def check_scripts(self):
        """A script whose interpreter is not in the tree would be "not found" to who calls it."""
        for folder in ("usr/bin", "usr/sbin", "etc"):
            for entry in os.scandir(os.path.join(self.path, folder)):
                if not entry.is_file(follow_symlinks=False):
                    continue
                with open(entry.path, "rb") as file:
                    head = file.readline(256)
                words = head[2:].split()
                if head.startswith(b"#!") and words and not os.path.lexists(self.path + os.fsdecode(words[0])):
                    raise Failure(f"/{folder}/{entry.name}: {os.fsdecode(words[0])} is not there")

    def finish(self):
        with open(self.at(MARK), "w", encoding="ascii") as file:
            file.write("made by wpar base-rootfs\n")
        old = self.target + ".old"
        shutil.rmtree(old, ignore_errors=True)
        if os.path.lexists(self.target):
            os.rename(self.target, old)
        os.rename(self.path, self.target)
        shutil.rmtree(old, ignore_errors=True)


def check_target(path):
    if os.path.lexists(path) and not os.path.isdir(path):
        raise Failure(f"{path}: is there and no directory")
    if os.path.isdir(path) and os.listdir(path) and not os.path.exists(os.path.join(path, MARK)):
        raise Failure(f"{path}: holds something else than a base rootfs")


def assemble(builder, table, names, base, target):
    tree = Tree(target)
    tree.directories(table["directories"])
    tree.links(table["links"])
    tree.copy_tree(base, without=["include"])
    for path, entry in table["copies"].items():
        if not os.path.isdir(entry["from"]):
            raise Failure(f"{entry['from']}: is not there (Debian's package tzdata)")
        tree.copy_tree(entry["from"], path, entry["without"])
    tree.copy_tree(os.path.join(HERE, "tree"))
    for name in names:
        tree.install(name, table["package"][name], builder.work(name), builder.source(name))
    if len(names) == len(table["package"]):             # a part may well lack the shell
        tree.check_scripts()
    tree.finish()


def run(options):
    table = read_table()
    names = options.only.split(",") if options.only else list(table["package"])
    for name in names:
        if name not in table["package"]:
            raise Failure(f"'{name}' is not one of {', '.join(table['package'])}")
    builder = Builder(options, table)
    if options.list:
        for name in names:
            print(f"{name:12} {table['package'][name]['version']:16} {'built' if builder.is_built(name) else ''}".rstrip())
        return
    check_target(options.dir)
    with open(os.path.join(builder.keep, "lock"), "w", encoding="ascii") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise Failure(f"{builder.keep}: another base-rootfs works there") from error
        failed = builder.build_all(names)
        if failed:
            raise Failure("\nbase-rootfs: ".join(failed.values()))
        assemble(builder, table, names, options.base, options.dir)


def main():
    parser = argparse.ArgumentParser(
        prog="wpar base-rootfs", usage="wpar base-rootfs [OPTION...] DIR", formatter_class=argparse.RawDescriptionHelpFormatter,
        description="Builds a rootfs of open programs for AIX 5.3 from Debian's source packages, with aixcc. What is built stays in the\n"
                    "user's cache, so that the second time takes seconds. DIR is replaced as a whole, or not at all.",
        epilog="environment: VWPAR_CACHE, XDG_CACHE_HOME, HOME (KEEP is the translation cache's name and -rootfs)\n"
               "exit status: 0; 1 when a package is not built (a line each tells where its log is); 2 for a wrong command line")
    parser.add_argument("--bin", required=True, help=argparse.SUPPRESS)         # where aixcc and aixrun are
    parser.add_argument("--base", required=True, help=argparse.SUPPRESS)        # the builtin libraries' tree
    parser.add_argument("--version", action="store_true", help="print the version and exit")        # answered by wpar itself
    parser.add_argument("--keep", required=True, metavar="KEEP", help="where sources and built programs stay")
    parser.add_argument("--sources", metavar="DIR", help="where sources are, or are fetched to (KEEP/sources)")
    parser.add_argument("--only", metavar="NAMES", help="these packages alone, with commas between")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), metavar="N", help="packages at once, and processes of each make")
    parser.add_argument("--again", action="store_true", help="build what is built already")
    parser.add_argument("--list", action="store_true", help="print the packages, and which are built, instead of building")
    parser.add_argument("--quiet", action="store_true", help="no progress, errors only")
    parser.add_argument("dir", nargs="?", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if not options.dir and not options.list:
        parser.error("DIR is missing")
    try:
        run(options)
    except Failure as reason:
        print(f"base-rootfs: {reason}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
