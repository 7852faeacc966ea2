"""Text laid out for a terminal, or for a file where there is none."""

from __future__ import annotations

import shutil
import textwrap
from typing import TYPE_CHECKING

from goldenthread.cli.common import styled

if TYPE_CHECKING:
    from collections.abc import Sequence


def width() -> int:
    """Give the width to write in: the terminal's, from 60 to 100 columns; 88 where there is no terminal."""
    return max(60, min(shutil.get_terminal_size((88, 24)).columns, 100))


def wrap(text: str, indent: int = 0, first: str = "") -> str:
    """Wrap a text. `first` stands before the first line, in a margin of `indent` columns."""
    margin = " " * indent
    lead = first.ljust(indent) if first else margin
    return textwrap.fill(
        " ".join(text.split()),
        width(),
        initial_indent=lead,
        subsequent_indent=margin,
        break_on_hyphens=False,
        break_long_words=False,
    )


def named(name: str, text: str, indent: int = 3) -> str:
    """Lay out `Name: text`, the further lines in two columns more."""
    if not text:
        return ""
    whole = wrap(text, indent + 2, " " * indent + f"{name}: ")
    return whole.replace(f"{name}:", styled(f"{name}:", dim=True), 1)


def notice(text: str, colour: str) -> str:
    """Lay out what must not be overlooked."""
    return wrap(text, 2, "! ").replace("!", styled("!", fg=colour, bold=True), 1)


def heading(text: str) -> str:
    """Give a heading."""
    return styled(text, bold=True)


def rows(pairs: Sequence[tuple[str, str]], indent: int = 2, most: int = 34) -> list[str]:
    """Lay out names and what is said of them in two columns; a name too long stands on its own line."""
    column = indent + 2 + max((len(name) for name, _ in pairs if len(name) <= most), default=0)
    made = []
    for name, text in pairs:
        if len(name) > most:
            made.append(" " * indent + name)
            made += [wrap(text, column)] if text else []
        else:
            made.append(wrap(text, column, " " * indent + name) if text else " " * indent + name)
    return made


def count(number: int, word: str, several: str = "") -> str:
    """Say a number of things."""
    return f"{number:,} {word if number == 1 else several or word + 's'}"
