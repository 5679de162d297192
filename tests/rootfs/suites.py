#!/usr/bin/env python3
"""Upstream test suites inside the base rootfs, with the results that Debian's own builds of the same sources have on this machine.

    suites.py --build BUILD [--rootfs DIR] [--quick] [--show] SUITE...          commands, mksh, sed, grep, awk

A test is what the package's own `make check` runs; both sides run it the same way, one by aixrun with the rootfs as /, by the rootfs's
own shell and commands, the other by this machine's. Every difference fails, except those that exceptions.txt explains; an exception that
no longer differs fails too. Needs root (device files in a copy of the rootfs) and the packages that setup installs; --show prints
how each test ends.
"""
import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
SKIP = 77
TIMEOUT = 1200
DEVICES = {"null": (1, 3), "zero": (1, 5), "full": (1, 7), "random": (1, 8), "urandom": (1, 9), "tty": (5, 0)}


class Host:
    """This machine, in a folder of its own."""

    name = "native"

    def __init__(self, scratch):
        self.top = scratch
        self.path = "/usr/bin:/usr/sbin:/bin"

    def inside(self, path):
        return path

    def command(self, words):
        return words

    def run(self, words, cwd, environment=None, given=b""):
        """Status and both outputs; the time limit is a status of its own."""
        env = {"PATH": self.path, "LC_ALL": "C", "TMPDIR": self.inside(os.path.join(self.top, "tmp")), "HOME": "/", "TZ": "UTC0"}
        env.update(environment or {})
        try:
            done = subprocess.run(self.command(words), cwd=cwd, input=given, capture_output=True, timeout=TIMEOUT, check=False, env=env)
        except subprocess.TimeoutExpired:
            return "time limit", b"", b""
        return done.returncode, done.stdout, done.stderr


class Rootfs(Host):
    """The rootfs, by aixrun: a copy, since tests write into it."""

    name = "rootfs"

    def __init__(self, scratch, rootfs, build):
        super().__init__(scratch)
        self.root = os.path.join(scratch, "root")
        subprocess.run(["cp", "-a", "--", rootfs, self.root], check=True)
        for name, numbers in DEVICES.items():
            os.mknod(os.path.join(self.root, "dev", name), 0o020666, os.makedev(*numbers))
            os.chmod(os.path.join(self.root, "dev", name), 0o666)
        self.top = os.path.join(self.root, "suite")
        above = self.root + os.path.dirname(self.root)          # paths of this machine lead to the same files inside
        os.makedirs(above)
        os.symlink("/", os.path.join(above, os.path.basename(self.root)))
        self.aixrun = [os.path.join(build, "bin/aixrun"), "--quiet", "--cache", os.path.join(build, "tests/rootfs/cache"),
                       f"--root={self.root}", "--"]

    def inside(self, path):
        return path[len(self.root):]

    def command(self, words):
        return self.aixrun + words


def read(path):
    with open(path, "rb") as file:
        return file.read()


def copied(machine, source, into):
    """A suite's files, where the machine sees them."""
    folder = os.path.join(machine.top, into)
    shutil.copytree(source, folder, symlinks=True, dirs_exist_ok=True)
    os.makedirs(os.path.join(machine.top, "tmp"), exist_ok=True)
    return folder


def short(text):
    return hashlib.sha256(text).hexdigest()[:8]


def scripts(machine, source, tests, program, quick, extra=None):
    """Scripts of automake's test driver: status 0 passed, 77 skipped. The program under test is beside them, as in a build tree."""
    top = copied(machine, source, os.path.basename(source))
    place = os.path.join(top, program[0])
    os.makedirs(place, exist_ok=True)
    for name in program[1:]:
        if os.path.lexists(os.path.join(place, name)):
            os.unlink(os.path.join(place, name))
        os.symlink(f"/usr/bin/{name}", os.path.join(place, name))
    folder = os.path.join(top, tests[0])
    environment = {"srcdir": ".", "top_srcdir": "..", "abs_top_srcdir": machine.inside(top), "abs_top_builddir": machine.inside(top),
                   "abs_srcdir": machine.inside(folder), "abs_builddir": machine.inside(folder), "SHELL": "/bin/sh", "AWK": "awk",
                   "LOCALE_FR": "none", "LOCALE_FR_UTF8": "none", "LOCALE_JA": "none", "built_programs": " ".join(program[1:]),
                   "MAKE": "make", "host_triplet": "x", "PERL": "false", "CONFIG_HEADER": machine.inside(os.path.join(top, "config.h"))}
    environment.update(extra(machine, top) if extra else {})
    names = sorted(n for n in tests[1](folder))
    for name in names[::8] if quick else names:
        status, out, err = machine.run(["/bin/sh", "./" + name] if not environment.get("_top") else ["/bin/sh", f"{tests[0]}/{name}"],
                                       top if environment.get("_top") else folder, environment)
        yield name, {0: "passed", SKIP: "skipped"}.get(status, f"failed ({status})"), out + err


