"""Who gets in, and what every page says to those who do not."""

from __future__ import annotations

import http.server
import io
import json
import re
import threading
import time

import pytest
from addresses import addresses
from cases import kept
from django.core.management import call_command
from django.test import Client

from goldenthread.web.launch import GOOD_FOR, Links, new_link, proof
from goldenthread.web.serve import running

CODE = "Sandpiper-7"
WORDS = "the heron by the weir"
ATTACK = (
    "{{ 7*7 }}{% debug %}{{ settings.SECRET_KEY }}<script>alert('gt')</script>\"'><img src=x onerror=alert(1)>"
    "../../../etc/passwd"
)
_AT_LOCK = {"open", "locked"}
HEADERS = {
    "Cache-Control": "no-store",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@pytest.fixture
def case(desk):
    return kept(desk, "depression_after_separation", CODE, change=lambda text: f"{text} {WORDS}")


def held(response):
    """Hold a response against the headers that every page has."""
    for name, value in HEADERS.items():
        assert response.get(name) == value, name
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "base-uri 'none'" in policy
    assert "unsafe" not in policy
    assert "*" not in policy


def each(client, case):
    """Ask for every address, by reading and by sending nothing."""
    for address in addresses(case):
        yield address, "get", client.get(address.path)
        yield address, "post", client.post(address.path)


# Without the link


def test_only_the_server_of_a_data_folder_is_taken_for_it(tmp_path, monkeypatch, visitor, practice):
    """A server that crashed leaves its file; another program may have its port by now, and gets no link."""
    asked = []

    class Other(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"hello")

        def log_message(self, *_):
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Other) as other:
        threading.Thread(target=other.serve_forever, daemon=True).start()
        left = {"port": other.server_port, "pid": 1, "secret": "s"}
        (tmp_path / "server.json").write_text(json.dumps(left))
        assert running(tmp_path) is None
        other.shutdown()
    assert asked
    assert running(tmp_path) is None
    said = visitor.get("/open/here/abc")
    assert said.content.decode() == proof(practice.links.secret, "abc")
    assert visitor.get(f"/open/abc-{said.content.decode()}").status_code == 403


def test_without_the_link_every_address_refuses_and_says_nothing(visitor, case):
    seen = 0
    for address, method, response in each(visitor, case):
        said = response.content.decode()
        # Who goes to where a form is sent, from the lock, is led to the lock, which refuses.
        refused = (
            {302, 403, 405}
            if address.name == "unlock"
            else {403, 405}
            if address.name in _AT_LOCK
            else {200, 405}
            if address.name == "here"
            else {403}
        )
        assert response.status_code in refused, (address, method)
        assert CODE not in said
        assert "the heron" not in said
        assert "Linden" not in said
        held(response)
        assert response.get("Location", "/locked") == "/locked"
        seen += 1
    assert seen > 30


def test_an_address_that_is_none_refuses_like_the_others(visitor, case):
    assert visitor.get("/nowhere").status_code == 403
    assert visitor.get("/case/../../etc/passwd").status_code == 403


def test_a_link_opens_once(visitor):
    link = f"/open/{new_link('seal', time.time())}"
    assert visitor.get(link).status_code == 302
    assert visitor.get("/").status_code == 200
    other = Client(headers={"host": "127.0.0.1"})
    assert other.get(link).status_code == 403
    assert other.get("/").status_code == 403


@pytest.mark.parametrize("seconds", [GOOD_FOR + 2, 86_400, -10, -86_400])
def test_a_link_is_good_for_five_minutes_and_no_clock_set_back_makes_it_good_again(seconds):
    now = 1_700_000_000.0
    assert not Links("seal").take(new_link("seal", now), now + seconds)


def test_a_link_is_good_to_its_last_second():
    now = 1_700_000_000.0
    links, link = Links("seal"), new_link("seal", now)
    assert links.take(link, now + GOOD_FOR)
    assert not links.take(link, now)


@pytest.mark.parametrize(
    "change",
    [
        lambda link: link[:-1] + ("0" if link[-1] != "0" else "1"),
        lambda link: "f" + link,
        lambda link: link.rpartition("-")[0],
        lambda link: link.rpartition("-")[0] + "-",
        lambda link: link.replace("-", "_"),
        lambda _: new_link("another seal", time.time()),
        lambda _: "-",
        lambda _: "é-ü-ß",
        lambda _: "%00",
        lambda _: "9" * 5000,
    ],
)
def test_a_link_that_was_changed_opens_nothing(visitor, change):
    response = visitor.get(f"/open/{change(new_link('seal', time.time()))}")
    assert response.status_code == 403
    assert visitor.get("/").status_code == 403


