"""`goldenthread diff`: what an edit changes in outcomes."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from goldenthread.cli.common import CONTEXT, echo_report, emit, format_option, layers, library_options
from goldenthread.cli.progress import progress, progress_over
from goldenthread.cli.revision import Earlier, earlier, trouble
from goldenthread.cli.tried import to_walk, vignettes_in, walk_options

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from goldenthread.diagnostics import Report
    from goldenthread.model import Library


_ENDLESS = {"G003", "G004"}
"""Codes of ways that go round without end."""


@click.command("diff", context_settings=CONTEXT)
@click.argument("which", metavar="REV|DIR")
@format_option("text", "json", "markdown")
@walk_options(0, 600, "How many walks to make up beside the vignettes.")
@click.option("--author", default="", help="Who made the change, for the report.")
@click.option("--reviewer", default="", help="Who reviewed it, for the report.")
@click.option("--reason", default="", help="Why it was made, for the report.")
@library_options
def command(**options: Any) -> None:
    r"""Say what an edit changes in outcomes: questions, suggestions, alerts, ends; each with the answers.

    The library as it stands is compared with itself at REV, a revision of the git repository that it lies in (HEAD, a
    branch, a tag), or with DIR, a folder that takes the place of the last --library, or else of the shipped library.
    The vignettes and made-up walks are walked over both, and of each edit answers are sought that show it, or the proof
    that there are none; what is neither shown nor excluded is named. Answers follow what was renamed with `was`; a
    question that is new is left for later.

    \b
        goldenthread diff HEAD
        goldenthread diff main --library our_clinic --format markdown --author "A. Author" --reason "New guideline"

    Exit codes: 0 no outcome changes, 1 an outcome changes, 2 wrong usage, or one side cannot be read.
    """
    _run(**options)


def _run(  # noqa: PLR0913 -- each is an option of the command line
    *,
    which: str,
    format_: str,
    walks: int,
    seed: int,
    flowcharts: Sequence[str],
    author: str,
    reviewer: str,
    reason: str,
    libraries: Sequence[Path],
    only: bool,
) -> None:
    from goldenthread.loading import load, shipped  # noqa: PLC0415 -- as above
    from goldenthread.trial.difference import difference  # noqa: PLC0415 -- as above
    from goldenthread.walk import compile_library  # noqa: PLC0415 -- as above

    own = layers(libraries, only)
    folders = [*([] if only else [shipped()]), *own]
    library, report = load(own, only=only)
    sound = _rules_hold(library, report)
    if _no_walk_ends(report):
        _unsound(report, "the library as it stands")
    with earlier(which, folders) as then:
        before, sound_before = _loaded(then, protected=not only)
        roots = to_walk(library, flowcharts)
        found = difference(
            compile_library(before),
            compile_library(library),
            (vignettes_in(then.folders), vignettes_in(folders)),
            roots=roots,
            walks=walks,
            seed=seed,
            prove=sound and sound_before,
            progress=progress,
        )
        progress_over()
        from goldenthread.cli.diff_data import as_data  # noqa: PLC0415 -- as above

        why = {"author": author, "reviewer": reviewer, "reason": reason}
        data = as_data(found, then.name, then.shown, why)
    _print(data, format_)
    if data["changed"]:
        sys.exit(1)


def _loaded(then: Earlier, *, protected: bool) -> tuple[Library, bool]:
    """Give the earlier library, and whether its rules hold."""
    from goldenthread.loading import load  # noqa: PLC0415 -- as above

    library, report = load(then.folders, only=True)
    sound = _rules_hold(library, report)
    if _no_walk_ends(report):
        _unsound(report, f"the library at {then.name}", then)
    # With the shipped library below it, it is what the shipped library was.
    return replace(library, protected=protected), sound


def _rules_hold(library: Library, report: Report) -> bool:
    """Say whether no rule finds an error: only then can it be proven what answers do."""
    from goldenthread.check import apply_rules  # noqa: PLC0415 -- as above

    if not report.errors:
        apply_rules(library, report)
    return not report.errors


def _no_walk_ends(report: Report) -> bool:
    """Say whether nothing can be walked: a file cannot be read, a name names nothing, or a way goes round."""
    return any(found.code[0] not in "GK" or found.code in _ENDLESS for found in report.errors)


def _unsound(report: Report, what: str, then: Earlier | None = None) -> None:
    if then is None:
        echo_report(report)
    else:
        from goldenthread.diagnostics.printers import as_text  # noqa: PLC0415 -- only where something is wrong

        click.echo(then.shown(as_text(report)), err=True)
    trouble(f"{what} has errors, and what would come of it cannot be told", "mend them first")


def _print(data: dict[str, Any], format_: str) -> None:
    from goldenthread.cli.diff_text import as_markdown, as_text  # noqa: PLC0415 -- as above

    if format_ == "json":
        emit(data)
    else:
        click.echo(as_markdown(data) if format_ == "markdown" else as_text(data))
