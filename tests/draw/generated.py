"""Flowcharts made by chance, as large as is asked for: branches, notes, measures, visits and ways back."""

from __future__ import annotations

import random

from goldenthread.loading import load

_WORDS = (
    "how long has this been so, and what was different before it began",
    "does anything else explain it better",
    "what does the client make of it",
    "is it there on most days, for most of the day",
    "since when",
)

_HEAD = """flowchart: chance
number: 1
title: Made by chance
phase: diagnosis
root: true
start: n0
purpose: To be drawn.
review: {status: draft}
facts:
  asked_0: n0
  asked_1: n1
nodes:"""


def chart_text(nodes, seed):
    chance = random.Random(seed)  # noqa: S311 -- the same for the same seed
    out = [_HEAD]
    for n in range(nodes - 3):
        out.append(f"  n{n}:\n    number: 1.{n + 1}")
        reach = min(nodes - 3, n + 1 + chance.randrange(1, 9))
        ahead = [f"n{n + 1}" if n + 1 < nodes - 3 else "done", f"n{reach}" if reach < nodes - 3 else "done"]
        kind = chance.random()
        words = " and ".join(chance.choices(_WORDS, k=chance.randrange(1, 4)))
        if kind < 0.15 and n > 1:
            tone = chance.choice(["note", "caution"])
            out.append(f"    tell: {words.capitalize()}.\n    tone: {tone}\n    next: {ahead[0]}")
        elif kind < 0.3 and n > 4:
            out.append(f"    decide: {words.capitalize()}?\n    next:")
            out.append(f"      - when: asked_{chance.choice([0, 1])} and not asked_{chance.choice([0, 1])}")
            out.append(f"        go: {ahead[1]}\n      - unknown: early\n      - otherwise: {ahead[0]}")
        else:
            out.append(f"    ask: {words.capitalize()}?\n    answer: yes_no\n    next:")
            out.append(f"      - when: n{n}\n        go: {ahead[1]}")
            if chance.random() < 0.3:
                out.append("      - unknown: stops")
            out.append(f"      - otherwise: {ahead[0]}")
    out.append(
        "  done:\n    end: Everything was asked\n  early:\n    end: It ended early\n  stops:\n    end: Stopped"
    )
    out.append("    stop: true")
    return "\n".join(out) + "\n"


def chance_library(folder, nodes, seed):
    (folder / "chance.yaml").write_text(chart_text(nodes, seed), encoding="utf-8")
    library, report = load([folder], only=True)
    assert not report.errors, [(one.message, one.span) for one in report.errors][:3]
    return library
