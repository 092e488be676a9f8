"""Addresses of the rhythm, under /o/<slug>/rhythm/."""

from __future__ import annotations

from django.urls import path

from gouvernail.web.rhythm import (
    comment_views,
    decision_views,
    evaluation_views,
    meeting_views,
    minutes_views,
    views,
)

urlpatterns = [
    path("", views.index, name="rhythm"),
    path("me", views.me, name="rhythm-me"),
    path("solved", views.close_solved, name="rhythm-solved"),
    path("comments/<int:pk>/settle", comment_views.settle, name="comment-settle"),
    path("comments/<str:element>", comment_views.thread, name="comments"),
    path("meetings/", meeting_views.index, name="meetings"),
    path("meetings/calendar.ics", meeting_views.calendar, name="meetings-ics"),
    path("meetings/<str:id>", meeting_views.one, name="meeting"),
    path("meetings/<str:id>/start", meeting_views.start, name="meeting-start"),
    path("meetings/<str:id>/calendar.ics", meeting_views.calendar, name="meeting-ics"),
    path("minutes/<int:pk>", minutes_views.minutes_of, name="minutes"),
    path("minutes/<int:pk>/write", minutes_views.write, name="minutes-write"),
    path("minutes/<int:pk>/reopen", minutes_views.reopen, name="minutes-reopen"),
    path("minutes/<int:pk>/decide", minutes_views.decide, name="minutes-decide"),
    path("decisions/", decision_views.index, name="decisions"),
    path("decisions/new", decision_views.new, name="decision-new"),
    path("decisions/<str:id>/done", decision_views.done, name="decision-done"),
    path("decisions/<str:id>/later", decision_views.postpone, name="decision-postpone"),
    path("decisions/<str:id>/reopen", decision_views.reopen, name="decision-reopen"),
    path("objectives/<str:id>/evaluate", evaluation_views.evaluate, name="objective-evaluate"),
    path("objectives/<str:id>/review", evaluation_views.review, name="objective-review"),
]