def suite_sed(machine, sources, quick):
    def names(folder):
        return [n for n in os.listdir(folder) if n.endswith(".sh") and n not in ("init.sh", "bsd-wrapper.sh", "envvar-check")]

    def environment(machine, top):
        return {"srcdir": machine.inside(top), "_top": "1"}
    return scripts(machine, os.path.join(sources, "sed"), ("testsuite", names), ("sed", "sed"), quick, environment)


def suite_grep(machine, sources, quick):
    def names(folder):
        rules = read(os.path.join(folder, "Makefile.am")).decode().replace("\\\n", " ")
        listed = re.search(r"^TESTS =(.*?)\n\n", rules, re.S | re.M).group(1)
        return [n for n in listed.split() if os.path.exists(os.path.join(folder, n)) and not n.endswith(".pl")]
    return scripts(machine, os.path.join(sources, "grep"), ("tests", names), ("src", "grep", "egrep", "fgrep"), quick)


def suite_awk(machine, sources, quick):
    """The programs of the book and of the regression tests, whose output is compared; T.* judge themselves, by lines with BAD."""
    folder = copied(machine, os.path.join(sources, "awk", "testdir"), "awk")
    program = os.path.join(machine.root, "usr/bin/awk") if machine.name == "rootfs" else "/usr/bin/original-awk"
    shutil.copy(program, os.path.join(machine.top, "a.out"))
    awk = "../a.out"
    tests = sorted(os.listdir(folder))
    cases = [(n, [awk, "-f", n, "test.countries", "test.countries"]) for n in tests if re.fullmatch(r"p\.\w+", n)]
    cases += [(n, [awk, "-f", n, "test.data"]) for n in tests if re.fullmatch(r"t\.\w+", n)]
    cases += [(n, ["/bin/sh", "./" + n]) for n in tests if re.fullmatch(r"T\.[\w-]+", n)]
    for name, words in cases[::8] if quick else cases:
        if words[0] == awk:
            words = ["/bin/sh", "-c", 'exec "$@"', "sh", *words]
        status, out, err = machine.run(words, folder, {"awk": awk, "oldawk": awk})
        bad = [line for line in out.decode(errors="replace").splitlines() if "BAD" in line]
        yield name, f"status {status}, {bad}" if name.startswith("T.") else f"status {status}, prints {short(out)}", out + err


def suite_mksh(machine, sources, quick):
    """check.pl drives the shell from outside, in a folder that the shell sees; it judges by check.t."""
    folder = copied(machine, os.path.join(sources, "mksh"), "mksh")
    runner = os.path.join(machine.top, "shell")        # which is also the name that tests call the shell by, inside
    words = machine.command([machine.inside("") + "/usr/bin/ksh"] if machine.name == "rootfs" else ["/usr/bin/mksh"])
    with open(runner, "w", encoding="ascii") as file:
        file.write("#!/bin/sh\n[ -d /usr/lib/objrepos ] && exec /usr/bin/ksh \"$@\"\nexec {} \"$@\"\n".format(" ".join(words)))
    os.chmod(runner, 0o755)
    temporary = os.path.join(machine.top, "tmp")
    command = ["perl", os.path.join(folder, "check.pl"), "-s", os.path.join(folder, "check.t"), "-v", "-p", runner, "-T", temporary,
               "-e", "PATH=/usr/bin:/usr/sbin:/bin"]
    blocks = re.split(r"^---$", read(os.path.join(folder, "check.t")).decode(errors="replace"), flags=re.M)
    names = [found.group(1) for b in blocks if "__perlname" not in b and (found := re.search(r"^name: (\S+)", b, re.M))]
    command += names[::8] if quick else names           # without those that call Perl, which the rootfs has not
    done = subprocess.run(command, cwd=folder, capture_output=True, timeout=3600, check=False, stdin=subprocess.DEVNULL,
                          env={"PATH": "/usr/bin:/bin", "LC_ALL": "C", "HOME": "/"})
    output = done.stdout.decode(errors="replace")
    for result, name in re.findall(r"^(pass|FAIL|xfail|xpass) .*?:(\S+)", output, re.M):
        yield name, result, output.encode()


