"""Reads the file of facts that `advise` is given."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from goldenthread.advise import Facts, facts_from
from goldenthread.cli.common import echo_report, report_of
from goldenthread.loading import shown
from goldenthread.source import parse, read

if TYPE_CHECKING:
    from goldenthread.diagnostics import Diagnostic
    from goldenthread.model import Library

_NOTHING = re.compile(r"(\s|#[^\n]*(\n|\Z)|---|\{\s*\})*")
_HELP = "write `role: value` lines, e.g. `concern: [panic]`; `goldenthread facts` lists the roles"


def read_facts(library: Library, name: str) -> Facts:
    """Read facts from a file, `-` for stdin. What is wrong is printed; errors end the command.

    A file that holds nothing gives no facts: nothing was asked yet.
    """
    if name == "-":
        tree, found, text = parse(sys.stdin.buffer.read(), "stdin")
    else:
        tree, found, text = read(Path(name), shown(Path(name)))
    if text is not None and _NOTHING.fullmatch(text):
        return Facts()
    found = [_about_facts(diagnostic) for diagnostic in found]
    facts = Facts()
    if tree is not None:
        facts, wrong = facts_from(library, tree.data, tree)
        found += wrong
    if found:
        report = report_of(found, {found[0].span.file: text} if text is not None else {})
        echo_report(report)
        if report.errors:
            raise SystemExit(1)
    return facts


def _about_facts(diagnostic: Diagnostic) -> Diagnostic:
    """Give the finding that a file is no map in the words of a file of facts."""
    return replace(diagnostic, help=_HELP) if diagnostic.code == "S009" else diagnostic