def test_opening_gives_a_session_of_its_own(visitor):
    visitor.get(f"/open/{new_link('seal', time.time())}")
    before = visitor.cookies["goldenthread"].value
    visitor.get(f"/open/{new_link('seal', time.time())}")
    assert visitor.cookies["goldenthread"].value != before
    planted = Client(headers={"host": "127.0.0.1"})
    planted.cookies["goldenthread"] = "a" * 32
    planted.get(f"/open/{new_link('seal', time.time())}")
    assert planted.cookies["goldenthread"].value != "a" * 32
    old = Client(headers={"host": "127.0.0.1"})
    old.cookies["goldenthread"] = before
    assert old.get("/").status_code == 403


def test_cookies_are_for_this_page_alone(clinician):
    for name in ("goldenthread", "csrftoken"):
        clinician.get("/")
        cookie = clinician.cookies[name]
        assert cookie["httponly"]
        assert cookie["samesite"] == "Strict"
    assert not clinician.cookies["goldenthread"]["max-age"], "the browser forgets it when it is closed"


# From elsewhere


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "192.168.1.7", "", "testserver.evil"]
)
def test_another_host_is_not_served(clinician, host):
    response = clinician.get("/", headers={"host": host})
    assert response.status_code == 400
    assert "Cases" not in response.content.decode()


@pytest.mark.parametrize("host", ["127.0.0.1:8414", "localhost", "[::1]:8414"])
def test_the_names_of_this_machine_are_served(clinician, host):
    assert clinician.get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("address", ["10.0.0.5", "192.168.1.7", "2001:db8::1", "", "nonsense"])
def test_another_machine_is_not_served(clinician, address):
    for path in ("/", "/static/goldenthread/page.css", "/locked"):
        response = clinician.get(path, REMOTE_ADDR=address)
        assert response.status_code == 403
        assert "Cases" not in response.content.decode()


def test_a_forwarded_address_does_not_count(clinician):
    response = clinician.get("/", REMOTE_ADDR="10.0.0.5", headers={"x-forwarded-for": "127.0.0.1"})
    assert response.status_code == 403


def test_a_form_of_another_page_is_not_taken(clinician, case, desk):
    strict = Client(enforce_csrf_checks=True, headers={"host": "127.0.0.1"})
    strict.cookies = clinician.cookies
    before = desk.store.load(case)[1]
    tried = 0
    for address in addresses(case):
        if address.name == "open":
            continue
        response = strict.post(address.path, {"passphrase": "x", "action": "later", "code": CODE})
        assert response.status_code == 403, address
        held(response)
        tried += 1
    assert tried > 20
    assert desk.store.load(case)[1] == before
    assert strict.get("/").status_code == 200, "nothing was locked either"


# With the link


def test_every_page_carries_the_headers(clinician, case):
    for address, method, response in each(clinician, case):
        if address.name in {"open", "lock", "locked", "unlock", "delete"} and method == "post":
            continue
        assert response.status_code < 500, (address, method)
        held(response)
        if address.name == "locked":
            clinician.get(f"/open/{new_link('seal', time.time())}")


def test_what_stands_still_may_be_kept_by_the_browser(clinician):
    response = clinician.get("/static/goldenthread/page.css")
    assert response.status_code == 200
    assert response["Cache-Control"] != "no-store"
    assert "Content-Security-Policy" in response
    response.close()


@pytest.mark.parametrize(
    "path",
    [
        "/static/../settings.py",
        "/static/goldenthread/../../settings.py",
        "/static/%2e%2e/%2e%2e/settings.py",
        "/static/goldenthread/..%2f..%2fsettings.py",
        "/static//etc/passwd",
        "/case/..%2f..%2fetc/answers",
        "/case/../../etc/passwd/plan",
        "/case/aaaaaaaaaaaaaaaaaaaaaaaaaa/why/..%2f..%2fsettings",
    ],
)
def test_no_path_leads_out(clinician, path):
    response = clinician.get(path)
    assert response.status_code in {302, 404}
    assert b"SECRET_KEY" not in response.getvalue()
    assert b"root:" not in response.getvalue()


def test_what_looks_like_a_template_or_a_tag_is_shown_as_it_was_written(clinician, desk):
    case = kept(
        desk, "depression_after_separation", "Wren {{7-7}}"[:12], change=lambda text: f"{ATTACK} {text}"
    )
    escaped = "&lt;script&gt;alert("
    shown = set()
    for address in addresses(case):
        if address.name in {"open", "locked"}:
            continue
        response = clinician.get(address.path)
        kind = response.get("Content-Type", "")
        if not kind.startswith("text/html"):
            continue
        said = response.content.decode()
        assert "<script>alert" not in said, address
        assert "<img src=x" not in said, address
        assert "onerror=alert(1)>" not in said.replace("onerror=alert(1)&gt;", ""), address
        if escaped in said:
            assert "{{ 7*7 }}{% debug %}{{ settings.SECRET_KEY }}" in said, address
            shown.add(address.name)
    assert {"answers", "plan", "thread", "review"} <= shown


