#!/usr/bin/env python3
"""unicode.py OUT.c -- classes, widths and case pairs of Unicode's characters, made when libc is built, from Python's copy of the Unicode
Character Database. unicode.h has the form."""
import sys
import unicodedata

ALPHA, PRINT, SPACE, WIDE, ZERO, LOWER, UPPER = 1, 2, 4, 8, 16, 32, 64
TOP = 0x20000                           # what lies above is ideographs (wide letters) and tags: unicode.h tells


def class_of(point):
    char = chr(point)
    category = unicodedata.category(char)
    bits = 0
    if category[0] == 'L' or category == 'Nl' or (category == 'Nd' and point > 127):
        bits |= ALPHA
    bits |= {'Ll': LOWER, 'Lu': UPPER}.get(category, 0)
    if category not in ('Cc', 'Cn', 'Cs', 'Zl', 'Zp'):
        bits |= PRINT
    if category in ('Zs', 'Zl', 'Zp') and '<noBreak>' not in unicodedata.decomposition(char):
        bits |= SPACE
    if unicodedata.east_asian_width(char) in 'WF':
        bits |= WIDE
    if (category in ('Mn', 'Me', 'Cf') and point != 0xAD) or 0x1160 <= point < 0x1200:
        bits |= ZERO
    return bits


def pairs(change):
    """Runs [first, last, step, distance] of characters that `change` maps to one other character."""
    runs = []
    for point in range(128, TOP):
        other = change(chr(point))
        if len(other) != 1 or ord(other) == point:
            continue
        distance = ord(other) - point
        if runs and runs[-1][3] == distance:
            first, last, step, _ = runs[-1]
            if (first == last and point - last <= 2) or (first != last and point - last == step):
                runs[-1][1:3] = [point, point - last]
                continue
        runs.append([point, point, 1, distance])
    return runs


def main():
    blocks, index = {}, []
    for base in range(0, TOP, 256):
        block = tuple(class_of(base + i) for i in range(256))
        index.append(blocks.setdefault(block, len(blocks)))
    with open(sys.argv[1], 'w') as out:
        out.write('/* Made by unicode.py: Unicode %s. */\n#include "unicode.h"\n' % unicodedata.unidata_version)
        out.write('const unsigned char __unicode_index[] = {%s};\n' % ','.join(map(str, index)))
        out.write('const unsigned char __unicode_classes[][256] = {\n')
        for block in blocks:
            out.write('{%s},\n' % ','.join(map(str, block)))
        out.write('};\n')
        for name, change in ('lower', str.lower), ('upper', str.upper):
            runs = pairs(change)
            out.write('const struct unicode_run __unicode_%s[] = {\n' % name)
            out.write(''.join('{%d,%d,%d,%d},\n' % tuple(run) for run in runs))
            out.write('};\nconst int __unicode_%s_count = %d;\n' % (name, len(runs)))


main()
