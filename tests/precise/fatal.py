#!/usr/bin/env python3
"""fatal.py COMMAND... -- runs fatal.c, which says what the runner's report of its death must show: pc, LR and r1."""
import re, signal, subprocess, sys, tempfile

with tempfile.NamedTemporaryFile('r') as log:
    command = [sys.argv[1], '-q', '--log', log.name] + sys.argv[2:]
    p = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=50)
    report = log.read()
found = {name: int(value, 16) for name, value in re.findall(r'\b(pc|lr|r1) +([0-9a-f]+)', report.partition('registers')[2].partition('#0')[0])}
wanted = {name: int(value, 16) for name, value in re.findall(r'(\w+) ([0-9a-f]+)', p.stdout)}
if p.returncode != -signal.SIGSEGV or len(wanted) != 3 or found != wanted:
    sys.exit('status %d\nwanted %s\nfound %s\n%s%s' % (p.returncode, p.stdout, found, report, p.stderr))