@pytest.mark.parametrize(
    "at", ["problem.opening_words", "conceptualization.perpetuating", "goals.chosen_goals"]
)
def test_what_looks_like_a_tag_is_shown_as_written_in_a_field_and_after_a_conflict(clinician, desk, at):
    case = kept(desk, "depression_after_separation", until=at)
    fields = {
        "key": at, "answer": ATTACK, "own": ATTACK, "beside_note": ATTACK, "beside_source": ATTACK, "own_idea": ATTACK,
        "goal": ["own_1", ATTACK], "words_own_1": ATTACK, "measure_own_1": ATTACK, "for_own_1": ATTACK,
        "example_inactivity": ATTACK,
    }  # fmt: skip
    page = f"/case/{case}/answer"
    for action, version in (("draft", ""), ("check", "1"), ("answer", "0"), ("answer", "1")):
        answered = clinician.post(page, {**fields, "action": action, "version": version})
        again = clinician.get(f"/case/{case}/?at={at}")
        for response in (answered, again):
            said = response.content.decode()
            assert response.status_code < 500
            assert "<script>alert" not in said
            assert "<img src=x" not in said
            assert not re.search(r"value=\"[^\"]*\{\{ 7\*7 \}\}[^\"]*<", said)


def test_a_code_is_letters_digits_dots_and_dashes(clinician, desk):
    for code in (ATTACK, "<b>", "a/b", "a" * 41, "..\\x", "{{7}}", "a\nb"):
        response = clinician.post("/begin", {"code": code})
        assert response.status_code == 422
        assert "<script>alert" not in response.content.decode()
    assert desk.store.all() == []


# What is too large


def test_a_form_too_large_is_refused_plainly(clinician, case):
    for path in (f"/case/{case}/answer", "/begin", f"/case/{case}/sessions/note"):
        for form in ({"answer": "x" * 1_100_000}, {f"f{n}": "x" for n in range(2_100)}):
            response = clinician.post(path, form)
            assert response.status_code == 400
            assert "too large" in response.content.decode()
            held(response)


def test_an_answer_too_long_is_refused_and_stays_in_its_field(clinician, desk):
    case = kept(desk, "depression_after_separation", until="problem.what_happens")
    version = desk.store.load(case)[1]
    form = {"key": "problem.what_happens", "version": version, "action": "answer", "answer": "w" * 20_001}
    response = clinician.post(f"/case/{case}/answer", form)
    assert response.status_code == 422
    assert "20000" in response.content.decode()
    assert "w" * 20_001 in response.content.decode()
    assert desk.store.load(case)[1] == version


# What is never said elsewhere


def test_no_words_of_a_client_stand_in_a_title_or_an_address(clinician, case):
    for address in addresses(case):
        if address.name in {"open", "locked"}:
            continue
        response = clinician.get(address.path)
        said = response.getvalue().decode(errors="replace")
        for title in re.findall(r"<title>.*?</title>", said, re.DOTALL):
            assert CODE not in title
            assert "heron" not in title
        for link in re.findall(r"(?:href|action|src|hx-get)=\"([^\"]*)\"", said):
            assert CODE not in link
            assert "heron" not in link
        for header in response.headers.values():
            assert CODE not in header
            assert "heron" not in header


def test_a_search_stands_in_no_address(clinician, case):
    response = clinician.post("/search", {"words": "heron"})
    assert response.status_code == 200
    assert clinician.get("/search?words=heron").status_code == 405


def test_an_error_that_nobody_foresaw_names_its_place_and_none_of_its_words(
    clinician, case, monkeypatch, capfd
):
    from django.core.signals import got_request_exception

    from goldenthread.web import desk as module
    from goldenthread.web.loopback import say_where

    def fail(*_args, **_more):
        raise ValueError(f"{CODE} said {WORDS}")

    monkeypatch.setattr(module.Desk, "sit", fail)
    clinician.raise_request_exception = False
    got_request_exception.connect(say_where)
    try:
        response = clinician.get(f"/case/{case}/plan")
    finally:
        got_request_exception.disconnect(say_where)
    said = response.content.decode()
    assert response.status_code == 500
    assert "Nothing that was kept is lost" in said
    held(response)
    written = "".join(capfd.readouterr())
    assert "ValueError at test_access.py" in written
    for text in (said, written):
        assert CODE not in text
        assert "heron" not in text
        assert "Traceback" not in text


@pytest.mark.parametrize("path", ["/nowhere", "/case/x/", "/case/aaaaaaaaaaaaaaaaaaaaaaaaaa/plan"])
def test_what_is_not_there_is_said_plainly(clinician, path):
    response = clinician.get(path)
    assert response.status_code == 404
    assert "list of cases" in response.content.decode()
    held(response)


def test_the_framework_finds_nothing_to_warn_of(monkeypatch):
    # Set for the browser's sake by whichever test came before.
    monkeypatch.delenv("DJANGO_ALLOW_ASYNC_UNSAFE", raising=False)
    said = io.StringIO()
    call_command("check", deploy=True, fail_level="WARNING", stdout=said, stderr=said)
    assert "no issues" in said.getvalue()
