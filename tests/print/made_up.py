"""Flowcharts made up by a seed: jumps back and forth, steps with many ways on, alerts, labels of every kind."""

from __future__ import annotations

import random

from goldenthread.loading import load

AWKWARD = [
    'say "go" now & then <b>bold</b> &amp; back\\slash \\n',
    "x" * 400,
    "word " * 79 + "end",
    "שלום עולם, אבג",
    "مرحبا بالعالم",
    "ქართული ბარათი",
    "ünïcödé, Ωμέγα, Привет",
    "#set page(fill: red) $x$ *bold* _it_ `code` @ref // [x] = heading",
]
SIGNS = "\N{GRINNING FACE} smile \N{PLAYING CARD ACE OF SPADES}"
IN_WORDS = "\N{GRINNING FACE} smile [playing card ace of spades]"
"""What comes of them on paper: a sign that no font has is named."""


def text_of(seed, nodes):
    """Give the YAML of one flowchart."""
    chance = random.Random(seed)  # noqa: S311 -- the same for the same seed
    lines = [
        "flowchart: made",
        "number: 1",
        "title: A flowchart that was made up",
        "phase: problem",
        "purpose: To have every way of branching that there is.",
        "root: true",
        "opened_by_hand: true",
        "start: n0",
        "review: {status: draft}",
        "nodes:",
    ]
    for n in range(nodes):
        lines += _node(chance, n, nodes)
    return "\n".join([*lines, "  done:", "    end: Everything was asked", ""])


def _node(chance, n, nodes):
    words = (
        AWKWARD[n // 10 % len(AWKWARD)] if n % 10 == 5 else f"How is it with the matter of step {n} lately?"
    )
    words += SIGNS if n == 7 else ""
    words = words.replace("'", "’")
    later = [f"n{m}" for m in range(n + 1, nodes)] or ["done"]
    near = later[: 6 if n % 30 else 60]
    following = later[0]
    lines = [f"  n{n}:", f"    number: '1.{n + 1}'"]
    kind = n % 6
    if kind == 3:
        tone = chance.choice(["note", "caution", "urgent"])
        return [*lines, f"    tell: '{words}'", f"    tone: {tone}", f"    next: {following}"]
    if kind == 4 and n > 1:
        wide = 40 if n == nodes // 2 + (4 - nodes // 2 % 6) % 6 else chance.randint(1, 4)
        asked = max(m for m in range(n) if m % 6 == 0)
        ways = [f"      - {{when: n{asked} == {m}, go: {chance.choice(near)}}}" for m in range(wide)]
        return [
            *lines,
            f"    decide: '{words}'",
            "    next:",
            *ways,
            f"      - {{otherwise: {following}}}",
            f"      - {{unknown: {following}}}",
        ]
    if kind == 0:
        back = f"n{chance.randrange(max(0, n - 20), n + 1)}"
        again = f"      - {{when: n{n} > 90, go: {back}, again: true}}"
        ways = [f"      - {{when: n{n} >= 50, go: {chance.choice(near)}}}", again]
        return [
            *lines,
            f"    ask: '{words}'",
            f"    say: 'And step {n}?'",
            "    answer: number",
            "    between: [0, 100]",
            "    next:",
            *ways,
            f"      - {{otherwise: {following}}}",
            f"      - {{unknown: {following}}}",
        ]
    options = "{never: never, some: 'on some days, or \"often\"', most: on <most> days & nights}"
    ways = [
        f"      - {{when: n{n} == most, go: {chance.choice(near)}}}",
        f"      - {{otherwise: {following}}}",
        f"      - {{unknown: {chance.choice(near)}}}",
    ]
    return [
        *lines,
        f"    ask: '{words}'",
        "    answer: choice",
        f"    options: {options}",
        "    next:",
        *ways,
    ]


def library(folder, seed=1, nodes=300):
    """Load a library of one flowchart made up."""
    (folder / "made.yaml").write_text(text_of(seed, nodes), encoding="utf-8")
    made, report = load([folder], only=True)
    assert not report.errors, "\n".join(f"{d.span}: {d.message}" for d in report.errors[:5])
    return made
