"""What stands before every page: this machine only, the launch link, the idle lock, nothing kept by the browser."""

from __future__ import annotations

import ipaddress
import threading
import time
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from goldenthread.web import trouble

Answer = Callable[[HttpRequest], HttpResponseBase]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
_OPEN = ("/open/", "/locked", "/unlock")
"""Paths that need no launch link."""
_SENT_FROM = {
    "begin": "home",
    "take_in": "home",
    "archive": "home",
    "unlock": "locked",
    "lock": "home",
    "keys": "keys_help",
    "answer": "walk",
    "move": "walk",
    "decide": "walk",
    "confirm": "answers",
    "take_over": "content",
    "choose": "plan",
    "word": "plan",
    "sign": "plan",
    "client_safe": "client_page",
    "keep_template": "template",
    "note": "sessions",
}
"""The page that each form stands on, by the names of their addresses."""
_WRITTEN = ("/answer", "/sessions/note", "/plan/word")
"""Paths that take what was written, and keep it where the page has locked meanwhile."""
_TURNS = [threading.Lock() for _ in range(64)]


def private(get_response: Answer) -> Answer:
    """Refuse other machines and other names of this one; say what a browser may do, and that it keeps nothing."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = _refused(request) or get_response(request)
        response["Content-Security-Policy"] = POLICY
        response["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        if not request.path.startswith(f"/{settings.STATIC_URL.strip('/')}/"):
            response["Cache-Control"] = "no-store"
        return response

    return middleware


def _refused(request: HttpRequest) -> HttpResponse | None:
    try:
        if not ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback:
            return HttpResponse(
                "This page opens on its own machine only.", status=403, content_type="text/plain"
            )
        request.get_host()
    except ValueError:
        return HttpResponse("Where this comes from is not known.", status=403, content_type="text/plain")
    except DisallowedHost:
        return HttpResponse("This host is not served here.", status=400, content_type="text/plain")
    return None


def in_turn(get_response: Answer) -> Answer:
    """Answer the requests of one session one after the other: what one of them has locked, no other unlocks."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        cookie = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
        with _TURNS[hash(cookie) % len(_TURNS)]:
            return get_response(request)

    return middleware


def gate(get_response: Answer) -> Answer:
    """Let nobody in without a launch link, and lock what was left alone."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith(_OPEN):
            return get_response(request)
        if not request.session.get("opened"):
            return trouble.not_opened(request)
        if request.session.get("locked") or idle_seconds(request) > settings.IDLE_MINUTES * 60:
            return _locked(request, get_response)
        seen(request)
        return get_response(request)

    return middleware


def led_back(get_response: Answer) -> Answer:
    """Lead a page that was sent, and is loaded again, to the page it was sent from."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        match = request.resolver_match
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED or request.method != "GET" or match is None:
            return response
        page = _SENT_FROM.get(match.url_name or "", "")
        if not page or not request.session.get("opened"):
            return response
        case = {name: value for name, value in match.kwargs.items() if name == "case_id"}
        return redirect(page) if page == "home" else redirect(page, **case)

    return middleware


def seen(request: HttpRequest) -> None:
    """Begin to count the idle time anew."""
    request.session["seen"] = (time.monotonic(), time.time())


def idle_seconds(request: HttpRequest) -> float:
    """Give the time since the last visit.

    One clock stands still while the machine sleeps, the other may be set back: the later of the two counts.
    """
    steady, clock = map(float, request.session.get("seen", (0.0, 0.0)))
    return max(time.monotonic() - steady, time.time() - clock)


def _locked(request: HttpRequest, get_response: Answer) -> HttpResponseBase:
    """Lock. What was being written is kept first: it can be nobody's but the one's who opened the page."""
    request.session["locked"] = True
    if request.method == "POST" and request.path.endswith(_WRITTEN):
        # Loaded instead of sent, it leads to the page of the form.
        request.session["after"] = request.path
        request.session["keep_only"] = True
        get_response(request)
        request.session.pop("keep_only", None)
    if request.method == "GET":
        request.session["after"] = request.get_full_path()
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": reverse("locked")})
    return redirect("locked")
