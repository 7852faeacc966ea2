"""Every address of the page. Paths hold ids alone, never a client's words."""

from __future__ import annotations

from django.urls import path

from goldenthread.web.views import (
    access,
    answers,
    client_page,
    content,
    flowcharts,
    home,
    library,
    plan,
    review,
    sessions,
    teaching,
    template,
    thread,
    walk,
)

handler400 = "goldenthread.web.trouble.bad_request"
handler403 = "goldenthread.web.trouble.forbidden"
handler404 = "goldenthread.web.trouble.not_found"
handler500 = "goldenthread.web.trouble.failed"

urlpatterns = [
    path("", home.home, name="home"),
    path("begin", home.begin, name="begin"),
    path("search", home.search, name="search"),
    path("import", home.take_in, name="take_in"),
    path("case/<slug:case_id>/export", home.give_out, name="give_out"),
    path("case/<slug:case_id>/archive", home.archive, name="archive"),
    path("case/<slug:case_id>/delete", home.delete, name="delete"),
    path("open/<str:token>", access.open_page, name="open"),
    path("open/here/<slug:asked>", access.here, name="here"),
    path("lock", access.lock, name="lock"),
    path("locked", access.locked, name="locked"),
    path("unlock", access.unlock, name="unlock"),
    path("keys", access.keys_help, name="keys_help"),
    path("keys/set", access.keys, name="keys"),
    path("case/<slug:case_id>/", walk.question, name="walk"),
    path("case/<slug:case_id>/together", walk.together, name="together"),
    path("case/<slug:case_id>/answer", walk.answer, name="answer"),
    path("case/<slug:case_id>/move", walk.move, name="move"),
    path("case/<slug:case_id>/decide", walk.decide, name="decide"),
    path("case/<slug:case_id>/why/<slug:entry>", walk.why, name="why"),
    path("case/<slug:case_id>/answers", answers.answers, name="answers"),
    path("case/<slug:case_id>/confirm", answers.confirm, name="confirm"),
    path("case/<slug:case_id>/content", content.content, name="content"),
    path("case/<slug:case_id>/content/take-over", content.take_over, name="take_over"),
    path("case/<slug:case_id>/plan", plan.plan, name="plan"),
    path("case/<slug:case_id>/plan/choose", plan.choose, name="choose"),
    path("case/<slug:case_id>/plan/word", plan.word, name="word"),
    path("case/<slug:case_id>/plan/sign", plan.sign, name="sign"),
    path("case/<slug:case_id>/plan/signed/<int:number>", plan.signed, name="signed"),
    path(
        "case/<slug:case_id>/plan/signed/<int:number>/<slug:form>", plan.hand_on_signed, name="hand_on_signed"
    ),
    path("case/<slug:case_id>/plan/round/<int:number>", plan.earlier, name="earlier"),
    path("case/<slug:case_id>/plan/versions", plan.versions, name="versions"),
    path("case/<slug:case_id>/plan/as/<slug:form>", plan.hand_on, name="hand_on"),
    path("case/<slug:case_id>/plan/template", template.by_template, name="by_template"),
    path("case/<slug:case_id>/client", client_page.client_page, name="client_page"),
    path("case/<slug:case_id>/client/safe", client_page.safe, name="client_safe"),
    path("template", template.template, name="template"),
    path("template/keep", template.keep, name="keep_template"),
    path("case/<slug:case_id>/thread", thread.thread, name="thread"),
    path("case/<slug:case_id>/sessions", sessions.sessions, name="sessions"),
    path("case/<slug:case_id>/sessions/note", sessions.note, name="note"),
    path("case/<slug:case_id>/review", review.review, name="review"),
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
