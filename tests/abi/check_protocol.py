#!/usr/bin/env python3
"""Prove the protocol headers against the facts in protocol.json.

Every size, offset, field size, field type, array length, constant, enum value and opcode becomes a
static assertion that the given compiler has to accept; each header must compile alone. Then the
check itself is checked: one fact at a time is made wrong, and exactly that fact must be named.

    check_protocol.py --facts protocol.json --include DIR -- CC [ARG...]

Prints TAP; the exit status is 1 when a test failed, 2 when the arguments are wrong.
"""
import argparse
import copy
import json
import pathlib
import re
import subprocess
import sys
import tempfile

ASSERTION = r'static(?: |_)assert(?:ion)? failed'
FAILED = re.compile(r'error: ' + ASSERTION + r'(?: due to requirement .*)?:? "([^"\n]*)"$', re.M)
OTHER_ERROR = re.compile(r'error: (?!' + ASSERTION + r')(.*)')


class Compiler:
    """The build's compiler, asked for its opinion of generated sources."""

    def __init__(self, command, include, folder):
        self.command = command + ['-std=gnu11', '-Wall', '-Wextra', '-Werror',
                                  '-fno-diagnostics-color', '-fsyntax-only', '-I', include]
        self.source = pathlib.Path(folder) / 'facts.c'

    def compile(self, lines, options=()):
        """Compile a source. Returns (names of failed assertions, other messages)."""
        self.source.write_text('\n'.join(lines) + '\n', encoding='ascii')
        run = subprocess.run(self.command + list(options) + [str(self.source)], check=False,
                             stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        failed = FAILED.findall(run.stdout)
        others = OTHER_ERROR.findall(run.stdout)
        if run.returncode != 0 and not failed and not others:
            others = [run.stdout.strip() or 'the compiler failed without a message']
        return failed, others


def assertion(condition, name):
    return f'_Static_assert({condition}, "{name}");'


def struct_facts(name, facts):
    """Size of a struct; offset, size, type and length of its fields."""
    struct = f'struct {name}'
    yield f'{name} size', f'sizeof({struct}) == {facts["size"]}'
    for field in facts['fields']:
        label = f'{name}.{field["name"]}'
        member = f'(({struct} *)0)->{field["name"]}'
        element = f'{member}[0]' if field['count'] > 1 else member
        yield f'{label} offset', f'offsetof({struct}, {field["name"]}) == {field["offset"]}'
        yield f'{label} size', f'sizeof({member}) == {field["size"]}'
        yield f'{label} count', f'sizeof({member}) / sizeof({element}) == {field["count"]}'
        kind = field['type'].split('[')[0].strip()
        yield (f'{label} type',
               f'__builtin_types_compatible_p(__typeof__({element}), {kind})')


def value_facts(values):
    for name, value in values.items():
        yield f'{name} value', f'(unsigned long long){name} == {value}ull'


def opcode_facts(opcodes):
    for opcode in opcodes:
        yield f'{opcode["name"]} value', f'(unsigned long long){opcode["name"]} == {opcode["value"]}ull'
        yield f'{opcode["name"]} size', f'sizeof(struct {opcode["struct"]}) == {opcode["fixed_size"]}'


def groups(facts):
    """All facts as {group: [(fact, condition)]}; a group is one TAP line."""
    result = {'constants': list(value_facts(facts['constants'])),
              'opcodes': list(opcode_facts(facts['opcodes']))}
    for name, values in facts['enums'].items():
        result[f'enum {name}'] = list(value_facts(values))
    for name, struct in facts['structs'].items():
        result[f'struct {name}'] = list(struct_facts(name, struct))
    return result


def prelude(include):
    headers = sorted(path.name for path in pathlib.Path(include).glob('*.h'))
    return ['#include <stddef.h>'] + [f'#include "{name}"' for name in headers]


def failures(compiler, include, facts, options=()):
    """Names of the facts that do not hold, and other messages."""
    lines = prelude(include)
    for rows in groups(facts).values():
        lines += [assertion(condition, name) for name, condition in rows]
    return compiler.compile(lines, options)


def controls():
    """Ways to make one fact wrong: (description, what it does to the facts, fact to be named)."""
    def field(facts, struct, name):
        return next(row for row in facts['structs'][struct]['fields'] if row['name'] == name)

    def set_field(struct, name, key, value):
        return lambda facts: field(facts, struct, name).update({key: value})

    def set_opcode(facts):
        next(row for row in facts['opcodes'] if row['name'] == 'AEROGPU_CMD_DRAW')['value'] = 0x609

    view = 'aerogpu_cmd_create_texture_view'
    return [
        ('a wrong offset', set_field(view, 'reserved0', 'offset', 40), f'{view}.reserved0 offset'),
        ('a wrong field size', set_field(view, 'format', 'size', 8), f'{view}.format size'),
        ('a wrong field type', set_field('aerogpu_cmd_set_scissor', 'x', 'type', 'uint32_t'),
         'aerogpu_cmd_set_scissor.x type'),
        ('a wrong array length', set_field('aerogpu_cmd_clear', 'color_rgba_f32', 'count', 2),
         'aerogpu_cmd_clear.color_rgba_f32 count'),
        ('a wrong struct size', lambda facts: facts['structs']['aerogpu_alloc_entry'].update(size=40),
         'aerogpu_alloc_entry size'),
        ('a wrong constant',
         lambda facts: facts['constants'].update(AEROGPU_WDDM_ALLOC_PRIV_DESC_MARKER=1 << 62),
         'AEROGPU_WDDM_ALLOC_PRIV_DESC_MARKER value'),
        ('a wrong enum value',
         lambda facts: facts['enums']['aerogpu_format'].update(AEROGPU_FORMAT_D32_FLOAT=34),
         'AEROGPU_FORMAT_D32_FLOAT value'),
        ('a wrong opcode', set_opcode, 'AEROGPU_CMD_DRAW value'),
    ]


class Tap:
    def __init__(self):
        self.count = 0
        self.failed = 0

    def line(self, is_ok, name, details=()):
        self.count += 1
        self.failed += not is_ok
        print(f'{"ok" if is_ok else "not ok"} {self.count} - {name}')
        for detail in details if not is_ok else ():
            print(f'# {detail}')


def test_facts(tap, compiler, include, facts):
    failed, others = failures(compiler, include, facts)
    tap.line(not others, 'all headers together compile', others)
    for group, rows in groups(facts).items():
        wrong = [name for name, _ in rows if name in failed]
        tap.line(not wrong and not others, f'{group} ({len(rows)} facts)', wrong)


def test_headers(tap, compiler, include):
    for path in sorted(pathlib.Path(include).glob('*.h')):
        failed, others = compiler.compile([f'#include "{path.name}"', 'int stands_alone;'])
        tap.line(not failed and not others, f'{path.name} stands alone', failed + others)


def test_controls(tap, compiler, include, facts):
    for description, spoil, expected in controls():
        spoiled = copy.deepcopy(facts)
        spoil(spoiled)
        failed, others = failures(compiler, include, spoiled)
        tap.line(set(failed) == {expected} and not others, f'control: {description} is caught',
                 [f'named: {sorted(set(failed))}', *others])
    failed, _ = failures(compiler, include, facts, ['-Dpacked=unused'])
    tap.line('aerogpu_umd_private_v1.device_features offset' in failed,
             'control: structs that are not packed are caught', failed[:5])


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('--facts', required=True, help='protocol.json')
    parser.add_argument('--include', required=True, help='folder of the protocol headers')
    parser.add_argument('compiler', nargs='+', help='compiler command, after --')
    return parser.parse_args()


def main():
    arguments = parse_arguments()
    try:
        facts = json.loads(pathlib.Path(arguments.facts).read_text(encoding='utf-8'))
    except (OSError, ValueError) as problem:
        sys.exit(f'check_protocol.py: {arguments.facts}: {problem}')
    tap = Tap()
    with tempfile.TemporaryDirectory() as folder:
        compiler = Compiler(arguments.compiler, arguments.include, folder)
        test_facts(tap, compiler, arguments.include, facts)
        test_headers(tap, compiler, arguments.include)
        test_controls(tap, compiler, arguments.include, facts)
    print(f'1..{tap.count}')
    print(f'# {sum(len(rows) for rows in groups(facts).values())} facts')
    return 1 if tap.failed else 0


if __name__ == '__main__':
    sys.exit(main())
