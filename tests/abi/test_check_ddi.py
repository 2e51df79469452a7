#!/usr/bin/env python3
"""Negative controls of check_ddi.py: deliberately wrong facts and headers, each of which must be named.

    test_check_ddi.py --compat DIR [-I DIR ...] -- CC [ARG ...]

All wrong facts are tried in one run of the checker against good headers, and all wrong headers in another against
good facts. A control passes if the checker names exactly the culprit it plants; a last one asks that nothing else
was named.
"""
import argparse
import copy
import os
import shutil
import sys
import tempfile

import check_ddi
from tap import Tap


class WrongFact:
    """A control: `plant` spoils the facts, after which the checker must report `culprit` as `found`."""

    def __init__(self, name, culprit, plant, found=None):
        self.name, self.culprit, self.plant, self.found = name, culprit, plant, found


def items(facts, header, kind):
    return facts["headers"][header][kind]


def set_field(header, struct, member, column, value):
    """A spoiler for one column of a field's row (1 type, 2 offset, 3 size, 4 bit, 5 width)."""
    def plant(facts):
        for row in items(facts, header, "structs")[struct]["fields"]:
            if row[0] == member:
                row[column] = value
    return plant


def set_value(header, kind, name, value):
    def plant(facts):
        items(facts, header, kind)[name] = value
    return plant


def set_enumerator(facts):
    items(facts, "d3dukmdt.h", "enums")["D3DDDIFORMAT"]["values"]["D3DDDIFMT_A8"] = 29


def set_tag(facts):
    items(facts, "d3dumddi.h", "structs")["D3DDDICB_LOCK"]["tag"] = "D3DDDICB_LOCK"


def set_struct_size(facts):
    items(facts, "d3dumddi.h", "structs")["D3DDDICB_ESCAPE"]["size"] = 1024


def set_alignment(facts):
    items(facts, "d3dukmdt.h", "structs")["D3DDDIRECT"]["align"] = 2


def swap_slots(facts):
    slots = items(facts, "d3dumddi.h", "structs")["D3DDDI_DEVICECALLBACKS"]["slots"]
    slots[7][0], slots[8][0] = slots[8][0], slots[7][0]


def set_symbol(facts):
    facts["exports"]["OpenAdapter10"]["symbol"] = "OpenAdapter10@8"


