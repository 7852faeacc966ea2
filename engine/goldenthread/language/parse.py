"""Text of a condition to its parts.

condition  = and_part { "or" and_part }
and_part   = not_part { "and" not_part }
not_part   = "not" not_part | atom
atom       = "(" condition ")" | operand [ comparison ]
comparison = op operand [ op operand ] | "in" ( name | call | list )
operand    = [ "-" ] number [ unit ] | name | call
call       = function "(" arguments ")"
list       = "[" name { "," name } "]"
name       = word { "." word }
"""

from __future__ import annotations

import re
from typing import NoReturn, cast

from goldenthread.diagnostics import nearest
from goldenthread.language import ast

LONGEST = 2000
DEEPEST = 50
DAYS = {"day": 1.0, "week": 7.0, "month": 30.4375, "year": 365.25}
FUNCTIONS = ("known", "answered", "count", "groups", "any", "all", "any_of", "all_of")
RESERVED = frozenset(
    {
        "and",
        "or",
        "not",
        "in",
        *FUNCTIONS,
        *DAYS,
        *(f"{u}s" for u in DAYS),
        "true",
        "false",
        "previous",
        "item",
    }
)
_TOKEN = re.compile(
    r"[ \t\r\n]*(?:(?P<number>-?[0-9]+(?:\.[0-9]+)?(?![0-9A-Za-z_.]))"
    r"|(?P<name>[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*)|(?P<op><=|>=|==|!=|<|>)|(?P<mark>[()\[\],]))"
)
_SIGNS = {"=>": ">=", "=<": "<=", "≥": ">=", "≤": "<=", "≠": "!="}
_BLANKS = " \t\r\n"
_LONGEST_NUMBER = 15


class ConditionError(Exception):
    """A condition that cannot be read: from which to which character, why, and what to do.

    `of` is the fact that lacks an option.
    """

    def __init__(
        self, code: str, start: int, end: int, message: str, help_: str = "", *, of: str = ""
    ) -> None:
        super().__init__(message)
        self.of = of
        self.code, self.start, self.end, self.message, self.help = (
            code,
            start,
            max(end, start + 1),
            message,
            help_,
        )


Token = tuple[str, str, int, int]


def _tokens(text: str) -> list[Token]:
    found: list[Token] = []
    at = 0
    scan = _TOKEN.scanner(text).match  # type: ignore[attr-defined]  # part of re, though its types leave it out
    while (match := scan()) is not None:
        kind = match.lastgroup
        start, at = match.span(kind)
        found.append((kind, text[start:at], start, at))
    rest = text[at:].lstrip(_BLANKS)
    if rest:
        _stray(text, len(text) - len(rest))
    found.append(("end", "", len(text), len(text)))
    return found


def _stray(text: str, at: int) -> NoReturn:
    character = text[at]
    word_match = re.match(r"[^\s()\[\],<>=!]+", text[at:])
    word = word_match[0] if word_match else character
    end = at + len(word)
    sign = next((sign for sign in _SIGNS if text.startswith(sign, at)), "")
    if sign:
        message = f"`{sign}` is not a sign of comparison here"
        raise ConditionError("C001", at, at + len(sign), message, f"write `{_SIGNS[sign]}`")
    if character == "=":
        raise ConditionError("C001", at, at + 1, "a single `=` does not compare", "write `==`")
    if character in "&|":
        raise ConditionError(
            "C001", at, at + 1, f"`{character}` is not a word of conditions", "write `and` or `or`"
        )
    if character in "'\"“”‘’`":
        raise ConditionError(
            "C001", at, at + 1, "options are written without quotes", "write the option's id"
        )
    if word.lower() != word and re.fullmatch(r"[A-Za-z][A-Za-z0-9_.]*", word):
        raise ConditionError(
            "C001", at, end, f"`{word}` has capitals; names are small", f"write `{word.lower()}`"
        )
    joined = re.fullmatch(r"([0-9.]+)([a-z]+)", word)
    if joined and joined[2].removesuffix("s") in DAYS:
        message = f"a blank is missing in `{word}`"
        raise ConditionError("C001", at, end, message, f"write `{joined[1]} {joined[2]}`")
    if character.isspace() or not character.isprintable():
        message = f"a blank of an unusual kind stands here (U+{ord(character):04X})"
        raise ConditionError("C001", at, at + 1, message, "put a plain blank in its place")
    if character in "+-*/%":
        raise ConditionError(
            "C001", at, at + 1, "conditions do not calculate", "compare one fact with one number"
        )
    raise ConditionError("C001", at, end, f"`{word}` is not part of the language of conditions", "")


