#!/usr/bin/env python3
"""Tests of the aerogpu-dump program: output, exit status, and captures written by an independent writer.

    test_dump.py DUMP

Streams and captures are built here from the specification, not by the project's own code. Prints TAP.
"""
import argparse
import json
import os
import pathlib
import struct
import subprocess
import sys
import tempfile

NOP, CREATE_BUFFER, DESTROY_RESOURCE, COPY_BUFFER, CREATE_SHADER_DXBC, FLUSH = 0x000, 0x100, 0x102, 0x105, 0x200, 0x720


def packet(opcode, *words):
    return struct.pack(f'<II{len(words)}I', opcode, 8 + 4 * len(words), *words)


def stream(*packets):
    body = b''.join(packets)
    return struct.pack('<4sIIIII', b'ACMD', 0x10004, 24 + len(body), 0, 0, 0) + body


def create_buffer(handle, size=64, alloc_id=0):
    return packet(CREATE_BUFFER, handle, 1, size, 0, alloc_id, 0, 0, 0)


def record(kind, payload):
    return struct.pack('<BBHI', kind, 0, 0, len(payload)) + payload


def blob(number, kind, data):
    return record(4, struct.pack('<QII', number, kind, 0) + data)


def alloc_table(entries, magic=b'ALOC'):
    rows = b''.join(struct.pack('<IIQQQ', number, flags, number << 20, size, 0) for number, flags, size in entries)
    return struct.pack('<4sIIIII', magic, 0x10004, 24 + len(rows), len(entries), 32, 0) + rows


def capture(commands, entries=(), table_magic=b'ALOC', footer=True):
    """One frame with one submission and a present record (host semantics 8)."""
    metadata = b'{"emulator_version":"test","command_abi_version":65540}'
    head = struct.pack('<8sIIIIII', b'AEROGPUT', 32, 2, 0x10004, 0, len(metadata), 0) + metadata
    records = record(1, struct.pack('<I', 0)) + blob(1, 0x100, commands)
    if entries:
        records += blob(2, 0x101, alloc_table(entries, table_magic))
    ranges = b''
    for index, (number, flags, size) in enumerate(entries):
        records += blob(10 + index, 0x102, bytes(size))
        ranges += struct.pack('<IIQQQ', number, flags, number << 20, size, 10 + index)
    records += record(5, struct.pack('<IIIIIIQQQII', 1, 56, 1, 7, 0, 0, 99, 1, 2 if entries else 0,
                                     len(entries), 0) + ranges)
    present = len(head) + len(records)
    records += record(2, struct.pack('<I', 0))
    end = len(head) + len(records)
    contents = struct.pack('<8sIIIIQQQ', b'AEROTOC', 1, 1, 0, 0, len(head), present, end)
    tail = contents + struct.pack('<8sIIQQ', b'AEROGPUF', 32, 2, end, len(contents))
    return head + records + (tail if footer else b'')


class Tests:
    def __init__(self, dump, folder):
        self.dump, self.folder = dump, folder
        self.count = self.failed = 0

    def run(self, data, *options):
        """Runs the program on data (bytes, or None for no file). Returns (status, lines, stderr)."""
        path = os.path.join(self.folder, 'input')
        if data is not None:
            with open(path, 'wb') as out:
                out.write(data)
        elif os.path.exists(path):
            os.unlink(path)
        result = subprocess.run([self.dump, *options, path], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                text=True, check=False)
        return result.returncode, result.stdout.splitlines(), result.stderr

    def check(self, name, is_ok, details=''):
        self.count += 1
        self.failed += not is_ok
        print(f'{"ok" if is_ok else "not ok"} {self.count} - {name}')
        if not is_ok:
            print(f'# {details}')


def test_streams(tests):
    status, lines, _ = tests.run(stream(packet(NOP), create_buffer(5), packet(FLUSH, 0, 0)))
    tests.check('clean_stream_exits_with_0', status == 0, status)
    tests.check('stream_is_one_line_a_packet', [line.split()[0] for line in lines[1:-1]] ==
                ['NOP', 'CREATE_BUFFER', 'FLUSH'], lines)
    tests.check('summary_counts', lines[-1] == '# 3 packets, 1 submissions, 0 errors', lines)

    status, lines, _ = tests.run(stream(create_buffer(0), packet(NOP), create_buffer(6, 17)))
    tests.check('invalid_stream_exits_with_1', status == 1, status)
    tests.check('errors_stand_below_their_packets', lines[2].startswith('! handle-zero: ') and
                lines[3] == 'NOP' and lines[5].startswith('! buffer-size: '), lines)
    tests.check('summary_counts_errors', lines[-1] == '# 3 packets, 1 submissions, 2 errors', lines)

    status, lines, _ = tests.run(stream(create_buffer(0)), '--no-validate')
    tests.check('without_validation_nothing_is_wrong', status == 0 and len(lines) == 3, lines)

    cut = stream(packet(NOP), struct.pack('<II', NOP, 12))
    for options in [(), ('--no-validate',)]:
        status, lines, _ = tests.run(cut, *options)
        tests.check('framing_errors_show_' + ('without' if options else 'with') + '_validation', status == 1 and
                    lines[1] == 'NOP' and lines[2].startswith('! packet-framing: '), lines)

    status, lines, _ = tests.run(stream(packet(NOP))[:-4])
    tests.check('stream_cut_off_is_invalid', status == 1 and lines[1].startswith('! stream-header: '), lines)

    status, lines, _ = tests.run(stream(create_buffer(5, 64, 9)))
    tests.check('raw_stream_has_no_list_to_ask', status == 0, lines)


