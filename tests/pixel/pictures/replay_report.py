#!/usr/bin/env python3
"""The data in the pages of `aerogpu-replay --report`: captures that are right, broken, hostile and large. Prints TAP."""

import argparse
import base64
import json
import pathlib
import re
import struct
import sys
import tempfile

import streams
from png import decode_png, read_png
from replay_program import CLEAN, INVALID, UNUSABLE, capture, run

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "abi"))
from tap import Tap  # noqa: E402

DATA = re.compile(r'<script type="application/json" id="data">(.*?)</script>', re.S)
HOSTILE = b"</script><script>alert(1)</script><img src=x onerror=alert(2)>\"'&\xff\xe2\x80\xa8"
TARGET, OTHER, DEPTH = 1, 2, 3


class Page:
    """A report: what the program said, the page's text, and its data."""

    def __init__(self, replay, folder, trace, *options, name="capture.aerogputrace"):
        path, page = folder / name, folder / "page.html"
        path.write_bytes(trace)
        page.unlink(missing_ok=True)
        self.result = run(replay, *options, "--report", page, path)
        self.text = page.read_text(encoding="utf-8") if page.exists() else ""
        found = DATA.search(self.text)
        self.data = json.loads(found[1]) if found else {}

    def ops(self, *fates):
        return [row["op"] for row in self.data["packets"] if not fates or row["fate"] in fates]

    def events(self, kind):
        return [event for event in self.data["events"] if event["kind"] == kind]

    def pooled(self, number):
        return self.data["pool"][number]

    def bytes(self, number):
        return base64.b64decode(self.pooled(number))

    def picture(self, number, part="png"):
        """Rows of a picture, of its small version if it has one."""
        picture = self.data["pictures"][number]
        return decode_png(base64.b64decode(picture.get(part, picture["png"])))


def changes(before, after):
    """Number and box of the pixels that differ."""
    places = [(x, y) for y, row in enumerate(after) for x, pixel in enumerate(row) if pixel != before[y][x]]
    xs, ys = [x for x, _ in places], [y for _, y in places]
    return {"count": len(places), "box": [min(xs), min(ys), max(xs) + 1, max(ys) + 1]}


def is_close(a, b):
    return all(abs(x - y) <= 2 for x, y in zip(a, b))


def check_pictures(tap, page, presented):
    clear, first, second, present = page.data["events"]
    tap.equal("work_is_listed_in_order", ["clear", "draw", "draw", "present"], [event["kind"] for event in page.data["events"]])
    tap.equal("first_contents_of_guest_memory_are_not_known", None, clear["images"][0]["changed"])
    tap.equal("picture_after_the_clear_is_its_colour", (0, 32, 64, 255), page.picture(clear["images"][0]["picture"])[5][5])
    for name, event in (("first", first), ("second", second)):
        image = event["images"][0]
        expected = changes(page.picture(image["before"]), page.picture(image["picture"]))
        tap.equal(f"changed_pixels_of_the_{name}_draw_are_counted", expected, image["changed"])
        tap.check(f"{name}_draw_is_not_said_to_change_nothing", "nothing" not in event)
    small = page.picture(second["images"][0]["picture"], "small")
    tap.check("thumbnail_is_small", len(small[0]) <= 160 and len(small) <= 120 and len(small) > 60, (len(small[0]), len(small)))
    tap.check("thumbnail_has_the_triangle_in_its_middle", is_close(small[60][60], presented[128][128]), small[60][60])
    tap.equal("presented_picture_is_the_frame", presented, page.picture(present["images"][0]["picture"]))
    tap.equal("equal_pictures_are_kept_once", second["images"][0]["picture"], present["images"][0]["picture"])
    tap.equal("as_many_pictures_as_differ", 3, len(page.data["pictures"]))


