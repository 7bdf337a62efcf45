"""`/desk/settings/`: the pages of an office admin."""

from django.urls import path

from jieyou.interfaces.web.office import calendar, home, pages, recent

urlpatterns = [
    path("", home.settings_, name="settings"),
    path("changes/", recent.changes, name="setting_changes"),
    path("changes/<uuid:key>/undo/", recent.undo, name="setting_undo"),
    path("calendar/", calendar.year, name="calendar"),
    path("calendar/new/", calendar.new, name="calendar_new"),
    path("rules/<slug:slug>/", pages.table, name="setting"),
    path("rules/<slug:slug>/new/", pages.new, name="setting_new"),
    path("rules/<slug:slug>/<str:key>/", pages.edit, name="setting_edit"),
    path("rules/<slug:slug>/<str:key>/end/", pages.end, name="setting_end"),
]
