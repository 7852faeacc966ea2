"""Text and pictures set on pages by typst: the same bytes for the same input, fonts that come with packages."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Literal

from goldenthread.draw.fonts import fonts
from goldenthread.draw.spelled import spelled_text

if TYPE_CHECKING:
    from collections.abc import Mapping

_NO_GLYPH = "could not be displayed with"


class NoFontError(RuntimeError):
    """What is to be set has letters that no font here can show; `help` says what can be done."""

    help = "install a font for that script"

    def __init__(self, what: str = "the text") -> None:
        super().__init__(
            f"{what} holds letters that no font on this machine can show, so it cannot be set as PDF"
        )


def set_pages(
    template: str, given: Mapping[str, Any], *, what: str = "the text", form: Literal["pdf", "png"] = "pdf"
) -> Any:
    """Set data on pages as a template says, which reads it as `sys.inputs.given` and `sys.inputs.font`.

    A PDF is tagged and holds to PDF/UA-1. Signs that fonts of text lack are said in words; fonts of the system are
    taken only where the others lack a letter. Raises NoFontError, which says that `what` cannot be set. PNG comes as
    one picture, or as a list of one a page.
    """
    import typst  # noqa: PLC0415 -- a heavy import, made when used

    text = spelled_text(json.dumps(given, ensure_ascii=False))
    for of_the_system in (False, True):
        found, family = fonts(of_the_system=of_the_system)
        try:
            return typst.compile(
                template.encode(),
                format=form,
                font_paths=found,
                sys_inputs={"given": text, "font": family},
                pdf_standards=["ua-1"] if form == "pdf" else [],
                timestamp=0,
            )
        except typst.TypstError as error:
            if _NO_GLYPH not in str(error):
                raise
    raise NoFontError(what)