def check_state(tap, page):
    draw, indexed = page.events("draw")
    state, other = page.pooled(draw["state"]), page.pooled(indexed["state"])
    vertex = page.data["things"][state["stages"]["vs"]["shader"]["thing"]]
    details = page.pooled(vertex["details"])
    tap.equal("vertex_shader_is_named", ("shader", "vs_4_0"), (vertex["kind"], details["program"]))
    tap.check("vertex_shader_has_text", "dcl_output_siv o0.xyzw, position\n" in details["text"], details["text"])
    tap.equal("declared_slots_are_listed", [0], details["declares"]["b"])
    layout = page.pooled(page.data["things"][state["layout"]["thing"]]["details"])
    tap.equal("layout_names_the_shaders_inputs", [i["hash"] for i in details["inputs"]], [e["hash"] for e in layout["elements"]])
    tap.equal("topology_is_named", "TRIANGLELIST", state["topology"])
    rows = state["vertex_buffers"][0]["rows"][0]
    tap.equal("first_vertex_is_there", (0.0, 0.75, 0.5, 1.0, 1.0, 0.0, 0.0, 1.0), struct.unpack_from("<8f", page.bytes(rows["bytes"])))
    scales = [struct.unpack_from("<f", page.bytes(s["stages"]["vs"]["b"][0]["bytes"]))[0] for s in (state, other)]
    tap.equal("constants_are_those_of_each_draw", [1.0, 0.25], scales)
    tap.check("indices_of_a_plain_draw_are_not_shown", "index_buffer" not in state)
    tap.equal("indices_are_there", (0, 1, 2), struct.unpack_from("<3H", page.bytes(other["index_buffer"]["bytes"])))
    tap.equal("viewport_is_there", [0, 0, 256, 256, 0, 1], state["viewport"])
    tap.equal("target_is_there", state["colors"][0]["handle"], draw["images"][0]["handle"])
    tap.equal("raster_state_is_named", ("SOLID", "BACK"), (state["raster"]["fill"], state["raster"]["cull"]))


def check_lists(tap, page, trace):
    places = [(row[2], row[3]) for row in streams.packets_of(trace)]
    tap.equal("every_packet_is_listed_with_its_offset", places, [(row["bytes"], row["offset"]) for row in page.data["packets"]])
    tap.equal("every_packet_was_executed", len(places), len(page.ops("done")))
    made = [(thing["kind"], page.data["packets"][thing["created"]]["op"]) for thing in page.data["things"]]
    kinds = {"texture": "CREATE_TEXTURE2D", "buffer": "CREATE_BUFFER", "shader": "CREATE_SHADER_DXBC", "layout": "CREATE_INPUT_LAYOUT"}
    tap.check("objects_name_the_packet_that_made_them", len(made) == 8 and all(kinds[kind] == op for kind, op in made), made)
    ends = [page.data["packets"][thing["destroyed"]]["op"] for thing in page.data["things"]]
    tap.check("objects_name_the_packet_that_destroyed_them", all(op.startswith("DESTROY_") for op in ends), ends)
    first = next(row for row in page.data["packets"] if row["op"] == "DRAW")
    tap.equal("text_of_a_packet_is_its_line", "DRAW vertex_count=3 instance_count=1 first_vertex=0 first_instance=0", first["text"])


def check_triangle(tap, replay, trace, folder):
    frame = folder / "frame.png"
    plain = run(replay, "--hash", "-o", frame, folder / "triangle.aerogputrace")
    page = Page(replay, folder, trace, "--hash")
    tap.equal("report_changes_nothing_of_the_program", (plain.returncode, plain.stdout, plain.stderr),
              (page.result.returncode, page.result.stdout, page.result.stderr))
    tap.equal("report_of_a_clean_capture_has_no_errors", (CLEAN, [], []), (page.data["status"], page.data["errors"], page.data["notes"]))
    tap.equal("hash_of_the_frame_is_told", plain.stdout.strip(), page.events("present")[0]["hash"])
    tap.equal("page_names_nothing_outside_of_it", [], re.findall(r'(?:src|href)="(?!#|data:)[^"]*"|https?:', page.text))
    check_pictures(tap, page, read_png(frame))
    check_state(tap, page)
    check_lists(tap, page, trace)


def check_masked(tap, replay, trace, folder):
    page = Page(replay, folder, streams.patched(trace, streams.SET_BLEND_STATE, 24, b"\0"))
    tap.equal("draws_without_write_mask_change_nothing", [True, True], [event.get("nothing") for event in page.events("draw")])
    tap.equal("their_state_says_why", 0, page.pooled(page.events("draw")[0]["state"])["blend"]["write_mask"])


