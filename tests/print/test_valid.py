"""Every kind of sheet holds to PDF/UA-1, as a validator of PDF finds it."""

from __future__ import annotations

import page
import pytest
from test_sheets import LIBRARY, VIGNETTES, walked

from goldenthread.draw import draw
from goldenthread.print import (
    HANDOUTS,
    booklet,
    formulation,
    handout,
    poster,
    sheet,
    slides,
    teaching,
    thread,
    worksheet,
)

_OF = {"factor": "avoidance", "goals": "panic_disorder", "decision": "2.12"}


def kinds():
    walk = walked("panic_chef")
    plan, data = walk.plan(), VIGNETTES["panic_chef"].data
    yield "drawing", lambda on: draw(LIBRARY, "overview", format="pdf", paper="a4")
    yield "booklet", lambda on: booklet(LIBRARY, on, only=["safety"])
    yield "poster", lambda on: poster(LIBRARY, "goals", on, across=3, down=4)
    yield "worksheet", lambda on: worksheet(LIBRARY, ["safety"], on)
    yield "teaching", lambda on: teaching(LIBRARY, data, walk, on)
    yield "formulation", lambda on: formulation(LIBRARY, plan, on)
    yield "thread", lambda on: thread(LIBRARY, plan, on)
    yield "slides", lambda on: slides(LIBRARY, "safety", walk)
    for kind in HANDOUTS:
        yield kind, lambda on, kind=kind: handout(LIBRARY, kind, _OF.get(kind, ""), on)


@pytest.mark.parametrize(
    ("kind", "made"), list(kinds()), ids=lambda each: each if isinstance(each, str) else ""
)
@pytest.mark.parametrize("large", [False, True])
def test_it_holds_to_the_standard(kind, made, large):
    report = page.validate_pdf_bytes(
        made(sheet("letter" if large else "a4", large_print=large)), profile=page.ValidationProfile.PDF_UA_1
    )
    assert [(each.rule_id, each.message) for each in report.failures] == []
    assert report.is_compliant


def test_the_validator_finds_what_is_wrong():
    made = handout(LIBRARY, "smart", "", sheet())
    bare = made.replace(b"/Marked true", b"/Marked false")
    assert bare != made
    assert not page.is_pdf_compliant_bytes(bare, profile=page.ValidationProfile.PDF_UA_1)
