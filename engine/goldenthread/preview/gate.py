"""Who may see the page: whoever has the link that the terminal shows.

The page reads an author's own files and changes none; no case is in it. So it needs less than the page for clinicians:
its link works as long as the server runs, in as many windows as are wanted, and nothing locks. A key it has all the
same, for on a machine that several people use each of them can reach the loopback, and drafts are their author's.
That no other machine and no other name of this one is answered is seen to by `goldenthread.web.middleware.private`.
"""

from __future__ import annotations

import hmac
import secrets
from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse, HttpResponseBase

KEY = secrets.token_urlsafe(24)


def gate(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Let nobody in without the key."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith("/open/") or _fits(request.COOKIES.get(_cookie(request), "")):
            return get_response(request)
        what = "This page is opened by the link that goldenthread preview shows in its terminal."
        return render(request, "preview/trouble.html", {"what": what}, status=403)

    return middleware


@require_safe
def open_page(request: HttpRequest, key: str) -> HttpResponse:
    """Take the key from the link, and keep it where no address shows it."""
    if not _fits(key):
        what = "This link is not of the preview that runs now. Look in its terminal for the one that is."
        return render(request, "preview/trouble.html", {"what": what}, status=403)
    response = redirect("begin")
    response.set_cookie(_cookie(request), KEY, httponly=True, samesite="Strict")
    return response


def _fits(key: str) -> bool:
    return hmac.compare_digest(key.encode(), KEY.encode())


def _cookie(request: HttpRequest) -> str:
    """Give the cookie's name. Browsers keep cookies by host and not by port, and several previews may run."""
    return f"goldenthread_preview_{request.get_port()}"
