#!/usr/bin/env python3
"""A person's session in the base rootfs: a login shell in a WPAR on a pseudo-terminal, driven and looked at through tmux.

    session.py --build BUILD [--rootfs DIR]

What must be on the screen is what POSIX says of a terminal and of job control, and of vi and the shell's command line editing (sh, vi:
Extended Description): characters that were typed, changed and deleted, statuses 130 and stopped jobs, the window's size as tmux set it,
text in its lines with ~ behind the last one. Needs tmux, and runc as wparexec does; skipped without them or without a built rootfs.
"""
import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

SKIP = 77
LONGEST = 60


class Failure(Exception):
    """What is not on the screen."""


class Terminal:
    """A program in a window of 80 by 24."""

    def __init__(self, folder, command, environment):
        self.tmux = ["tmux", "-S", os.path.join(folder, "tmux"), "-f", "/dev/null"]
        subprocess.run(self.tmux + ["new-session", "-d", "-s", "s", "-x", "80", "-y", "24", command], check=True, env=environment)

    def type(self, *keys):
        """Words as text, others by tmux's names: C-c, Up, Enter."""
        subprocess.run(self.tmux + ["send-keys", "-t", "s", *keys], check=True)

    def screen(self):
        return subprocess.run(self.tmux + ["capture-pane", "-p", "-t", "s"], check=True, stdout=subprocess.PIPE, text=True).stdout

    def expect(self, pattern, what):
        """Waits until the screen shows it; a pattern of lines."""
        until = time.monotonic() + LONGEST
        while time.monotonic() < until:
            text = self.screen()
            if re.search(pattern, text, re.M):
                return text
            time.sleep(0.1)
        raise Failure(f"{what}: /{pattern}/ is not on the screen:\n{text}")

    def resize(self, columns, lines):
        subprocess.run(self.tmux + ["resize-window", "-t", "s", "-x", str(columns), "-y", str(lines)], check=True)

    def end(self):
        subprocess.run(self.tmux + ["kill-server"], check=False, stderr=subprocess.DEVNULL)


def editing(t):
    t.expect(r"^#$", "the prompt")
    t.type("echo helo wrld", "C-b", "C-b", "C-b", "o", "C-a", "C-f", "C-f", "C-f", "C-f", "C-f", "C-f", "C-f", "C-f", "l", "Enter")
    t.expect(r"^hello world$", "letters put into a line")
    t.type("echo second words", "C-w", "line", "Enter")
    t.expect(r"^second line$", "a word taken back")
    t.type("C-p", "C-p", "C-e", " again", "Enter")
    t.expect(r"^hello world again$", "a line of the history")
    t.type("echo /usr/share/lic", "Tab", "Enter")
    t.expect(r"^/usr/share/licences/?$", "a file name completed")


def jobs(t):
    t.type("clear; /usr/bin/sleep 1000", "Enter")
    time.sleep(1.5)
    t.type("C-c")
    t.type("echo status $?", "Enter")
    t.expect(r"^status 130$", "^C ends the foreground job")
    t.type("/usr/bin/sleep 1000", "Enter")
    time.sleep(1.5)
    t.type("C-z")
    t.expect(r"^\^Z\[1\] \+ Stopped", "^Z stops it")
    t.type("bg; jobs", "Enter")
    t.expect(r"^\[1\] \+ Running", "bg lets it go on")
    t.type("fg", "Enter")
    time.sleep(1)
    t.type("C-c")
    t.type("jobs; echo none", "Enter")
    t.expect(r"^none$", "fg and ^C end it")
    t.type("(sleep 1; echo behind) & wait; echo waited", "Enter")
    t.expect(r"^behind\n(.*\n)?waited$", "wait waits for a job in the background")
    t.type("/usr/bin/cat", "Enter")
    time.sleep(1)
    t.type("a line", "Enter", "C-d")
    t.expect(r"^a line\na line$", "^D ends the input")
    t.type("stty -echo; read secret; stty echo; echo got $secret", "Enter")
    time.sleep(1.5)
    t.type("hidden", "Enter")
    if re.search(r"^hidden$", t.expect(r"^got hidden$", "stty -echo"), re.M):
        raise Failure("stty -echo: typed characters are on the screen")


