"""The public zone's whole set of addresses."""

from django.urls import path

from jieyou.interfaces.citizen import (
    board,
    mediating,
    outline,
    proposing,
    reception,
    reporting,
    tracking,
    views,
)
from jieyou.interfaces.offline import worker

app_name = "citizen"
urlpatterns = [
    path("", views.home, name="home"),
    path("elder/", views.elder, name="elder"),
    path("report/", reporting.fill_in, name="report"),
    path("report/check/", reporting.check, name="check"),
    path("report/sent/", reporting.send, name="send"),
    path("report/places/", reporting.places, name="places"),
    path("report/outline/", outline.outline, name="outline"),
    path("board/", board.index, name="board"),
    path("board/<uuid:key>/", board.item, name="board_item"),
    path("reception/", reception.index, name="reception"),
    path("track/", tracking.track, name="track"),
    path("track/add/", tracking.add, name="add"),
    path("track/rate/", tracking.rate, name="rate"),
    path("track/leave/", tracking.leave, name="leave"),
    path("mediation/", mediating.menu, name="mediation"),
    path("mediation/apply/", mediating.apply, name="mediation_apply"),
    path("mediation/join/", mediating.join, name="mediation_join"),
    path("mediation/mine/", mediating.mine, name="mediation_mine"),
    path("mediation/act/", mediating.act, name="mediation_act"),
    path("mediation/leave/", mediating.leave, name="mediation_leave"),
    path("mediation/photo/<uuid:key>/", mediating.photo, name="mediation_photo"),
    path("mediation/paper/<slug:kind>.pdf", mediating.paper, name="mediation_paper"),
    path("proposals/", proposing.index, name="proposals"),
    path("proposals/new/", proposing.new, name="proposal_new"),
    path("offline/", views.offline, name="offline"),
    path("offline.js", worker, {"page": "/offline/"}, name="worker"),
]
