"""Text and pictures set on pages by typst: the same bytes for the same input, fonts that come with packages."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Literal

from goldenthread.draw.boxed import in_boxes, missing_words
from goldenthread.draw.fonts import fonts
from goldenthread.draw.scripts import SET
from goldenthread.draw.spelled import spelled_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_NO_GLYPH = "could not be displayed with"
SHARP = 144.0
"""How many dots of a picture there are to an inch."""


class NoFontError(RuntimeError):
    """What is to be set has letters that no font here can show; `help` says what can be done."""

    help = "install a font for that script"

    def __init__(self, what: str) -> None:
        super().__init__(
            f"{what} holds letters that no font on this machine can show, so it cannot be set as PDF"
        )


def set_pages(
    template: str,
    given: Mapping[str, Any],
    *,
    form: Literal["pdf", "png"] = "pdf",
    sharp: float = SHARP,
    tell: Callable[[str], None] = lambda _: None,
) -> Any:
    """Set data on pages as a template says, which reads it as `sys.inputs.given` and `sys.inputs.font`.

    Drawings in it are set by `drawn`. A PDF is tagged and holds to PDF/UA-1. Signs that fonts of text lack are said in
    words. A box stands for a letter that no font of the installation has, and `tell` is called with which, and where.
    PNG comes as one picture, or as a list of one a page. Raises NoFontError.
    """
    missing = missing_words(given)
    if missing:
        tell(missing)
    return _compiled(template, in_boxes(_text(given)), form, sharp)


def set_record(template: str, given: Mapping[str, Any], what: str) -> bytes:
    """Set the words of a person on pages, as PDF: what the fonts of the installation lack comes from the machine's own.

    Raises NoFontError, which says that `what` cannot be set.
    """
    text = _text(given)
    try:
        made: bytes = _compiled(template, text)
    except NoFontError:
        made = _compiled(template, text, of_the_machine=True, what=what)
    return made


def _text(given: Mapping[str, Any]) -> str:
    return spelled_text(json.dumps(given, ensure_ascii=False))


def _compiled(
    template: str,
    text: str,
    form: Literal["pdf", "png"] = "pdf",
    sharp: float = SHARP,
    *,
    of_the_machine: bool = False,
    what: str = "the text",
) -> Any:
    import typst  # noqa: PLC0415 -- a heavy import, made when used

    found, family = fonts(of_the_machine=of_the_machine)
    try:
        return typst.compile(
            (SET + template).encode(),
            format=form,
            font_paths=found,
            sys_inputs={"given": text, "font": family},
            ppi=sharp,
            pdf_standards=["ua-1"] if form == "pdf" else [],
            timestamp=0,
        )
    except typst.TypstError as error:
        if _NO_GLYPH not in str(error):
            raise
        raise NoFontError(what) from error
