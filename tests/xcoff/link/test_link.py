#!/usr/bin/env python3
"""test_link.py LINKER -- links small sets of objects for both widths and reads the result back with llvm-readobj
and llvm-objdump, which know XCOFF independently of us. Error cases check that the message names file and symbol."""
import os, re, subprocess, sys, tempfile, unittest

LINKER = sys.argv.pop(1)
CLANG, READOBJ, OBJDUMP, AR = 'clang-19', 'llvm-readobj-19', 'llvm-objdump-19', 'llvm-ar-19'
TARGET = {32: ['--target=powerpc-ibm-aix5.3', '-mcpu=ppc'], 64: ['--target=powerpc64-ibm-aix5.3', '-mcpu=pwr4']}
START = 'extern int main(void); void __start(void) { main(); }\n'


def run(*command, ok=True):
    p = subprocess.run(command, capture_output=True, text=True)
    if ok and p.returncode:
        raise AssertionError('%s\n%s%s' % (' '.join(command), p.stdout, p.stderr))
    return p


class Case(unittest.TestCase):
    def setUp(self):
        self.dir = tempfile.TemporaryDirectory()
        self.addCleanup(self.dir.cleanup)

    def path(self, name):
        return os.path.join(self.dir.name, name)

    def file(self, name, text):
        with open(self.path(name), 'w') as f:
            f.write(text)
        return self.path(name)

    def compile(self, width, name, text, *flags):
        source, out = self.file(name + '.c', text), self.path('%s.%d.o' % (name, width))
        run(CLANG, *TARGET[width], '-O1', '-fno-builtin', '-nostdlibinc', *flags, '-c', source, '-o', out)
        return out

    def link(self, width, *args, out='a.out', ok=True):
        p = run(LINKER, '-b%d' % width, '-o', self.path(out), *args, ok=ok)
        return self.path(out) if ok else p

    def loader(self, path):
        """The loader section's symbols: {name: fields as llvm-readobj names them}, in order."""
        text = run(READOBJ, '--loader-section-symbols', '--loader-section-header', path).stdout
        symbols = {}
        for block in text.split('Symbol {')[1:]:
            field = dict(re.findall(r'^\s*([\w ]+): (.*)$', block, re.M))
            symbols[field['Name']] = field
        return symbols

    def imports(self, path):
        with open(path, 'rb') as f:
            data = f.read()
        text = run(READOBJ, '--loader-section-header', path).stdout
        off = int(re.search(r'OffsetToImportFileIDs: (\S+)', text).group(1), 0)
        length = int(re.search(r'LengthOfImportFileID\w*: (\S+)', text).group(1), 0)
        sections = run(READOBJ, '--sections', path).stdout
        start = int(re.search(r'Name: \.loader.*?RawDataOffset: (\S+)', sections, re.S).group(1), 0)
        parts = data[start + off:start + off + length].decode().split('\0')[:-1]
        return [tuple(parts[i:i + 3]) for i in range(0, len(parts), 3)]

    def code(self, path, function):
        """Instructions of a function as words, from its symbol to the end of its section."""
        text = run(OBJDUMP, '-d', '--no-show-raw-insn', path).stdout
        m = re.search(r'<\.?%s>:\n(.*?)(\n\n|\Z)' % re.escape(function), text, re.S)
        self.assertTrue(m, 'no code of ' + function)
        return m.group(1)


