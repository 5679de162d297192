#!/usr/bin/env python3
"""mkxcoff.py - write the smallest XCOFF modules and archives that show one thing each, for the loader's tests.

usage: mkxcoff.py OUTDIR

Everything is written from the format description alone [aix-abi 1], independently of the loader's C structures. Data of each module
is a row of words; names and offsets are stated here once and repeated as plain numbers in tests/unit/test_loader.c.
Modules ending in 32 or 64 have that width; libraries stand in OUTDIR/root/usr/lib, programs and malformed files in OUTDIR.
"""
import os
import struct
import sys

IMPORT, EXPORT, ENTRY, WEAK = 0x40, 0x10, 0x20, 0x08
RO, RW, DS, XO, TL = 1, 5, 10, 7, 20
TEXT, DATA, BSS, TDATA, TBSS = 0, 1, 2, -1, -2
POS, NEG, REL, BR, RL, RLA, REF, TLS_LE, TLSML = 0, 1, 2, 0x0a, 0x0c, 0x0d, 0x0f, 0x23, 0x25
BLR = struct.pack('>I', 0x4e800020)


class Module:
    """One module. Sections: 1 .text, 2 .data, 3 .bss, 4 .loader, and 5 .tdata, 6 .tbss when there is thread-local data."""

    def __init__(self, w, text_at=None, data_at=None, flags=0x1002, modtype=b'1L', bss=32, text=BLR * 4, libpath='/usr/lib:/lib',
                 maxdata=0, tdata=b'', tbss=0):
        self.w, self.word = w, w // 8
        program = not flags & 0x2000
        self.text_at = (0x10000000 if w == 32 else 0x100000000) if text_at is None and program else text_at or 0
        self.data_at = (0x20000000 if w == 32 else 0x110000000) if data_at is None and program else data_at or 0
        self.at_zero = not program and text_at is None
        self.flags, self.modtype, self.bss, self.text, self.maxdata = flags, modtype, bss, text, maxdata
        self.tdata, self.tbss = tdata, tbss
        self.data = bytearray()
        self.files = [(libpath, '', '')]
        self.symbols, self.relocs = [], []
        self.entry = None

    def file(self, path, base, member=''):
        self.files.append((path, base, member))
        return len(self.files) - 1

    def put(self, value=0, bits=None):
        """A word of data; returns its offset."""
        at = len(self.data)
        n = (bits or self.w) // 8
        self.data += (value & ((1 << 8 * n) - 1)).to_bytes(n, 'big')
        return at

    def symbol(self, name, value=0, section=2, kind=EXPORT | 1, cls=RW, ifile=0):
        self.symbols.append((name, value, section, kind, cls, ifile))
        return len(self.symbols) + 2

    def imported(self, name, ifile, cls=DS, extra=0, value=0):
        return self.symbol(name, value, 0, IMPORT | extra, cls, ifile)

    def reloc(self, at, symndx, kind=POS, bits=None, section=2, signed=False):
        self.relocs.append((at, symndx, kind, (bits or self.w) - 1 | (0x80 if signed else 0), section))

    def pointer(self, symndx, addend=0, kind=POS):
        """A word of data with a relocation; returns its offset."""
        at = self.put(addend)
        self.reloc(at, symndx, kind)
        return at

    def descriptor(self, name=None):
        """{text start, TOC = data start, 0}, exported when named."""
        at = self.put(self.tva)
        self.reloc(at, TEXT)
        self.reloc(self.put(self.dva), DATA)
        self.put(0)
        if name:
            self.symbol(name, self.dva + at, cls=DS)
        return at

    # Addresses as linked. The file is headers, .text, .data, .loader, and .tdata at the end.
    @property
    def headers(self):
        n = 6 if self.tdata or self.tbss else 4
        return 20 + 72 + 40 * n if self.w == 32 else 24 + 120 + 72 * n

    @property
    def tptr(self): return self.headers + 31 & -32
    @property
    def dptr(self): return self.tptr + len(self.text) + 15 & -16
    @property
    def tva(self): return 0 if self.at_zero else self.text_at + self.tptr
    @property
    def dva(self): return 0 if self.at_zero else self.data_at + self.dptr

    def loader(self):
        strings, syms, rels = b'', b'', b''
        for name, value, section, kind, cls, ifile in self.symbols:
            n = name.encode()
            if self.w == 64 or len(n) > 8:
                off = len(strings) + 2
                strings += struct.pack('>H', len(n) + 1) + n + b'\0'
            if self.w == 64:
                syms += struct.pack('>QIhBBII', value, off, section, kind, cls, ifile, 0)
            else:
                field = n.ljust(8, b'\0') if len(n) <= 8 else struct.pack('>II', 0, off)
                syms += field + struct.pack('>IhBBII', value, section, kind, cls, ifile, 0)
        for at, symndx, kind, size, section in self.relocs:
            va = at + {1: self.tva, 2: self.dva, 5: 0x40000000}.get(section, 0)
            if self.w == 64:
                rels += struct.pack('>QHHi', va, size << 8 | kind, section, symndx)
            else:
                rels += struct.pack('>IiHH', va, symndx, size << 8 | kind, section)
        files = b''.join(part.encode() + b'\0' for f in self.files for part in f)
        head = 32 if self.w == 32 else 56
        impoff = head + len(syms) + len(rels)
        stoff = impoff + len(files) if strings else 0
        if self.w == 64:
            h = struct.pack('>6I4Q', 2, len(self.symbols), len(self.relocs), len(files), len(self.files), len(strings), impoff,
                            stoff, head, head + len(syms))
        else:
            h = struct.pack('>8I', 1, len(self.symbols), len(self.relocs), len(files), len(self.files), impoff, len(strings), stoff)
        return h + syms + rels + files + strings

    def bytes(self):
        while len(self.data) % 16:
            self.data += b'\0'
        tls = bool(self.tdata or self.tbss)
        ld = self.loader()
        lptr = self.dptr + len(self.data)
        tdptr = lptr + len(ld)
        bva = self.dva + len(self.data)
        entry = self.dva + self.entry if self.entry is not None else (1 << self.w) - 1
        nsec = 6 if tls else 4
        tn = (5 if self.tdata else 0, 6 if self.tbss else 0)
        if self.w == 64:
            h = struct.pack('>HHiQHHi', 0x1f7, nsec, 0, 0, 120, self.flags, 0)
            h += struct.pack('>HHI3Q6HHH2sBB4B6Q3H', 0x10b, 1, 0, self.tva, self.dva, self.dva, 2, 1, 2, 2, 4, 3, 5, 3, self.modtype,
                             0, 0, 0, 0, 0, 0, len(self.text), len(self.data), self.bss, entry, 0, self.maxdata, *tn, 0) + b'\0' * 10
            sec = lambda nm, va, sz, p, f: struct.pack('>8sQQQQQQIII4x', nm, va, va, sz, p, 0, 0, 0, 0, f)
        else:
            h = struct.pack('>HHiIiHH', 0x1df, nsec, 0, 0, 0, 72, self.flags)
            h += struct.pack('>HH7I6HHH2sBB3I4B2H', 0x10b, 1, len(self.text), len(self.data), self.bss, entry, self.tva, self.dva,
                             self.dva, 2, 1, 2, 2, 4, 3, 5, 3, self.modtype, 0, 0, 0, self.maxdata, 0, 0, 0, 0, 0, *tn)
            sec = lambda nm, va, sz, p, f: struct.pack('>8sIIIIIIHHI', nm, va, va, sz, p, 0, 0, 0, 0, f)
        h += sec(b'.text', self.tva, len(self.text), self.tptr, 0x20) + sec(b'.data', self.dva, len(self.data), self.dptr, 0x40)
        h += sec(b'.bss', bva, self.bss, 0, 0x80) + sec(b'.loader', 0, len(ld), lptr, 0x1000)
        if tls:
            h += sec(b'.tdata', 0x40000000, len(self.tdata), tdptr, 0x400)
            h += sec(b'.tbss', 0x40000000 + len(self.tdata), self.tbss, 0, 0x800)
        out = bytearray(tdptr + len(self.tdata))
        for at, b in ((0, h), (self.tptr, self.text), (self.dptr, self.data), (lptr, ld), (tdptr, self.tdata)):
            out[at:at + len(b)] = b
        self.lptr = lptr
        return bytes(out)


