#!/usr/bin/env python3
"""check_curses.py COMMAND... -- libcurses.a draws what ncurses of this machine draws: drawing.c runs in a pseudo-terminal of 24 lines and 80
columns, and this file's draw(), the same calls of Python's curses module, in another; the bytes must be the same."""
import curses
import os
import pty
import select
import sys
import time

KEYS = [b'x', b'\x1bOA', b'\x1b[5~', b'\x1bOP', b'\t', b'q']


def draw(screen):
    curses.init_pair(1, curses.COLOR_RED, curses.COLOR_BLACK)
    screen.addstr(1, 1, 'first screen')
    screen.refresh()
    w = curses.newwin(6, 30, 3, 10)
    w.box()
    w.attron(curses.A_BOLD | curses.color_pair(1))
    w.addstr(1, 2, 'bold in colour')
    w.attroff(curses.A_BOLD | curses.color_pair(1))
    w.attron(curses.A_REVERSE)
    w.addstr(2, 2, 'reverse')
    w.attroff(curses.A_REVERSE)
    w.refresh()
    w.mvwin(5, 20)
    screen.touchwin()
    screen.noutrefresh()
    w.noutrefresh()
    curses.doupdate()
    del w
    screen.scrollok(True)
    screen.move(curses.LINES - 3, 0)
    for i in range(6):
        screen.addstr('line %d of %dx%d\n' % (i, curses.LINES, curses.COLS))
        screen.refresh()
    screen.addstr(0, 0, '\u00e4\u20ac\u65e5|')
    screen.hline(curses.ACS_HLINE, 10)
    screen.refresh()
    while (key := screen.getch()) != ord('q'):
        screen.addstr(2, 1, '%-20s' % curses.keyname(key).decode())
        screen.refresh()


def native():
    """Python's curses, set up in the order of drawing.c."""
    import locale
    locale.setlocale(locale.LC_ALL, 'C.UTF-8')
    screen = curses.initscr()
    curses.cbreak()
    curses.noecho()
    screen.keypad(True)
    curses.start_color()
    draw(screen)
    curses.endwin()


def drain(fd, quiet, enough):
    """What comes until that many bytes have, or nothing has for that many seconds, or the terminal closes."""
    data = b''
    while len(data) < enough and select.select([fd], [], [], quiet)[0]:
        try:
            more = os.read(fd, 65536)
        except OSError:
            break
        if not more:
            break
        data += more
    return data


def session(start, steps):
    """The answers of a run to its start and to each key. `steps`: of another run, which tell how much to wait for."""
    child, fd = pty.fork()
    if child == 0:
        os.environ.update(TERM='xterm', LINES='24', COLUMNS='80', ESCDELAY='200')
        start()
        os._exit(0)
    wait = lambda i: drain(fd, 20, len(steps[i])) if steps else drain(fd, 0.7, 1 << 20)
    answers = [wait(0)]
    for i, key in enumerate(KEYS):
        os.write(fd, key)
        answers.append(wait(i + 1))
    deadline = time.time() + 20
    while (done := os.waitpid(child, os.WNOHANG)) == (0, 0):
        if time.time() > deadline:
            os.kill(child, 9)
            sys.exit('check_curses.py: the program does not end')
        answers[-1] += drain(fd, 0.1, 1 << 20)
    if done[1]:
        sys.exit('check_curses.py: status %d, output %r' % (done[1], answers[-1][-300:]))
    return answers


def main():
    command = sys.argv[1:]
    steps = session(native, None)
    wanted, got = b''.join(steps), b''.join(session(lambda: os.execvp(command[0], command), steps))
    if got != wanted or b'KEY_UP' not in got:
        same = len(os.path.commonprefix([got, wanted]))
        print('after %d bytes\nwanted %r\n   got %r' % (same, wanted[same - 20:same + 200], got[same - 20:same + 200]))
        sys.exit(1)
    print('%d bytes, the same' % len(got))


main()
