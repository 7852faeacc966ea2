"""Every address of the page. Paths hold ids alone, never a client's words."""

from __future__ import annotations

from django.urls import path

from goldenthread.web.views import access, answers, flowcharts, home, library, plan, teaching, walk

handler400 = "goldenthread.web.views.trouble.bad_request"
handler403 = "goldenthread.web.views.trouble.forbidden"
handler404 = "goldenthread.web.views.trouble.not_found"
handler500 = "goldenthread.web.views.trouble.failed"

urlpatterns = [
    path("", home.home, name="home"),
    path("begin", home.begin, name="begin"),
    path("open/<str:token>", access.open_page, name="open"),
    path("lock", access.lock, name="lock"),
    path("locked", access.locked, name="locked"),
    path("unlock", access.unlock, name="unlock"),
    path("keys", access.keys_help, name="keys_help"),
    path("keys/set", access.keys, name="keys"),
    path("case/<slug:case_id>/", walk.question, name="walk"),
    path("case/<slug:case_id>/together", walk.together, name="together"),
    path("case/<slug:case_id>/answer", walk.answer, name="answer"),
    path("case/<slug:case_id>/move", walk.move, name="move"),
    path("case/<slug:case_id>/decline", walk.decline, name="decline"),
    path("case/<slug:case_id>/why/<slug:entry>", walk.why, name="why"),
    path("case/<slug:case_id>/answers", answers.answers, name="answers"),
    path("case/<slug:case_id>/plan", plan.plan, name="plan"),
    path("case/<slug:case_id>/thread", plan.plan, name="thread"),
    path("case/<slug:case_id>/sessions", plan.plan, name="sessions"),
    path("case/<slug:case_id>/review", plan.plan, name="review"),
    path("library/", library.index, name="library"),
    path("library/draft", library.draft, name="library_draft"),
    path("library/flowcharts", flowcharts.flowcharts, name="flowcharts"),
    path("library/flowcharts/<str:chart>", flowcharts.flowchart, name="flowchart"),
    path("library/flowcharts/<str:chart>/<str:id_>", flowcharts.node, name="library_node"),
    path("library/teaching", teaching.vignettes, name="library_teaching"),
    path("library/teaching/<str:id_>", teaching.vignette, name="library_vignette"),
    path("library/goals", library.goals, name="library_goals"),
    path("library/<str:kind>", library.bank, name="library_bank"),
    path("library/<str:kind>/<str:id_>", library.entry, name="library_entry"),
]