class _Parser:
    def __init__(self, text: str) -> None:
        self.tokens = _tokens(text)
        self.at = 0
        self.next = self.tokens[0]
        self.depth = 0

    def take(self) -> Token:
        token = self.next
        self.at = min(self.at + 1, len(self.tokens) - 1)
        self.next = self.tokens[self.at]
        return token

    def fail(self, message: str, help_: str = "", token: Token | None = None) -> ConditionError:
        _, _, start, end = token or self.next
        return ConditionError("C001", start, end, message, help_)

    def expect(self, text: str, after: str) -> Token:
        if self.next[1] != text or self.next[0] == "end":
            found = f"`{self.next[1]}`" if self.next[0] != "end" else "the end"
            raise self.fail(f"`{text}` is expected {after}, not {found}")
        return self.take()

    def word(self, text: str) -> bool:
        return self.next[0] == "name" and self.next[1] == text

    def condition(self) -> ast.Expression:
        self.depth += 1
        if self.depth > DEEPEST:
            raise ConditionError(
                "C006",
                self.next[2],
                self.next[3],
                f"this condition is more than {DEEPEST} levels deep",
                "name parts of it under `facts:`",
            )
        parts = [self.conjunction()]
        while self.next[1] == "or":
            self.take()
            parts.append(self.conjunction())
        self.depth -= 1
        return parts[0] if len(parts) == 1 else ast.Or(parts[0].start, parts[-1].end, tuple(parts))

    def conjunction(self) -> ast.Expression:
        parts = [self.negation()]
        while self.next[1] == "and":
            self.take()
            parts.append(self.negation())
        return parts[0] if len(parts) == 1 else ast.And(parts[0].start, parts[-1].end, tuple(parts))

    def negation(self) -> ast.Expression:
        if self.next[1] != "not":
            return self.atom()
        start = self.take()[2]
        self.depth += 1
        if self.depth > DEEPEST:
            raise ConditionError(
                "C006", start, start + 3, f"this condition is more than {DEEPEST} levels deep", ""
            )
        inner = self.negation()
        self.depth -= 1
        return ast.Not(start, inner.end, inner)

    def atom(self) -> ast.Expression:
        if self.next[1] == "(" and self.next[0] == "mark":
            self.take()
            inner = self.condition()
            self.expect(")", "to close the bracket")
            return inner
        if self.next[0] == "mark" and self.next[1] == "[":
            raise self.fail("a list stands only after `in`", "write `fact in [a, b]`, or `any(fact, [a, b])`")
        left = self.operand()
        kind, text, _, _ = self.next
        if kind == "op":
            return self.comparison(left)
        if kind == "name" and text == "in":
            return self.membership(left)
        if self.word("not") and self.tokens[self.at + 1][1] == "in":
            raise self.fail("`not` stands before the whole comparison", "write `not x in y`")
        if self.word("is"):
            raise self.fail("`is` is not a word of conditions", "write `==`, or the yes-no fact alone")
        if isinstance(left, ast.QUANTITIES):
            raise self.fail(
                "a number alone is no condition", "compare it with a fact", ("", "", left.start, left.end)
            )
        if isinstance(left, ast.Call) and left.function in {"count", "groups"}:
            raise self.fail(
                f"`{left.function}(…)` alone is no condition",
                "compare it, e.g. `count(x) >= 2`",
                ("", "", left.start, left.end),
            )
        return left

    def comparison(self, left: ast.Name | ast.Number | ast.Span | ast.Call) -> ast.Expression:
        op = self.take()[1]
        right = self.operand()
        if self.next[0] != "op":
            return ast.Compare(left.start, right.end, left, cast("ast.Comparator", op), right)
        second = self.take()
        last = self.operand()
        ends = isinstance(left, ast.QUANTITIES) and isinstance(last, ast.QUANTITIES)
        middle = isinstance(right, ast.SIDES)
        if self.next[0] == "op" or not (ends and middle and {op, second[1]} <= {"<", "<="}):
            raise self.fail(
                "only one comparison at a time, or a range such as `10 <= x < 15`",
                "join comparisons with `and`",
                second,
            )
        assert isinstance(left, ast.QUANTITIES)  # noqa: S101 -- `ends` says so
        assert isinstance(last, ast.QUANTITIES)  # noqa: S101 -- as above
        assert isinstance(right, ast.SIDES)  # noqa: S101 -- `middle` says so
        return ast.Between(
            left.start,
            last.end,
            left,
            cast("ast.Limit", op),
            right,
            cast("ast.Limit", second[1]),
            last,
        )

    def membership(self, left: ast.Name | ast.Number | ast.Span | ast.Call) -> ast.Expression:
        word = self.take()
        if not isinstance(left, ast.Name):
            raise self.fail("before `in` stands an option or a fact", "write `option in fact`", word)
        if self.next[1] == "[":
            items = self.items()
            return ast.In(left.start, items.end, left, items)
        right = self.operand()
        if isinstance(right, ast.Name) or (isinstance(right, ast.Call) and right.function == "groups"):
            return ast.In(left.start, right.end, left, right)
        raise self.fail(
            "after `in` stands a fact or a list of options",
            "write `option in fact` or `fact in [a, b]`",
            word,
        )

    def items(self) -> ast.Items:
        start = self.expect("[", "to begin a list")[2]
        names = [self.name("in a list of options")]
        while self.next[1] == ",":
            self.take()
            names.append(self.name("in a list of options"))
        end = self.expect("]", "to close the list")[3]
        return ast.Items(start, end, tuple(names))

    def name(self, where: str) -> ast.Name:
        kind, text, start, end = self.next
        if kind != "name":
            raise self.fail(f"a name is expected {where}")
        if text in RESERVED:
            raise self.fail(f"`{text}` is a word of the language and names nothing", "")
        self.take()
        return ast.Name(start, end, text)

    def operand(self) -> ast.Name | ast.Number | ast.Span | ast.Call:
        kind, text, start, end = self.next
        if kind == "number":
            self.take()
            return self.quantity(text, start, end)
        if kind == "end":
            raise self.fail("the condition ends too early", "a fact, a number or a bracket is missing")
        if kind != "name":
            raise self.fail(f"`{text}` cannot stand here", "a fact, a number or a bracket is expected")
        following = self.tokens[self.at + 1]
        if following[1] == "(" and following[0] == "mark":
            return self.call()
        if text in RESERVED:
            help_ = "write the yes-no fact alone, or with `not`" if text in {"true", "false"} else ""
            raise self.fail(f"`{text}` is a word of the language and cannot stand here", help_)
        self.take()
        return ast.Name(start, end, text)

    def quantity(self, text: str, start: int, end: int) -> ast.Number | ast.Span:
        if len(text) > _LONGEST_NUMBER:
            raise ConditionError("C001", start, end, f"a number has {_LONGEST_NUMBER} digits at the most")
        if self.next[0] == "name":
            unit = self.next[1].removesuffix("s")
            if unit in DAYS:
                word = self.take()
                return ast.Span(start, word[3], float(text) * DAYS[unit], f"{text} {word[1]}")
        return ast.Number(start, end, float(text))

    def call(self) -> ast.Call:
        _, function, start, end = self.take()
        if function not in FUNCTIONS:
            found = nearest(function, FUNCTIONS)
            help_ = (
                f"did you mean `{found}`?"
                if found
                else "there are: " + ", ".join(f"`{f}`" for f in FUNCTIONS)
            )
            raise ConditionError("C001", start, end, f"there is no function `{function}`", help_)
        self.expect("(", f"after `{function}`")
        fact: ast.Name | None = None
        items: ast.Items | None = None
        inner: ast.Expression | None = None
        if function in {"any_of", "all_of"}:
            inner = self.condition()
        else:
            fact = self.name(f"in `{function}(…)`")
            if function in {"any", "all"}:
                self.expect(",", f"after the fact of `{function}(…)`")
                items = self.items()
        end = self.expect(")", f"to close `{function}(…)`")[3]
        return ast.Call(start, end, function, fact, items, inner)


def parse(text: str) -> ast.Expression:
    """Parse a condition. Raises ConditionError, which names the characters at fault."""
    if len(text) > LONGEST:
        raise ConditionError(
            "C006",
            0,
            20,
            f"this condition has {len(text)} characters; {LONGEST} are the most",
            "name parts of it under `facts:`",
        )
    parser = _Parser(text)
    expression = parser.condition()
    if parser.next[0] != "end":
        _, word, start, end = parser.next
        help_ = "join conditions with `and` or `or`" if parser.next[0] in {"name", "number"} else ""
        if word.startswith("-"):
            help_ = "conditions do not calculate; compare one fact with one number"
        raise ConditionError("C001", start, end, f"`{word}` stands after the end of the condition", help_)
    return expression
