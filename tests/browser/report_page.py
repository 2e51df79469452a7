#!/usr/bin/env python3
"""Looks at the pages of `aerogpu-replay --report` in a browser: selection, keys, filter, links, hostile text. Prints TAP.

Screenshots are left in the folder given with --pictures, for people.
"""

import argparse
import json
import pathlib
import shutil
import struct
import sys
import tempfile

from webdriver import Browser

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "abi"))
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "pixel" / "pictures"))
import streams  # noqa: E402
from replay_program import capture, run  # noqa: E402
from tap import Tap  # noqa: E402

HOSTILE = b"</script><script>alert(1)</script><img src=x onerror=alert(2)>"
MANY = 2500
TITLE = "document.querySelector('#detail h2').textContent"
SELECTED = "document.querySelector('#list [aria-selected=true]')?.getAttribute('href')"
VISIBLE = "document.querySelectorAll('#list .row').length"


def many_clears(count):
    """A capture of one texture and many clears that take turns with two colours."""
    clears = [streams.clear(float(i % 2), 0.5) for i in range(count)]
    return streams.capture(streams.stream(streams.texture(1, 8), streams.targets(1), *clears))


def pixel(browser, x, y):
    """A pixel of the large picture, in the picture's coordinates."""
    browser.wait("document.querySelector('.frame canvas') !== null")
    return browser.run("const c = document.querySelector('.frame canvas');"
                       "return Array.from(c.getContext('2d').getImageData(arguments[0], arguments[1], 1, 1).data)", x, y)


def check_draws(tap, browser, page, pictures):
    browser.open(page)
    tap.equal("clean_capture_opens_with_its_first_work", "#draw=0", browser.wait(SELECTED))
    tap.equal("all_work_is_listed", 4, browser.run("return " + VISIBLE))
    tap.equal("thumbnails_are_loaded", 4, browser.wait(
        "Array.from(document.querySelectorAll('.thumb img')).filter(i => i.complete && i.naturalWidth > 0).length"))
    browser.click("#list a[href='#draw=1']")
    tap.check("click_selects_a_draw", browser.wait(TITLE + ".startsWith('DRAW ')"))
    tap.equal("large_picture_is_of_that_draw", [0, 32, 64, 255], pixel(browser, 5, 5))
    tap.check("triangle_is_in_the_large_picture", pixel(browser, 128, 40)[0] > 200)
    tap.check("small_triangle_is_not_there_yet", pixel(browser, 64, 172)[2] > 100, pixel(browser, 64, 172))
    tap.check("decoded_vertex_is_shown", browser.run("return document.querySelector('#detail').textContent.includes('0, 0.75, 0.5, 1')"))
    browser.save(pictures / "draw.png")
    browser.open(page, "#draw=2")
    tap.check("address_selects_a_draw", browser.wait(TITLE + ".startsWith('DRAW_INDEXED')"))
    tap.check("small_triangle_is_there_now", pixel(browser, 64, 172)[0] > 200, pixel(browser, 64, 172))
    tap.check("what_is_new_in_the_state_is_marked", browser.run("return document.querySelectorAll('#detail tr.new').length > 0"))
    browser.press("b", "b")
    tap.check("changed_pixels_are_marked", browser.wait("document.querySelector('.frame')?.dataset.shown === 'changed'"))
    tap.equal("changed_pixel_has_the_mark", [255, 40, 160, 255], pixel(browser, 64, 190))
    tap.check("unchanged_pixel_has_not", pixel(browser, 128, 100) != [255, 40, 160, 255])
    browser.save(pictures / "changed.png")


