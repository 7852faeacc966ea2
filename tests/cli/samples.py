"""Facts that several tests begin with."""

SCREEN = """\
suicidal_thoughts: no
self_harm: no
harm_to_others: no
abuse_now: no
dependant_at_risk: no
unwell_now: [none_of_these]
"""
PANIC = "age: 34\nconcern: [panic]\nworking_diagnosis: [panic_disorder]\nperpetuating: [safety_behaviours, avoidance]\n"