WRONG_FACTS = [
    WrongFact("wrong_offset_is_named", "offset of D3DDDICB_LOCK.pData",
              set_field("d3dumddi.h", "D3DDDICB_LOCK", "pData", 2, 4), [16, 24]),
    WrongFact("wrong_field_size_is_named", "size of D3DDDICB_LOCK.NumPages",
              set_field("d3dumddi.h", "D3DDDICB_LOCK", "NumPages", 3, 8), 4),
    WrongFact("wrong_field_type_is_named", "type of D3DDDICB_UNLOCK.phAllocations",
              set_field("d3dumddi.h", "D3DDDICB_UNLOCK", "phAllocations", 1, "D3DKMT_HANDLE *")),
    WrongFact("wrong_struct_size_is_named", "size of D3DDDICB_ESCAPE", set_struct_size, [20, 40]),
    WrongFact("wrong_alignment_is_named", "align of D3DDDIRECT", set_alignment, 4),
    WrongFact("wrong_tag_is_named", "tag of D3DDDICB_LOCK", set_tag),
    WrongFact("wrong_bit_width_is_named", "bits of D3DDDI_PATCHLOCATIONLIST.SlotId",
              set_field("d3dukmdt.h", "D3DDDI_PATCHLOCATIONLIST", "SlotId", 5, 23), "word 1 mask 0x00ffffff"),
    WrongFact("wrong_bit_position_is_named", "bits of D3DDDICB_LOCKFLAGS.Discard",
              set_field("d3dukmdt.h", "D3DDDICB_LOCKFLAGS", "Discard", 4, 8), "word 0 mask 0x00000080"),
    WrongFact("swapped_slots_are_named", "slot of D3DDDI_DEVICECALLBACKS.pfnUnlockCb", swap_slots, 8),
    WrongFact("wrong_signature_is_named", "signature of PFND3DDDI_LOCKCB",
              set_value("d3dumddi.h", "functions", "PFND3DDDI_LOCKCB", "HRESULT (HANDLE a, const D3DDDICB_LOCK *b)")),
    WrongFact("wrong_typedef_is_named", "type of D3DKMT_HANDLE",
              set_value("d3dukmdt.h", "typedefs", "D3DKMT_HANDLE", ["int", 4])),
    WrongFact("wrong_enumerator_is_named", "D3DDDIFMT_A8", set_enumerator, 28),
    WrongFact("wrong_constant_is_named", "D3DDDI_ID_ALL",
              set_value("d3dukmdt.h", "constants", "D3DDDI_ID_ALL", 0xfffffffe), 0xfffffffd),
    WrongFact("wrong_float_is_named", "D3D10_MULTISAMPLE_ANTIALIAS_LINE_WIDTH",
              set_value("d3d10umddi.h", "constants", "D3D10_MULTISAMPLE_ANTIALIAS_LINE_WIDTH", 1.5),
              "1.39999998"),
    WrongFact("undeclared_constant_is_named", "D3DDDI_ID_NOBODY",
              set_value("d3dukmdt.h", "constants", "D3DDDI_ID_NOBODY", 1), "not declared"),
    WrongFact("undeclared_struct_is_named", "D3DDDICB_NOTHING",
              set_value("d3dumddi.h", "structs", "D3DDDICB_NOTHING", {"size": 4, "align": 4, "fields": []}),
              "not declared"),
    WrongFact("undeclared_member_is_named", "offset of D3DDDICB_DESTROYCONTEXT.hNothing",
              set_value("d3dumddi.h", "structs", "D3DDDICB_DESTROYCONTEXT",
                        {"size": [4, 8], "align": [4, 8], "fields": [["hNothing", "union", 0, [4, 8]]]}),
              "no such member"),
    WrongFact("wrong_export_symbol_is_named", "OpenAdapter10", set_symbol),
]

# What the planted facts make wrong besides the culprits themselves.
CONSEQUENCES = {
    "slot of D3DDDI_DEVICECALLBACKS.pfnLockCb", "type of D3DDDI_DEVICECALLBACKS.pfnLockCb",
    "type of D3DDDI_DEVICECALLBACKS.pfnUnlockCb", "size of D3DDDICB_DESTROYCONTEXT.hNothing",
}


class WrongHeader:
    """A control: one text of one header is replaced. `x86_only` ones must not be seen by an x64 compiler."""

    def __init__(self, name, culprit, header, old, new, found=None, x86_only=False):
        self.name, self.culprit, self.header, self.old, self.new = name, culprit, header, old, new
        self.found, self.x86_only = found, x86_only


