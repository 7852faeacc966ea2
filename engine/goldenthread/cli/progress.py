"""How far long work has come, said on one line of a terminal; nothing where there is none."""

from __future__ import annotations

import sys

import click

_TIMES = 100
_WIPE = "\r\x1b[K"


def progress(what: str, done: int, of: int) -> None:
    """Say how far it has come, a hundred times at most; the line is wiped when it is done."""
    if done >= of:
        progress_over()
    elif done % max(1, of // _TIMES) == 0:
        _write(f"{_WIPE}{what} {done} of {of}")


def progress_over() -> None:
    """Wipe the line, where work may end before all of it is done."""
    _write(_WIPE)


def _write(text: str) -> None:
    if sys.stderr.isatty():
        click.echo(text, nl=False, err=True)
