"""`/desk/settings/`: the pages of an office admin."""

from django.urls import path

from jieyou.interfaces.web.office import calendar, home, pages, people, people_import, places, recent, units

urlpatterns = [
    path("settings/", home.settings_, name="settings"),
    path("settings/changes/", recent.changes, name="setting_changes"),
    path("settings/changes/<uuid:key>/undo/", recent.undo, name="setting_undo"),
    path("settings/calendar/", calendar.year, name="calendar"),
    path("settings/calendar/new/", calendar.new, name="calendar_new"),
    path("settings/people/", people.people, name="people"),
    path("settings/people/new/", people.new, name="person_new"),
    path("settings/people/import/", people_import.people_import, name="people_import"),
    path("settings/people/import/<slug:word>/", people_import.preview, name="people_preview"),
    path("settings/people/import/<slug:word>/returned/", people_import.returned, name="people_returned"),
    path("settings/people/<uuid:key>/", people.person, name="person"),
    path("settings/people/<uuid:key>/<slug:slug>/", people.act, name="person_act"),
    path("settings/posts/<uuid:key>/end/", people.end_post, name="post_end"),
    path("settings/deputies/<uuid:key>/end/", people.end_deputy, name="deputy_end"),
    path("settings/keys/<uuid:key>/end/", people.end_key, name="key_end"),
    path("settings/units/", units.units, name="units"),
    path("settings/units/new/", units.unit_new, name="unit_new"),
    path("settings/units/<uuid:key>/", units.unit, name="unit"),
    path("settings/units/<uuid:key>/<slug:slug>/", units.unit_act, name="unit_act"),
    path("settings/aliases/<uuid:key>/end/", units.alias_end, name="alias_end"),
    path("settings/places/", places.places, name="places_kept"),
    path("settings/places/<uuid:key>/<slug:slug>/", places.place_act, name="place_act"),
    path("settings/rules/<slug:slug>/", pages.table, name="setting"),
    path("settings/rules/<slug:slug>/new/", pages.new, name="setting_new"),
    path("settings/rules/<slug:slug>/<str:key>/", pages.edit, name="setting_edit"),
    path("settings/rules/<slug:slug>/<str:key>/end/", pages.end, name="setting_end"),
]
