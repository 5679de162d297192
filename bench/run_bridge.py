#!/usr/bin/env python3
"""run_bridge.py --build BUILD -- bench/bridge.c natively and as a guest, with libz and libbz2 builtin and with the host's behind them: a table
of CPU seconds. The results of the work must agree."""
import argparse
import os
import subprocess
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))


def run(command):
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return [line.split('\t') for line in text.splitlines()]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--build', required=True)
    build = os.path.abspath(parser.parse_args().build)
    columns, source, flags = {}, HERE + '/bridge.c', ['-O2', '-fno-builtin', '-lz', '-lbz2', '-lm']
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(['cc', source, '-o', folder + '/native'] + flags, check=True)
        columns['native'] = run([folder + '/native'])
        for width in '32', '64':
            program = folder + '/guest' + width
            subprocess.run([build + '/bin/aixcc', '-m' + width, source, '-o', program] + flags, check=True)
            for form in 'builtin', 'bridge':
                command = [build + '/bin/aixrun', '--cache', folder + '/cache', '--library=libz=%s,libbz2=%s' % (form, form)]
                run(command + ['--wait-translation', program])
                columns['%s, %s' % (form, width)] = run(command + [program])
    print('| work | %s |' % ' | '.join(columns))
    print('|---|' + '---|' * len(columns))
    for rows in zip(*columns.values()):
        if len({row[2] for row in rows}) != 1:
            raise SystemExit('results differ: %s' % rows)
        print('| %s | %s |' % (rows[0][0], ' | '.join('%.3f' % float(row[1]) for row in rows)))


main()