class Linked(Case):
    def program(self, width, main, *extra, **kw):
        start, body = self.compile(width, 'start', START), self.compile(width, 'main', main)
        return self.link(width, start, body, *extra, **kw)

    def shared(self, width, text, exports, out):
        member = self.compile(width, 'lib' + out, text)
        exp = self.file(out + '.exp', exports)
        return self.link(width, '-bM:SRE', '-bnoentry', member, '-bE:' + exp, out=out)

    def test_program_and_shared_library(self):
        members = [self.shared(w, 'int counter = 5; int twice(int x) { return 2 * x; }', 'twice\ncounter\n', m)
                   for w, m in ((32, 'shr.o'), (64, 'shr_64.o'))]
        run(AR, '--format=bigarchive', 'rc', self.path('libx.a'), *members)
        for width, member, restore in ((32, 'shr.o', r'lwz 2, 20\(1\)'), (64, 'shr_64.o', r'ld 2, 40\(1\)')):
            with self.subTest(width=width):
                main = 'extern int counter; int twice(int); int main(void) { return twice(counter) + 1; }'
                out = self.program(width, main, '-L' + self.dir.name, '-lx')
                symbols = self.loader(out)
                self.assertEqual(list(symbols)[0], '__start')
                self.assertIn('0xA', symbols['twice']['StorageClass'])                # a descriptor
                self.assertEqual(self.imports(out), [('/usr/lib:/lib', '', ''), ('', 'libx.a', member)])
                self.assertRegex(self.code(out, 'main'), restore)
                head = run(READOBJ, '--file-headers', '--auxiliary-header', out).stdout
                self.assertRegex(head, r'Version: 0x1|Version: 1')
                self.assertRegex(head, r'Module type: 0x314C')

    def test_shared_object_flags_and_exports(self):
        for width in 32, 64:
            with self.subTest(width=width):
                text = 'int a = 1; int f(void) { return a; } int hidden_by_list = 3;'
                out = self.shared(width, text, 'f\na\n', 's.o')
                self.assertRegex(run(READOBJ, '--file-headers', out).stdout, r'Flags: 0x3002')
                self.assertEqual(set(self.loader(out)), {'f', 'a'})

    def test_unused_code_is_left_out(self):
        for width in 32, 64:
            text = 'int unused(void) { return 77; } int main(void) { return 1; }'
            start, body = self.compile(width, 'start', START), self.compile(width, 'gc', text, '-ffunction-sections')
            names = run(READOBJ, '--syms', self.link(width, start, body)).stdout
            self.assertIn('.main', names)
            self.assertNotIn('unused', names)
            self.assertIn('unused', run(READOBJ, '--syms', self.link(width, start, body, '-bnogc')).stdout)

    def test_fixed_address_becomes_absolute_branch(self):
        imp = self.file('fixed.imp', '#!/unix\nfixed 0xf000\n')
        for width in 32, 64:
            out = self.program(width, 'int fixed(int); int main(void) { return fixed(3) + 1; }', '-bI:' + imp)
            self.assertRegex(self.code(out, 'main'), r'bla 0xf000|bla 61440')
            self.assertEqual(int(self.loader(out)['fixed']['Virtual Address'], 0), 0xf000)
            self.assertIn('0x7', self.loader(out)['fixed']['StorageClass'])
            self.assertEqual(self.imports(out)[1], ('/', 'unix', ''))

    def test_fixed_address_needs_no_nop_change(self):
        imp = self.file('fixed.imp', '#!/unix\nfixed 0xf000\n')
        out = self.program(32, 'int fixed(int); int main(void) { return fixed(3) + 1; }', '-bI:' + imp)
        self.assertNotRegex(self.code(out, 'main'), r'lwz 2, 20\(1\)')

    def test_constructors_and_initfini_make_rtinit(self):
        text = ('int x; void mine(void) { x = 1; } void last(void) { x = 2; }'
                'volatile int y; __attribute__((constructor)) void c(void) { y = x + 3; } int main(void) { return y; }')
        for width in 32, 64:
            out = self.program(width, text, '-binitfini:mine:last')
            self.assertEqual(list(self.loader(out))[0], '__rtinit')
            with open(out, 'rb') as f:
                data = f.read()
            self.assertIn(b'mine\0', data)
            self.assertIn(b'__sinit80000000', data)

    def test_weak_undefined_is_zero_and_weak_definition_yields(self):
        for width in 32, 64:
            strong = self.compile(width, 'strong', 'int pick(void) { return 2; }')
            out = self.program(width, '__attribute__((weak)) int pick(void) { return 1; }'
                               'extern int gone(void) __attribute__((weak));'
                               'int main(void) { return gone ? 9 : pick(); }', strong)
            code = run(OBJDUMP, '-d', '--no-show-raw-insn', out).stdout
            called = re.search(r'\tb(?:l)? 0x([0-9a-f]+) <\.pick>', code).group(1)
            self.assertRegex(code, r'(?m)^\s*%s:\s+li 3, 2' % called)
            self.assertNotIn('gone', self.loader(out))

    def test_archive_members_on_demand(self):
        used = self.compile(32, 'used', 'int helper(void) { return 4; }')
        idle = self.compile(32, 'idle', 'int idle(void) { return 5; }')
        run(AR, '--format=bigarchive', 'rc', self.path('liby.a'), used, idle)
        out = self.program(32, 'int helper(void); int main(void) { return helper(); }', '-L' + self.dir.name, '-ly')
        names = run(READOBJ, '--syms', out).stdout
        self.assertIn('.helper', names)
        self.assertNotIn('.idle', names)

    def test_deferred_and_runtime_linking(self):
        text = 'int later(void); int main(void) { return later(); }'
        out = self.program(32, text, '-berok')
        self.assertEqual(int(self.loader(out)['later']['ImportFileID'], 0), 0)
        rtl = self.compile(32, 'rtl', 'int __rtld(void) { return 0; }')
        out = self.program(32, text, '-berok', '-brtl', rtl)
        self.assertIn(('', '..', ''), self.imports(out))

    def test_width_lines_in_export_files(self):
        text = 'int both(void) { return 1; } int only32(void) { return 2; } int only64(void) { return 3; }'
        exports = 'both\n#32\nonly32\n#64\nonly64\n#\n'
        self.assertEqual(set(self.loader(self.shared(32, text, exports, 'w.o'))), {'both', 'only32'})
        self.assertEqual(set(self.loader(self.shared(64, text, exports, 'w.o'))), {'both', 'only64'})

    def test_reexport_module_without_objects(self):
        first = self.shared(32, 'int f(void) { return 1; }', 'f\n', 'first.o')
        exp = self.file('again.exp', 'f\n')
        out = self.link(32, '-bM:SRE', '-bnoentry', first, '-bE:' + exp, out='again.o')
        self.assertEqual(self.imports(out)[1], ('', 'first.o', ''))
        self.assertIn('f', self.loader(out))

    def test_far_and_near_toc(self):
        many = ''.join('int v%d = %d;' % (i, i) for i in range(17000)) + 'int sum(void) { int s = 0;' + \
               ''.join('s += v%d;' % i for i in range(17000)) + 'return s; }'
        text = 'int sum(void); int main(void) { return sum(); }'
        large = self.compile(32, 'many', many, '-mcmodel=large', '-O0', '-fno-global-isel')
        self.assertTrue(os.path.exists(self.program(32, text, large)))
        small = self.compile(32, 'small', many, '-O0')
        p = self.program(32, text, small, ok=False)
        self.assertIn('TOC is larger than 64 KiB', p.stderr)
        self.assertNotEqual(p.returncode, 0)

    def test_strip_and_debug(self):
        body = self.compile(32, 'dbg', 'int main(void) { return 1; }', '-g')
        start = self.compile(32, 'start', START)
        out = self.link(32, start, body)
        self.assertIn('.dwinfo', run(READOBJ, '--sections', out).stdout)
        out = self.link(32, '-s', start, body)
        self.assertNotIn('.dwinfo', run(READOBJ, '--sections', out).stdout)
        self.assertRegex(run(READOBJ, '--file-headers', out).stdout, r'SymbolTableEntries: 0')


