#!/usr/bin/env python3
"""tables.py OUT.c -- the code set tables of libiconv.a, made when it is built: from Python's own codecs, and the EBCDIC pages that
Python lacks from the C library's iconv of the building machine. Nothing but the resulting numbers goes into the library.

A table has 256 rows by leading byte; row 0 holds the single bytes. See codesets.h for their form."""
import ctypes
import sys

NONE = 0xFFFF
# AIX's name [IBM's manual: Code Set Converters], other names, where from. "c:" is the C library's iconv.
SINGLE = [
    ('ISO8859-%d' % n, ['ISO-8859-%d' % n] + (['LATIN1', 'IBM-819'] if n == 1 else ['IBM-%d' % p for p in pages]), 'iso8859_%d' % n)
    for n, pages in [(1, []), (2, [912]), (3, [913]), (4, [914]), (5, [915]), (6, [1089]), (7, [813]), (8, [916]), (9, [920]), (10, []),
                     (13, []), (14, []), (15, [923]), (16, [])]
] + [('IBM-%d' % n, ['CP%d' % n, 'IBM%d' % n] + more, 'cp%d' % n) for n, more in [
    (437, []), (500, ['EBCDIC-CP-BE']), (720, []), (737, []), (775, []), (850, []), (852, []), (855, []), (857, []), (858, []), (860, []),
    (861, []), (862, []), (863, []), (864, []), (865, []), (866, []), (869, []), (874, []), (875, []), (1006, []), (1026, []), (1140, []),
    (1250, ['WINDOWS-1250']), (1251, ['WINDOWS-1251']), (1252, ['WINDOWS-1252']), (1253, ['WINDOWS-1253']), (1254, ['WINDOWS-1254']),
    (1255, ['WINDOWS-1255']), (1256, ['WINDOWS-1256']), (1257, ['WINDOWS-1257']), (1258, ['WINDOWS-1258'])]
] + [('IBM-037', ['CP037', 'IBM037', 'IBM-37'], 'cp037'), ('IBM-424', ['CP424', 'IBM424'], 'cp424'),
     ('KOI8-R', [], 'koi8_r'), ('KOI8-U', [], 'koi8_u'), ('TIS-620', ['IBM-1162'], 'tis_620'),
     ('US-ASCII', ['ASCII', 'ISO646', 'ANSI_X3.4-1968', '646'], 'ascii')
] + [('IBM-%d' % n, ['CP%d' % n, 'IBM%d' % n], 'c:%s%d' % (prefix, n)) for prefix, n in [
    ('IBM', 273), ('IBM', 277), ('IBM', 278), ('IBM', 280), ('IBM', 284), ('IBM', 285), ('IBM', 297), ('IBM', 870), ('IBM', 871),
    ('IBM', 1047), ('IBM', 1141), ('IBM', 1142), ('IBM', 1143), ('IBM', 1144), ('IBM', 1145), ('IBM', 1146), ('IBM', 1147),
    ('IBM', 1148), ('IBM', 1149)]]
DOUBLE = [                              # the first one is the one with three bytes
    ('IBM-eucJP', ['EUC-JP', 'EUCJP', 'UJIS'], 'euc_jp'), ('IBM-943', ['IBM-932', 'SHIFT_JIS', 'SJIS', 'CP932', 'CP943'], 'cp932'),
    ('IBM-eucKR', ['EUC-KR', 'EUCKR', 'KSC5601'], 'euc_kr'), ('IBM-eucCN', ['EUC-CN', 'EUCCN', 'GB2312', 'IBM-1383'], 'gb2312'),
    ('GBK', ['IBM-1386', 'CP936'], 'gbk'), ('big5', ['IBM-950', 'CP950', 'BIG5-ETEN'], 'cp950'),
]


