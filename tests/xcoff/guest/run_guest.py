#!/usr/bin/env python3
"""run_guest.py EXPECTED COMMAND... -- runs a guest program and compares its standard output with a file. A first
line `status N` in that file is the exit status wanted (0 without it)."""
import re, subprocess, sys

with open(sys.argv[1]) as f:
    expected = f.read()
m = re.match(r'status (\d+)\n', expected)
status, expected = (int(m.group(1)), expected[m.end():]) if m else (0, expected)
p = subprocess.run(sys.argv[2:], stdin=subprocess.DEVNULL, capture_output=True, text=True, errors='replace', timeout=50)
if p.stdout != expected or p.returncode != status:
    print('status %d, wanted %d\n--- output\n%s--- wanted\n%s--- standard error\n%s'
          % (p.returncode, status, p.stdout, expected, p.stderr))
    sys.exit(1)
