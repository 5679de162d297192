#!/usr/bin/env python3
"""wparexec driven as its users do: as root and as an ordinary user, good runs and every kind of refusal, and nothing left behind.

    wparexec.py --build BUILD

Expected values are IBM's rules (docs/WPAR.md) and what the test's own files say.
"""
import argparse
import glob
import os
import pwd
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


def run(command, user=None):
    environment = dict(os.environ)
    if user:
        command = ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"] + command
        environment.update(HOME=user.pw_dir, USER=user.pw_name)
        environment.pop("XDG_RUNTIME_DIR", None)
        environment.pop("XDG_CACHE_HOME", None)
    return subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=60, env=environment, cwd="/")


def tree(path):
    return sorted(os.path.relpath(os.path.join(d, n), path) for d, dirs, files in os.walk(path) for n in dirs + files)


def good_runs(wparexec, app, user):
    base = [wparexec, "-n", f"t{os.getpid()}", "-M", "directory=/app", f"dev={app}"]
    done = run(base + ["-h", "other", "--", "GREETING=hi there", "/app/probe", "7", "a  b"], user)
    expect("status", done.returncode, 7)
    lines = done.stdout.splitlines()
    expect("output", lines[:2] + lines[4:], ["AIX other hi there", "small pid 1", "host file -1", "a  b"])
    expect("root directory", sorted(lines[2].split()[1:]),
           sorted("app bin dev etc home lib opt proc tmp usr var".split()))
    expect("app directory", sorted(lines[3].split()[1:]), sorted(os.listdir(app)))
    expect("errors", done.stderr, "")
    expect("killed", run(base + ["/app/probe", "kill"], user).returncode, 137)
    done = run(base + ["/app/probe", "orphan"], user)
    expect("waits for orphans", (done.returncode, done.stdout.splitlines()[-1]), (5, "orphan done"))
    expect("host name is the WPAR's", run(base + ["/app/probe"], user).stdout.split()[1], f"t{os.getpid()}")


def refusals(wparexec, app, user):
    base = [wparexec, "-n", f"t{os.getpid()}", "-M", "directory=/app", f"dev={app}"]
    cases = [
        ("not XCOFF", base + ["/app/text"], 126, "/app/text: not an AIX program"),
        ("no such program", base + ["/app/none"], 127, "/app/none: No such file"),
        ("relative", base + ["app/probe"], 1, "must be an absolute path"),
        ("missing rootfs", [wparexec, "-n", "x", "-M", "directory=/", "dev=/no/such/root", "/bin/x"], 2, "/no/such/root: No such file"),
        ("bad name", [wparexec, "-n", "0x", "/bin/x"], 2, "must not start with"),
        ("long name", [wparexec, "-n", "a" * 26, "/bin/x"], 2, "1 to 25"),
        ("no command", [wparexec, "-n", "x"], 2, "command is missing"),
        ("unsupported option", [wparexec, "-n", "x", "-R", "/bin/x"], 2, "-R"),
        ("unknown library", base + ["/app/needs"], 126, "libnowhere.a"),
        ("unknown runtime", ["env", "WPAR_RUNTIME=/no/runtime"] + base + ["/app/probe"], 127, "/no/runtime"),
    ]
    for what, command, status, text in cases:
        done = run(command, user)
        expect(f"{what}: status", done.returncode, status)
        expect(f"{what}: one line", len(done.stderr.splitlines()), 1)
        expect(f"{what}: names it", text in done.stderr, True)


def own_rootfs(wparexec, probe, user, scratch):
    root = os.path.join(scratch, "root")
    os.makedirs(os.path.join(root, "bin"))
    shutil.copy2(probe, os.path.join(root, "bin/probe"))
    if user:
        for path in (root, os.path.join(root, "bin")):
            os.chown(path, user.pw_uid, user.pw_gid)
    before = tree(root)
    done = run([wparexec, "-n", "own", "-M", "directory=/", f"dev={root}", "--", "/bin/probe", "3"], user)
    expect("own rootfs: status", (done.returncode, done.stderr), (3, ""))
    expect("own rootfs: untouched", tree(root), before)


def leftovers(user):
    places = ["/run/vwpar"] if not user else [f"/tmp/vwpar-{user.pw_uid}"]
    return sorted(p for place in places for p in glob.glob(place + "/*") if not p.endswith("/xlated"))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    parser.add_argument("--user", action="store_true", help="as an ordinary user")
    options = parser.parse_args()
    build = os.path.abspath(options.build)
    wparexec = os.path.join(build, "bin/wparexec")
    user = None
    if options.user:
        user = ordinary_user()
        if user is None:
            print("SKIP: no ordinary user to run as")
            return 77
    with tempfile.TemporaryDirectory(prefix="vwpar-wpar-") as scratch:
        os.chmod(scratch, 0o755)
        if user:
            home = os.path.join(scratch, "home")
            os.makedirs(home)
            os.chown(home, user.pw_uid, user.pw_gid)
            user = pwd.struct_passwd(user[:5] + (home,) + user[6:])
            if run([wparexec, "--version"], user).returncode:
                print("SKIP: the build is not readable for", user.pw_name)
                return 77
        app = os.path.join(scratch, "app")
        os.makedirs(app)
        probe = os.path.join(build, "tests/wpar/probe32")
        shutil.copy2(probe, os.path.join(app, "probe"))
        shutil.copy2(os.path.join(build, "tests/wpar/needs"), os.path.join(app, "needs"))
        with open(os.path.join(app, "text"), "w", encoding="ascii") as f:
            f.write("no program\n")
        os.chmod(os.path.join(app, "text"), 0o755)
        before = leftovers(user)
        good_runs(wparexec, app, user)
        refusals(wparexec, app, user)
        own_rootfs(wparexec, probe, user, scratch)
        expect("left behind", sorted(set(leftovers(user)) - set(before)), [])
    print("wparexec:", f"{len(failures)} differences" if failures else "all as expected")
    return 1 if failures else 0


sys.exit(main())
