"""What the plan holds and what to ask first; what it leaves out, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goldenthread.export.document import Block, Item, Para, Sub
from goldenthread.language import together
from goldenthread.plan.phrases import clean, counted, full, joined

if TYPE_CHECKING:
    from goldenthread.plan import Plan

_MOST = 3


def held(plan: Plan) -> list[Block]:
    """Give what is held with what to ask first, and what is left out with the reason."""
    if plan.status == "stopped":
        return []
    blocks: list[Block] = []
    waiting = plan.held
    if plan.status == "held":
        waiting = tuple((kind, held) for kind, held in plan.held if kind == "diagnosis")
        kinds = [kind for kind, _ in plan.held if kind != "diagnosis"]
        many = joined(counted(kinds.count(kind), kind) for kind in dict.fromkeys(kinds))
        if kinds:
            blocks.append(Para(full(f"Waiting: {many} that the answers suggest")))
    grouped: dict[tuple[str, str, str], list[str]] = {}
    for kind, waits in waiting:
        asks = "; ".join(str(ask) for ask in waits.ask_first)
        grouped.setdefault((kind, asks, waits.why), []).append(waits.entry.name)
    if grouped:
        blocks.append(Sub("Held until something is asked"))
    for (kind, asks, why), names in grouped.items():
        under = (full(f"Ask first: {asks}"),) if asks else ()
        blocks.append(Item(f"{_called(kind, names)} {full(why)}", under))
    return blocks + _left_out(plan)


def _called(kind: str, names: list[str]) -> str:
    """Name entries of one kind: `Prolonged exposure (treatment).`."""
    many = counted(len(names), kind).partition(" ")[2]
    return full(f"{joined(names)} ({many})")


def _left_out(plan: Plan) -> list[Block]:
    grouped: dict[tuple[str, ...], dict[tuple[str, str], list[str]]] = {}
    for kind, out in plan.left_out:
        since = together(clean(words) for reason in out.because for words in reason.since)
        # Where many answers stand behind it, the reason itself says what they come to.
        since = since if len(since) <= _MOST else ()
        said = " ".join(dict.fromkeys(full(reason.text) for reason in out.because))
        grouped.setdefault(since, {}).setdefault((kind, said), []).append(out.entry.name)
    blocks: list[Block] = [Sub("Left out")] if grouped else []
    for since, reasons in grouped.items():
        blocks.append(Para(f"Since {'; '.join(since)}:" if since else "For the reason given with each:"))
        blocks += [Item(f"{_called(kind, names)} {said}") for (kind, said), names in reasons.items()]
    return blocks
