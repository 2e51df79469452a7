#!/usr/bin/env python3
"""Prove the facts of the Windows 7 DDI against a set of C headers.

    check_ddi.py [-I DIR ...] [options] -- CC [ARG ...]

Every fact of ddi-abi.json becomes a static assertion (sizes, alignments, offsets, types, slots, signatures,
enumerators, constants) or a condition that the optimiser must fold (bit-fields, values in const variables), and the
compiler CC decides. Whether it targets x86 or x64 is asked of it. Calling conventions are told apart on x86 only.

Each name must be found after including nothing but the header it belongs to; ddi-exceptions.json lists, with
reasons, the names that MinGW-w64 keeps in another header and those that cannot be proved at all.

Prints TAP, one line for each kind of fact in each header. Exit status: 0 all facts hold, 1 one does not,
2 the headers do not compile or the arguments are wrong.
"""
import argparse
import fnmatch
import json
import os
import re
import struct
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
KINDS = ("structs", "tables", "bit-fields", "functions", "typedefs", "enums", "constants", "exports")


class HeaderError(Exception):
    """The headers do not compile; the text is the compiler's."""


class Fact:
    """One thing that must hold: `condition` in C, what it says about `name`, and how to see the real value."""

    def __init__(self, kind, subject, name, expected, condition, value=None, ctype=None, bits=None):
        self.kind, self.subject, self.name, self.expected = kind, subject, name, expected
        self.condition, self.value, self.ctype, self.bits = condition, value, ctype, bits
        self.found = None


class Subject:
    """A declared name with its facts; `probe` is a C type name or expression that needs the declaration."""

    def __init__(self, header, kind, name, probe):
        self.header, self.kind, self.name, self.probe = header, kind, name, probe
        self.facts = []
        self.missing = False

    def add(self, kind, name, expected, condition, **how):
        self.facts.append(Fact(kind, self, name, expected, condition, **how))


class Compiler:
    """A GCC-compatible compiler command with the include options under test."""

    def __init__(self, command, options=()):
        self.command = list(command) + ["-x", "c", "-std=gnu11", "-fno-diagnostics-color"]
        self.command += ["-DWIN32_LEAN_AND_MEAN"] + list(options)
        self.runs = 0
        macros = self.output("", ["-dM", "-E"])
        pointer = re.search(r"#define __SIZEOF_POINTER__ (\d)", macros)
        if not pointer:
            raise HeaderError("%s does not say how wide its pointers are" % command[0])
        self.arch = "x64" if pointer.group(1) == "8" else "x86"
        self.is_windows = "#define _WIN32 " in macros
        self.command.append("-ferror-limit=0" if "#define __clang__ " in macros else "-fmax-errors=0")

    def run(self, source, options, warnings=False):
        """Compile `source`; returns (exit status, standard output, diagnostics)."""
        self.runs += 1
        options = options if warnings else ["-w"] + options
        try:
            done = subprocess.run(self.command + options + ["-"], input=source, stdout=subprocess.PIPE,
                                  stderr=subprocess.PIPE, text=True, errors="replace",
                                  env=dict(os.environ, LC_ALL="C"))
        except OSError as error:
            raise HeaderError("cannot run the compiler %s: %s" % (self.command[0], error.strerror))
        return done.returncode, done.stdout, done.stderr

    def output(self, source, options):
        status, text, errors = self.run(source, options + ["-o", "-"])
        if status:
            raise HeaderError("\n".join(errors.splitlines()[:20]))
        return text

    def line_errors(self, prelude, lines, options):
        """Compile one probe a line; returns {line index: first message}. Errors elsewhere raise."""
        # The line marker keeps the prelude's errors apart from the probes'.
        source = prelude + '\n#line 1 "probe"\n' + "\n".join(lines) + "\n"
        status, _, text = self.run(source, options + ["-o", os.devnull])
        errors, foreign = {}, []
        for where, line, message in re.findall(r"^(.*?):(\d+):(?:\d+:)? (?:fatal )?error: (.*)$", text, re.M):
            if where == "probe":
                errors.setdefault(int(line) - 1, message)
            else:
                foreign.append("%s:%s: %s" % (where, line, message))
        if foreign or (status and not errors):
            raise HeaderError("\n".join((foreign or text.splitlines())[:20]))
        return errors


def both(value, arch):
    """A fact's value on one architecture: written as [x86, x64] where the two differ."""
    return value[arch == "x64"] if isinstance(value, list) else value


