"""Who may see the preview, and what it gives away."""

from __future__ import annotations

import http.client
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from previewing import Preview


def ask(preview: Preview, path: str, method: str = "GET", **headers: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", preview.port, timeout=20)
    connection.request(method, path, headers=headers)
    answer = connection.getresponse()
    answer.body = answer.read().decode(errors="replace")
    connection.close()
    return answer


@pytest.fixture
def key(preview: Preview) -> str:
    """Give the cookie of somebody who has opened the link."""
    answer = ask(preview, "/open/" + preview.link.rpartition("/")[2])
    assert answer.status == 302
    cookie = answer.getheader("Set-Cookie")
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    return cookie.partition(";")[0]


def test_without_the_link_nothing_is_shown(preview: Preview) -> None:
    for path in (
        "/",
        "/now",
        "/begin",
        "/flowcharts/talk",
        "/vignettes",
        "/codes/C002",
        "/open/wrong",
        "/nowhere",
    ):
        answer = ask(preview, path)
        assert answer.status == 403, path
        assert "A talk" not in answer.body


def test_the_link_opens_as_many_windows_as_are_wanted(preview: Preview, key: str) -> None:
    again = ask(preview, "/open/" + preview.link.rpartition("/")[2])
    assert again.getheader("Set-Cookie").partition(";")[0] == key
    assert "A talk" in ask(preview, "/flowcharts/talk", Cookie=key).body


def test_another_name_of_this_machine_is_not_answered(preview: Preview, key: str) -> None:
    for host in ("example.org", f"example.org:{preview.port}", "127.0.0.1.example.org"):
        answer = ask(preview, "/flowcharts/talk", Cookie=key, Host=host)
        assert answer.status == 400
        assert "A talk" not in answer.body


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_can_be_changed(method: str, preview: Preview, key: str) -> None:
    for path in ("/", "/now", "/flowcharts/talk", "/flowcharts/talk/opening", "/vignettes"):
        assert ask(preview, path, method, Cookie=key).status == 405


@pytest.mark.parametrize(
    "path",
    [
        "/flowcharts/../../secret.yaml",
        "/flowcharts/..%2f..%2fsecret.yaml",
        "/flowcharts/talk/..%2f..%2f..%2fsecret.yaml",
        "/static/../../secret.yaml",
        "/static/..%2f..%2fsettings.py",
        "/static/%2fetc%2fpasswd",
        "/codes/..%2fsecret",
        "//etc/passwd",
    ],
)
def test_no_file_is_given_out_by_its_path(path: str, preview: Preview, key: str) -> None:
    (preview.folder.parent / "secret.yaml").write_text("secret: word of mouth\n", encoding="utf-8")
    answer = ask(preview, path, Cookie=key)
    assert answer.status == 404
    assert "word of mouth" not in answer.body
    assert "SECRET_KEY" not in answer.body


def test_a_flowchart_that_there_is_not_is_named_with_the_nearest(preview: Preview, key: str) -> None:
    assert "Did you mean" in ask(preview, "/flowcharts/tolk", Cookie=key).body
    assert ask(preview, "/codes/C999", Cookie=key).status == 404


def test_nothing_is_kept_by_the_browser_and_nothing_comes_from_elsewhere(preview: Preview, key: str) -> None:
    answer = ask(preview, "/flowcharts/talk", Cookie=key)
    assert answer.getheader("Cache-Control") == "no-store"
    assert "default-src 'none'" in answer.getheader("Content-Security-Policy")
    assert answer.getheader("X-Frame-Options") == "DENY"


def test_what_an_author_writes_is_words_and_never_markup(preview: Preview, key: str) -> None:
    text = (preview.folder / "flowcharts" / "talk.yaml").read_text(encoding="utf-8")
    marked = text.replace("How often a week?", '"<script>alert(1)</script> & `x<b>`"').replace(
        "when: opening", "when: <b>"
    )
    preview.save(marked)
    body = ask(preview, "/flowcharts/talk?node=how_often", Cookie=key).body
    assert "<script>alert" not in body
    assert "&lt;script&gt;alert" in body
    assert "<b>" not in body
