"""The lock: what was left alone goes away from the screen, and what was being written is kept."""

from __future__ import annotations

import threading
import time

import pytest
from addresses import addresses
from cases import kept
from django.test import Client
from serving import DAY

from goldenthread.web.launch import new_link

CODE = "Sandpiper-7"
AT = "problem.what_happens"


@pytest.fixture
def case(desk):
    return kept(desk, "depression_after_separation", CODE, until=AT)


def left_alone(client, seconds, clock_set_back=0.0):
    session = client.session
    steady, clock = session["seen"]
    session["seen"] = (steady - seconds, clock - seconds + clock_set_back)
    session.save()


def test_the_page_stays_open_while_it_is_used(clinician, case):
    for _ in range(3):
        left_alone(clinician, 14 * 60)
        assert clinician.get(f"/case/{case}/").status_code == 200


def test_after_the_idle_time_every_address_leads_to_the_lock(clinician, case, desk):
    version = desk.store.load(case)[1]
    for address in addresses(case):
        if address.name in {"open", "here", "locked", "unlock"}:
            continue
        left_alone(clinician, 16 * 60)
        for response in (
            clinician.get(address.path),
            clinician.post(address.path, {"code": "New", "action": "later"}),
        ):
            assert response.status_code == 302, address
            assert response["Location"] == "/locked", address
            assert response.content == b""
    assert desk.store.load(case)[1] == version
    assert len(desk.store.all()) == 1


def test_a_sleeping_machine_is_left_alone_though_one_of_its_clocks_stands_still(clinician, case):
    session = clinician.session
    session["seen"] = (time.monotonic(), time.time() - 16 * 60)
    session.save()
    assert clinician.get(f"/case/{case}/")["Location"] == "/locked"


def test_a_clock_set_back_keeps_nothing_open(clinician, case):
    left_alone(clinician, 16 * 60, clock_set_back=86_400)
    assert clinician.get(f"/case/{case}/")["Location"] == "/locked"


def test_an_answer_that_comes_too_late_is_kept_as_a_draft(clinician, case, desk):
    version = desk.store.load(case)[1]
    form = {"key": AT, "version": version, "action": "answer", "answer": "It was a long Monday."}
    left_alone(clinician, 16 * 60)
    assert clinician.post(f"/case/{case}/answer", form)["Location"] == "/locked"
    assert desk.store.load(case)[1] == version
    assert desk.store.draft(case, AT)["answer"] == ["It was a long Monday."]
    clinician.get(f"/open/{new_link('seal', time.time())}")
    said = clinician.get(f"/case/{case}/").content.decode()
    assert "It was a long Monday." in said
    assert clinician.post(f"/case/{case}/answer", form).status_code == 302
    assert desk.sit(case).walk.walk.at != AT


def test_a_script_is_told_to_go_to_the_lock(clinician, case):
    left_alone(clinician, 16 * 60)
    response = clinician.get(f"/case/{case}/", headers={"hx-request": "true", "hx-boosted": "true"})
    assert response.status_code == 204
    assert response["HX-Redirect"] == "/locked"


def test_nothing_of_the_case_is_on_the_locked_page(clinician, case):
    clinician.get(f"/case/{case}/")
    clinician.post("/lock")
    said = clinician.get("/locked").content.decode()
    for words in (CODE, case, "Walk", "Library", "head teacher"):
        assert words not in said
    assert "goldenthread open" in said


def test_only_a_new_link_opens_a_page_without_a_passphrase_and_it_leads_back(clinician, case):
    left_alone(clinician, 16 * 60)
    clinician.get(f"/case/{case}/answers")
    assert clinician.post("/unlock", {"passphrase": ""}).status_code == 403
    assert clinician.post("/unlock", {"passphrase": "guess"}).status_code == 403
    assert clinician.get("/")["Location"] == "/locked"
    assert clinician.get(f"/open/{new_link('seal', time.time())}")["Location"] == "/"
    assert clinician.get("/").status_code == 200


def test_the_passphrase_of_the_store_unlocks(practice, monkeypatch, tmp_path, settings, visitor, guide):
    from django.core.cache import cache

    from goldenthread.store import open_store
    from goldenthread.store.models import MetaRow
    from goldenthread.web.desk import Desk

    MetaRow.objects.all().delete()
    settings.DATA = tmp_path / "other"
    monkeypatch.setenv("GOLDENTHREAD_KEY", "passphrase")
    monkeypatch.setenv("GOLDENTHREAD_PASSPHRASE", "correct horse")
    practice.store = open_store()
    monkeypatch.delenv("GOLDENTHREAD_PASSPHRASE")
    case = kept(Desk(guide, practice.store, DAY), "quick_panic", CODE)
    cache.clear()
    visitor.get(f"/open/{new_link('seal', time.time())}")
    visitor.post("/lock")
    visitor.get(f"/case/{case}/answers")
    assert "Passphrase" in visitor.get("/locked").content.decode()
    wrong = visitor.post("/unlock", {"passphrase": "correct hors"})
    assert wrong.status_code == 403
    assert "not the passphrase" in wrong.content.decode()
    assert visitor.get("/")["Location"] == "/locked"
    visitor.get(f"/case/{case}/answers")
    right = visitor.post("/unlock", {"passphrase": "correct horse"})
    assert right["Location"] == f"/case/{case}/answers"
    assert visitor.get(f"/case/{case}/answers").status_code == 200


def test_unlocking_needs_a_page_that_was_opened(visitor):
    assert visitor.post("/unlock", {"passphrase": "x"}).status_code == 403


@pytest.mark.parametrize("asleep", [False, True])
def test_the_screen_is_cleared_without_anybody_asking_for_a_page(opened, seeded, server, asleep):
    page = opened()
    page.clock.install()
    page.goto(f"{server.home}case/{seeded['idle'].id}/")
    page.fill("form[action$='/answer'] textarea[name=answer]", "It was a long Monday.")
    page.wait_for_timeout(50)
    if asleep:
        page.clock.set_system_time(time.time() + 16 * 60)
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    else:
        page.clock.fast_forward(16 * 60 * 1000)
    page.wait_for_url("**/locked")
    assert "idle" not in page.inner_text("body").split()
    page.goto(server.link())
    page.goto(f"{server.home}case/{seeded['idle'].id}/")
    assert page.input_value("form[action$='/answer'] textarea[name=answer]") == "It was a long Monday."


def test_what_is_under_way_unlocks_nothing(clinician, case, desk, practice, monkeypatch):
    begun, go = threading.Event(), threading.Event()

    class Slow:
        def keep_draft(self, *_args):
            begun.set()
            go.wait(10)

        def forget(self):
            """Hold nothing."""

    store = practice.store
    practice.store = Slow()
    other = Client(headers={"host": "127.0.0.1"})
    other.cookies = clinician.cookies
    form = {"key": AT, "action": "draft", "answer": "half a sen"}
    draft = threading.Thread(target=lambda: clinician.post(f"/case/{case}/answer", form))
    lock = threading.Thread(target=lambda: other.post("/lock"))
    draft.start()
    assert begun.wait(10)
    lock.start()
    lock.join(0.3)
    go.set()
    draft.join(10)
    lock.join(10)
    practice.store = store
    third = Client(headers={"host": "127.0.0.1"})
    third.cookies = clinician.cookies
    assert third.get("/")["Location"] == "/locked"