def check_keys(tap, browser, page):
    browser.open(page)
    for name, keys, expected in (("j_goes_on", "j", "#draw=1"), ("arrow_goes_on", ["Down"], "#draw=2"), ("k_goes_back", "k", "#draw=1"),
                                 ("arrow_goes_back", ["Up"], "#draw=0"), ("k_stays_at_the_first", "k", "#draw=0"),
                                 ("end_goes_to_the_last", ["End"], "#draw=3"), ("j_stays_at_the_last", "j", "#draw=3"),
                                 ("home_goes_to_the_first", ["Home"], "#draw=0"), ("every_key_of_a_quick_row_counts", "jj", "#draw=2")):
        browser.press(*keys)
        tap.equal(name, expected, browser.wait(SELECTED + " === arguments[0] && arguments[0]", expected))
    browser.press("2", "End")
    tap.equal("keys_open_views", "#packet=37", browser.wait(SELECTED + " === '#packet=37' && '#packet=37'"))
    browser.press("/", *"draw_indexed")
    tap.equal("filter_leaves_what_has_the_words", 2, browser.wait(VISIBLE + " === 2 && 2"))
    tap.equal("letters_in_the_filter_are_no_keys", "draw_indexed", browser.run("return document.getElementById('filter').value"))
    tap.equal("filter_says_how_many_are_left", "1 of 38", browser.run("return document.getElementById('count').textContent"))
    browser.press("Escape", "j")
    tap.check("keys_go_through_what_is_left", browser.wait(TITLE + ".startsWith('DRAW_INDEXED')"))
    browser.press("?")
    tap.check("question_mark_explains_the_keys", browser.wait("document.getElementById('help').open"))
    browser.press("Escape")


def check_views(tap, browser, page, pictures):
    browser.open(page, "#object=0")
    tap.check("texture_is_shown", browser.wait(TITLE + ".startsWith('texture')") and pixel(browser, 5, 5) == [0, 32, 64, 255])
    tap.check("object_links_its_draws", browser.run("return document.querySelector('#detail a[href=\"#draw=2\"]') !== null"))
    browser.save(pictures / "object.png")
    browser.open(page, "#shader")
    tap.check("program_is_shown", browser.wait("document.querySelector('#detail pre')?.textContent.includes('\\nret')"))
    browser.open(page, "#frame")
    tap.check("presented_frame_has_its_hash", browser.wait("/[0-9a-f]{64}/.test(document.querySelector('#detail').textContent)"))
    browser.emulate("dark")
    browser.open(page, "#draw=2")
    pixel(browser, 5, 5)
    tap.check("dark_scheme_is_dark", browser.run("return getComputedStyle(document.body).backgroundColor.match(/\\d+/g).every(v => v < 60)"))
    browser.save(pictures / "dark.png")
    browser.emulate("light")


def check_errors(tap, browser, page, pictures):
    browser.open(page)
    guilty = browser.run("return '#packet=' + data.errors[0].packet")
    tap.equal("broken_capture_opens_with_the_guilty_packet", guilty, browser.wait(SELECTED))
    tap.check("error_stands_beside_its_packet", browser.run(
        "return document.querySelector('#list .packet-error').textContent.includes('dst_factor is 77')"))
    browser.open(page, "#draw=1")
    tap.check("draw_behind_the_error_is_not_executed", browser.wait("document.querySelector('#detail').textContent.includes('Not executed')"))
    browser.click("#errors a")
    tap.check("error_link_leads_to_its_packet", browser.wait(TITLE + ".startsWith('SET_BLEND_STATE')"))
    tap.equal("error_link_selects_it", guilty, browser.run("return " + SELECTED))
    tap.check("rule_is_explained", browser.run("return document.querySelector('#detail .error .holds') !== null"))
    browser.save(pictures / "error.png")


def check_nothing(tap, browser, page, pictures):
    browser.open(page)
    tap.equal("draw_that_changed_nothing_is_opened_first", "#draw=1", browser.wait(SELECTED))
    tap.check("it_is_flagged", browser.run("return document.querySelector('#detail .nothing') !== null"))
    tap.check("reason_is_suggested", browser.run("return document.querySelector('#detail .doubts').textContent.includes('write mask')"))
    browser.press("n")
    tap.equal("n_goes_to_the_next_one", "#draw=2", browser.wait(SELECTED + " === '#draw=2' && '#draw=2'"))
    pixel(browser, 5, 5)
    browser.save(pictures / "nothing.png")