def prototype(text):
    """The function pointer type of 'RETURN (PARAMETERS)'."""
    returns, parameters = text.split(" (", 1)
    return "%s (__stdcall *)(%s" % (returns, parameters)


def same_type(left, right):
    return "__builtin_types_compatible_p(%s, %s)" % (left, right)


def equals(expression, value):
    """C for equality with a fact's number. 32-bit values are kept unsigned, whatever the type's sign."""
    if isinstance(value, float):
        return "(float)(%s) == (float)%s" % (expression, value.hex())
    if value < 0:
        return "(long long)(%s) == %dLL" % (expression, value)
    wide = "(unsigned long long)(%s) == %dULL" % (expression, value)
    if value > 0xffffffff:
        return wide
    return "%s || (sizeof(%s) <= 4 && (unsigned)(%s) == %dU)" % (wide, expression, expression, value)


def struct_subject(header, name, facts, arch):
    subject = Subject(header, "tables" if "slots" in facts else "structs", name, name)
    kind, null = subject.kind, "((%s *)0)" % name
    for what, operator in (("size", "sizeof(%s)"), ("align", "_Alignof(%s)")):
        value = both(facts[what], arch)
        subject.add(kind, "%s of %s" % (what, name), value, "%s == %d" % (operator % name, value),
                    value=operator % name)
    if "tag" in facts:
        subject.add(kind, "tag of %s" % name, facts["tag"], same_type(name, "struct " + facts["tag"]))
    for slot, (member, ctype) in enumerate(facts.get("slots", ())):
        place = "offsetof(%s, %s) / sizeof(void *)" % (name, member)
        subject.add(kind, "slot of %s.%s" % (name, member), slot,
                    "__builtin_" + place + " == %d" % slot, value="__builtin_" + place)
        if " (" in ctype:
            ctype = prototype(ctype)
        subject.add(kind, "type of %s.%s" % (name, member), ctype,
                    same_type("__typeof__(%s->%s)" % (null, member), ctype),
                    ctype="__typeof__(%s->%s)" % (null, member))
    for field in facts.get("fields", ()):
        field_facts(subject, name, null, field, arch)
    return subject


def field_facts(subject, name, null, field, arch):
    member, ctype, offset, size = field[0], field[1], both(field[2], arch), both(field[3], arch)
    path = "%s.%s" % (name, member)
    if len(field) > 4:
        bit, width = field[4], field[5]
        index, mask = offset // 4, ((1 << width) - 1) << bit
        subject.add("bit-fields", "bits of " + path, "word %d mask 0x%08x" % (index, mask),
                    "u.word[%d] == 0x%xu" % (index, mask), bits=member)
        return
    at, whole = "__builtin_offsetof(%s, %s)" % (name, member), "sizeof(%s->%s)" % (null, member)
    subject.add(subject.kind, "offset of " + path, offset, "%s == %d" % (at, offset), value=at)
    subject.add(subject.kind, "size of " + path, size, "%s == %d" % (whole, size), value=whole)
    if ctype not in ("struct", "union"):
        real = "__typeof__(%s->%s)" % (null, member)
        subject.add(subject.kind, "type of " + path, ctype, same_type(real, ctype), ctype=real)


def enum_subjects(header, name, facts):
    subject = Subject(header, "enums", name, name)
    subject.add("enums", "size of " + name, 4, "sizeof(%s) == 4" % name, value="sizeof(%s)" % name)
    if "tag" in facts:
        subject.add("enums", "tag of " + name, facts["tag"], same_type(name, "enum " + facts["tag"]))
    yield subject
    for enumerator, value in facts["values"].items():
        yield constant_subject(header, "enums", enumerator, value)


def constant_subject(header, kind, name, value):
    subject = Subject(header, kind, name, "__typeof__(%s)" % name)
    subject.add(kind, name, value, equals(name, value), value=name)
    return subject


def subjects_of(header, facts, arch):
    """All subjects of one header's facts."""
    for name, layout in facts.get("structs", {}).items():
        yield struct_subject(header, name, layout, arch)
    for name, text in facts.get("functions", {}).items():
        subject = Subject(header, "functions", name, name)
        subject.add("functions", "signature of " + name, prototype(text), same_type(name, prototype(text)), ctype=name)
        yield subject
    for name, (ctype, size) in facts.get("typedefs", {}).items():
        subject = Subject(header, "typedefs", name, name)
        size = both(size, arch)
        subject.add("typedefs", "size of " + name, size, "sizeof(%s) == %d" % (name, size), value="sizeof(%s)" % name)
        subject.add("typedefs", "type of " + name, ctype, same_type(name, ctype), ctype=name)
        yield subject
    for name, enum in facts.get("enums", {}).items():
        yield from enum_subjects(header, name, enum)
    for name, value in facts.get("constants", {}).items():
        yield constant_subject(header, "constants", name, value)


