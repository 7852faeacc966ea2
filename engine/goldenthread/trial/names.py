"""Names in a vignette, held against the library: in its answers, and in what is expected."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from goldenthread.diagnostics import did_you_mean
from goldenthread.plan import PARTS, Misnamed, misnamed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from goldenthread.walk import Program
    from goldenthread.walk.written import Steps

OPEN = "open"
"""What `ends` says of a walk that is to wait at a question."""
EVERY = "all"


def names_in_answers(data: Mapping[str, Any], program: Program, root: str) -> Iterator[Misnamed]:
    """Give every name in the answers, and for the flowchart that is walked, which names nothing."""
    if root not in program.charts:
        help_ = did_you_mean(root, program.charts)
        yield Misnamed(("flowchart",), f"there is no flowchart `{root}`", help_)
    yield from misnamed(data, program)


def names_in_expect(expect: Mapping[str, Any], program: Program) -> Iterator[Misnamed]:
    """Give every name in what is expected which names nothing."""
    library = program.library
    for key in ("passes", "never_passes"):
        yield from _wrong(_each(expect, key), program.steps, "there is no node `{}`")
    yield from _ends(expect, program)
    yield from _wrong(_each(expect, "alerts"), library.alerts, "there is no alert `{}`")
    yield from _wrong(_each(expect, "lacks"), PARTS, "`{}` is no part of a problem statement")
    for path, kind, id_ in _entries(expect):
        bank = library.advised(kind)
        yield from _wrong([(path, id_)], bank, f"there is nothing called `{{}}` among the {kind}")


def _ends(expect: Mapping[str, Any], program: Program) -> Iterator[Misnamed]:
    wanted = expect.get("ends", OPEN)
    if wanted == OPEN:
        return
    ends = [key for key, step in program.steps.items() if step.node.verb == "end"]
    is_node = "`{}` is a node and no end" if wanted in program.steps else "there is no end `{}`"
    yield from _wrong([(("expect", "ends"), wanted)], [*ends, OPEN], is_node)


def _entries(expect: Mapping[str, Any]) -> Iterator[tuple[Steps, str, str]]:
    """Give every entry that is to be offered, held or neither: its path, its kind and its id."""
    for kind, wanted in expect.get("offers", {}).items():
        base = ("expect", "offers", kind)
        for key in ("include", "among_first"):
            for n, id_ in enumerate(wanted.get(key, ())):
                yield (*base, key, n), kind, id_
        if "first" in wanted:
            yield (*base, "first"), kind, wanted["first"]
    for key in ("holds", "never"):
        for kind, ids in expect.get(key, {}).items():
            for n, id_ in enumerate(() if ids == EVERY else ids):
                yield ("expect", key, kind, n), kind, id_


def _each(expect: Mapping[str, Any], key: str) -> Iterator[tuple[Steps, str]]:
    for n, name in enumerate(expect.get(key, ())):
        yield ("expect", key, n), name


def _wrong(found: Iterable[tuple[Steps, str]], right: Iterable[str], message: str) -> Iterator[Misnamed]:
    names = set(right)
    for path, name in found:
        if name not in names:
            yield Misnamed(path, message.format(name), did_you_mean(name, names))