def window(t):
    t.type("clear; stty size", "Enter")
    t.expect(r"^24 80$", "the window's size")
    t.resize(100, 30)
    t.type("stty size; echo $COLUMNS", "Enter")
    t.expect(r"^30 100\n100$", "the window's new size")
    t.resize(80, 24)


def editor(t):
    t.type("clear; seq 40 >/tmp/numbers; vi /tmp/numbers", "Enter")
    first = t.expect(r"^23\n.*numbers.*40", "vi shows the file").splitlines()
    if first[:23] != [str(n) for n in range(1, 24)]:
        raise Failure("vi does not begin with the first line:\n" + "\n".join(first))
    t.type("G")
    t.expect(r"\A18\n(.*\n)*40$", "G scrolls to the last line")
    t.type("1", "G", "c", "w", "one", "Escape", "j", "d", "d", "o", "inserted", "Escape", "/", "9", "Enter", "x")
    t.expect(r"\Aone\n3\ninserted\n4\n5\n6\n7\n8\n\n10$", "changing, deleting, inserting, searching")
    t.resize(60, 12)
    t.expect(r"(.*\n){10}", "a smaller window")
    t.resize(80, 24)
    t.type(":", "wq", "Enter")
    t.expect(r"^#$", "the shell again")
    t.type("clear; head -4 /tmp/numbers; wc -l /tmp/numbers", "Enter")
    t.expect(r"^one\n3\ninserted\n4\n40 /tmp/numbers$", "the file as it was written")
    t.type("clear; echo short >/tmp/short; vi /tmp/short", "Enter")
    t.expect(r"\Ashort\n~\n~\n", "~ behind the last line")
    t.type(":", "q", "!", "Enter")


def pager(t):
    t.type("clear; less /tmp/numbers", "Enter")
    t.expect(r"^one\n(.*\n)+/tmp/numbers$|^one\n(.*\n)+:$", "less shows a page")
    t.type(" ")
    t.expect(r"^40$", "the next page")
    t.type("q")


PARTS = (editing, jobs, window, editor, pager)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", required=True)
    parser.add_argument("--rootfs")
    parser.add_argument("--show", action="store_true", help="print the screen behind each part")
    options = parser.parse_args()
    build = os.path.abspath(options.build)
    rootfs = os.path.abspath(options.rootfs or os.path.join(build, "rootfs"))
    if not os.path.exists(os.path.join(rootfs, "usr/bin/vi")) or not shutil.which("tmux") or not shutil.which("runc"):
        print(f"needs tmux, runc and a whole {rootfs} (wpar base-rootfs)")
        return SKIP
    with tempfile.TemporaryDirectory(prefix="vwpar-session-") as folder:
        environment = dict(os.environ, WPAR_STATE=os.path.join(folder, "state"), VWPAR_ROOTFS=rootfs, TERM="xterm", LC_ALL="C.UTF-8")
        environment.setdefault("VWPAR_CACHE", os.path.join(build, "tests/rootfs/cache"))
        wpar = os.path.join(build, "bin/wpar")
        subprocess.run([wpar, "mkwpar", "-n", "session", "-s"], check=True, env=environment, stdout=subprocess.DEVNULL)
        terminal = None
        try:
            terminal = Terminal(folder, f"exec {wpar} clogin session", environment)
            for part in PARTS:
                part(terminal)
                print(f"{part.__name__}: as expected", flush=True)
                if options.show:
                    print(terminal.screen())
            terminal.type("exit", "Enter")
        except Failure as failure:
            print(failure)
            return 1
        finally:
            if terminal:
                terminal.end()
            subprocess.run([wpar, "rmwpar", "-s", "-F", "session"], check=False, env=environment, stdout=subprocess.DEVNULL)
    return 0


if __name__ == "__main__":
    sys.exit(main())