def library(w, **k):
    return Module(w, flags=0x3002, modtype=b'RE', **k)


def program(w, **k):
    m = Module(w, **k)
    m.entry = m.descriptor()                    # data offset 0: three words
    return m


def big_archive(members, pad=0):
    """[(name, bytes)]; pad: bytes of rubbish before the first member, to move the rest."""
    head, out, at, offs = 128, b'', 128 + pad, []
    for i, (name, b) in enumerate(members):
        n = name.encode()
        size = 112 + len(n) + (len(n) & 1) + 2 + len(b) + (len(b) & 1)
        offs.append(at)
        nxt = at + size if i + 1 < len(members) else 0
        out += b'%-20d%-20d%-20d%-12d%-12d%-12d%-12o%-4d' % (len(b), nxt, 0, 0, 0, 0, 0o755, len(n))
        out += n + b'\0' * (len(n) & 1) + b'`\n' + b + b'\0' * (len(b) & 1)
        at += size
    first, last = (offs[0], offs[-1]) if offs else (0, 0)
    return b'<bigaf>\n' + b'%-20d' * 6 % (0, 0, 0, first, last, 0) + b'\0' * pad + out


def small_archive(members):
    out, at, offs = b'', 68, []
    for i, (name, b) in enumerate(members):
        n = name.encode()
        size = 88 + len(n) + (len(n) & 1) + 2 + len(b) + (len(b) & 1)
        offs.append(at)
        nxt = at + size if i + 1 < len(members) else 0
        out += b'%-12d%-12d%-12d%-12d%-12d%-12d%-12o%-4d' % (len(b), nxt, 0, 0, 0, 0, 0o644, len(n))
        out += n + b'\0' * (len(n) & 1) + b'`\n' + b + b'\0' * (len(b) & 1)
        at += size
    return b'<aiaff>\n' + b'%-12d' * 5 % (0, 0, offs[0], offs[-1], 0) + out


