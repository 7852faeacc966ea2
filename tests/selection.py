"""Which tests run, which of them are traced for coverage, and which come first.

Of a test that sweeps over the whole library, by more cases than a few, one in ten runs unless `--sweep` asks for all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import is_hypothesis_test

if TYPE_CHECKING:
    import pytest

_SWEPT = (
    "tests/author/lsp/",
    "tests/check/",
    "tests/draw/",
    "tests/preview/",
    "tests/print/",
    "tests/trial/",
)
_UNTRACED = (
    *(folder for folder in _SWEPT if folder != "tests/check/"),
    *(f"tests/check/test_{name}.py" for name in ("planted_faults", "proof_golden", "seeded_faults")),
    *(f"tests/cli/test_cli_{name}.py" for name in ("check", "cover", "diff", "draw", "print", "schemas")),
    "tests/advise/test_missing_is_not_safe.py",
    *(
        f"tests/author/test_new.py::test_{name}"
        for name in ("a_library_with", "a_new_file_is", "two_new_flowcharts")
    ),
    "tests/docs/",
    "tests/prove/",
    "tests/session/test_waiting.py",
    "tests/store/test_killed.py",
    "tests/web/test_earlier_rounds.py",
    "tests/web/test_library_pages.py::test_a_vignette_is_walked_question_by_question_to_its_end[panic_chef]",
    "tests/web/test_page_thread.py",
    "tests/web/test_page_together.py::test_at_no_question_does_the_client_see_what_is_not_theirs",
    "tests/web/test_page_walk.py::test_a_form_sent_as_it_is_shown_changes_no_answer",
    "tests/web/test_risk_everywhere.py",
    "tests/web/test_weight.py",
)
"""What comes by the same lines as the tests beside it, at greater length."""
_LONG = (
    "tests/draw/test_geometry.py::test_generated[300-3-TB]",
    "tests/draw/test_geometry.py::test_generated[300-3-LR]",
    "tests/draw/test_paper.py::test_many_nodes[300-TB]",
    "tests/draw/test_paper.py::test_many_nodes[300-LR]",
    "tests/web/test_accessible.py::test_axe_finds_nothing_on_any_page_and_nothing_runs_over_the_side[desktop]",
    "tests/web/test_library_pages.py::test_a_vignette_is_walked_question_by_question_to_its_end[disclosure_during_goals]",
    "tests/web/test_page_together.py::test_at_no_question_does_the_client_see_what_is_not_theirs[depression_after_separation]",
    "tests/web/test_whole_cases.py::test_a_case_is_walked_by_the_keyboard_to_the_plan_of_its_answers[disclosure]",
    "tests/web/test_whole_cases.py::test_a_case_is_walked_by_the_keyboard_to_the_plan_of_its_answers[depression]",
    "tests/author/lsp/test_lsp_rename.py::test_things_all_over_the_shipped_library_can_be_renamed",
    "tests/preview/test_preview_accessible.py::test_axe_finds_nothing_and_nothing_runs_over_the_side[desktop]",
    "tests/print/test_booklet.py::test_nor_with_steps_that_were_made_up[300]",
    "tests/print/test_booklet.py::test_labels_of_every_kind_come_out_right[300]",
    "tests/print/test_booklet.py::test_every_condition_of_what_was_made_up_is_there[300]",
    "tests/print/test_poster.py::test_three_hundred_steps_that_were_made_up",
)
"""Cases that take longest, each with a shorter one beside it that always runs."""
_EARLY = ("tests/store/test_postgresql.py",)
_FEW, _OF = 8, 10
_SELDOM = {
    "tests/author/test_new.py": 3,
    "tests/check/test_seeded_faults.py": 60,
    "tests/cli/test_cli_schemas.py": 5,
    "tests/export/test_compare.py": 5,
    "tests/export/test_documents.py": 5,
    "tests/export/test_record.py": 5,
    "tests/export/test_template.py": 5,
    "tests/prove/test_every_walk.py": 4,
    "tests/trial/test_settled.py": 30,
    "tests/web/test_library_pages.py::test_each_vignette_can_be_read_by_its_parts_and_comes_to_its_end": 4,
}
"""Where one in so many runs instead: each file of every kind once, and faults beside the one of each kind."""
_MANY = 30
"""Of a test by more cases, such as every vignette, one in ten is traced: tracing makes it three times slower."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Choose what runs, what of it is traced, and in which order."""
    cases: dict[str, list[pytest.Item]] = {}
    for item in items:
        cases.setdefault(item.nodeid.partition("[")[0], []).append(item)
    for alike in cases.values():
        for n, item in enumerate(alike):
            further = len(alike) > _MANY and n % _OF
            elsewhere = item.nodeid.startswith(_UNTRACED) or _needs_browser(item)
            if further or elsewhere or is_hypothesis_test(getattr(item, "obj", None)):
                item.add_marker("no_cover")
    spared = set() if config.getoption("--sweep") else _spared(cases)
    config.hook.pytest_deselected(items=[item for item in items if item in spared])
    items[:] = sorted((item for item in items if item not in spared), key=_turn)


def _spared(cases: dict[str, list[pytest.Item]]) -> set[pytest.Item]:
    """Give what runs only if every case is asked for."""
    spared = {item for alike in cases.values() for item in alike if item.nodeid in _LONG}
    for name, alike in cases.items():
        file = name.partition("::")[0]
        of = _SELDOM.get(name) or _SELDOM.get(file, _OF if name.startswith(_SWEPT) else 1)
        if len(alike) > _FEW:
            spared |= {item for n, item in enumerate(alike) if n % of}
    return spared


def _turn(item: pytest.Item) -> int:
    """Give when a test comes: at the end, nobody should wait for one that takes long.

    Whoever drives a browser leaves a loop in its thread in which no other can run, such as the language server's.
    """
    if item.nodeid.startswith("tests/author/lsp/"):
        return 0
    return 1 if _needs_browser(item) or item.nodeid.startswith(_EARLY) else 2


def _needs_browser(item: pytest.Item) -> bool:
    """Say whether a test looks at what another process serves, where no line is traced."""
    return "chromium" in getattr(item, "fixturenames", ())
