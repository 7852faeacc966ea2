"""The roles that the plan reads. A root flowchart has to fill them, or the plan has gaps; `check` says which."""

from __future__ import annotations

ENGINE_ROLES: dict[str, str] = {
    "opening_words": "text",
    "wanted_change": "text",
    "age": "number",
    "concern": "choices",
    "what_happens": "text",
    "onset": "text",
    "problem_duration": "duration",
    "frequency": "choice",
    "trigger": "text",
    "cost_work": "text",
    "cost_home": "text",
    "cost_others": "text",
    "working_diagnosis": "choices",
    "predisposing": "choices",
    "precipitating": "choices",
    "perpetuating": "choices",
    "protective": "choices",
    "chosen_goals": "goals",
    "chosen_modality": "choices",
    "review_interval": "duration",
    "next_step": "text",
    "safety_step": "choice",
}
OPTIONAL_ROLES: dict[str, str] = {
    "earlier_treatment": "text",
    "health_medicines": "text",
    "practical_needs": "choices",
    "meaning_culture": "text",
    "targeted_concern": "choices",
    "deferred_needs": "text",
    "own_hypothesis": "text",
    "own_view": "text",
    "client_explanation": "text",
    "strength_to_use": "text",
    "factor_trigger": "text",
    "factor_relief": "text",
    "factor_cost": "text",
    "own_goal": "text",
    "training": "choices",
    "preference": "choices",
    "barriers": "text",
    "participation": "choice",
    "copy_safe": "yes_no",
    "goal_rating": "number",
    "client_verdict": "choice",
    "what_is_different": "text",
    "still_stuck": "text",
    "change_needed": "choices",
    "ending_plan": "text",
    "risk_kind": "choices",
    "plan_warning_signs": "text",
    "plan_coping": "text",
    "plan_people": "text",
    "plan_means": "text",
}
NO_PART_OF_THE_PLAN = frozenset({"review_now"})
"""Roles that only say where the walk goes: left open, they leave no gap in the plan."""
BACKGROUND = ("earlier_treatment", "health_medicines", "practical_needs", "meaning_culture")
SAFETY_PLAN = ("plan_warning_signs", "plan_coping", "plan_people", "plan_means")
USUAL_REVIEW_DAYS = 90
