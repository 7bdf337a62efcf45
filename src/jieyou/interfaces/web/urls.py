"""`/desk/`: the staff pages. Every view takes an actor; the login page, its locked twin, the theme switch and the page without network do not."""

from django.urls import path
from django.views.generic import TemplateView

from jieyou.interfaces.offline import worker
from jieyou.interfaces.web import (
    account,
    begin,
    cases,
    desk,
    files,
    imports,
    looks,
    meetings,
    notices,
    publishing,
    reckon,
    reports,
    steps,
    where,
)  # fmt: skip

app_name = "web"
urlpatterns = [
    path("", desk.desk, name="desk"),
    path("login/", account.Login.as_view(), name="login"),
    path("logout/", account.Logout.as_view(), name="logout"),
    path("theme/", account.theme, name="theme"),
    path("offline/", TemplateView.as_view(template_name="web/offline.html"), name="offline"),
    path("offline.js", worker, {"page": "/desk/offline/"}, name="worker"),
    path("password/", account.password, name="password"),
    path("posts/", account.my_posts, name="posts"),
    path("posts/<uuid:key>/deputy/", account.deputy, name="deputy"),
    path("posts/<uuid:key>/hand-over/", account.hand_over, name="hand_over"),
    path("notices/", notices.notices, name="notices"),
    path("notices/seen/", notices.seen_all, name="notices_seen"),
    path("notices/<uuid:key>/", notices.notice, name="notice"),
    path("new/<slug:code>/", begin.begin, name="begin"),
    path("meetings/", meetings.meetings, name="meetings"),
    path("meetings/new/", meetings.new, name="meeting_new"),
    path("reports/new/", reports.new, name="report_new"),
    path("reports/<uuid:key>/<slug:field>/", looks.reveal, name="reveal"),
    path("places/", where.places, name="places"),
    path("reckon/", reckon.reckon, name="reckon"),
    path("looks/", looks.log, name="looks"),
    path("files/to/<str:number>/", files.add, name="file_add"),
    path("files/<uuid:key>/", files.download, name="file"),
    path("import/", imports.imports, name="imports"),
    path("import/preview/<slug:word>/", imports.preview, name="import_preview"),
    path("import/preview/<slug:word>/returned/", imports.preview_returned, name="preview_returned"),
    path("import/<str:number>/", imports.batch, name="import"),
    path("import/<str:number>/progress/", imports.progress, name="import_progress"),
    path("import/<str:number>/returned/", imports.returned, name="import_returned"),
    path("publish/<str:number>/", publishing.propose, name="publish"),
    path("cases/", cases.cases, name="cases"),
    path("cases/<str:number>/", cases.case, name="case"),
    path("cases/<str:number>/<slug:name>/", steps.step, name="step"),
]