def test_options(tests):
    copy = stream(create_buffer(5), create_buffer(6), packet(COPY_BUFFER, 5, 6, 0, 0, 0, 0, 16, 0, 0, 0))
    status, lines, _ = tests.run(copy)
    tests.check('copy_is_clean_on_the_default_device', status == 0, lines)
    status, lines, _ = tests.run(copy, '--device-minor', '0')
    tests.check('device_minor_is_heeded', status == 1 and any('! gate-minor' in line for line in lines), lines)
    status, lines, _ = tests.run(copy, '--features', '0x0')
    tests.check('features_are_heeded', status == 1 and any('! gate-feature' in line for line in lines), lines)

    _, lines, _ = tests.run(copy, '--offsets')
    tests.check('offsets_are_printed', lines[1].startswith('[000018] CREATE_BUFFER '), lines)
    _, lines, _ = tests.run(stream(create_buffer(500), packet(DESTROY_RESOURCE, 500, 0)), '--stable-ids')
    tests.check('ids_are_numbered', 'buffer_handle=h1 ' in lines[1] and lines[2].endswith('=h1'), lines)

    status, lines, _ = tests.run(stream(create_buffer(0)), '--json')
    objects = [json.loads(line) for line in lines]
    tests.check('json_lines_are_json', objects[1]['op'] == 'CREATE_BUFFER', lines)
    tests.check('json_has_errors', objects[2]['error'] == 'handle-zero', lines)
    tests.check('json_has_a_summary', objects[3] == {'packets': 1, 'submissions': 1, 'errors': 1}, lines)


def create_shader(handle, stage, container):
    padded = container + bytes(-len(container) % 4)
    words = struct.unpack(f'<{len(padded) // 4}I', padded)
    return packet(CREATE_SHADER_DXBC, handle, stage, len(container), 0, *words)


def test_shaders(tests):
    path = pathlib.Path(__file__).resolve().parents[1] / 'scenarios' / 'shaders' / 'solid_vs.dxbc'
    container = path.read_bytes()
    shader = stream(create_shader(5, 0, container), packet(NOP))
    _, lines, _ = tests.run(shader, '--shaders')
    tests.check('shaders_stand_below_their_packets', lines[2:5] == ['    vs_4_0', '    dcl_input v0.xyzw',
                '    dcl_output_siv o0.xyzw, position'] and lines[-2] == 'NOP', lines)
    _, lines, _ = tests.run(shader)
    tests.check('shaders_are_printed_on_demand', len(lines) == 4, lines)
    _, lines, _ = tests.run(shader, '--shaders', '--json')
    tests.check('json_has_shaders', json.loads(lines[2])['shader'].startswith('vs_4_0\ndcl_input v0.xyzw\n'), lines)
    _, lines, _ = tests.run(stream(create_shader(5, 0, b'DXBC')), '--shaders', '--no-validate')
    tests.check('unreadable_shader_says_why', lines[2].startswith('    ; '), lines)


def test_captures(tests):
    entries = [(9, 0, 4096), (8, 1, 64)]
    status, lines, _ = tests.run(capture(stream(create_buffer(5, 64, 9)), entries))
    tests.check('capture_of_another_writer_is_clean', status == 0, lines)
    tests.check('submission_line_names_allocations', lines[0] == '# submission 0 stream_bytes=64 flags=1 '
                'context_id=7 fence=99 allocations=(9:4096:rw,8:64:r)', lines)
    tests.check('present_records_show', lines[2] == '# present 0', lines)

    status, lines, _ = tests.run(capture(stream(create_buffer(5, 64, 10)), entries))
    tests.check('unlisted_allocation_is_an_error', status == 1 and lines[2].startswith('! alloc-unlisted: '), lines)

    status, lines, errors = tests.run(capture(stream(packet(NOP)), footer=False))
    tests.check('capture_without_footer_is_recovered', status == 0 and lines[1] == 'NOP' and 'no footer' in errors,
                (lines, errors))

    status, _, errors = tests.run(capture(stream(packet(NOP)), entries, b'ALIC'))
    tests.check('broken_table_is_unreadable', status == 2 and 'allocation table' in errors, errors)

    damaged = bytearray(capture(stream(packet(NOP))))
    damaged[8 + 24 + 55] = 9
    status, _, errors = tests.run(bytes(damaged))
    tests.check('damaged_capture_is_unreadable', status == 2 and 'record' in errors, errors)


def test_unreadable(tests):
    for name, data in [('nothing', b''), ('garbage', b'hello world'), ('three_bytes', b'ACM')]:
        status, _, errors = tests.run(data)
        tests.check(f'{name}_is_unreadable', status == 2 and 'neither' in errors, errors)
    status, _, errors = tests.run(None)
    tests.check('missing_file_is_unreadable', status == 2 and 'No such file' in errors, errors)
    for options in [('--unknown',), ('--features', 'many'), ('--device-minor', '-1'), ('extra',)]:
        status, _, errors = tests.run(stream(), *options)
        tests.check(f'usage_is_shown_for_{"_".join(options)}', status == 2 and errors.startswith('usage: '), errors)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('dump', help='the aerogpu-dump program')
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        tests = Tests(arguments.dump, folder)
        test_streams(tests)
        test_options(tests)
        test_shaders(tests)
        test_captures(tests)
        test_unreadable(tests)
    print(f'1..{tests.count}')
    return 1 if tests.failed else 0


if __name__ == '__main__':
    sys.exit(main())
