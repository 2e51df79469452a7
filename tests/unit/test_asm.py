#!/usr/bin/env python3
"""Tests of the aerogpu-asm program: both directions, output and exit status.

    test_asm.py ASM

Prints TAP.
"""
import argparse
import pathlib
import subprocess
import sys
import tempfile

SHADERS = pathlib.Path(__file__).resolve().parents[1] / 'scenarios' / 'shaders'
TEXT = 'ps_4_0\ndcl_output o0.xyzw\nmov o0.xyzw, l(1.000000, 0, 0, 1.000000)\nret\n'


class Tests:
    def __init__(self, asm, folder):
        self.asm, self.folder = asm, pathlib.Path(folder)
        self.count = self.failed = 0

    def run(self, *arguments):
        """Runs the program. Returns (status, stdout, stderr)."""
        result = subprocess.run([self.asm, *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                text=True, check=False)
        return result.returncode, result.stdout, result.stderr

    def check(self, name, is_ok, details=''):
        self.count += 1
        self.failed += not is_ok
        print(f'{"ok" if is_ok else "not ok"} {self.count} - {name}')
        if not is_ok:
            print(f'# {details}')

    def write(self, name, contents):
        (self.folder / name).write_bytes(contents)
        return self.folder / name


def test_directions(tests):
    out = tests.folder / 'out.dxbc'
    status, _, errors = tests.run(tests.write('in.asm', TEXT.encode()), out)
    tests.check('text_is_assembled', status == 0, errors)
    tests.check('result_is_a_container', out.exists() and out.read_bytes()[:4] == b'DXBC')
    status, text, errors = tests.run('-d', out)
    tests.check('container_gives_its_text', status == 0 and text == TEXT, (text, errors))
    status, text, _ = tests.run('-d', SHADERS / 'solid_vs.dxbc')
    tests.check('compiled_container_gives_text', status == 0 and text.startswith('vs_4_0\n'), text)


def test_refusals(tests):
    out = tests.folder / 'never.dxbc'
    status, _, errors = tests.run(tests.write('bad.asm', b'ps_4_0\nfoo\n'), out)
    tests.check('mistake_exits_with_1', status == 1, status)
    tests.check('mistake_is_shown_with_its_line', errors.endswith("bad.asm: line 2: unknown opcode 'foo'\n"), errors)
    tests.check('mistake_leaves_no_file', not out.exists())
    status, _, errors = tests.run('-d', tests.write('garbage.dxbc', b'garbage'))
    tests.check('garbage_exits_with_1', status == 1 and 'garbage.dxbc: ' in errors, errors)
    status, _, errors = tests.run(tests.folder / 'missing.asm', out)
    tests.check('missing_file_exits_with_2', status == 2 and 'No such file' in errors, errors)
    status, _, errors = tests.run('-x', 'a', 'b')
    tests.check('usage_is_shown', status == 2 and errors.startswith('usage: '), errors)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n', maxsplit=1)[0])
    parser.add_argument('asm', help='the aerogpu-asm program')
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        tests = Tests(arguments.asm, folder)
        test_directions(tests)
        test_refusals(tests)
    print(f'1..{tests.count}')
    return 1 if tests.failed else 0


if __name__ == '__main__':
    sys.exit(main())