WRONG_HEADERS = [
    WrongHeader("pointer_without_stdcall_is_named", "signature of PFND3DDDI_ESCAPECB", "d3dumddi.h",
                "HRESULT(APIENTRY *PFND3DDDI_ESCAPECB)", "HRESULT(*PFND3DDDI_ESCAPECB)", x86_only=True),
    WrongHeader("slot_without_stdcall_is_named", "type of DXGI_DDI_BASE_FUNCTIONS.pfnPresent", "dxgiddi.h",
                "HRESULT(APIENTRY *pfnPresent)(DXGI_DDI_ARG_PRESENT *pPresentData);\n"
                "    HRESULT(APIENTRY *pfnGetGammaCaps)(DXGI_DDI_ARG_GET_GAMMA_CONTROL_CAPS *pGammaData);\n"
                "    HRESULT(APIENTRY *pfnSetDisplayMode)(DXGI_DDI_ARG_SETDISPLAYMODE *pDisplayModeData);\n"
                "    HRESULT(APIENTRY *pfnSetResourcePriority)(DXGI_DDI_ARG_SETRESOURCEPRIORITY *pPriorityData);\n",
                "HRESULT(*pfnPresent)(DXGI_DDI_ARG_PRESENT *pPresentData);\n"
                "    HRESULT(APIENTRY *pfnGetGammaCaps)(DXGI_DDI_ARG_GET_GAMMA_CONTROL_CAPS *pGammaData);\n"
                "    HRESULT(APIENTRY *pfnSetDisplayMode)(DXGI_DDI_ARG_SETDISPLAYMODE *pDisplayModeData);\n"
                "    HRESULT(APIENTRY *pfnSetResourcePriority)(DXGI_DDI_ARG_SETRESOURCEPRIORITY *pPriorityData);\n",
                x86_only=True),
    WrongHeader("slots_swapped_in_the_header_are_named", "slot of D3D10_2DDI_ADAPTERFUNCS.pfnGetCaps",
                "umddi/tables.h",
                "    PFND3D10_2DDI_GETSUPPORTEDVERSIONS pfnGetSupportedVersions;\n"
                "    PFND3D10_2DDI_GETCAPS pfnGetCaps;\n",
                "    PFND3D10_2DDI_GETCAPS pfnGetCaps;\n"
                "    PFND3D10_2DDI_GETSUPPORTEDVERSIONS pfnGetSupportedVersions;\n", 3),
    WrongHeader("field_of_a_later_kit_is_named", "size of D3D11DDIARG_CREATERESOURCE", "umddi/resources.h",
                "    UINT ByteStride;\n", "    UINT ByteStride;\n    UINT DecoderBufferType;\n    void *pLater;\n"),
    WrongHeader("bit_of_another_width_is_named", "bits of DXGI_DDI_PRESENT_FLAGS.Flip", "dxgiddi.h",
                "            UINT Flip : 1;\n            UINT Reserved : 30;",
                "            UINT Flip : 2;\n            UINT Reserved : 29;", "word 0 mask 0x00000006"),
    WrongHeader("enumerator_of_the_api_is_named", "D3D11_DDI_BIND_UNORDERED_ACCESS", "umddi/resources.h",
                "D3D11_DDI_BIND_UNORDERED_ACCESS = 0x100", "D3D11_DDI_BIND_UNORDERED_ACCESS = 0x80", 0x80),
    WrongHeader("constant_of_another_value_is_named", "D3D10_SB_OPCODE_TYPE_MASK", "d3d11tokenizedprogramformat.hpp",
                "D3D10_SB_OPCODE_TYPE_MASK                   0x7ffU",
                "D3D10_SB_OPCODE_TYPE_MASK                   0xfffU", 0xfff),
    WrongHeader("missing_declaration_is_named", "D3D10DDI_VERTEX_CACHE_DESC", "umddi/queries.h",
                "} D3D10DDI_VERTEX_CACHE_DESC;", "} OTHER_VERTEX_CACHE_DESC;", "not declared"),
    WrongHeader("wrong_value_in_a_const_variable_is_named", "D3D10_SB_OPCODE_EXTENDED_SHIFT",
                "d3d11tokenizedprogramformat.hpp",
                "#define D3D10_SB_OPCODE_EXTENDED_SHIFT              31U",
                "static const unsigned D3D10_SB_OPCODE_EXTENDED_SHIFT = 30;", 30),
]

# A const variable is C for a constant, too: the right value must pass (DDI facts 5).
GOOD_VARIABLE = ("d3d11tokenizedprogramformat.hpp", "D3D10_SB_OPCODE_EXTENDED_MASK",
                 "#define D3D10_SB_OPCODE_EXTENDED_MASK               0x80000000U",
                 "static const unsigned D3D10_SB_OPCODE_EXTENDED_MASK = 0x80000000;")

