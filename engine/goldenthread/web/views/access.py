"""Opening by the launch link, locking, unlocking, and what keys do."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from goldenthread.web import practice, trouble
from goldenthread.web.launch import proof
from goldenthread.web.middleware import seen

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponseRedirect


@require_GET
def open_page(request: HttpRequest, token: str) -> HttpResponse:
    """Open the page by a link that works once."""
    if not practice.links().take(token, time.time()):
        return trouble.page(
            request,
            403,
            "This link was used already, or is too old.",
            "Run goldenthread open in a terminal: it makes a new one.",
        )
    after = request.session.get("after", "")
    keys = request.session.get("keys", True)
    request.session.flush()
    request.session.update({"opened": True, "keys": keys})
    seen(request)
    return _onward(request, after)


@require_GET
def here(request: HttpRequest, asked: str) -> HttpResponse:  # noqa: ARG001 -- the shape of a page
    """Show a command on this machine that this is the server whose secret it has read."""
    return HttpResponse(proof(practice.links().secret, asked), content_type="text/plain")


def _onward(request: HttpRequest, after: str) -> HttpResponseRedirect:
    """Go where the lock came between, if that was a page of ours."""
    good = after.startswith("/") and url_has_allowed_host_and_scheme(after, {request.get_host()})
    return redirect(after if good else "home")


@require_POST
def lock(request: HttpRequest) -> HttpResponse:
    """Lock at once."""
    request.session["locked"] = True
    practice.lock()
    return redirect("locked")


@require_GET
def locked(request: HttpRequest) -> HttpResponse:
    """Say that the page is locked, and how it is opened again."""
    if not request.session.get("opened"):
        return trouble.not_opened(request)
    request.session["locked"] = True
    practice.lock()
    return render(request, "locked.html", {"by_passphrase": practice.has_passphrase()})


@require_POST
def unlock(request: HttpRequest) -> HttpResponse:
    """Unlock by the passphrase of the store, where it has one."""
    if not request.session.get("opened"):
        return trouble.not_opened(request)
    if not practice.is_passphrase(request.POST.get("passphrase", "")):
        context = {"by_passphrase": practice.has_passphrase(), "wrong": True}
        return render(request, "locked.html", context, status=403)
    request.session.pop("locked", None)
    seen(request)
    return _onward(request, request.session.pop("after", ""))


@require_POST
def keys(request: HttpRequest) -> HttpResponse:
    """Turn keys that act by themselves on or off."""
    request.session["keys"] = request.POST.get("keys") == "on"
    return redirect("keys_help")


@require_GET
def keys_help(request: HttpRequest) -> HttpResponse:
    """List what the keys do."""
    return render(request, "keys.html")