class CLibrary:
    """decode() by the machine's own iconv."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.iconv_open.restype = ctypes.c_void_p
    libc.iconv.argtypes = [ctypes.c_void_p] + [ctypes.c_void_p] * 4
    libc.iconv.restype = ctypes.c_size_t

    def __init__(self, name):
        self.handle = self.libc.iconv_open(b'UTF-16BE', name.encode())
        if self.handle == ctypes.c_void_p(-1).value:
            sys.exit('tables.py: this machine\'s iconv does not know %s' % name)

    def decode(self, data):
        source, target = ctypes.create_string_buffer(data, len(data)), ctypes.create_string_buffer(16)
        at = [ctypes.c_void_p(ctypes.addressof(b)) for b in (source, target)]
        left = [ctypes.c_size_t(len(data)), ctypes.c_size_t(16)]
        if self.libc.iconv(self.handle, ctypes.byref(at[0]), ctypes.byref(left[0]), ctypes.byref(at[1]), ctypes.byref(left[1])) != 0:
            raise UnicodeError(data)
        return target.raw[:16 - left[1].value].decode('utf-16-be')


def code_point(decode, data):
    """The one character of the basic plane that the bytes are, or NONE."""
    try:
        text = decode(data)
    except UnicodeError:
        return NONE
    return ord(text) if len(text) == 1 and ord(text) < NONE else NONE


def rows(where, double):
    """{leading byte: 256 code points}, row 0 the single bytes. A row 0x100 + b holds what follows the bytes 0x8F b."""
    decode = CLibrary(where[2:]).decode if where.startswith('c:') else lambda data: data.decode(where)
    table = {0: [code_point(decode, bytes([b])) for b in range(256)]}
    leads = [bytes([b]) for b in range(0x81, 0xFF)] + ([bytes([0x8F, b]) for b in range(0xA1, 0xFF)] if where == 'euc_jp' else [])
    for lead in leads if double else []:
        row = [code_point(decode, lead + bytes([b])) for b in range(256)]
        if any(c != NONE for c in row) and not (len(lead) == 1 and table[0][lead[0]] != NONE):
            table[lead[0] if len(lead) == 1 else 0x100 + lead[1]] = row
    return table


def pages(table):
    """{high byte of the code point: 256 codes}: a byte, two bytes, or with the low byte's top bit off the three bytes 0x8F h l."""
    back = {}
    for lead in sorted(table):
        for trail, point in enumerate(table[lead]):
            if point != NONE:
                code = trail if lead == 0 else lead << 8 | trail if lead < 0x100 else (lead & 0xFF) << 8 | (trail & 0x7F)
                back.setdefault(point >> 8, [0] * 256)
                if not back[point >> 8][point & 0xFF]:
                    back[point >> 8][point & 0xFF] = code
    return back


def emit(out, ident, kind, table):
    """The arrays of one table, and its 256 (rows: 512) references."""
    for key in sorted(table):
        numbers = ','.join('%d' % n for n in table[key])
        out.write('static const unsigned short %s_%s_%x[256] = {%s};\n' % (ident, kind, key, numbers))
    size = 512 if kind == 'row' and max(table) > 0xFF else 256
    entries = ','.join('%s_%s_%x' % (ident, kind, key) if key in table else '0' for key in range(size))
    out.write('static const unsigned short *const %s_%s[%d] = {%s};\n' % (ident, kind, size, entries))


def main():
    sets = []
    with open(sys.argv[1], 'w') as out:
        out.write('/* Made by tables.py. */\n#include "codesets.h"\n')
        for number, (name, others, where) in enumerate(SINGLE + DOUBLE):
            table = rows(where, number >= len(SINGLE))
            emit(out, 'set%d' % number, 'row', table)
            emit(out, 'set%d' % number, 'page', pages(table))
            sets += [(alias, number) for alias in [name] + others]
        out.write('const struct codeset __iconv_tables[] = {\n')
        for alias, number in sets:
            out.write('    { "%s", set%d_row, set%d_page, %d },\n' % (alias, number, number, number == len(SINGLE)))
        out.write('    { 0, 0, 0, 0 },\n};\n')


main()
