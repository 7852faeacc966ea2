"""How a value is written: plain where that means the same, else in quotes; long texts over several lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from goldenthread.source.scalars import resolve

if TYPE_CHECKING:
    from goldenthread.author.script import Scalar

WIDTH = 160
_ESCAPED = re.compile("[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_INDICATORS = frozenset("!&*|>%@`\"'#,[]{}?:=<~")
_BRACKETS = re.compile(r"[,\[\]{}?]")
"""What is quoted within brackets; a `?` there is taken for a key by some readers of YAML."""
_ENDS_PLAIN = re.compile(r": |:\Z| #")
_BREAK = re.compile(r"(?<=\S) (?=\S)")


def one_line(scalar: Scalar, *, flow: bool = False) -> str:
    """Write a value on one line; with `flow`, within brackets."""
    if isinstance(scalar.value, str):
        plain = _is_plain(scalar.value, flow=flow) and isinstance(resolve(scalar.value), str)
        return scalar.value if plain else _quoted(scalar.value)
    return scalar.spelt or ("null" if flow else "")


def key(name: str, *, flow: bool = False) -> str:
    """Write a key. A key is always a word: `1` and `true` stand in quotes, so that every reader takes them for one."""
    return name if _is_plain(name, flow=flow) and isinstance(resolve(name), str) else _quoted(name)


def lines(scalar: Scalar, room: int, width: int) -> tuple[str, list[str]]:
    """Write a value for a block: what stands on the line of its key, which has `room`, and the lines below."""
    text = scalar.value
    whole = one_line(scalar)
    if not isinstance(text, str):
        return whole, []
    body = text.removesuffix("\n")
    if "\n" not in text:
        if len(whole) <= room or not _foldable(body):
            return whole, []
        folded = _fold(body, width)
        return (">-", folded) if len(folded) > 1 else (whole, [])
    chomp = "" if text.endswith("\n") else "-"
    if not _foldable(body):
        return whole, []
    if "\n" in body and all(len(line) <= width for line in body.split("\n")):
        return f"|{chomp}", body.split("\n")
    return f">{chomp}", _fold(body, width)


def _is_plain(text: str, *, flow: bool) -> bool:
    if not text or text[0] in _INDICATORS or text[0] == " " or text[-1] == " " or _ESCAPED.search(text):
        return False
    if text == "-" or text.startswith(("- ", "---", "...")) or _ENDS_PLAIN.search(text):
        return False
    return not (flow and _BRACKETS.search(text))


def _quoted(text: str) -> str:
    if _ESCAPED.search(text):
        inner = text.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{_ESCAPED.sub(_escape, inner)}"'
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def _escape(match: re.Match[str]) -> str:
    short = {"\n": "\\n", "\t": "\\t", "\r": "\\r"}
    return short.get(match[0]) or (f"\\u{ord(match[0]):04x}")


def _foldable(body: str) -> bool:
    """Say whether line breaks can be put into a text, or be kept in it, without any sign for them."""
    parts = body.split("\n")
    return bool(parts[0] and parts[-1]) and not any(
        part[:1] == " " or part[-1:] == " " or _ESCAPED.search(part) for part in parts
    )


def _fold(body: str, width: int) -> list[str]:
    """Break a text at single blanks; a line break of its own becomes a blank line."""
    out: list[str] = []
    for n, part in enumerate(body.split("\n")):
        if n:
            out.append("")
        line = ""
        for word in _BREAK.split(part) if part else ():
            if line and len(line) + 1 + len(word) > width:
                out.append(line)
                line = word
            else:
                line = f"{line} {word}" if line else word
        if line:
            out.append(line)
    return out
