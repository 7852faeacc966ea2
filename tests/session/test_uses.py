"""What names what."""

from __future__ import annotations

from goldenthread.session.uses import Use, bank_of, uses
from small import shipped

LIBRARY = shipped().model
USES = uses(LIBRARY)


def test_a_field_that_holds_ids_names_them():
    assert Use("goals", "drop_safety_behaviours", "targets") in USES.of("factors", "safety_behaviours")
    assert Use("goals", "panic_score_and_life", "measure") in USES.of("instruments", "pdss_sr")
    assert Use("alerts", "risk_suicide", "opens") in USES.of("flowcharts", "risk")


def test_an_option_in_a_condition_names_the_entry_that_it_is():
    assert Use("goals", "drop_safety_behaviours", "suggest") in USES.of("diagnoses", "agoraphobia")
    assert Use("modalities", "cbt_gad", "suggest") in USES.of("factors", "perfectionism")


def test_an_option_of_no_bank_names_no_entry():
    assert not [named for named in USES.found if named[1] == "psychosis"]
    assert bank_of(LIBRARY, "unwell_now") == ""
    assert bank_of(LIBRARY, "perpetuating") == "factors"
    assert bank_of(LIBRARY, "diagnosis.working_diagnosis") == "diagnoses"


def test_conditions_of_flowcharts_and_banks_read_facts():
    readers = {use.id for use in USES.of("facts", "unwell_now")}
    assert {"drop_safety_behaviours", "screen_before_plan"} <= readers
    asked = USES.of("roles", "immediate_danger")
    assert Use("flowcharts", "risk.immediate_danger", "role") in asked


def test_every_entry_that_is_named_is_there():
    banks = {
        "factors", "interventions", "diagnoses", "instruments", "modalities", "goals", "roles", "references"
    }  # fmt: skip
    lost = [named for named in USES.found if named[0] in banks and named[1] not in LIBRARY.bank(named[0])]
    assert {id_ for _, id_ in lost} <= {"problem"}
