#!/usr/bin/env python3
"""check_exports.py NAMES AIXRUN LIBRARIES -- every name that programs are known to import is exported by that member, and is
what they take it for: a function's descriptor (or a system call), data, or a fixed address. aixrun lists the exports; NAMES
(libc_imports.txt) comes from real programs' loader sections."""
import os
import re
import subprocess
import sys


def members(aixrun, archive):
    """{(member, width): {name: (class, value)}} of a library."""
    text = subprocess.run([aixrun, '--headers=' + archive], check=True, capture_output=True, text=True, timeout=60).stdout
    found, exports, listing = {}, None, False
    for line in text.splitlines():
        if m := re.match(r'(\S+): (32|64)-bit XCOFF', line):
            exports, listing = found.setdefault((m.group(1), m.group(2)), {}), False
        elif re.match(r'  \d+ exports', line):
            listing = True
        elif not line.startswith('    '):
            listing = False
        elif listing:
            name, kind, value = line.split()[:3]
            exports[name] = (kind, value)
    return found


def complaint(kind, export):
    """What is wrong with an export for programs that import it as that kind; None if nothing is."""
    if export is None:
        return 'missing'
    symbol_class, value = export
    function = symbol_class == 'DS' or symbol_class.startswith('SV')
    right = function if kind == 'function' else value == kind if kind.startswith('0x') else not function and symbol_class != 'XO'
    return None if right else 'of class %s (%s), not %s' % (symbol_class, value, kind)


def main():
    names, aixrun, libraries = sys.argv[1:]
    known, bad, count = {}, 0, 0
    for line in open(names):
        if line.startswith('#'):
            continue
        width, module, kind, name = line.split()
        archive, member = re.fullmatch(r'(\S+)\((\S+)\)', module).groups()
        if archive not in known:
            known[archive] = members(aixrun, os.path.join(libraries, archive))
        wrong = complaint(kind, known[archive].get((member, width), {}).get(name))
        count += 1
        if wrong:
            bad += 1
            print('%s-bit %s: %s is %s' % (width, module, name, wrong))
    print('%d of %d imports of real programs are there' % (count - bad, count))
    return bad or not count


if __name__ == '__main__':
    sys.exit(bool(main()))
