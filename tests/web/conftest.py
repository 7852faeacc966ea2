"""What the tests of the page share: a server of its own, a browser, and a client inside the process."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest
from cases import dated, kept
from serving import DAY, DESKTOP, LATER, Seeded, Server, seed
from visiting import Visit

from goldenthread.session import load
from storing import Ground, empty_database, ground

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from django.test import Client
    from playwright.sync_api import BrowserContext, Page
    from pytest_django import DjangoDbBlocker

    from goldenthread.session import Guide
    from goldenthread.web.desk import Desk

__all__ = ["empty_database", "ground"]

# A browser and a server


@pytest.fixture
def serve(
    tmp_path: Path, guide: Guide, django_db_blocker: DjangoDbBlocker
) -> Iterator[Callable[..., Server]]:
    """Start servers, each over a folder of its own; they end with the test."""
    made: list[Server] = []

    def start(name: str = "data", *options: str, **more: str) -> Server:
        server = Server(tmp_path / name, guide, django_db_blocker, more, options)
        made.append(server)
        return server.start()

    yield start
    for server in made:
        server.kill()


@pytest.fixture(scope="session")
def server(
    tmp_path_factory: pytest.TempPathFactory, guide: Guide, django_db_blocker: DjangoDbBlocker
) -> Iterator[Server]:
    """Give one server that stays for all tests that leave it standing."""
    made = Server(tmp_path_factory.mktemp("page") / "data", guide, django_db_blocker).start()
    yield made
    made.kill()


@pytest.fixture(scope="session")
def seeded(server: Server) -> dict[str, Seeded]:
    """Give cases of the standing server at every kind of question, by what stands open in them."""
    whole = "depression_after_separation"
    return seed(
        server,
        {
            "text": (whole, "problem.opening_words"),
            "idle": (whole, "problem.what_happens"),
            "number": (whole, "problem.age"),
            "choice": (whole, "problem.unit_of_care"),
            "choices": (whole, "problem.concern"),
            "duration": (whole, "problem.problem_duration"),
            "yes_no": (whole, "safety.suicidal_thoughts"),
            "score": (whole, "diagnosis_mood.mood_score"),
            "factors": (whole, "conceptualization.perpetuating"),
            "goals": (whole, "goals.chosen_goals"),
            "goals_chosen": (whole, "goals.chosen_goals"),
            "goals_own": (whole, "goals.chosen_goals"),
            "treatments": (whole, "modality.chosen_modality"),
            "steps": ("immediate_danger", "risk.act_now@risk_suicide"),
            "ended": (whole, ""),
            "signed": (whole, ""),
            "referred": ("past_hypomania", ""),
            "again": ("review_after_twelve_weeks", ""),
        },
    )


@pytest.fixture
def opened(browse: Callable[..., BrowserContext], server: Server) -> Callable[..., Page]:
    """Open the page of the standing server in a new window, by a launch link."""

    def open_page(size: tuple[int, int] = DESKTOP, *, at: Server | None = None, **options: Any) -> Page:
        page = browse(size, **options).new_page()
        page.goto((at or server).link())
        return page

    return open_page


# Inside the process


@pytest.fixture(scope="session")
def guide() -> Guide:
    """Give the shipped library."""
    found, report = load()
    assert not report.errors
    return found


@pytest.fixture
def practice(ground: Ground, guide: Guide, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Give the server's own state over an empty store, on the day of the vignettes."""
    from django.db import connection

    from goldenthread.web import practice
    from goldenthread.web.launch import Links

    if connection.vendor == "sqlite":
        # What a power cut would take is tried elsewhere; here nobody waits for the disk.
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous = OFF")
    made = practice.Practice()
    made.today, made.links, made._guide, made.store = DAY, Links("seal"), guide, ground.open()
    monkeypatch.setattr(practice, "the", made)
    return made


@pytest.fixture
def desk(practice: Any) -> Desk:
    """Give the desk on which the pages work."""
    from goldenthread.web.desk import Desk

    return Desk(practice.guide, practice.store, practice.today)


@pytest.fixture
def visitor(practice: Any) -> Client:
    """Give somebody at the right address without the launch link. Forms are checked as they are in earnest."""
    from django.core.cache import cache
    from django.test import Client

    cache.clear()
    return Client(enforce_csrf_checks=False, headers={"host": "127.0.0.1"})


@pytest.fixture
def clinician(visitor: Client, practice: Any) -> Client:
    """Give somebody who has opened the page by a launch link."""
    from goldenthread.web.launch import new_link

    answer = visitor.get(f"/open/{new_link('seal', time.time())}")
    assert answer.status_code == 302
    return visitor


@pytest.fixture
def visit(clinician: Client, desk: Desk) -> Callable[..., Visit]:
    """Visit a case made of a vignette, to its end or to a question; or one that is there already."""

    def made(name: str = "", code: str = "Wren", until: str = "", case_id: str = "", **more: Any) -> Visit:
        case_id = case_id or (
            kept(desk, name, code, until, **more) if name else desk.begin(code, quick=False)
        )
        return Visit(clinician, desk, case_id)

    return made


@pytest.fixture
def once_more(visit: Callable[..., Visit], practice: Any) -> Callable[..., Visit]:
    """Make a case in its second round, four months after the first, at its first question.

    `said` changes what the first round answered.
    """

    def made(code: str = "Wren", said: Callable[[dict[str, Any]], dict[str, Any]] = dict) -> Visit:
        practice.today = DAY
        case = visit("depression_after_separation", code)
        case.desk.today = DAY
        sitting = case.desk.sit(case.id)
        walk = sitting.walk
        for key, raw in dated(said({**walk.walk.rounds[0].answers}), DAY.isoformat()).items():
            walk = walk.revise(key, raw)
        sitting = case.desk.keep(sitting, walk)
        practice.today = case.desk.today = LATER
        case.desk.keep(sitting, sitting.walk.begin_round())
        return case

    return made


@pytest.fixture
def again(once_more: Callable[..., Visit]) -> Visit:
    """Give a case in its second round."""
    return once_more()