class Check:
    """The facts for one compiler, proved header by header, or all together after the headers in `together`."""

    def __init__(self, facts, exceptions, compiler, only=("*",), together=None):
        self.compiler, self.arch = compiler, compiler.arch
        self.exceptions = exceptions
        self.exports = {n: e for n, e in facts["exports"].items() if self.wanted(n, only)}
        self.subjects = []
        for header, items in facts["headers"].items():
            for subject in subjects_of(header, items, self.arch):
                if self.wanted(subject.name, only) and not self.excused("not_proved", subject.name):
                    subject.includes = tuple(together or [self.include_for(subject)])
                    self.subjects.append(subject)
        self.failed = []

    @staticmethod
    def wanted(name, patterns):
        return any(fnmatch.fnmatchcase(name, p) for p in patterns)

    def excused(self, table, name):
        for row in self.exceptions[table]:
            if fnmatch.fnmatchcase(name, row["names"]):
                return row
        return None

    def include_for(self, subject):
        row = self.excused("found_elsewhere", subject.name)
        return row["include"] if row else subject.header

    def run(self):
        """Decide every fact; self.failed and Subject.missing say what does not hold."""
        if self.arch == "x86":
            self.require_conventions()
        for includes in dict.fromkeys(s.includes for s in self.subjects):
            prelude = "#include <stddef.h>\n" + "\n".join("#include <%s>" % name for name in includes)
            subjects = [s for s in self.subjects if s.includes == includes]
            folded = [f for s in subjects for f in s.facts if f.bits]
            everything = static_lines(subjects)[0] + folded_lines(folded)
            # Header parsing is what takes time: look closer only if something is wrong.
            if self.compiler.line_errors(prelude, everything, ["-O2", "-S"]):
                self.run_folded(prelude, self.run_static(prelude, subjects))
        self.run_exports()

    def require_conventions(self):
        line = "_Static_assert(!%s, \"\");" % same_type("void (__stdcall *)(int)", "void (*)(int)")
        if self.compiler.line_errors("", [line], ["-fsyntax-only"]):
            raise HeaderError("the compiler does not tell __stdcall from the default calling convention")

    def run_static(self, prelude, subjects):
        """Prove what an assertion can say; returns the facts that need the optimiser."""
        lines, owners = static_lines(subjects)
        errors = self.compiler.line_errors(prelude, lines, ["-fsyntax-only"])
        soft, wrong = [], []
        for index in sorted(errors):
            owner = owners[index]
            if isinstance(owner, Subject):
                owner.missing = True
                self.failed.append(Fact(owner.kind, owner, owner.name, "declared", ""))
                self.failed[-1].found = "not declared"
            elif not owner.subject.missing:
                if "constant" in errors[index]:
                    soft.append(owner)
                else:
                    owner.found = "no such member" if "no member" in errors[index] else None
                    wrong.append(owner)
        self.report(prelude, wrong)
        return soft + [f for s in subjects if not s.missing for f in s.facts if f.bits]

    def run_folded(self, prelude, facts):
        """Prove what only the optimiser can see: a call that survives it is an error."""
        if not facts:
            return
        errors = self.compiler.line_errors(prelude, folded_lines(facts), ["-O2", "-S"])
        # A message from the front end hides those of the optimiser: mend it and look again.
        hard = [i for i in errors if "attribute error" not in errors[i] and "wrong" not in errors[i]]
        for index in hard:
            facts[index].found = "no such member"
        if hard:
            self.report(prelude, [facts[i] for i in hard])
            self.run_folded(prelude, [f for i, f in enumerate(facts) if i not in hard])
        else:
            self.report(prelude, [facts[i] for i in sorted(errors)])

    def run_exports(self):
        """The exported functions have the type of the DDI and the symbol the facts name."""
        if not self.exports:
            return
        lines = ["#include <d3d10umddi.h>"]
        for name, facts in self.exports.items():
            lines += ["HRESULT APIENTRY %s(D3D10DDIARG_OPENADAPTER *);" % name,
                      "HRESULT APIENTRY %s(D3D10DDIARG_OPENADAPTER *p) { return p ? 0 : 1; }" % name,
                      '_Static_assert(%s, "");' % same_type("__typeof__(&%s)" % name, facts["type"])]
        status, text, _ = self.compiler.run("\n".join(lines) + "\n", ["-S", "-o", "-"])
        symbols = re.findall(r"^\s*\.globl\s+(\S+)", text, re.M)
        for name, facts in self.exports.items():
            symbol = both(facts["symbol"], self.arch)
            if status or symbol not in symbols:
                fact = Fact("exports", None, name, symbol, "")
                fact.found = "another type" if status else " ".join(x for x in symbols if name in x) or "no symbol"
                self.failed.append(fact)

    def report(self, prelude, wrong):
        """Note wrong facts, with the value found instead where the compiler can tell it."""
        values = [f for f in wrong if f.found is None and (f.value or f.bits)]
        types = [f for f in wrong if f.found is None and f.ctype]
        if values:
            find_values(self.compiler, prelude, values)
        if types:
            find_types(self.compiler, prelude, types)
        for fact in wrong:
            fact.found = "different" if fact.found is None else fact.found
        self.failed += wrong

    def counts(self):
        """{(header, kind): (names, facts, failed facts)} over everything that was checked."""
        table = {}
        for subject in self.subjects:
            for fact in subject.facts:
                names, facts, failed = table.setdefault((subject.header, fact.kind), (set(), 0, []))
                names.add(subject.name)
                table[subject.header, fact.kind] = (names, facts + 1, failed)
        if self.exports:
            table["d3d10umddi.h", "exports"] = (set(self.exports), len(self.exports), [])
        for fact in self.failed:
            header = fact.subject.header if fact.subject else "d3d10umddi.h"
            table[header, fact.kind][2].append(fact)
        return table