def suite_commands(machine, _sources, quick):
    """Lines of commands.txt, each in an empty folder."""
    os.makedirs(os.path.join(machine.top, "tmp"), exist_ok=True)
    lines = [line for line in read(os.path.join(HERE, "commands.txt")).decode().splitlines() if line and not line.startswith("#")]
    for number, line in enumerate(lines):
        if quick and number % 4:
            continue
        folder = os.path.join(machine.top, "commands", str(number))
        os.makedirs(folder)
        status, out, err = machine.run(["/bin/sh", "-c", line], folder)
        yield line.replace(" ", "_")[:40], f"status {status}, prints {out.decode(errors='replace')!r}", err


SUITES = {"commands": suite_commands, "mksh": suite_mksh, "sed": suite_sed, "grep": suite_grep, "awk": suite_awk}


def exceptions():
    """(suite, test) -> reason."""
    known = {}
    with open(os.path.join(HERE, "exceptions.txt"), encoding="utf-8") as file:
        for line in file:
            if line.strip() and not line.startswith("#"):
                suite, test, reason = line.split(None, 2)
                known[suite, test] = reason.strip()
    return known


def compare(suite, host, rootfs, options):
    """How many tests there are, and a line for each difference that nothing explains."""
    function, known, lines = SUITES[suite], exceptions(), []
    want = {name: result for name, result, _ in function(host, options.sources, options.quick)}
    got = {}
    for name, result, output in function(rootfs, options.sources, options.quick):
        got[name] = result
        if options.show:
            print(f"{suite} {name}: {result}; native {want.get(name)}", flush=True)
        differs = result != want.get(name) and not result.startswith("pass")      # the suite's own verdict
        if differs and (suite, name) not in known:
            lines.append(f"{suite} {name}: {result}; native {want.get(name)}\n" + output[-1500:].decode(errors="replace"))
        elif not differs and (suite, name) in known:
            lines.append(f"{suite} {name}: exceptions.txt explains a difference that is not there")
    lines += [f"{suite} {name}: did not run" for name in want.keys() - got.keys()]
    if len(want) < 5:
        lines.append(f"{suite}: only {len(want)} tests")
    return len(got), lines


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", required=True)
    parser.add_argument("--rootfs")
    parser.add_argument("--sources")
    parser.add_argument("--quick", action="store_true", help="every eighth test")
    parser.add_argument("--show", action="store_true")
    parser.add_argument("suite", nargs="+", choices=list(SUITES))
    options = parser.parse_args()
    build = os.path.abspath(options.build)
    options.sources = options.sources or os.path.join(build, "inputs/programs")
    rootfs = options.rootfs or os.path.join(build, "rootfs")
    if os.geteuid() != 0 or not os.path.isdir(rootfs):
        print(f"needs root, and {rootfs} (wpar base-rootfs)")
        return SKIP
    if "VWPAR_SUITES_PID" not in os.environ:            # a test that signals everybody must not reach this machine
        os.execvpe("unshare", ["unshare", "-pf", "--mount-proc", "--kill-child", sys.executable, *sys.argv],
                   dict(os.environ, VWPAR_SUITES_PID="1"))
    failed = 0
    for suite in options.suite:
        with tempfile.TemporaryDirectory(prefix="vwpar-suite-") as scratch:
            os.makedirs(os.path.join(scratch, "host"))
            count, lines = compare(suite, Host(os.path.join(scratch, "host")), Rootfs(scratch, rootfs, build), options)
            print(f"{suite}: {count} tests, {len(lines)} unexplained differences")
            print("\n".join(lines))
            failed += len(lines)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
