"""Random answers to whatever question of the shipped library stands open."""

from __future__ import annotations

from hypothesis import strategies as st

from goldenthread.walk import allowed_options

STATUSES = ({"later": True}, {"not_known": True}, {"declined": True})
WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30
).filter(str.strip)
MISFITS = st.sampled_from(
    [
        None,
        "",
        "   ",
        [],
        {},
        ["nowhere"],
        "nowhere",
        -1,
        1e9,
        10**40,
        True,
        {"total": 1},
        {"items": []},
        [{"own": ""}],
        [{"id": 3}],
        {"value": {"value": 1}},
        [["a"]],
        "4",
    ]
)
BLANKS = st.dictionaries(
    st.sampled_from(["weeks", "times", "baseline", "place", "target", "person"]),
    st.one_of(st.integers(0, 40), WORDS, st.sampled_from([0.5, "3"])),
    max_size=4,
)


def fitting(walk):
    """Give a strategy for an answer that fits the question that waits."""
    step, node, library = walk.step, walk.node, walk.program.library
    if node.verb == "tell":
        return st.just(True)
    if node.verb == "measure":
        return _scores(library.instruments[node.measure])
    kind = step.type.kind
    role = library.roles.get(node.role)
    if kind == "text":
        return WORDS
    if kind == "yes_no":
        return st.booleans()
    if kind == "number":
        low, high = int(step.type.low or 0), int(step.type.high or 100)
        return st.integers(low, high)
    if kind == "duration":
        return st.builds("{} {}".format, st.integers(0, 400), st.sampled_from(["days", "weeks", "months"]))
    if kind == "date":
        return st.dates().map(str)
    if kind == "goals":
        return _goals(library, node)
    options = _options(walk)
    if not options:
        return st.sampled_from(STATUSES[1:])
    if kind == "choice":
        return st.sampled_from(options)
    return _choices(options, role, node)


def _options(walk):
    """Give the options that can be chosen now."""
    allowed = allowed_options(walk.node, walk.program.library)
    can = allowed(walk.known, walk.asked) if allowed else walk.step.type.options
    return [option for option in walk.step.type.options if option in can]


def _choices(options, role, node):
    declared = role.options if role else node.options
    alone = [o for o in options if o in declared and declared[o].exclusive]
    several = [o for o in options if o not in alone]
    least, most = node.at_least or 0, min(node.at_most or 6, max(len(several), 1))
    kinds = []
    if len(several) >= least:
        lists = (
            st.lists(st.sampled_from(several), unique=True, min_size=least, max_size=most)
            if several
            else st.just([])
        )
        kinds.append(lists)
        other = role.other if role else node.other
        if other and most > least:
            own = st.lists(WORDS.map(lambda text: {"own": text}), max_size=1)
            kinds.append(st.builds(lambda a, b: (a + b)[: max(most, 1)], lists, own))
        kinds.append(
            lists.flatmap(
                lambda chosen: (
                    st.fixed_dictionaries(dict.fromkeys(chosen, WORDS)) if chosen else st.just(chosen)
                )
            )
        )
    if alone and least <= 1:
        kinds.append(st.sampled_from(alone).map(lambda option: [option]))
    return st.one_of(kinds)


def _goals(library, node):
    bank = st.fixed_dictionaries(
        {"id": st.sampled_from(sorted(library.goals))},
        optional={
            "for": st.lists(st.sampled_from(["avoidance", "rumination", "problem"]), unique=True),
            "blanks": BLANKS,
        },
    )
    own = st.fixed_dictionaries(
        {"own": WORDS},
        optional={
            "for": st.just(["problem"]),
            "measure": WORDS,
            "by": st.just(["own_1"]),
            "domain": st.just("skills"),
        },
    )
    several = st.lists(bank, min_size=max(node.at_least, 1), max_size=3, unique_by=lambda goal: goal["id"])
    return st.builds(lambda a, b: [*a, b][: node.at_most or 5], several, own) | several


def _scores(instrument):
    ways = []
    if instrument.items and instrument.item_between:
        low, high = (int(x) for x in instrument.item_between)
        values = st.integers(low, high)
        items = [
            st.sampled_from(list(instrument.item_values[str(n)]))
            if str(n) in instrument.item_values
            else values
            for n in range(1, instrument.items + 1)
        ]
        ways.append(st.tuples(*items).map(lambda found: {"items": list(found)}))
    name = "total" if "total" in instrument.scales else next(iter(instrument.scales))
    low, high = instrument.scales[name].between
    risky = {}
    for item in instrument.risk:
        values = instrument.item_values.get(str(item.item))
        known = (
            st.sampled_from(list(values))
            if values
            else st.integers(*(int(x) for x in instrument.item_between or (0, 1)))
        )
        risky[f"item_{item.item}"] = known | st.just({"not_known": True})
    ways.append(
        st.fixed_dictionaries(
            {"total": st.integers(int(low), int(high)), **risky}, optional={"date": st.dates().map(str)}
        )
    )
    return st.one_of(ways)


def calm(walk):
    """Give a strategy for the answer that reports no danger, or nothing where the question is not about safety."""
    node, library = walk.node, walk.program.library
    role = library.roles.get(node.role)
    if role is None or not role.safety or node.verb != "ask":
        return None
    if role.answer == "yes_no":
        return st.just(False)
    declared = [option for option, made in role.options.items() if made.exclusive]
    return st.just(declared) if declared else None


@st.composite
def answers(draw, walk, misfits=True, quiet=False):
    """Draw an answer: mostly one that fits, sometimes later, not known or declined, sometimes one that may not fit.

    With `quiet`, questions about safety are answered by no, so that the walk comes as far as goals and treatments.
    """
    if quiet and (none := calm(walk)) is not None:
        return draw(none)
    kind = draw(st.sampled_from(["fits"] * 10 + ["none"] + (["odd"] if misfits else [])))
    if kind == "none":
        return dict(draw(st.sampled_from(STATUSES)))
    if kind == "odd":
        return draw(MISFITS)
    return draw(fitting(walk))
