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
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from goldenthread.model import Instrument, Library, Reference, Source

_SEEN = {"seen": "read and confirmed", "partly": "confirmed in part", "not_seen": "not seen by the authors"}


@click.command("sources", context_settings=CONTEXT)
@click.argument("key", required=False)
@format_option("text", "json")
@library_options
def command(**options: Any) -> None:
    """List the works that the content rests on; with KEY, all that rests on one."""
    _run(**options)


def _run(*, key: str | None, format_: str, libraries: Sequence[Path], only: bool) -> None:
    library = load_library(libraries, only)
    if key is not None and key not in library.references:
        unknown("reference", key, library.references, "`goldenthread sources` lists them")
    rests: dict[str, list[dict[str, Any]]] = {}
    for claim in _claims(library):
        rests.setdefault(claim["ref"], []).append(claim)
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


def _claims(library: Library) -> Iterator[dict[str, Any]]:
    """Give every claim with a source: the entry or node, the part of it, and the claim in its own words."""
    from goldenthread.cli.plain import name_of, rules_of  # noqa: PLC0415 -- `--help` needs none of it
    from goldenthread.model import Advisable, Instrument  # noqa: PLC0415 -- as above

    for entry in library.entries():
        about = str(getattr(entry, "because", "") or getattr(entry, "about", "") or name_of(entry))
        for source in entry.sources:
            yield _claim(entry.kind, entry.id, "entry", about, source)
        if isinstance(entry, Advisable):
            for verb, rule in rules_of(entry):
                for source in rule.sources:
                    yield _claim(entry.kind, entry.id, verb, rule.because, source)
        if isinstance(entry, Instrument):
            yield from _claims_of_scales(entry)
    for node in library.nodes():
        for source in node.sources:
            yield _claim("flowcharts", node.key, "question", node.why or node.text, source)


def _claims_of_scales(instrument: Instrument) -> Iterator[dict[str, Any]]:
    for scale in instrument.scales.values():
        part, words = f"scale {scale.id}", f"{instrument.short}, scale {scale.label or scale.id}"
        for source in scale.sources:
            yield _claim(instrument.kind, instrument.id, part, words, source)
        for cutoff in scale.cutoffs:
            words = f"{instrument.short}, {cutoff.at:g}: {cutoff.means}"
            for source in cutoff.sources:
                yield _claim(instrument.kind, instrument.id, f"{part}, cut-off", words, source)


def _claim(kind: str, id_: str, part: str, claim: str, source: Source) -> dict[str, Any]:
    return {
        "ref": source.ref,
        "kind": kind,
        "id": id_,
        "part": part,
        "claim": claim,
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
    out = [wrap(f"{reference.cite()}: {reference.title}")]
    where = ". ".join(
        part
        for part in (reference.container_title, reference.publisher, reference.doi, reference.url)
        if part
    )
    out += [wrap(where, 2)] if where else []
    out.append(named("Confirmed", _SEEN.get(reference.confirmed, reference.confirmed), 2))
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
