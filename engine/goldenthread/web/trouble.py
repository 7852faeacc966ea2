"""Pages for what went wrong: what, and what to do. None of them repeats what a client said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def page(request: HttpRequest, status: int, what: str, then: str) -> HttpResponse:
    """Say what is wrong, and what to do."""
    return render(request, "trouble.html", {"what": what, "then": then}, status=status)


def not_opened(request: HttpRequest) -> HttpResponse:
    """Refuse a visit without the launch link."""
    return page(
        request,
        403,
        "This page is opened by a link that works once.",
        "Run goldenthread open in a terminal, or look there for the link that goldenthread serve has written.",
    )


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 -- the shape that Django asks for
    """Refuse a form that this page did not make."""
    return page(
        request,
        403,
        "This form was made before the page was opened anew, so it was not taken.",
        "Go back, load the page again, and send it from there. Nothing that was kept is lost.",
    )


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 -- as above
    """Refuse what cannot be read."""
    return page(request, 400, "This request cannot be read, or is too large.", "Go back and try again.")


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 -- as above
    """Refuse what is not allowed."""
    return page(request, 403, "This is not allowed here.", "Go back to the list of cases.")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 -- as above
    """Say that there is nothing here."""
    return page(request, 404, "There is nothing at this address.", "Go back to the list of cases.")


def failed(request: HttpRequest) -> HttpResponse:
    """Say that something went wrong that nobody foresaw."""
    return page(
        request,
        500,
        "Something went wrong that should not have.",
        "Nothing that was kept is lost: every answer is written as it is given. Go back and try again; "
        "if it happens again, the terminal that runs Golden Thread names the place.",
    )