def check_hostile(tap, browser, page, clean):
    browser.open(clean)
    scripts = browser.run("return document.scripts.length")
    browser.open(page, "#packet=0")
    tap.check("hostile_marker_is_text", browser.wait("document.querySelector('#detail .full')?.textContent.includes('<img src=x onerror=alert(2)>')"))
    tap.equal("hostile_text_makes_no_element", 0, browser.run("return document.querySelectorAll('#detail img, [onerror]').length"))
    tap.equal("hostile_text_adds_no_script", scripts, browser.run("return document.scripts.length"))


def check_many(tap, browser, page, pictures):
    browser.open(page, f"#draw={MANY - 1}")
    tap.equal("last_of_many_is_selected", f"#draw={MANY - 1}", browser.wait(SELECTED))
    tap.check("only_what_is_in_sight_is_in_the_page", browser.run("return " + VISIBLE) < 60)
    browser.press("Home")
    tap.equal("first_of_many_is_in_sight", "#draw=0", browser.wait(SELECTED + " === '#draw=0' && '#draw=0'"))
    browser.save(pictures / "many.png")


def check_quiet(tap, browser):
    """Everything above happened without errors on the console, and without the network."""
    tap.equal("console_is_empty", [], [row["message"] for row in browser.log("browser")])
    browser.run("console.error('seen')")
    tap.check("console_was_watched", any("seen" in row["message"] for row in browser.log("browser")))
    events = [json.loads(row["message"])["message"] for row in browser.log("performance")]
    urls = {event["params"]["request"]["url"] for event in events if event["method"] == "Network.requestWillBeSent"}
    tap.check("requests_were_watched", any(url.startswith("file:") for url in urls), urls)
    tap.equal("nothing_is_asked_of_the_network", [], [url for url in urls if not url.startswith(("file:", "data:", "about:"))])
    files = {url.split("#")[0].rsplit("/", 1)[1] for url in urls if url.startswith("file:")}
    tap.check("no_file_but_the_pages_is_read", all(name.endswith(".html") for name in files), files)


def write_pages(replay, trace, folder):
    """Pages by name."""
    broken = streams.patched(trace, streams.SET_BLEND_STATE, 16, struct.pack("<I", 77))
    traces = {
        "clean": trace,
        "broken": broken,
        "masked": streams.patched(trace, streams.SET_BLEND_STATE, 24, b"\0"),
        "hostile": streams.capture(streams.stream(streams.marker(HOSTILE)), metadata=HOSTILE),
        "many": many_clears(MANY),
    }
    for name, contents in traces.items():
        path = folder / f"{name}.aerogputrace"
        path.write_bytes(contents)
        run(replay, "--report", folder / f"{name}.html", path)
    return {name: folder / f"{name}.html" for name in traces}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--scenario", required=True, help="scenario-triangle")
    parser.add_argument("--replay", required=True, help="aerogpu-replay")
    parser.add_argument("--pictures", required=True, type=pathlib.Path, help="folder for screenshots")
    arguments = parser.parse_args()
    driver, chromium = shutil.which("chromedriver"), shutil.which("chromium")
    if not driver or not chromium:
        sys.exit("chromedriver and chromium are missing: tools/setup --browser")
    tap = Tap()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        pages = write_pages(arguments.replay, capture(arguments.scenario, "triangle_is_drawn_on_11_0", folder / "triangle.aerogputrace"), folder)
        with Browser(driver, chromium) as browser:
            browser.call("POST", "/url", {"url": "about:blank"})
            browser.log("performance")  # what the browser's own first page asked for
            check_draws(tap, browser, pages["clean"], arguments.pictures)
            check_keys(tap, browser, pages["clean"])
            check_views(tap, browser, pages["clean"], arguments.pictures)
            check_errors(tap, browser, pages["broken"], arguments.pictures)
            check_nothing(tap, browser, pages["masked"], arguments.pictures)
            check_hostile(tap, browser, pages["hostile"], pages["clean"])
            check_many(tap, browser, pages["many"], arguments.pictures)
            check_quiet(tap, browser)
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
