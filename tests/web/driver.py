"""Walks a case in the browser by the keyboard alone, giving the answers of a vignette.

Where scripts run, single keys do what they can do; where they do not, Tab, Space, the arrows and Enter do everything.
The driver reads which question stands open from the form, and what to press from the kind of its control.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from goldenthread.walk import bare, chosen_goals, status

if TYPE_CHECKING:
    from playwright.sync_api import Page

FORM = "form[action$='/answer']"
_MOST_TABS = 600
_STATUS = {"later": "l", "not_known": "n", "declined": "d"}
_KIND = f"""() => {{
  const has = (css) => document.querySelector("{FORM} " + css);
  if (!has("[name=key]")) return "end";
  if (has("[name=own_idea]:not([type=hidden])")) return "own_idea";
  if (has(".goals")) return "goals";
  if (has("[name=total]")) return "measure";
  if (has("[name=amount]")) return "duration";
  if (has("[type=radio][name=answer]")) return has(".pair") ? "yes_no" : "choice";
  if (has("[type=checkbox][name=answer]") || has(".options")) return "choices";
  return has("[name=answer]:not(button)") ? "text" : "acknowledge";
}}"""
_SHUT = "css => Boolean(document.querySelector(css).closest('details:not([open])'))"
_DIGIT = """css => {
  const seen = [...document.querySelectorAll("[data-numbered], .pair input")].filter((one) => one.offsetParent);
  return seen.indexOf(document.querySelector(css)) + 1;
}"""
_SETTLED = "html:not(:has(.htmx-added, .htmx-settling, .htmx-swapping)) main:not([data-old])"


@dataclass
class Driver:
    """Somebody at the keyboard, with the answers at hand: by question, as they are written in a file.

    `opened` are the questions at which the risk guide is opened by hand. `scripts` says whether scripts run.
    """

    page: Page
    answers: Mapping[str, Any]
    opened: tuple[str, ...] = ()
    scripts: bool = True
    passed: list[str] = field(default_factory=list)

    # Moving about

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def turn(self, act: Callable[[], None]) -> None:
        """Do what brings another page, and wait until it is there."""
        self.page.evaluate("document.querySelector('main').dataset.old = ''")
        act()
        self.page.wait_for_selector(_SETTLED, state="attached")

    def tab_to(self, css: str) -> None:
        """Press Tab until an element has the focus, opening by Enter what hides it."""
        assert self.page.query_selector(css) is not None, f"there is no {css} on the page"
        while self.page.evaluate(_SHUT, css):
            self._tab(f"details:not([open]):has({css.removeprefix(FORM)}) > summary")
            self.press("Enter")
        self._tab(css)

    def _tab(self, css: str) -> None:
        for _ in range(_MOST_TABS):
            if self.page.evaluate("css => document.activeElement.matches(css)", css):
                return
            self.press("Tab")
        raise AssertionError(f"Tab does not reach {css}")

    def follow(self, css: str) -> None:
        """Go to a link or a button and press it."""
        self.tab_to(css)
        self.turn(lambda: self.press("Enter"))

    def write(self, css: str, text: object) -> None:
        """Put a text into a field, in place of what stands there."""
        self.tab_to(css)
        self.press("Control+a")
        self.page.keyboard.insert_text(str(text))

    def pick(self, css: str, text: str) -> None:
        """Choose from a list that drops down, by typing what is wanted."""
        self.tab_to(css)
        self.page.keyboard.type(text)
        assert self.page.eval_on_selector(css, "one => one.selectedOptions[0].textContent") == text

    def tick(self, css: str, *, on: bool = True) -> None:
        """Tick a box, or take the tick away."""
        if self.page.eval_on_selector(css, "box => box.checked") == on:
            return
        digit = self.page.evaluate(_DIGIT, css) if self.scripts else 0
        if 0 < digit <= 9:
            self.leave_field()
            self.press(str(digit))
        else:
            self.tab_to(css)
            self.press("Space")
        assert self.page.eval_on_selector(css, "box => box.checked") == on

    def choose(self, value: str) -> None:
        """Choose one of the options that exclude each other."""
        css = f"{FORM} [type=radio][name=answer][value='{value}']"
        if self.page.eval_on_selector(css, "one => one.checked"):
            return
        digit = self.page.evaluate(_DIGIT, css) if self.scripts else 0
        if 0 < digit <= 9:
            self.leave_field()
            self.press(str(digit))
        else:
            self._tab(f"{FORM} [type=radio][name=answer]")
            while not self.page.eval_on_selector(css, "one => one === document.activeElement"):
                self.press("ArrowDown")
            self.press("Space")
        assert self.page.eval_on_selector(css, "one => one.checked")

    def leave_field(self) -> None:
        """Leave a field to type in, so that single keys act."""
        self.press("Escape")

    # A case

    def begin(self, code: str, *, quick: bool = False) -> None:
        """Begin a case from the list of cases."""
        self.write("form[action='/begin'] [name=code]", code)
        self.follow("form[action='/begin'] button" + ("[name=quick]" if quick else ".main"))

    def walk(self, until: str = "") -> None:
        """Answer one question after another, to the end or to a question."""
        while (key := self.asked()) and key != until:
            assert self.passed.count(key) < 2, f"{key} is asked again and again: {self.problem()}"
            self.passed.append(key)
            self.answer(key)

    def asked(self) -> str:
        """Give the question that stands open, or nothing at the end."""
        found = self.page.query_selector(f"{FORM} [name=key]")
        return str(found.get_attribute("value")) if found is not None else ""

    def problem(self) -> str:
        """Give what the page says is wrong with an answer."""
        found = self.page.query_selector(".problem")
        return found.inner_text() if found is not None else "it says nothing"

    def answer(self, key: str) -> None:
        """Give the answer to the question that stands open."""
        if key in self.opened and self.passed.count(key) == 1:
            self.open_risk()
            return
        kind = self.page.evaluate(_KIND)
        if kind == "own_idea":
            self.follow(f"{FORM} button.main")
            kind = self.page.evaluate(_KIND)
        raw = self.answers.get(key, {"later": True})
        if word := status(raw):
            self.leave_open(word)
            return
        if kind != "acknowledge":
            getattr(self, f"_{kind}")(bare(raw))
        self.send()

    def send(self) -> None:
        """Send the answer: by Control and Enter where scripts run, by the button where they do not."""
        if self.scripts:
            self.turn(lambda: self.press("Control+Enter"))
        else:
            self.follow(f"{FORM} .buttons button.main")

    def leave_open(self, word: str) -> None:
        """Leave the question for later, or say that it is not known or was declined."""
        if self.scripts:
            self.leave_field()
            self.turn(lambda: self.press(_STATUS[word]))
        else:
            self.follow(f"{FORM} button[name=action][value={word}]")

    def open_risk(self) -> None:
        """Open the risk guide from wherever one stands."""
        if self.scripts:
            self.leave_field()
            self.turn(lambda: self.press("r"))
        else:
            self.follow("button[value=risk]")

    def read_plan(self) -> str:
        """Go to the plan, and give what it says."""
        if self.scripts:
            self.leave_field()
            self.turn(lambda: self.press("p"))
        else:
            self.follow("nav a[href$='/plan']")
        return " ".join(self.page.inner_text("main").split())

    # Kinds of answers

    def _text(self, value: Any) -> None:
        self.write(f"{FORM} [name=answer]:not(button)", value)

    def _yes_no(self, value: Any) -> None:
        self.choose("yes" if value else "no")

    def _choice(self, value: Any) -> None:
        self.choose(str(value))

    def _duration(self, value: Any) -> None:
        amount, unit = str(value).split()
        self.write(f"{FORM} [name=amount]", amount)
        self.pick(f"{FORM} [name=unit]", unit if unit.endswith("s") else f"{unit}s")

    def _choices(self, value: Any) -> None:
        for option in value:
            if isinstance(option, Mapping):
                self.write(f"{FORM} [name=own]", option["own"])
                continue
            self.tick(f"{FORM} [name=answer][value='{option}']")
            if isinstance(value, Mapping) and isinstance(value[option], str):
                self.write(f"{FORM} [name='example_{option}']", value[option])

    def _measure(self, value: Any) -> None:
        for n, score in enumerate(value.get("items", ()), 1):
            self.write(f"{FORM} [name=item_{n}]", score)
        for name in value:
            if name == "total" or name.startswith("item_"):
                self.write(f"{FORM} [name={name}]", value[name])

    def _goals(self, value: Any) -> None:
        goals = chosen_goals(value)
        for goal in goals:
            self.follow(f"{FORM} button[value='choose:{goal.id}']")
        for goal in goals:
            for name, text in (goal.blanks or {}).items():
                css = f"{FORM} [name='blank_{goal.id}_{name}']"
                if self.page.eval_on_selector(css, "one => one.tagName") == "SELECT":
                    self.pick(css, str(text))
                else:
                    self.write(css, text)
            for box in self.page.query_selector_all(f"{FORM} [name='for_{goal.id}']"):
                factor = str(box.get_attribute("value"))
                self.tick(f"{FORM} [name='for_{goal.id}'][value='{factor}']", on=factor in goal.for_)
