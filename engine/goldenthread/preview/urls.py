"""Every address of the page."""

from __future__ import annotations

from django.urls import path

from goldenthread.preview import gate, views

handler404 = "goldenthread.preview.views.not_found"
handler500 = "goldenthread.preview.views.failed"

urlpatterns = [
    path("", views.home, name="home"),
    path("open/<str:key>", gate.open_page, name="open"),
    path("begin", views.begin, name="begin"),
    path("now", views.now, name="now"),
    path("flowcharts/<slug:chart>", views.flowchart, name="flowchart"),
    path("flowcharts/<slug:chart>/<slug:node>", views.step, name="step"),
    path("vignettes", views.vignettes, name="vignettes"),
    path("codes/<slug:code>", views.code, name="code"),
]
