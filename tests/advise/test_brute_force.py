"""Random small banks, weighed by a slow reading of the rules that shares no code with the engine."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.advise import Facts, advise
from small import REFERENCE, bank, guide

NAMES = ("a", "b", "c", "d")
LETTERS = ("x", "y", "z")
ROLES = bank(
    "roles",
    {
        **{name: {"answer": "yes_no"} for name in NAMES},
        "several": {"answer": "choices", "options": {letter: letter for letter in LETTERS}},
        "figure": {"answer": "number", "between": [0, 10]},
    },
)

ATOMS = st.one_of(
    st.tuples(st.just("is"), st.sampled_from(NAMES)),
    st.tuples(st.just("in"), st.sampled_from(LETTERS)),
    st.tuples(st.just("least"), st.integers(0, 10)),
    st.tuples(st.just("known"), st.sampled_from((*NAMES, "several", "figure"))),
    st.tuples(st.just("answered"), st.sampled_from((*NAMES, "several", "figure"))),
)
CONDITIONS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.tuples(st.just("not"), inner),
        st.tuples(st.just("and"), inner, inner),
        st.tuples(st.just("or"), inner, inner),
    ),
    max_leaves=5,
)
RULES = st.lists(CONDITIONS, min_size=1, max_size=3)
ENTRIES = st.fixed_dictionaries({"suggest": RULES}, optional={"rule_out": RULES, "caution": RULES})
STATES = st.fixed_dictionaries(
    {
        **{name: st.sampled_from([True, False, None, "declined"]) for name in NAMES},
        "several": st.one_of(
            st.none(), st.just("not_known"), st.lists(st.sampled_from(LETTERS), unique=True).map(tuple)
        ),
        "figure": st.one_of(st.none(), st.just("not_known"), st.integers(0, 10)),
    }
)


def written(condition):
    match condition:
        case ("is", name):
            return name
        case ("in", letter):
            return f"{letter} in several"
        case ("least", number):
            return f"figure >= {number}"
        case ("known" | "answered" as word, name):
            return f"{word}({name})"
        case ("not", inner):
            return f"not ({written(inner)})"
        case (word, left, right):
            return f"({written(left)}) {word} ({written(right)})"


def unknown(value):
    return value is None or value in {"declined", "not_known"}


def truth(condition, state):
    """Give 1, 0, or 0.5 for unknown: not is 1 - x, and is the least, or the most (Kleene)."""
    match condition:
        case ("is", name):
            return 0.5 if unknown(state[name]) else float(state[name])
        case ("in", letter):
            return 0.5 if unknown(state["several"]) else float(letter in state["several"])
        case ("least", number):
            return 0.5 if unknown(state["figure"]) else float(state["figure"] >= number)
        case ("known", name):
            return float(not unknown(state[name]))
        case ("answered", name):
            return float(state[name] is not None)
        case ("not", inner):
            return 1 - truth(inner, state)
        case ("and", left, right):
            return min(truth(left, state), truth(right, state))
        case ("or", left, right):
            return max(truth(left, state), truth(right, state))


def expected(entry, state):
    wanted = max(truth(c, state) for c in entry["suggest"])
    against = max((truth(c, state) for c in entry.get("rule_out", ())), default=0)
    if wanted == 0 or against == 1:
        return "left out"
    return "offered" if wanted == 1 and against == 0 else "held"


@given(
    entries=st.lists(ENTRIES, min_size=1, max_size=6),
    states=st.lists(STATES, min_size=1, max_size=4),
    kind=st.sampled_from(["goals", "modalities", "interventions", "diagnoses", "factors"]),
)
@settings(max_examples=80)
def test_offered_held_and_left_out_are_what_the_rules_say(entries, states, kind):
    made = {
        f"entry_{n}": {part: [written(c) for c in rules] for part, rules in entry.items()}
        for n, entry in enumerate(entries)
    }
    model = guide.__wrapped__(ROLES, REFERENCE, bank(kind, made)).model
    for state in states:
        known = {name: value for name, value in state.items() if not unknown(value)}
        asked = {name: value for name, value in state.items() if value is not None and unknown(value)}
        advice = advise(model, Facts(known, asked), kind)
        found = (
            {o.id: "offered" for o in advice.offers}
            | {h.id: "held" for h in advice.held}
            | {x.id: "left out" for x in advice.left_out}
        )
        assert found == {f"entry_{n}": expected(entry, state) for n, entry in enumerate(entries)}
        for offer in advice.offers:
            cautions = entries[int(offer.id.removeprefix("entry_"))].get("caution", ())
            assert len(offer.cautions) == sum(truth(c, state) > 0 for c in cautions)
        for held in advice.held:
            assert all(unknown(state[ask.fact]) for ask in held.ask_first)
