"""A file or a text to a tree, or to what keeps it from being one."""

from __future__ import annotations

import re
import stat
from typing import TYPE_CHECKING

import yaml

from goldenthread.diagnostics import Diagnostic, Span
from goldenthread.source.reader import GiveUpError, Reader
from goldenthread.source.syntax import syntax

if TYPE_CHECKING:
    from pathlib import Path

    from goldenthread.source.tree import Tree

LARGEST_FILE = 10_000_000
_PLAIN = bytes([*b"\t\n\r", *range(0x20, 0x7F)])
_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")


Parsed = tuple["Tree | None", list[Diagnostic], "str | None"]
"""A tree (None where there is none), what is wrong, and the text for excerpts."""


def read(path: Path, name: str | None = None) -> Parsed:
    """Read a file; give its tree (None where it has none), what is wrong, and its text for excerpts."""
    name = name or str(path)
    blob = fetch(path, name)
    return (None, [blob], None) if isinstance(blob, Diagnostic) else parse(blob, name)


def fetch(path: Path, name: str) -> bytes | Diagnostic:
    """Give what a file holds, or what keeps it from being read."""
    try:
        about = path.stat()
        if about.st_size > LARGEST_FILE:
            return _too_large(name, about.st_size)
        # What a shell puts in a file's place (`<(…)`, /dev/stdin) has a writer; a pipe by name may have none.
        if stat.S_ISFIFO(about.st_mode) and path.resolve().exists():
            return _error("S001", Span(name, 1, 1), "this is a pipe, not a file", "name a file")
        with path.open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except OSError as error:
        reason = error.strerror or "it cannot be opened"
        return _error(
            "S001", Span(name, 1, 1), f"this file cannot be read: {reason}", "check its path and permissions"
        )


def parse(blob: bytes | str, name: str) -> Parsed:
    """Parse YAML text. A byte order mark and Windows line ends are taken as they come."""
    if len(blob) > LARGEST_FILE:
        return None, [_too_large(name, len(blob))], None
    if isinstance(blob, bytes):
        try:
            text = blob.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            return None, [_not_utf8(blob, error, name)], None
    else:
        text = blob.removeprefix("\ufeff")
    # A quick look first: the pattern is slow, and a text of plain characters cannot match it.
    refused = None if text.isascii() and not text.encode().translate(None, _PLAIN) else _REFUSED.search(text)
    if refused:
        return None, [_control_character(refused, text, name)], text
    reader = Reader(text, name)
    tree, found = reader.tree, reader.found
    try:
        reader.run()
    except yaml.MarkedYAMLError as error:
        found.append(syntax(error, text, name))
        return None, found, text
    except GiveUpError:
        return None, found, text
    if not isinstance(tree.data, dict) or not tree.data:
        what = "is empty" if tree.data in (None, {}) else "does not hold a map of keys"
        help_ = "begin with a key that says what the file is, e.g. `flowchart: my_flowchart`"
        found.append(_error("S009", Span(name, 1, 1), f"this file {what}", help_))
        return None, found, text
    return tree, found, text


def _error(code: str, span: Span, message: str, help_: str = "", note: str = "") -> Diagnostic:
    return Diagnostic("error", code, message, span, help_, note)


def _too_large(name: str, size: int) -> Diagnostic:
    message = f"this file has {size:,} bytes; {LARGEST_FILE:,} are the most that is read"
    return _error("S003", Span(name, 1, 1), message, "split it into several files")


def _place(before: str) -> tuple[int, int]:
    """Give the line and column, from 1, of the character that follows."""
    lines = (before + "|").splitlines()
    return len(lines), len(lines[-1])


def _not_utf8(blob: bytes, error: UnicodeDecodeError, name: str) -> Diagnostic:
    line, column = _place(blob[: error.start].decode("utf-8-sig", "replace"))
    note = f"the byte at this place is 0x{blob[error.start]:02x}"
    message, help_ = "this file is not written in UTF-8", "save it as UTF-8"
    return _error("S002", Span(name, line, column, column + 1), message, help_, note)


def _control_character(found: re.Match[str], text: str, name: str) -> Diagnostic:
    line, column = _place(text[: found.start()])
    message = f"a character that YAML does not allow stands here (U+{ord(found[0]):04X})"
    if found[0] == "\0":
        return _error(
            "S002",
            Span(name, line, column, column + 1),
            "this file is not written in UTF-8",
            "save it as UTF-8",
        )
    return _error("S004", Span(name, line, column, column + 1), message, "delete it")