def check_broken(tap, replay, trace, folder):
    broken = streams.patched(trace, streams.SET_BLEND_STATE, 16, struct.pack("<I", 77))
    page = Page(replay, folder, broken)
    error = page.data["errors"][0]
    tap.equal("broken_capture_is_invalid", (INVALID, INVALID), (page.result.returncode, page.data["status"]))
    tap.equal("guilty_packet_is_marked", "SET_BLEND_STATE", page.data["packets"][error["packet"]]["op"])
    tap.equal("rule_is_named", "enum-value", error["rule"])
    tap.check("error_has_its_sentence", "77" in error["text"], error["text"])
    tap.check("error_says_what_holds", error["holds"] and error["source"], error)
    tap.equal("packets_of_all_submissions_are_listed", len(streams.packets_of(trace)), len(page.ops()))
    tap.equal("nothing_was_executed", len(page.ops()), len(page.ops("untouched")))
    tap.equal("objects_are_listed_all_the_same", 8, len(page.data["things"]))
    lenient = Page(replay, folder, broken, "--lenient")
    tap.equal("lenient_replay_executes_the_rest", len(page.ops()) - 1, len(lenient.ops("done")))
    tap.equal("packet_that_failed_is_marked", ["SET_BLEND_STATE"], lenient.ops("failed"))
    tap.equal("lenient_replay_shows_its_draws", 2, len([event for event in lenient.events("draw") if "picture" in event["images"][0]]))


def check_hostile(tap, replay, folder):
    scripts = Page(replay, folder, streams.capture(streams.stream())).text.count("<script")
    trace = streams.capture(streams.stream(streams.marker(HOSTILE), struct.pack("<II", 0x999, 8)), metadata=HOSTILE)
    page = Page(replay, folder, trace, name="<img src=x onerror=alert(3)>&amp;.aerogputrace")
    tap.equal("hostile_text_starts_no_script", scripts, page.text.count("<script"))
    tap.check("data_is_plain_ascii", DATA.search(page.text)[1].isascii())
    tap.check("hostile_text_makes_no_element", "<img" not in page.text and "onerror=alert(1)>" not in page.text)
    tap.check("hostile_text_is_told_as_it_is", "</script><script>alert(1)</script><img src=x" in page.data["packets"][0]["text"])
    tap.check("hostile_metadata_is_told_as_it_is", page.data["metadata"].startswith("</script>") and "\ufffd\u2028" in page.data["metadata"])
    tap.check("hostile_name_is_told_as_it_is", page.data["capture"].endswith("<img src=x onerror=alert(3)>&amp;.aerogputrace"))
    tap.equal("unknown_packet_has_its_error", 1, page.data["errors"][0]["packet"])


def drawing(*packets):
    return streams.capture(streams.stream(streams.texture(TARGET, 8), streams.targets(TARGET), *packets, streams.present()))


def check_limits(tap, replay, folder):
    trace = drawing(*[streams.clear(i / 5) for i in range(5)])
    page = Page(replay, folder, trace, "--report-images", "3")
    tap.equal("limit_of_images_holds", 3, len(page.data["pictures"]))
    tap.check("images_left_out_are_told", page.data["limits"]["pictures_left_out"] > 0, page.data["limits"])
    tap.equal("changes_are_counted_beyond_the_limit", [64] * 5, [event["images"][0]["changed"]["count"] for event in page.events("clear")][1:] + [64])
    tap.equal("limit_is_no_error", CLEAN, page.result.returncode)
    page = Page(replay, folder, trace)
    tap.equal("nothing_is_left_out_below_the_limit", 0, page.data["limits"]["pictures_left_out"])
    tap.equal("no_image_at_all_is_a_limit", 0, len(Page(replay, folder, trace, "--report-images", "0").data["pictures"]))
    tap.equal("limit_that_is_no_number_is_unusable", UNUSABLE, Page(replay, folder, trace, "--report-images", "many").result.returncode)