HEADER_CONSEQUENCES = {
    "slot of D3D10_2DDI_ADAPTERFUNCS.pfnGetSupportedVersions", "bits of DXGI_DDI_PRESENT_FLAGS.Reserved",
}


def failures(facts, exceptions, command, options):
    """{name: found} of everything the checker complains about."""
    compiler = check_ddi.Compiler(command, options)
    check = check_ddi.Check(facts, exceptions, compiler, together=["d3d10umddi.h", "dxgi.h"])
    check.run()
    return {fact.name: fact.found for fact in check.failed}, check.arch


def expect(tap, control, failed, arch):
    """The culprit is named, with the value that the headers really have."""
    found = check_ddi.both(control.found, arch) if isinstance(control.found, list) else control.found
    named = control.culprit in failed
    tap.check(control.name, named and found in (None, failed[control.culprit]),
              "%s: %s" % (control.culprit, "found %r" % failed[control.culprit] if named else "not named"),
              "the headers have %r" % (found,))


def test_facts(tap, facts, exceptions, command, options):
    spoiled = copy.deepcopy(facts)
    for control in WRONG_FACTS:
        control.plant(spoiled)
    failed, arch = failures(spoiled, exceptions, command, options)
    for control in WRONG_FACTS:
        expect(tap, control, failed, arch)
    known = {c.culprit for c in WRONG_FACTS} | CONSEQUENCES
    tap.equal("wrong_facts_name_nothing_else", [], sorted(set(failed) - known))


def replace(folder, header, old, new):
    path = os.path.join(folder, header)
    with open(path, encoding="utf-8") as file:
        text = file.read()
    if old not in text:
        raise SystemExit("Bail out! %s no longer holds the text a control replaces: %s" % (header, old))
    with open(path, "w", encoding="utf-8") as file:
        file.write(text.replace(old, new, 1))


def test_headers(tap, facts, exceptions, compat, command, options):
    with tempfile.TemporaryDirectory() as scratch:
        folder = os.path.join(scratch, "headers")
        shutil.copytree(compat, folder)
        for control in WRONG_HEADERS:
            replace(folder, control.header, control.old, control.new)
        header, variable, old, new = GOOD_VARIABLE
        replace(folder, header, old, new)
        failed, arch = failures(facts, exceptions, command, ["-I", folder] + options)
        for control in WRONG_HEADERS:
            if control.x86_only and arch != "x86":
                tap.check(control.name.replace("is_named", "is_invisible_on_x64"), control.culprit not in failed)
            else:
                expect(tap, control, failed, arch)
        tap.check("right_value_in_a_const_variable_passes", variable not in failed)
        known = {c.culprit for c in WRONG_HEADERS} | HEADER_CONSEQUENCES
        tap.equal("wrong_headers_name_nothing_else", [], sorted(set(failed) - known))
        replace(folder, "d3dukmdt.h", "typedef UINT D3DKMT_HANDLE;", "typedef UINT D3DKMT_HANDLE")
        try:
            failures(facts, exceptions, command, ["-I", folder] + options)
            message = "no complaint"
        except check_ddi.HeaderError as error:
            message = str(error)
        tap.check("header_that_does_not_compile_is_refused", "d3dukmdt.h" in message, message)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--compat", required=True, help="the compat_headers folder")
    parser.add_argument("-I", dest="folders", action="append", default=[], help="further header folders")
    parser.add_argument("command", nargs="+", metavar="CC")
    args = parser.parse_args()
    facts = check_ddi.load(os.path.join(check_ddi.HERE, "ddi-abi.json"))
    exceptions = check_ddi.load(os.path.join(check_ddi.HERE, "ddi-exceptions.json"))
    options = [word for folder in args.folders for word in ("-I", folder)]
    tap = Tap()
    test_facts(tap, facts, exceptions, args.command, ["-I", args.compat] + options)
    test_headers(tap, facts, exceptions, args.compat, args.command, options)
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
