"""Codes of files that cannot be read as YAML: S001 to S010."""

from __future__ import annotations

from goldenthread.diagnostics.code import Code, Sample

_WHOLE = """\
flowchart: first_talk
title: First talk
phase: problem
purpose: Begin.
start: done
review: {status: draft}
nodes:
  done:
    end: Begun
"""
_PASSES = Sample(_WHOLE)

SOURCE = (
    Code(
        "S001",
        "the file or folder cannot be read",
        "There is nothing to read at this path, or this computer does not let you open it. Check the "
        "spelling of the path and that the file is not locked by another program. A folder given as a "
        "library must hold YAML files, in `flowcharts/` and `goalbank/`.",
        Sample(None),
        _PASSES,
    ),
    Code(
        "S002",
        "the file is not written in UTF-8",
        "Letters such as é or ü, and typographic quotes, were saved in another encoding, so they cannot be "
        "told apart. Open the file in your editor and save it again with the encoding UTF-8; some editors "
        "call it Unicode.",
        Sample(_WHOLE.replace("Begin.", "Café.").encode("latin-1")),
        Sample(_WHOLE.replace("Begin.", "Café.")),
    ),
    Code(
        "S003",
        "the file is too large",
        "A file of a library is rarely longer than a few hundred kilobytes, and files of more than ten "
        "million bytes are not read at all. Something else was probably saved under this name. If it is "
        "really one long file, split it into several.",
        Sample(_WHOLE, size=10_000_001),
        _PASSES,
    ),
    Code(
        "S004",
        "this is not YAML",
        "The file breaks a rule of YAML at this place or just above it. The usual causes are a text that "
        "holds a colon and is not in quotes, a quote or bracket that is not closed, and lines of one map "
        "that do not begin in the same column. Put such a text between double quotes and line the keys up.",
        Sample(_WHOLE.replace("title: First talk", "title: First talk: the opening")),
        Sample(_WHOLE.replace("title: First talk", 'title: "First talk: the opening"')),
    ),
    Code(
        "S005",
        "a tab stands in the indentation",
        "YAML is indented with blanks only; a tab looks the same and means nothing. Replace each tab by two "
        "blanks. Most editors can be told to do this whenever you press the tab key.",
        Sample(_WHOLE.replace("  done:", "\tdone:")),
        _PASSES,
    ),
    Code(
        "S006",
        "a key stands twice in the same map",
        "The same key is written a second time, and only one of the two values could count. This often "
        "happens when a node or an entry is copied and its id is left as it was. Keep one of the two, or "
        "rename one.",
        Sample(_WHOLE.replace("    end: Begun\n", "    end: Begun\n    end: Ended\n")),
        _PASSES,
    ),
    Code(
        "S007",
        "anchors, aliases and tags are not allowed",
        "YAML can name a value with `&` and repeat it with `*`, and give it a type with `!`. Here every "
        "value is written out where it is used, so that each can be read, found and changed on its own. A "
        "text that should begin with one of these signs is put between double quotes.",
        Sample(_WHOLE.replace("end: Begun", "end: &begun Begun")),
        _PASSES,
    ),
    Code(
        "S008",
        "values are nested too deeply",
        "Maps and lists stand inside each other more than forty levels deep. Nothing in a library needs "
        "more than about ten, so a bracket or a long run of `- - -` was probably typed by mistake. Take the "
        "extra levels away.",
        Sample(_WHOLE + "facts: " + "[" * 45 + "]" * 45 + "\n"),
        _PASSES,
    ),
    Code(
        "S009",
        "the file holds no map of keys",
        "A file begins with a key that says what it is, such as `flowchart: first_talk` or `goals: panic`. "
        "This file is empty, or it begins with a list or with loose words. Write that first key at the top, "
        "or delete the file.",
        Sample("- First talk\n- Begun\n"),
        _PASSES,
    ),
    Code(
        "S010",
        "a second document begins in the same file",
        "A line of three dashes in the middle of a file begins a new YAML document, and only the first "
        "would be read. Put what follows into a file of its own. If the dashes are only meant as a line, "
        "begin it with `#`.",
        Sample(_WHOLE + "---\n" + _WHOLE),
        _PASSES,
    ),
)