def check_targets(tap, replay, folder):
    copy = streams.packet(streams.COPY_TEXTURE2D, OTHER, TARGET, 0, 0, 0, 0, 2, 3, 0, 0, 4, 1, 0, 0)
    trace = drawing(streams.clear(1.0), streams.texture(OTHER, 8), copy, streams.texture(DEPTH, 8, streams.D32, streams.DEPTH_STENCIL),
                    streams.targets(TARGET, DEPTH), streams.clear(depth=0.5), streams.clear(1.0))
    page = Page(replay, folder, trace)
    tap.equal("capture_made_by_hand_is_clean", (CLEAN, ""), (page.result.returncode, page.result.stderr))
    first, depth, again = page.events("clear")
    tap.equal("clear_over_zeros_changes_every_pixel", {"count": 64, "box": [0, 0, 8, 8]}, first["images"][0]["changed"])
    tap.equal("clear_with_the_same_colour_changes_nothing", 0, again["images"][0]["changed"]["count"])
    tap.equal("copy_shows_its_destination", {"count": 4, "box": [2, 3, 6, 4]}, page.events("copy")[0]["images"][0]["changed"])
    roles = {image["role"]: image for image in depth["images"]}
    tap.equal("depth_target_is_shown", [0.5, 0.5], page.data["pictures"][roles["depth"]["picture"]]["depth"])
    tap.equal("depth_clear_leaves_the_colour", 0, roles["color 0"]["changed"]["count"])
    tap.equal("destroyed_by_nobody_is_not_told", 3, len([thing for thing in page.data["things"] if "destroyed" not in thing]))
    upload = struct.pack("<IIIIQQ", streams.UPLOAD_RESOURCE, 32 + 256, TARGET, 0, 0, 256) + bytes([0, 0, 0, 255]) * 64
    page = Page(replay, folder, drawing(upload, streams.clear()))
    tap.equal("upload_is_no_change_of_the_next_clear", 0, page.events("clear")[0]["images"][0]["changed"]["count"])


def check_damage(tap, replay, trace, folder):
    cut = Page(replay, folder, streams.capture(streams.stream(streams.marker(b"kept")), streams.stream(streams.marker(b"lost")))[:-200])
    tap.equal("cut_capture_shows_what_is_complete", ['DEBUG_MARKER text="kept"'], [row["text"] for row in cut.data["packets"]])
    tap.check("cut_capture_says_so", any("cut off" in note for note in cut.data["notes"]), cut.data["notes"])
    other = Page(replay, folder, b"no capture at all")
    tap.equal("other_file_is_unusable_with_a_page", (UNUSABLE, UNUSABLE), (other.result.returncode, other.data["status"]))
    tap.check("page_says_what_is_wrong_with_it", len(other.data["notes"]) == 1, other.data["notes"])
    short = Page(replay, folder, streams.capture(streams.stream(streams.marker(b"one")) + b"", streams.stream(streams.marker(b"two"))[:-4]))
    tap.equal("packets_before_damage_are_listed", 'DEBUG_MARKER text="one"', short.data["packets"][0]["text"])
    tap.check("error_without_packet_is_listed", "packet" not in short.data["errors"][0], short.data["errors"])
    blind = Page(replay, folder, trace, "--device", "no such device")
    tap.equal("without_device_packets_are_listed", (UNUSABLE, len(streams.packets_of(trace))), (blind.result.returncode, len(blind.ops("untouched"))))
    nowhere = run(replay, "--report", folder / "absent" / "page.html", folder / "triangle.aerogputrace")
    tap.equal("page_that_cannot_be_written_is_unusable", UNUSABLE, nowhere.returncode)
    tap.check("page_that_cannot_be_written_is_named", "page.html: No such file" in nowhere.stderr, nowhere.stderr)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--scenario", required=True, help="scenario-triangle")
    parser.add_argument("--replay", required=True, help="aerogpu-replay")
    arguments = parser.parse_args()
    tap = Tap()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        trace = capture(arguments.scenario, "triangle_is_drawn_on_11_0", folder / "triangle.aerogputrace")
        check_triangle(tap, arguments.replay, trace, folder)
        check_masked(tap, arguments.replay, trace, folder)
        check_broken(tap, arguments.replay, trace, folder)
        check_hostile(tap, arguments.replay, folder)
        check_limits(tap, arguments.replay, folder)
        check_targets(tap, arguments.replay, folder)
        check_damage(tap, arguments.replay, trace, folder)
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
