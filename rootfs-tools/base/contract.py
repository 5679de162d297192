#!/usr/bin/env python3
"""contract.py SOURCE > docs/libraries.md -- what the builtin libraries export: for each name the header that declares it, the document that
defines it (contract.txt), the guest tests that use it. Read from the export lists, the headers and the tests; nothing is built for it."""
import fnmatch
import glob
import os
import re
import sys

LIBRARIES = [('libc.a', ['libc/libc.exp', 'libdl/dl.exp', 'crt/milicode.exp']),
             ('libpthreads.a', ['libpthreads/pthreads.exp', 'libpthreads/comm.exp']), ('libiconv.a', ['libiconv/iconv.exp']), ('librtl.a', ['librtl/rtl.exp']), ('libnsl.a', ['libnsl/nsl.exp']),
             ('libz.a', ['libz/z.exp']), ('libbz2.a', ['libbz2/bz2.exp'])]


INTRODUCTION = """# Builtin libraries: the contract

Made by `rootfs-tools/base/contract.py`; the test `library-contract` fails when it is out of date. *Documented*: the document that defines the name;
AIX for IBM's Technical Reference, ABI for what is known from compiled programs alone, own for this project's. *Tested*: programs of
`tests/xcoff/guest` and `tests/unit` that call it; whole programs and test suites (TESTING.md) call many of the others. libm.a is static: its functions
are those of C's 7.12, 7.3 and 7.6 and of `libm/aix.c`. libcurses.a exports what ncurses 6.4 does.
"""


def exports(path):
    """[(family, width, name)] of an export list."""
    family, width, found = '', '', []
    for line in open(path):
        line = line.strip()
        if line.startswith('*'):
            family = line[1:].strip().rstrip('/')
        elif line.startswith('#'):
            width = line[1:]
        elif line:
            found.append((family, width, line.split()[0]))
    return found


def documents(path):
    """[(pattern, document)] of contract.txt."""
    found, document = [], None
    for line in open(path):
        if line.startswith('  '):
            found += [(name, document) for name in line.split()]
        elif not line.startswith('#'):
            document = line.strip()
    return found


def words_of(paths, base):
    """{identifier: [file]}"""
    found = {}
    for path in sorted(paths):
        text = re.sub(r'/\*.*?\*/', '', open(path, encoding='utf-8').read(), flags=re.S)
        for word in set(re.findall(r'[A-Za-z_]\w*', text)):
            found.setdefault(word, []).append(os.path.relpath(path, base))
    return found


def document_of(name, known, patterns):
    if name in known:
        return known[name]
    for pattern, document in patterns:
        if fnmatch.fnmatchcase(name, pattern):
            return document
    stem = re.sub(r'64$|64x$', '', name)
    if stem != name and stem in known:
        return 'AIX: large files, over ' + known[stem]
    if name.startswith('__vwpar_'):
        return 'own'
    return 'ABI' if name.startswith('_') else 'AIX'


def main():
    root = sys.argv[1]
    base = os.path.join(root, 'rootfs-tools/base')
    pairs = documents(os.path.join(base, 'contract.txt'))
    known, patterns = dict(p for p in pairs if '*' not in p[0]), [p for p in pairs if '*' in p[0]]
    include = os.path.join(base, 'include')
    headers = words_of(glob.glob(include + '/**/*.h', recursive=True), include)
    tests = words_of(glob.glob(root + '/tests/xcoff/guest/*.c') + glob.glob(root + '/tests/unit/guest*.c'), root + '/tests')
    print(INTRODUCTION)
    for library, files in LIBRARIES:
        rows = [row for f in files for row in exports(os.path.join(base, f))]
        tested = sum(1 for _, _, name in rows if name in tests)
        print('## %s: %d names, %d in a guest test\n' % (library, len(rows), tested))
        print('| name | width | family | declared in | documented | tested |\n|---|---|---|---|---|---|')
        for family, width, name in rows:
            where = [h for h in headers.get(name, []) if h != 'sys/' + h][:1]
            users = ', '.join(os.path.basename(t)[:-2] for t in tests.get(name, [])[:3])
            print('| %s | %s | %s | %s | %s | %s |' % (name, width or 'both', family, ', '.join(where) or '-',
                                                      document_of(name, known, patterns), users or '-'))
        print()


main()
