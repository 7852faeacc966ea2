"""`goldenthread sources`: the works that the content rests on, and what rests on each."""

from __future__ import annotations

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
    from collections.abc import Sequence
    from pathlib import Path

    from goldenthread.model import Reference
    from goldenthread.session.claims import Claim


@click.command("sources", context_settings=CONTEXT)
@click.argument("key", required=False)
@format_option("text", "json")
@library_options
def command(**options: Any) -> None:
    """List the works that the content rests on; with KEY, all that rests on one."""
    _run(**options)


def _run(*, key: str | None, format_: str, libraries: Sequence[Path], only: bool) -> None:
    library = load_library(libraries, only)
    from goldenthread.session.claims import claims  # noqa: PLC0415 -- `--help` needs none of it

    if key is not None and key not in library.references:
        unknown("reference", key, library.references, "`goldenthread sources` lists them")
    rests: dict[str, list[dict[str, Any]]] = {}
    for claim in claims(library):
        rests.setdefault(claim.source.ref, []).append(_claim(claim))
    chosen = [library.references[key]] if key is not None else list(library.references.values())
    if format_ == "json":
        emit(
            {
                "count": len(chosen),
                "references": [_as_data(found, rests.get(found.id, [])) for found in chosen],
            }
        )
    elif key is not None:
        click.echo(_in_full(chosen[0], rests.get(key, [])))
    else:
        pairs = [
            (f"{len(rests.get(ref.id, ())):>3}  {ref.id}", f"{ref.cite()}: {ref.title}") for ref in chosen
        ]
        click.echo("\n".join(rows(pairs, most=44)))
        unused = sum(ref.id not in rests for ref in chosen)
        nothing = f" Nothing rests on {unused} of them." if unused else ""
        said = f"{count(len(chosen), 'work')}, each with the number of claims that rest on it.{nothing}"
        click.echo("\n" + wrap(said))


def _claim(claim: Claim) -> dict[str, Any]:
    source = claim.source
    return {
        "ref": source.ref,
        "kind": claim.kind,
        "id": claim.id,
        "part": claim.part,
        "claim": claim.claim,
        "at": source.at,
        "says": source.says,
        "grade": source.grade,
        "file": source.span.file,
        "line": source.span.line,
    }


def _as_data(reference: Reference, rests: Sequence[dict[str, Any]]) -> dict[str, Any]:
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
        "count": len(rests),
        "rests": [{key: value for key, value in claim.items() if key != "ref"} for claim in rests],
    }


def _in_full(reference: Reference, rests: Sequence[dict[str, Any]]) -> str:
    from goldenthread.session.entries import SEEN  # noqa: PLC0415 -- as above

    out = [wrap(f"{reference.cite()}: {reference.title}")]
    where = ". ".join(
        part
        for part in (reference.container_title, reference.publisher, reference.doi, reference.url)
        if part
    )
    out += [wrap(where, 2)] if where else []
    out.append(named("Confirmed", SEEN.get(reference.confirmed, reference.confirmed), 2))
    out += [named("Note", reference.note, 2)] if reference.note else []
    out += [named("Superseded by", reference.superseded_by, 2)] if reference.superseded_by else []
    out += [
        "",
        heading(
            f"{count(len(rests), 'claim')} rest{'s' if len(rests) == 1 else ''} on it"
            if rests
            else "Nothing rests on it."
        ),
    ]
    for claim in rests:
        grade = f" ({claim['grade']})" if claim["grade"] else ""
        out.append(
            wrap(
                f"{claim['kind']} {claim['id']}, {claim['part'].replace('_', ' ')}: {claim['claim']}",
                4,
                "  - ",
            )
        )
        out.append(wrap(f"It says ({claim['at']}): {claim['says']}{grade}", 4))
        out.append(styled(f"    {claim['file']}:{claim['line']}", dim=True))
    return "\n".join(out)
