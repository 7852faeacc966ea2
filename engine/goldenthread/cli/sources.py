"""`goldenthread sources`: the works that the content rests on, and what rests on each."""

from __future__ import annotations

from collections import Counter
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
from goldenthread.cli.layout import count, heading, named, rows, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from goldenthread.model import Library, Reference
    from goldenthread.model.claims import Claim


@click.command("sources", context_settings=CONTEXT)
@click.argument("key", required=False)
@click.option(
    "--superseded",
    is_flag=True,
    help="List the works that a later one has superseded, with all that rests on each.",
)
@format_option("text", "json")
@library_options
def command(**options: Any) -> None:
    """List the works that the content rests on; with KEY, all that rests on one.

    Each claim is named with its file and line, the place in the work (`at:`), and what it says there (`says:`).
    """
    _run(**options)


def _run(*, key: str | None, superseded: bool, format_: str, libraries: Sequence[Path], only: bool) -> None:
    library = load_library(libraries, only)
    from goldenthread.model.claims import claims  # noqa: PLC0415 -- `--help` needs none of it

    if key is not None and key not in library.references:
        unknown("reference", key, library.references, "`goldenthread sources` lists them")
    rests: dict[str, list[Claim]] = {}
    for claim in claims(library):
        rests.setdefault(claim.source.ref, []).append(claim)
    works = [library.references[key]] if key is not None else list(library.references.values())
    chosen = [work for work in works if work.superseded_by or not superseded]
    if format_ == "json":
        data = [_as_data(work, rests.get(work.id, [])) for work in chosen]
        emit({"count": len(chosen), "references": data})
    elif key is not None or superseded:
        none = f"`{key}` is not superseded." if key else "No work is superseded."
        texts = [_in_full(library, work, rests.get(work.id, [])) for work in chosen]
        click.echo("\n\n\n".join(texts) if texts else none)
    else:
        _list(chosen, {id_: len(found) for id_, found in rests.items()})


def _list(works: Sequence[Reference], numbers: dict[str, int]) -> None:
    pairs = []
    for work in works:
        later = f" (superseded by {work.superseded_by})" if work.superseded_by else ""
        pairs.append((f"{numbers.get(work.id, 0):>3}  {work.id}", f"{work.cite()}: {work.title}{later}"))
    click.echo("\n".join(rows(pairs, most=44)))
    unused = sum(work.id not in numbers for work in works)
    nothing = f" Nothing rests on {unused} of them." if unused else ""
    said = f"{count(len(works), 'work')}, each with the number of claims that rest on it.{nothing}"
    click.echo("\n" + wrap(said))


def _claim(claim: Claim) -> dict[str, Any]:
    source = claim.source
    return {
        "kind": claim.kind,
        "id": claim.id,
        "part": claim.part,
        "claim": claim.claim,
        "when": claim.when,
        "bands": list(claim.bands),
        "at": source.at,
        "says": source.says,
        "grade": source.grade,
        "kept": source.kept,
        "file": source.span.file,
        "line": source.span.line,
        "column": source.span.column,
    }


def _as_data(reference: Reference, rests: Sequence[Claim]) -> dict[str, Any]:
    return {
        "id": reference.id,
        "cite": reference.cite(),
        "title": reference.title,
        "issued": reference.issued,
        "doi": reference.doi,
        "url": reference.url,
        "confirmed": reference.confirmed,
        "superseded_by": reference.superseded_by,
        "note": reference.note,
        "file": reference.span.file,
        "line": reference.span.line,
        "count": len(rests),
        "rests": [_claim(claim) for claim in rests],
    }


def _in_full(library: Library, reference: Reference, rests: Sequence[Claim]) -> str:
    return "\n".join([*_about(library, reference), "", *_resting(rests)])


def _about(library: Library, work: Reference) -> Iterator[str]:
    from goldenthread.session.entries import SEEN  # noqa: PLC0415 -- as above

    yield wrap(f"{work.cite()}: {work.title}")
    where = ". ".join(part for part in (work.container_title, work.publisher, work.doi, work.url) if part)
    if where:
        yield wrap(where, 2)
    yield named("Confirmed", SEEN.get(work.confirmed, work.confirmed), 2)
    if work.note:
        yield named("Note", work.note, 2)
    if work.superseded_by:
        later = library.references[work.superseded_by]
        yield named("Superseded by", f"{later.id} ({later.cite()}: {later.title})", 2)
    earlier = [other.id for other in library.references.values() if other.superseded_by == work.id]
    if earlier:
        yield named("Supersedes", ", ".join(earlier), 2)
    yield styled(f"  {work.span.file}:{work.span.line}", dim=True)


def _resting(rests: Sequence[Claim]) -> Iterator[str]:
    """Give what rests on a work, kind by kind."""
    if not rests:
        yield heading("Nothing rests on it.")
        return
    kinds = Counter(claim.kind for claim in rests)
    each = ", ".join(f"{kind} {number}" for kind, number in kinds.items())
    verb = "rests" if len(rests) == 1 else "rest"
    yield heading(f"{count(len(rests), 'claim')} {verb} on it: {each}")
    for kind in kinds:
        yield ""
        yield heading(kind)
        for claim in rests:
            if claim.kind == kind:
                yield from _lines(claim)


def _lines(claim: Claim) -> Iterator[str]:
    source = claim.source
    yield wrap(f"{claim.id}, {claim.part.replace('_', ' ')}: {claim.claim}", 4, "  - ")
    if claim.when:
        yield wrap(f"When {claim.when}.", 4)
    if claim.bands:
        yield wrap(f"Bands: {', '.join(claim.bands)}.", 4)
    grade = f" ({source.grade})" if source.grade else ""
    yield wrap(f"It says ({source.at}): {source.says}{grade}", 4)
    if source.kept:
        yield wrap(f"Kept: {source.kept}", 4)
    yield styled(f"    {source.span.file}:{source.span.line}", dim=True)