def rtinit(m, rtl=0):
    """__rtinit structure with no functions; the first loader symbol. rtl: symbol number for the first word, 0 none."""
    at = len(m.data)
    m.data += b'\0' * (0x58 if m.w == 64 else 0x40)
    m.symbols.insert(0, ('__rtinit', m.dva + at, 2, EXPORT | 1, RW, 0))
    m.relocs = [(a, s + 1 if s >= 3 else s, k, z, n) for a, s, k, z, n in m.relocs]
    if rtl:
        m.reloc(at, rtl + 1)
    return at


def make(out):
    lib = os.path.join(out, 'root', 'usr', 'lib')
    os.makedirs(lib, exist_ok=True)

    def save(name, data):
        with open(os.path.join(lib if name.startswith('lib') else out, name), 'wb') as f:
            f.write(data)

    shr = {}
    for w in (32, 64):
        # liba.a(shr.o): data value at 0, descriptor of func at 1 word; passes on `through` and the kernel's `kcall`
        a = library(w)
        a.symbol('value', a.dva + a.put(0x1234))
        a.descriptor('func')
        a.imported('through', a.file('', 'libb%d.so' % w), cls=RW, extra=EXPORT)
        a.imported('kcall', a.file('/', 'unix'), extra=EXPORT)
        a.imported('kdata', 2 + 0, cls=RW, extra=EXPORT)
        shr[w] = a.bytes()

        # libb.so: linked at real addresses that are taken; `through` at word 1
        b = library(w, text_at=0x10000000, data_at=0x20000000)
        b.put(0)
        b.symbol('through', b.dva + b.put(0x77))
        save('libb%d.so' % w, b.bytes())

        # librel.so: text and data both linked at 0; word n of data is relocation n
        r = library(w, bss=64)
        ia = r.file('', 'liba.a', 'shr.o')
        value = r.imported('value', ia, cls=RW)
        own = r.symbol('own', 8 * r.word)
        r.pointer(TEXT, 4)                      # 0
        r.pointer(DATA, 8)                      # 1
        r.pointer(BSS, 0x100)                   # 2
        r.pointer(value, 0x40)                  # 3
        r.pointer(own, 8 * r.word)              # 4: own exported symbol, the word holds its linked address
        r.pointer(value, 0x1000, NEG)           # 5
        r.pointer(value, 0x10, REL)             # 6
        r.pointer(DATA, 3, RL)                  # 7
        r.put(0x5a)                             # 8: own
        r.pointer(DATA, 5, RLA)                 # 9
        r.pointer(value, 0x99, REF)             # 10: only a reference
        at = r.put(0x11223344 if w == 32 else 0x1122334455667788)   # 11: a pair that cancels out, in half a word
        r.reloc(at, DATA, POS, 16)
        r.reloc(at, DATA, NEG, 16)
        r.symbol('rel', 0)
        save('librel%d.so' % w, r.bytes())

        # Programs. main: word 3.. after the entry descriptor
        m = program(w)
        ia = m.file('', 'liba.a', 'shr.o')
        unix = m.file('/', 'unix')
        m.pointer(m.imported('value', ia, cls=RW), 0x40)            # 3
        m.pointer(m.imported('func', ia))                           # 4
        m.pointer(m.imported('through', ia, cls=RW))                # 5
        m.pointer(m.imported('kcall', ia))                          # 6
        m.pointer(m.imported('___memmove', unix, cls=XO, value=0xf000))     # 7
        m.pointer(m.imported('nobody', ia, extra=WEAK), 5)          # 8
        m.pointer(BSS, 0)                                           # 9
        m.pointer(m.imported('value', ia, cls=RW), 0)               # 10: the same symbol a second time
        m.pointer(m.imported('kdata', unix, cls=RW))                # 11
        m.imported('rel', m.file('', 'librel%d.so' % w), cls=RW)
        save('main%d' % w, m.bytes())

        # deferred import from "..", and from file 0
        m = program(w)
        m.pointer(m.imported('late', m.file('', '..'), cls=RW), 8)  # 3
        m.pointer(m.imported('later', 0, cls=RW))                   # 4
        m.symbol('host', m.dva + m.put(0x55))                       # 5
        save('deferred%d' % w, m.bytes())
        late = library(w)
        late.symbol('late', late.put(1))
        late.pointer(late.imported('host', late.file('', '.'), cls=RW))     # 1
        late.symbol('later', late.put(2))                           # 2
        rtinit(late)
        save('liblate%d.so' % w, late.bytes())

        # run-time linking: the program defines `over`, which libover.so imports from ".." and itself from libdef.so
        m = program(w)
        rtld = m.imported('__rtld', m.file('', 'librtl.a', 'shr.o'))
        m.symbol('over', m.dva + m.put(0x66))                       # 3
        m.imported('user', m.file('', 'libover%d.so' % w), cls=RW)
        rtinit(m, rtl=rtld)
        save('brtl%d' % w, m.bytes())
        d = library(w)
        d.symbol('over', d.put(0x67))
        save('libdef%d.so' % w, d.bytes())
        o = library(w)
        o.symbol('user', 0)
        o.pointer(o.imported('over', o.file('', '..'), cls=RW))     # 0
        o.pointer(o.imported('over', o.file('', 'libdef%d.so' % w), cls=RW))    # 1
        rtinit(o)
        save('libover%d.so' % w, o.bytes())
        r = library(w)
        r.descriptor('__rtld')
        shr['rtl', w] = r.bytes()

        # initialisation order: init -> libi1.so -> libi2.so
        m = program(w)
        m.imported('i1', m.file('', 'libi1_%d.so' % w), cls=RW)
        rtinit(m)
        m.symbol('host', m.dva + m.put(0))
        save('init%d' % w, m.bytes())
        i1 = library(w)
        i1.symbol('i1', i1.put(1))
        i1.imported('i2', i1.file('', 'libi2_%d.so' % w), cls=RW)
        rtinit(i1)
        save('libi1_%d.so' % w, i1.bytes())
        i2 = library(w)
        i2.symbol('i2', i2.put(2))
        rtinit(i2)
        save('libi2_%d.so' % w, i2.bytes())

        # re-exports in a circle, a missing library, missing symbols
        m = program(w)
        m.pointer(m.imported('round', m.file('', 'libc1_%d.so' % w)))
        m.pointer(m.imported('absent', m.file('', 'liba.a', 'shr.o')))
        m.pointer(m.imported('foo', m.file('', 'libabc.a', 'shr.o')))
        m.pointer(m.imported('bar', m.file('', 'liba.a', 'static.o')))
        m.file('', 'libunused.so')
        save('missing%d' % w, m.bytes())
        for x, y in ((1, 2), (2, 1)):
            c = library(w)
            c.imported('round', c.file('', 'libc%d_%d.so' % (y, w)), extra=EXPORT)
            save('libc%d_%d.so' % (x, w), c.bytes())

        # large data model; only meaningful in 32-bit
        m = program(w, maxdata=0x20000000)
        m.pointer(DATA, m.dva + 4)                                  # 3
        save('large%d' % w, m.bytes())

        # thread-local data of the program: a word 0xabcd at +8, tbss behind; words 3.. hold offsets
        m = program(w, tdata=bytes(8) + b'\0\0\xab\xcd' + bytes(4), tbss=16)
        tl = m.symbol('tlv', 0x40000008, section=5, kind=1, cls=TL)
        m.pointer(tl, 0, TLS_LE)                                    # 3
        m.pointer(TBSS, 0x40000010, TLS_LE)                         # 4
        m.pointer(tl, 0, TLSML)                                     # 5
        save('tls%d' % w, m.bytes())

        # relocations that must be refused
        for name, kind, bits in (('branch', BR, w), ('nosuch', 0x07, w), ('narrow', POS, 16)):
            x = library(w)
            x.symbol('x', x.put(0))
            x.reloc(x.put(0), DATA, kind, bits)
            save('lib%s%d.so' % (name, w), x.bytes())
            m = program(w)
            m.imported('x', m.file('', 'lib%s%d.so' % (name, w)), cls=RW)
            save('%s%d' % (name, w), m.bytes())

        # relocated text, larger than a page, so that all of it must be writable meanwhile; word 0 of data points at its end
        x = library(w, text=BLR * 1500 + bytes(w // 8))
        x.symbol('x', x.pointer(TEXT, 6000))
        x.reloc(6000, DATA, section=1)
        save('libtextrel%d.so' % w, x.bytes())
        m = program(w)
        m.imported('x', m.file('', 'libtextrel%d.so' % w), cls=RW)
        save('textrel%d' % w, m.bytes())

        # the kernel has no such data object
        m = program(w)
        m.pointer(m.imported('nodata', m.file('/', 'unix'), cls=RW))
        save('nokernel%d' % w, m.bytes())

        # bss so large that sizes would wrap; program without entry point
        save('hugebss%d' % w, program(w, bss=0xcfffffff if w == 32 else 0xfffffffe00000000).bytes())
        save('noentry%d' % w, Module(w).bytes())

        # malformed: one number wrong
        good = program(w)
        good.pointer(good.imported('value', good.file('', 'liba.a', 'shr.o'), cls=RW))
        raw = good.bytes()
        ld = good.lptr
        head = 32 if w == 32 else 56
        for name, at, fmt, v in (
                ('nsections', 2, '>H', 0xffff), ('opthdr', 16, '>H', 0xfff0), ('nsyms', ld + 4, '>I', 0x10000000),
                ('nreloc', ld + 8, '>I', 0x20000000), ('nimpid', ld + 16, '>I', 0x30000000),
                ('istlen', ld + 12, '>I', 0xfffffff0), ('ifile', ld + head + 16, '>I', 9),
                ('symndx', ld + head + 24 + (4 if w == 32 else 12), '>I', 0x7fffffff),
                ('rsecnm', ld + head + 24 + 10, '>H', 77),
                ('rplace', ld + head + 24, '>I' if w == 32 else '>Q', 0x30000000)):
            b = bytearray(raw)
            struct.pack_into(fmt, b, at, v)
            save('bad_%s%d' % (name, w), bytes(b))
        save('bad_cut%d' % w, raw[:ld + head + 10])

    static = {w: Module(w, flags=0x1000).bytes() for w in (32, 64)}
    save('liba.a', big_archive([('static.o', static[32]), ('shr.o', shr[64]), ('notes.txt', b'text\n'), ('shr.o', shr[32]),
                                ('static.o', static[64])], pad=6))
    save('librtl.a', big_archive([('shr.o', shr['rtl', 32]), ('shr.o', shr['rtl', 64])]))
    save('libsmall.a', small_archive([('readme', b'hello'), ('shr.o', shr[32])]))
    save('libempty.a', big_archive([]))
    circular = bytearray(big_archive([('a', b'1'), ('b', b'2')]))
    circular[88:108] = b'%-20d' % 999999        # the last member is never reached
    struct.pack_into('20s', circular, 128 + 112 + 4 + 2 + 20, b'%-20d' % 128)
    save('libcircular.a', bytes(circular))


# What the real programs of test_xcoff_real.c import: names only, each a word of data.
REAL_LIBC = """_DBLINF _Errno __assert __crt0v __malloc_user_defined_name __mod_init __n_pthreads __strtollmax _exit accept bind calloc chdir
chmod chown chroot clock_gettime close connect dup dup2 environ errno execve exit faccessat fchdir fchmod fchown fcntl fflush fork fstat fstatat fsync_range ftruncate
getcwd getdirent getegid geteuid getgid getgroups getkerninfo getpeername getpid getppid getrlimit getrusage getsockname
getsockopt getsystemcfg getuid ioctl kill lchown link listen lseek lstat madvise malloc mkdir mmap mmap64 mprotect munmap nrecvmsg
nsendmsg open openat pipe poll pread puts pwrite raise read readlink readlinkat recvfrom rename rmdir sched_yield sem_init
sem_post sem_timedwait sem_wait sendto setgid setgroups setitimer setpgid setrlimit setsid setsockopt setuid shutdown
sigaction sigaltstack socket socketpair stat symlink sysconf truncate umask uname unlink unlinkat usleep utimensat wait4 write""".split()
REAL_PTHREAD = """__n_pthreads __pth_init __pthread pthread_attr_init pthread_attr_setdetachstate pthread_attr_setstacksize
pthread_create pthread_kill pthread_self sigthreadmask""".split()


def make_real(out):
    """Libraries for real programs, in a tree of their own: enough to bind, nothing to run."""
    lib = os.path.join(out, 'real', 'usr', 'lib')
    os.makedirs(lib, exist_ok=True)
    for base, names, members in (('libc.a', REAL_LIBC, ('shr.o', 'shr_64.o')),
                                 ('libpthread.a', REAL_PTHREAD, ('shr_xpg5.o', 'shr_xpg5_64.o')),
                                 ('libpthreads.a', REAL_PTHREAD, ('shr_xpg5.o', 'shr_xpg5_64.o'))):
        made = []
        for w, member in zip((32, 64), members):
            m = library(w)
            for n in names:
                m.symbol(n, m.put(0))
            made.append((member, m.bytes()))
        with open(os.path.join(lib, base), 'wb') as f:
            f.write(big_archive(made))


if __name__ == '__main__':
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    make(sys.argv[1])
    make_real(sys.argv[1])