class Refused(Case):
    def test_every_undefined_name_is_reported_at_once(self):
        body = self.compile(32, 'main', 'int first(void), second(void); extern int third;'
                            'int main(void) { return first() + second() + third; }')
        start = self.compile(32, 'start', START)
        p = self.link(32, start, body, ok=False)
        for name in 'first', 'second', 'third':
            self.assertRegex(p.stderr, r'undefined symbol \.?%s, referenced in .*main\.32\.o' % name)
        self.assertNotEqual(p.returncode, 0)
        self.assertFalse(os.path.exists(self.path('a.out')))

    def test_duplicate_definition_names_both_files(self):
        one = self.compile(64, 'one', 'int f(void) { return 1; }')
        two = self.compile(64, 'two', 'int f(void) { return 2; }')
        start = self.compile(64, 'start', 'int f(void); void __start(void) { f(); }')
        p = self.link(64, start, one, two, ok=False)
        self.assertRegex(p.stderr, r'duplicate definition of \.?f: .*one\.64\.o .*and .*two\.64\.o')

    def test_wrong_files(self):
        text = self.file('notes.txt', 'this is no object, only thirty-some bytes of text\n')
        self.assertRegex(self.link(32, text, ok=False).stderr, r'notes\.txt: neither')
        self.assertRegex(self.link(32, self.path('absent.o'), ok=False).stderr, r'absent\.o: No such file')
        self.assertRegex(self.link(32, '-lnowhere', ok=False).stderr, r'cannot find -lnowhere')
        wide = self.compile(64, 'wide', 'int x;')
        self.assertRegex(self.link(32, wide, ok=False).stderr, r'wide\.64\.o: a 64-bit object in a 32-bit link')
        self.assertRegex(self.link(32, '-bnosuchthing', ok=False).stderr, r'unknown option -bnosuchthing')

    def test_truncated_objects_are_refused(self):
        for width in 32, 64:
            whole = self.compile(width, 'whole', 'int a; static int b = 3; int f(void) { return a + b; }'
                                 'void __start(void) { f(); }')
            with open(whole, 'rb') as f:
                data = f.read()
            for cut in range(24, len(data) - 1, 61):
                with open(self.path('cut.o'), 'wb') as f:
                    f.write(data[:cut])
                p = self.link(width, self.path('cut.o'), ok=False)
                self.assertEqual(p.returncode, 1, 'cut at %d: %s' % (cut, p.stderr))

    def test_address_in_read_only_csect_of_shared_object(self):
        body = self.compile(32, 'ro', 'int x; int *const p = &x; int **f(void) { return (int **)&p; }', '-mxcoff-roptr')
        p = self.link(32, '-bM:SRE', '-bnoentry', body, '-bexpfull', ok=False)
        self.assertIn('read-only csect holds an address', p.stderr)


if __name__ == '__main__':
    unittest.main()