def static_lines(subjects):
    """One probe or assertion a line, and what each line is about: a Subject or a Fact."""
    lines, owners = [], []
    for subject in subjects:
        lines.append("typedef char declared_%d[sizeof(%s) ? 1 : 1];" % (len(lines), subject.probe))
        owners.append(subject)
        for fact in subject.facts:
            if not fact.bits:
                lines.append('_Static_assert(%s, "");' % fact.condition)
                owners.append(fact)
    return lines, owners


def folded_lines(facts):
    """One function a line: it calls what must not be called, unless the optimiser sees that the fact holds."""
    lines = []
    for index, fact in enumerate(facts):
        body = (bit_setter(fact) if fact.bits else "") + "if (!(%s)) wrong_%d();" % (fact.condition, index)
        lines.append('void wrong_%d(void) __attribute__((error("wrong"))); void test_%d(void) { %s }'
                     % (index, index, body))
    return lines


def bit_setter(fact):
    name = fact.subject.name
    return ("union { %s s; unsigned word[(sizeof(%s) + 3) / 4]; } u = { .word = { 0 } }; u.s.%s = ~0u; "
            % (name, name, fact.bits))


def find_values(compiler, prelude, facts):
    """Fill Fact.found with numbers, read from initialised objects in the assembly."""
    lines = []
    for index, fact in enumerate(facts):
        if fact.bits:
            lines.append("const %s found_%d = { .%s = ~0u };" % (fact.subject.name, index, fact.bits))
        elif isinstance(fact.expected, float):
            lines.append("const float found_%d = %s;" % (index, fact.value))
        else:
            lines.append("const unsigned long long found_%d = (unsigned long long)(%s);" % (index, fact.value))
    status, text, _ = compiler.run(prelude + "\n" + "\n".join(lines) + "\n", ["-S", "-o", "-"])
    if status:
        return
    for index, data in initialised_objects(text).items():
        fact = facts[index]
        if fact.bits:
            words = [int.from_bytes(data[at:at + 4], "little") for at in range(0, len(data), 4)]
            fact.found = ", ".join("word %d mask 0x%08x" % (i, w) for i, w in enumerate(words) if w) or "no bits"
        elif isinstance(fact.expected, float):
            fact.found = "%.9g" % struct.unpack("<f", data)
        else:
            number = int.from_bytes(data, "little")
            fact.found = number - (1 << 64) if fact.expected < 0 and number >> 63 else number
            if 0 <= fact.expected <= 0xffffffff and number >> 31 == (1 << 33) - 1:
                fact.found = number & 0xffffffff


