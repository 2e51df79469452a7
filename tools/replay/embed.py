#!/usr/bin/env python3
"""Makes a C header of the report's page: style and scripts put in place, cut in two where the data belongs."""

import pathlib
import re
import sys

DATA = "@DATA@"


def inline(page):
    """The page as one text: what it links to, beside it, stands where the link was."""
    text = page.read_text(encoding="utf-8")
    text = re.sub(r'<link rel="stylesheet" href="([\w.]+)">',
                  lambda m: f"<style>\n{(page.parent / m[1]).read_text(encoding='utf-8')}</style>", text)
    return re.sub(r'<script src="([\w.]+)"></script>',
                  lambda m: f"<script>\n{(page.parent / m[1]).read_text(encoding='utf-8')}</script>", text)


def array(name, text):
    """A C array of the text's bytes, without terminator."""
    data = text.encode("utf-8")
    lines = [", ".join(map(str, data[i:i + 24])) for i in range(0, len(data), 24)]
    return f"static const unsigned char {name}[] = {{\n    " + ",\n    ".join(lines) + "\n};\n"


def main():
    page, output = map(pathlib.Path, sys.argv[1:3])
    parts = inline(page).split(DATA)
    if len(parts) != 2:
        sys.exit(f"{page}: {DATA} must stand there once")
    output.write_text(array("report_page_head", parts[0]) + array("report_page_tail", parts[1]), encoding="utf-8")


if __name__ == "__main__":
    main()
