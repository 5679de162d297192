#!/usr/bin/env python3
"""terminfo.py SOURCE DIRECTORY TIC... -- compiles the terminal descriptions that a rootfs gets: those named below, from ncurses'
terminfo.src with all that they are made of. TIC... is the command of the compiler, a guest program."""
import re
import subprocess
import sys

TERMINALS = '''ansi dumb unknown vt52 vt100 vt102 vt220 vt320 vt420 vt520 xterm xterm-color xterm-16color xterm-256color xterm-direct xterm-new xterm-r6
 screen screen-256color tmux tmux-256color linux putty putty-256color rxvt rxvt-256color rxvt-unicode dtterm aixterm aixterm-m hft-c hft-old
 ibm3101 ibm3151 ibm3161 ibm3164 ibm6153 ibm6154 wyse50 wyse60 sun sun-color cons25 konsole konsole-256color gnome gnome-256color vte vte-256color
 alacritty kitty mlterm nsterm eterm eterm-color st st-256color iterm2 cygwin mintty minitel1 lft'''.split()


def main():
    source, directory, *tic = sys.argv[1:]
    entries, order = {}, []
    for text in re.findall(r'^[^#\s].*\n(?:[\t ].*\n|#.*\n(?=[\t ]))*', open(source, encoding='latin-1').read(), re.M):
        names = text.split(',', 1)[0].split('|')
        order.append(text)
        for name in names:
            entries.setdefault(name, text)
    wanted, todo = set(), [name for name in TERMINALS if name in entries]
    while todo:
        text = entries[todo.pop()]
        if text not in wanted:
            wanted.add(text)
            todo += [name for name in re.findall(r'use=([^,\s]+)', text) if name in entries]
    subset = ''.join(text for text in order if text in wanted)
    with open(directory + '.src', 'w', encoding='latin-1') as out:
        out.write(subset)
    done = subprocess.run(tic + ['-x', '-o', directory, directory + '.src'], capture_output=True, text=True)
    if done.returncode:
        sys.exit('terminfo.py: tic failed: ' + done.stderr)


main()
