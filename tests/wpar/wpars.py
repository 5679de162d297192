"""wpars.py -- what the tests of WPAR commands share: running them, a synthetic mksysb, expectations."""
import os
import shutil
import subprocess
import sys
import tempfile

from users import ordinary_user

failures = []


def expect(what, got, want):
    if got != want:
        failures.append(what)
        print(f"{what}: expected {want!r}, got {got!r}")


def expect_in(what, text, part):
    if part not in text:
        failures.append(what)
        print(f"{what}: {part!r} is not in {text!r}")


INITTAB = """: a comment
init:2:initdefault:
brc::sysinit:/sbin/rc.boot 3 >/dev/console 2>&1 # Phase 3 of system boot
first:2:wait:/usr/bin/service start > /dev/console 2>&1
svc:2:respawn:/usr/bin/service service >/dev/console 2>&1 # the service
other:3:once:/usr/bin/service never
pipe:2:once:/usr/bin/nothing | /usr/bin/nothing
"""
IMAGE_DATA = "image_data:\n\tIMAGE_TYPE= bff\n\tDATE_TIME= Sat Nov 28 12:00:00 2009\n\tUNAME_INFO= AIX oldhost 3 5 0000000000\n{level}\n"


class Bench:
    """A build, a state directory of its own and the user to run as."""

    def __init__(self, build, user, scratch):
        self.build, self.user, self.scratch = os.path.abspath(build), user, scratch
        self.bin = os.path.join(self.build, "bin")
        self.state = os.path.join(scratch, "state")
        self.environment = {**os.environ, "WPAR_STATE": self.state, "VWPAR_CACHE": os.path.join(scratch, "cache"), "LC_ALL": "C",
                            "TZ": "UTC"}
        if user:
            self.environment.update(HOME=scratch, USER=user.pw_name)
            for name in ("XDG_RUNTIME_DIR", "XDG_CACHE_HOME", "XDG_DATA_HOME"):
                self.environment.pop(name, None)

    def command(self, name, *words):
        command = [os.path.join(self.bin, name), *words]
        if self.user:
            command = ["setpriv", f"--reuid={self.user.pw_uid}", f"--regid={self.user.pw_gid}", "--clear-groups", *command]
        return command

    def run(self, name, *words, timeout=60, stdin=subprocess.DEVNULL):
        return subprocess.run(self.command(name, *words), capture_output=True, text=True, stdin=stdin, timeout=timeout,
                              env=self.environment, cwd="/", check=False)

    def good(self, name, *words, **options):
        done = self.run(name, *words, **options)
        expect(f"{name} {' '.join(words)}", (done.returncode, done.stderr), (0, ""))
        return done.stdout

    def refused(self, text, name, *words, status=1):
        done = self.run(name, *words)
        what = f"{name} {' '.join(words)}"
        expect(f"{what}: status", done.returncode, status)
        expect(f"{what}: one line ({done.stderr!r})", len(done.stderr.splitlines()), 1)
        expect_in(what, done.stderr, text)

    def start_application(self, name, *options):
        """wparexec with a service in it, under way: the process, whose output is a pipe."""
        app = os.path.join(self.scratch, "app")
        os.makedirs(app, exist_ok=True)
        shutil.copy2(f"{self.build}/tests/wpar/guest_service", f"{app}/service")
        running = subprocess.Popen(self.command("wparexec", "-n", name, "-M", "directory=/app", f"dev={app}", "-M", "directory=/var",
                                                "vfs=tmpfs", *options, "--", "/app/service", "x"),
                                   env=self.environment, stdout=subprocess.PIPE, text=True)
        expect("its output", running.stdout.readline(), "service x is up\n")
        return running

    def names(self):
        return self.run("lswpar", "-q", "-c", "-a", "name").stdout.split()

    def leftovers(self):
        """Every file below the state directory: nothing but directories and the runtime's own remain when all WPARs are gone."""
        return sorted(os.path.relpath(os.path.join(d, f), self.state) for d, dirs, files in os.walk(self.state)
                      for f in files + [x for x in dirs if os.path.basename(d) == "wpars" or d.endswith("run/vwpar")]
                      if f not in ("wpars", "oci"))

    def root_tree(self, level="\tOSLEVEL= 5.3.0.0\n\tOSLEVEL_R= 5300-12", with_shell=True):
        """The tree that becomes an image."""
        top = os.path.join(self.scratch, "old")
        shutil.rmtree(top, ignore_errors=True)
        for directory in ("etc/rc.d/rc2.d", "usr/bin", "usr/lib", "tmp", "dev", "sbin", "var", "home/guest"):
            os.makedirs(os.path.join(top, directory))
        guests = os.path.join(self.build, "tests/wpar")
        shutil.copy2(f"{guests}/guest_service", f"{top}/usr/bin/service")
        shutil.copy2(f"{guests}/guest_service", f"{top}/etc/rc.d/rc2.d/K10last")
        if with_shell:
            shutil.copy2(f"{guests}/guest_sh", f"{top}/usr/bin/ksh")
        shutil.copy2(f"{guests}/probe32", f"{top}/usr/bin/probe")
        files = {"etc/inittab": INITTAB, "etc/passwd": "root:!:0:0::/:/usr/bin/ksh\nguest:!:100:100::/home/guest:/usr/bin/ksh\n",
                 "image.data": IMAGE_DATA.format(level=level), "bosinst.data": "control_flow:\n\tPROMPT = no\n", "etc/keep": "kept\n"}
        for name, text in files.items():
            with open(os.path.join(top, name), "w", encoding="ascii") as f:
                f.write(text)
        return top

    def image(self, name="mksysb", **options):
        path = os.path.join(self.scratch, name)
        done = subprocess.run([f"{self.bin}/wpar", "image", "create", "-C", self.root_tree(**options), path], capture_output=True,
                              text=True, check=False, timeout=60)
        expect("image create", (done.returncode, done.stderr), (0, ""))
        return path


def main(description, tests, options):
    """Run each test with a bench of its own; 77 when the ordinary user is missing."""
    user = ordinary_user() if options.user else None
    if options.user and user is None:
        print("SKIP: no ordinary user to run as")
        return 77
    if not options.user and os.geteuid() != 0:
        print("SKIP: not root")
        return 77
    for test in tests:
        with tempfile.TemporaryDirectory(prefix="vwpar-wpars-") as scratch:
            os.chmod(scratch, 0o755)
            if user:
                os.chown(scratch, user.pw_uid, user.pw_gid)
            bench = Bench(options.build, user, scratch)
            if user and bench.run("lswpar", "--version").returncode:
                print("SKIP: the build is not readable for", user.pw_name)
                return 77
            before = len(failures)
            try:
                test(bench)
            finally:
                for name in bench.names():
                    bench.run("rmwpar", "-F", name)
            if len(failures) > before:
                print(f"  in {test.__name__}")
            sys.stdout.flush()
    print(f"{description}:", f"{len(failures)} differences" if failures else "all as expected")
    return 1 if failures else 0