def initialised_objects(assembly):
    """{index: bytes} of the objects named found_INDEX in GNU assembly."""
    widths = {"byte": 1, "value": 2, "word": 2, "short": 2, "long": 4, "int": 4, "quad": 8}
    objects, current = {}, None
    for line in assembly.splitlines():
        label = re.match(r"_?found_(\d+):", line)
        data = re.match(r"\s+\.(\w+)\s+(-?\w+)", line)
        if label:
            current = int(label.group(1))
            objects[current] = b""
        elif data and data.group(1) in widths and current is not None:
            width = widths[data.group(1)]
            objects[current] += (int(data.group(2), 0) % (1 << 8 * width)).to_bytes(width, "little")
        elif data and data.group(1) in ("space", "zero", "skip") and current is not None:
            objects[current] += bytes(int(data.group(2), 0))
        elif re.match(r"\S+:", line):
            current = None
    return objects


def find_types(compiler, prelude, facts):
    """Fill Fact.found with types, read from the compiler's complaint about a wrong initialiser."""
    lines = ["struct probe *found_%d = (%s *)0;" % (i, f.ctype) for i, f in enumerate(facts)]
    source = prelude + '\nstruct probe;\n#line 1 "probe"\n' + "\n".join(lines) + "\n"
    _, _, text = compiler.run(source, ["-fsyntax-only", "-Wincompatible-pointer-types"], warnings=True)
    told = r"^probe:(\d+):.*? type '([^']*)'(?: [{(]aka '([^']*)'[)}])?"
    for line, ctype, plain in re.findall(told, text, re.M):
        fact = facts[int(line) - 1]
        if plain and (ctype.startswith("typeof") or ctype == fact.ctype + " *"):
            ctype = plain
        fact.found = ctype.replace("**)", "*)", 1) if "**)" in ctype else re.sub(r" ?\*$", "", ctype)


def load(path):
    try:
        with open(path, encoding="utf-8") as file:
            return json.load(file)
    except (OSError, ValueError) as error:
        raise HeaderError("cannot read %s: %s" % (path, error))


def show(value):
    if isinstance(value, int) and abs(value) > 4096:
        return "0x%x" % value
    return "%.9g" % value if isinstance(value, float) else str(value)


def print_tap(check):
    """One TAP line for each kind in each header, then the totals."""
    table = sorted(check.counts().items(), key=lambda row: KINDS.index(row[0][1]))
    total = 0
    print("TAP version 13")
    print("1..%d" % len(table))
    for number, ((header, kind), (names, facts, failed)) in enumerate(table, 1):
        total += facts
        print("%s %d - %s %s: %d names, %d facts"
              % ("not ok" if failed else "ok", number, header, kind, len(names), facts))
        for fact in failed:
            print("# %s: expected %s, found %s" % (fact.name, show(fact.expected), show(fact.found)))
    for table_name in ("found_elsewhere", "not_proved"):
        for row in check.exceptions[table_name]:
            print("# exception (%s): %s: %s" % (table_name.replace("_", " "), row["names"], row["why"]))
    print("# %s%s: %d facts, %d do not hold, %d compiler runs"
          % (check.arch, "" if check.arch == "x86" else " (calling conventions are proved on x86)",
             total, len(check.failed), check.compiler.runs))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-I", dest="folders", action="append", default=[], metavar="DIR", help="header folder")
    parser.add_argument("--idirafter", action="append", default=[], metavar="DIR", help="folder searched last")
    parser.add_argument("--facts", default=os.path.join(HERE, "ddi-abi.json"))
    parser.add_argument("--exceptions", default=os.path.join(HERE, "ddi-exceptions.json"))
    parser.add_argument("--only", action="append", metavar="PATTERN", help="check only these names")
    parser.add_argument("command", nargs="+", metavar="CC", help="the compiler and its arguments, after --")
    args = parser.parse_args()
    options = [word for folder in args.folders for word in ("-I", folder)]
    options += [word for folder in args.idirafter for word in ("-idirafter", folder)]
    try:
        check = Check(load(args.facts), load(args.exceptions), Compiler(args.command, options), args.only or ["*"])
        check.run()
    except HeaderError as error:
        print("Bail out! %s" % str(error).strip().replace("\n", "\n# "))
        return 2
    if not check.subjects:
        print("Bail out! no fact has such a name")
        return 2
    print_tap(check)
    return 1 if check.failed else 0


if __name__ == "__main__":
    sys.exit(main())
