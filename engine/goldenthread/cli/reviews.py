"""`goldenthread reviews`: what of the content a clinician has reviewed, what is a draft, and what is overdue."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

import click

from goldenthread.cli.common import (
    CONTEXT,
    emit,
    format_option,
    library_options,
    load_library,
    styled,
    unknown,
)
from goldenthread.cli.layout import count, heading, rows, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from goldenthread.session.reviews import Reviewed

_DAY = click.DateTime(["%Y-%m-%d"])


@click.command("reviews", context_settings=CONTEXT)
@click.argument("kind", required=False)
@click.option("--overdue", is_flag=True, help="List only what was to be reviewed again before today.")
@click.option("--draft", is_flag=True, help="List only what no clinician has reviewed yet.")
@click.option(
    "--today", type=_DAY, metavar="YYYY-MM-DD", help="The day to reckon from; the machine's otherwise."
)
@format_option("text", "json")
@library_options
def command(**options: Any) -> None:
    """Say what of the content is reviewed, what is a draft, and whose review is overdue.

    Without KIND, each kind is counted, and what is overdue is listed. KIND is `flowcharts` or a kind of entry
    (`goals`): every one of it is listed.
    """
    _run(**options)


def _run(
    *,
    kind: str | None,
    overdue: bool,
    draft: bool,
    today: datetime.datetime | None,
    format_: str,
    libraries: Sequence[Path],
    only: bool,
) -> None:
    library = load_library(libraries, only)
    from goldenthread.model import KINDS  # noqa: PLC0415 -- `--help` needs none of it
    from goldenthread.session.reviews import reviews  # noqa: PLC0415 -- as above

    kinds = ("flowcharts", *KINDS)
    if kind is not None and kind not in kinds:
        unknown("kind", kind, kinds, f"one of: {', '.join(kinds)}")
    day = today.date() if today is not None else datetime.date.today()  # noqa: DTZ011 -- the author's own day
    every = [found for found in reviews(library, day) if kind in {None, found.kind}]
    wanted = {state for state, asked in (("overdue", overdue), ("draft", draft)) if asked}
    chosen = [found for found in every if not wanted or found.state in wanted]
    if format_ == "json":
        emit(
            {"today": day.isoformat(), "count": len(chosen), "entries": [_as_data(found) for found in chosen]}
        )
        return
    listed = chosen if wanted or kind else [found for found in chosen if found.state == "overdue"]
    if listed:
        click.echo("\n".join(line for found in listed for line in _lines(found)))
    else:
        click.echo(f"Nothing is {' or '.join(sorted(wanted)) or 'overdue'} on {day.isoformat()}.")
    if not wanted:
        click.echo("\n" + _counted(every))


def _lines(found: Reviewed) -> list[str]:
    review = found.review
    said = "draft: no clinician has reviewed it yet"
    if review.status == "reviewed":
        due = f"due again {review.due}" if review.due else "no day is named for the next"
        said = f"reviewed {review.on} by {review.by}; {due}"
    state = styled("overdue", fg="red", bold=True) + ": " if found.state == "overdue" else ""
    place = styled(f"    {found.span.file}:{found.span.line}", dim=True)
    return [wrap(f"{found.kind} {found.id}, {state}{said}", 4, "  - "), place]


def _counted(every: Sequence[Reviewed]) -> str:
    pairs = []
    for kind in dict.fromkeys(found.kind for found in every):
        states = [found.state for found in every if found.kind == kind]
        parts = [f"{states.count(state)} {state}" for state in ("reviewed", "overdue", "draft")]
        pairs.append((kind, ", ".join(parts)))
    drafts = sum(found.state == "draft" for found in every)
    total = f"{count(len(every), 'entry', 'entries')}, {drafts:,} of them drafts."
    return "\n".join([heading("How far the content is reviewed"), *rows(pairs), "", total])


def _as_data(found: Reviewed) -> dict[str, Any]:
    return {
        "kind": found.kind,
        "id": found.id,
        "name": found.name,
        "state": found.state,
        "by": found.review.by,
        "on": found.review.on,
        "due": found.review.due,
        "file": found.span.file,
        "line": found.span.line,
    }
