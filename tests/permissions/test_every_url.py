"""Every address × every person, in one table. A page without a line here fails the suite: none can be forgotten.

``in``: sent to the login page. ``go``: sent elsewhere. ``no``: refused with a sentence (409, 422). Whoever may not see a
thing reads 404, the same 404 as for a thing that is not there; 403 is for those who may see it and hold no fitting post.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import get_resolver

from permissions.table import STEP, Row, ask, patterns, route, rows, word
from permissions.world import LOGINS, PERSONAS, World

# What stands behind the names: `mine` an ordinary case of 宝塔区, in hand with two units (`bureau`, `town`); `next` one of
# 安塞区; `sealed` a report about the community committee (`accused`) whose township is `town`; `task` the bureau's assignment;
# `batch` an import of the county, `ledger` of its ledger; `no` and `key` a number and an id that nothing has. ``*``: every step of the loop.
TABLE = """
persona                                             city   county leader town   bureau caller next   keeper admin  audit  anon   secret accused
GET  /                                              200    200    200    200    200    200    200    200    200    200    200    200    200
GET  /elder/                                        go     go     go     go     go     go     go     go     go     go     go     go     go
GET  /report/                                       200    200    200    200    200    200    200    200    200    200    200    200    200
GET  /report/check/                                 go     go     go     go     go     go     go     go     go     go     go     go     go
POST /report/check/                                 200    200    200    200    200    200    200    200    200    200    200    200    200
GET  /report/sent/                                  go     go     go     go     go     go     go     go     go     go     go     go     go
POST /report/sent/                                  200    200    200    200    200    200    200    200    200    200    200    200    200
GET  /report/places/                                200    200    200    200    200    200    200    200    200    200    200    200    200
GET  /report/outline/                               404    404    404    404    404    404    404    404    404    404    404    404    404
GET  /offline/                                      200    200    200    200    200    200    200    200    200    200    200    200    200
GET  /offline.js                                    200    200    200    200    200    200    200    200    200    200    200    200    200
GET  /board/                                        200    200    200    200    200    200    200    200    200    200    200    200    200
GET  /reception/                                    200    200    200    200    200    200    200    200    200    200    200    200    200
GET  /board/{published}/                            200    200    200    200    200    200    200    200    200    200    200    200    200
GET  /board/{key}/                                  404    404    404    404    404    404    404    404    404    404    404    404    404
GET  /track/                                        200    200    200    200    200    200    200    200    200    200    200    200    200
POST /track/                                        200    200    200    200    200    200    200    200    200    200    200    200    200
POST /track/add/                                    200    200    200    200    200    200    200    200    200    200    200    200    200
POST /track/rate/                                   200    200    200    200    200    200    200    200    200    200    200    200    200
POST /track/leave/                                  go     go     go     go     go     go     go     go     go     go     go     go     go
GET  /proposals/                                    200    200    200    200    200    200    200    200    200    200    200    200    200
GET  /proposals/new/                                200    200    200    200    200    200    200    200    200    200    200    200    200
POST /proposals/new/                                200    200    200    200    200    200    200    200    200    200    200    200    200
GET  /mediation/                                    200    200    200    200    200    200    200    200    200    200    200    200    200
GET  /mediation/apply/                              200    200    200    200    200    200    200    200    200    200    200    200    200
POST /mediation/apply/                              200    200    200    200    200    200    200    200    200    200    200    200    200
GET  /mediation/join/                               200    200    200    200    200    200    200    200    200    200    200    200    200
POST /mediation/join/                               200    200    200    200    200    200    200    200    200    200    200    200    200
GET  /mediation/mine/                               200    200    200    200    200    200    200    200    200    200    200    200    200
POST /mediation/mine/                               200    200    200    200    200    200    200    200    200    200    200    200    200
POST /mediation/act/                                200    200    200    200    200    200    200    200    200    200    200    200    200
POST /mediation/leave/                              go     go     go     go     go     go     go     go     go     go     go     go     go
GET  /mediation/paper/agreement.pdf                 200    200    200    200    200    200    200    200    200    200    200    200    200
GET  /mediation/photo/{mediator}/                   404    404    404    404    404    404    404    404    404    404    404    404    404
GET  /desk/                                         200    200    200    200    200    200    200    200    200    200    in     in     200
GET  /desk/offline/                                 200    200    200    200    200    200    200    200    200    200    200    200    200
GET  /desk/offline.js                               200    200    200    200    200    200    200    200    200    200    200    200    200
GET  /desk/login/                                   go     go     go     go     go     go     go     go     go     go     200    200    go
POST /desk/logout/                                  in     in     in     in     in     in     in     in     in     in     in     in     in
POST /desk/theme/                                   go     go     go     go     go     go     go     go     go     go     go     go     go
GET  /desk/password/                                200    200    200    200    200    200    200    200    200    200    in     in     200
POST /desk/password/                                200    200    200    200    200    200    200    200    200    200    in     in     200
GET  /desk/posts/                                   200    200    200    200    200    200    200    200    200    200    in     in     200
POST /desk/posts/{post}/deputy/                     404    422    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/posts/{post}/hand-over/                  404    404    404    404    404    404    404    404    200    404    in     in     404
POST /desk/posts/{post}/hand-over/                  404    404    404    404    404    404    404    404    422    404    in     in     404
GET  /desk/notices/                                 200    200    200    200    200    200    200    200    200    200    in     in     200
POST /desk/notices/seen/                            go     go     go     go     go     go     go     go     go     go     in     in     go
GET  /desk/notices/{notice}/                        404    go     404    404    404    404    404    404    404    404    in     in     404
POST /desk/new/jieyou/                              404    404    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/new/jieyou/                              404    404    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/papers/                                  200    200    200    200    200    200    200    200    200    200    in     in     200
GET  /desk/papers/zip/                              go     go     go     go     go     go     go     go     go     go     in     in     go
GET  /desk/papers/settings/                         200    200    200    404    404    404    200    404    200    404    in     in     404
POST /desk/papers/settings/rule/                    404    404    404    404    404    404    404    404    404    404    in     in     404
POST /desk/papers/settings/template/                422    422    422    404    404    404    422    404    422    404    in     in     404
POST /desk/papers/settings/template/{template}/withdraw/ 404    go     go     404    404    404    404    404    404    404    in     in     404
POST /desk/papers/of/{mine}/                        go     go     go     go     go     go     404    go     404    404    in     in     404
POST /desk/papers/of/{sealed}/                      404    404    404    404    404    404    404    go     404    404    in     in     404
POST /desk/papers/meeting/{meeting}/                go     go     go     404    404    go     404    go     404    404    in     in     404
GET  /desk/papers/{paper}/                          404    200    200    404    404    200    404    404    404    404    in     in     404
POST /desk/papers/{paper}/                          404    409    409    404    404    409    404    404    404    404    in     in     404
GET  /desk/papers/{paper_out}/                      200    200    200    404    200    200    404    200    404    404    in     in     404
GET  /desk/papers/{paper_sealed}/                   404    404    404    404    404    404    404    200    404    404    in     in     404
GET  /desk/papers/{paper}/file.docx                 404    200    200    404    404    200    404    404    404    404    in     in     404
GET  /desk/papers/{paper_out}/file.docx             200    200    200    404    200    200    404    200    404    404    in     in     404
GET  /desk/papers/{paper_sealed}/file.docx          404    404    404    404    404    404    404    200    404    404    in     in     404
POST /desk/papers/{paper}/void/                     404    422    422    404    404    422    404    404    404    404    in     in     404
POST /desk/papers/{paper_sealed}/send/              404    404    404    404    404    404    404    go     404    404    in     in     404
GET  /desk/meetings/                                200    200    200    200    200    200    200    200    200    200    in     in     200
GET  /desk/meetings/new/                            200    200    404    404    404    404    200    404    404    404    in     in     404
POST /desk/meetings/new/                            422    422    404    404    404    404    422    404    404    404    in     in     404
GET  /desk/meetings/{meeting}/screen/               200    200    200    404    404    200    404    200    404    404    in     in     404
GET  /desk/meetings/{mine}/screen/                  404    404    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/meetings/{called}/list/signing_in/       200    200    200    404    404    200    404    200    404    404    in     in     404
GET  /desk/meetings/{called}/list/attendees/        200    200    200    404    404    200    404    200    404    404    in     in     404
GET  /desk/meetings/{called}/list/minutes/          404    404    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/meetings/replies/{reply_key}/phone/      404    200    404    404    404    404    404    404    404    404    in     in     404
POST /desk/meetings/replies/{reply_key}/phone/      404    200    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/meetings/replies/{key}/phone/            404    404    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/supervision/                             200    200    200    404    404    200    200    200    404    404    in     in     404
GET  /desk/assess/                                  200    200    404    404    404    404    200    404    404    404    in     in     404
POST /desk/assess/                                  404    404    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/hot/                                     200    200    200    404    404    200    200    200    200    200    in     in     404
GET  /desk/triage/models/                           200    200    200    404    404    200    200    200    200    200    in     in     404
POST /desk/triage/models/train/                     404    404    404    404    404    404    404    404    422    404    in     in     404
GET  /desk/triage/models/progress/                  go     go     go     404    404    go     go     go     go     go     in     in     404
POST /desk/triage/models/1/use/                     404    404    404    404    404    404    404    404    422    404    in     in     404
GET  /desk/routing/                                 200    200    200    404    404    200    200    200    200    200    in     in     404
GET  /desk/routing/new/                             200    200    404    404    404    404    200    404    200    404    in     in     404
POST /desk/routing/new/                             422    422    404    404    404    404    422    404    422    404    in     in     404
GET  /desk/routing/{routing_rule}/                  200    200    404    404    404    404    200    404    200    404    in     in     404
POST /desk/routing/{routing_rule}/                  422    422    404    404    404    404    422    404    422    404    in     in     404
GET  /desk/cockpit/                                 200    200    200    404    404    200    200    200    404    404    in     in     404
GET  /desk/cockpit/?place=610602&wall=1             200    200    200    404    404    200    404    200    404    404    in     in     404
GET  /desk/cockpit/instruct/                        404    404    200    404    404    404    404    404    404    404    in     in     404
GET  /desk/cockpit/instruct/?case={mine}            404    404    200    404    404    404    404    404    404    404    in     in     404
GET  /desk/cockpit/instruct/?case={sealed}          404    404    404    404    404    404    404    404    404    404    in     in     404
POST /desk/cockpit/instruct/                        404    404    422    404    404    404    404    404    404    404    in     in     404
GET  /desk/bulletins/weekly/?span=week              200    200    200    404    404    200    200    200    404    404    in     in     404
GET  /desk/bulletins/annual/                        200    200    200    404    404    200    200    200    404    404    in     in     404
GET  /desk/bulletins/petitions/?span=year           200    200    200    404    404    200    200    200    404    404    in     in     404
GET  /desk/bulletins/daily/                         404    404    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/bulletins/monthly/file.docx              200    200    200    404    404    200    200    200    404    404    in     in     404
GET  /desk/bulletins/monthly/file.odt               404    404    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/figures/book.xlsx                        200    200    200    404    404    200    200    200    404    404    in     in     404
GET  /desk/figures/                                 200    200    200    404    404    200    200    200    404    404    in     in     404
GET  /desk/figures/?place=610603                    200    404    404    404    404    404    200    200    404    404    in     in     404
GET  /desk/figures/jieyou.received/                 200    200    200    404    404    200    200    200    404    404    in     in     404
GET  /desk/figures/tasks.in_time/?part=over&span=year 200    200    200    404    404    200    200    200    404    404    in     in     404
GET  /desk/figures/jieyou.nothing/                  404    404    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/duties/                                  200    200    200    200    200    200    200    200    200    200    in     in     200
GET  /desk/duties/new/                              200    200    404    404    404    404    200    404    200    404    in     in     404
POST /desk/duties/new/                              422    422    404    404    404    404    422    404    422    404    in     in     404
GET  /desk/duties/{duty_list}/                         200    200    200    200    200    200    404    200    200    200    in     in     200
GET  /desk/duties/{duty_list}/edit/                    200    200    404    404    404    404    404    404    200    404    in     in     404
POST /desk/duties/{duty_list}/edit/                    422    422    404    404    404    404    404    404    422    404    in     in     404
POST /desk/duties/{duty_list}/import/                  go     go     404    404    404    404    404    404    go     404    in     in     404
GET  /desk/duties/{duty_list}/items/new/               200    200    404    404    404    404    404    404    200    404    in     in     404
POST /desk/duties/{duty_list}/items/new/               422    422    404    404    404    404    404    404    422    404    in     in     404
GET  /desk/duties/items/{duty_item}/                     200    200    404    404    404    404    404    404    200    404    in     in     404
POST /desk/duties/items/{duty_item}/                     422    422    404    404    404    404    404    404    422    404    in     in     404
GET  /desk/registers/                                    200    200    200    200    404    200    200    200    404    404    in     in     200
GET  /desk/registers/organisations/                      200    200    200    200    404    200    200    200    404    404    in     in     200
GET  /desk/registers/organisations/?q=鲜果&kind=individual&place=610602 200 200 200 200 404 200 200 200 404 404 in in 200
GET  /desk/registers/organisations/?gone=1               200    200    200    200    404    200    200    200    404    404    in     in     200
GET  /desk/registers/none/                               404    404    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/registers/organisations/new/                  200    200    404    200    404    404    200    404    404    404    in     in     200
POST /desk/registers/organisations/new/                  422    422    404    422    404    404    422    404    404    404    in     in     422
GET  /desk/registers/organisations/{organisation}/       200    200    200    200    404    200    404    200    404    404    in     in     200
GET  /desk/registers/organisations/{key}/                404    404    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/registers/organisations/{organisation}/edit/  200    200    404    200    404    404    404    404    404    404    in     in     200
POST /desk/registers/organisations/{organisation}/edit/  422    422    404    422    404    404    404    404    404    404    in     in     422
POST /desk/registers/organisations/{organisation}/off/   go     go     404    go     404    404    404    404    404    404    in     in     go
POST /desk/registers/organisations/{organisation}/undo/  go     go     404    go     404    404    404    404    404    404    in     in     go
GET  /desk/registers/organisations/{organisation}/look/contact-phone/ 200 200 200 200 404 200 404 200 404 404 in in 200
POST /desk/registers/organisations/{organisation}/look/contact-phone/ 200 200 200 200 404 200 404 200 404 404 in in 200
GET  /desk/registers/organisations/{organisation}/look/nothing/ 404 404 404 404 404 404 404 404 404 404 in in 404
GET  /desk/registers/organisations/import/               200    200    404    200    404    404    200    404    404    404    in     in     200
POST /desk/registers/organisations/import/               422    422    404    422    404    404    422    404    404    404    in     in     422
GET  /desk/registers/organisations/import/blank.xlsx     200    200    404    200    404    404    200    404    404    404    in     in     200
GET  /desk/registers/organisations/import/0123/          404    404    404    404    404    404    404    404    404    404    in     in     404
POST /desk/registers/organisations/import/0123/          404    404    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/registers/organisations/import/0123/returned/ 404    404    404    404    404    404    404    404    404    404    in     in     404
POST /desk/registers/organisations/export/               go     go     go     go     404    go     go     go     404    404    in     in     go
POST /desk/registers/organisations/find/ 200 200 200 200 404 200 200 200 404 404 in in 200
POST /desk/registers/workers/find/ 200 200 200 200 404 200 200 200 404 404 in in 200
GET  /desk/registers/organisations/sheets/{register_sheet}/ 404    200    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/registers/organisations/sheets/{register_sheet}/progress/ 404 go 404 404 404 404 404 404 404 404 in in 404
GET  /desk/registers/organisations/sheets/{register_sheet}/file/ 404 200 404 404 404 404 404 404 404 404 in in 404
POST /desk/registers/organisations/sheets/{register_sheet}/back/ 404 go 404 404 404 404 404 404 404 404 in in 404
GET  /desk/registers/organisations/sheets/{key}/         404    404    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/registers/workers/                            200    200    200    200    404    200    200    200    404    404    in     in     200
GET  /desk/registers/workers/new/                        200    200    404    200    404    404    200    404    404    404    in     in     200
GET  /desk/settings/                                404    404    404    404    404    404    404    404    200    200    in     in     404
GET  /desk/settings/changes/                        404    404    404    404    404    404    404    404    200    200    in     in     404
POST /desk/settings/changes/{change}/undo/          404    404    404    404    404    404    404    404    go     404    in     in     404
GET  /desk/settings/calendar/                       404    404    404    404    404    404    404    404    200    200    in     in     404
GET  /desk/settings/calendar/new/                   404    404    404    404    404    404    404    404    200    404    in     in     404
POST /desk/settings/calendar/new/                   404    404    404    404    404    404    404    404    422    404    in     in     404
GET  /desk/settings/people/                         404    404    404    404    404    404    404    404    200    200    in     in     404
GET  /desk/settings/people/new/                     404    404    404    404    404    404    404    404    200    404    in     in     404
POST /desk/settings/people/new/                     404    404    404    404    404    404    404    404    422    404    in     in     404
GET  /desk/settings/people/import/                  404    404    404    404    404    404    404    404    200    404    in     in     404
POST /desk/settings/people/import/                  404    404    404    404    404    404    404    404    422    404    in     in     404
GET  /desk/settings/people/import/none/             404    404    404    404    404    404    404    404    404    404    in     in     404
POST /desk/settings/people/import/none/             404    404    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/settings/people/import/none/returned/    404    404    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/settings/people/{person}/                404    404    404    404    404    404    404    404    200    200    in     in     404
GET  /desk/settings/people/{key}/                   404    404    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/settings/people/{person}/away/           404    404    404    404    404    404    404    404    200    404    in     in     404
POST /desk/settings/people/{person}/away/           404    404    404    404    404    404    404    404    422    404    in     in     404
GET  /desk/settings/people/{person}/once/           404    404    404    404    404    404    404    404    200    404    in     in     404
POST /desk/settings/people/{person}/once/           404    404    404    404    404    404    404    404    422    404    in     in     404
GET  /desk/settings/posts/{post}/end/               404    404    404    404    404    404    404    404    200    404    in     in     404
POST /desk/settings/posts/{post}/end/               404    404    404    404    404    404    404    404    422    404    in     in     404
POST /desk/settings/deputies/{deputy}/end/          404    404    404    404    404    404    404    404    go     404    in     in     404
POST /desk/settings/keys/{api_key}/end/             404    404    404    404    404    404    404    404    go     404    in     in     404
GET  /desk/settings/units/                          404    404    404    404    404    404    404    404    200    200    in     in     404
GET  /desk/settings/units/new/                      404    404    404    404    404    404    404    404    200    404    in     in     404
POST /desk/settings/units/new/                      404    404    404    404    404    404    404    404    422    404    in     in     404
GET  /desk/settings/units/{unit}/                   404    404    404    404    404    404    404    404    200    200    in     in     404
GET  /desk/settings/units/{unit}/merge/             404    404    404    404    404    404    404    404    200    404    in     in     404
POST /desk/settings/units/{unit}/merge/             404    404    404    404    404    404    404    404    422    404    in     in     404
POST /desk/settings/aliases/{alias}/end/            404    404    404    404    404    404    404    404    go     404    in     in     404
GET  /desk/settings/places/                         404    404    404    404    404    404    404    404    200    200    in     in     404
GET  /desk/settings/places/{place}/rename/          404    404    404    404    404    404    404    404    200    404    in     in     404
POST /desk/settings/places/{place}/rename/          404    404    404    404    404    404    404    404    422    404    in     in     404
GET  /desk/recusals/                                200    200    200    404    404    404    200    200    200    200    in     in     404
GET  /desk/recusals/new/                            200    200    200    404    404    404    200    200    404    404    in     in     404
POST /desk/recusals/new/                            422    422    422    404    404    404    422    422    404    404    in     in     404
POST /desk/recusals/{recusal}/end/                  404    go     go     404    404    404    404    404    404    404    in     in     404
GET  /desk/settings/rules/clocks/                   404    404    404    404    404    404    404    404    200    200    in     in     404
GET  /desk/settings/rules/chains/                   404    404    404    404    404    404    404    404    200    200    in     in     404
GET  /desk/settings/rules/channels/                 404    404    404    404    404    404    404    404    200    200    in     in     404
GET  /desk/settings/rules/categories/new/           404    404    404    404    404    404    404    404    200    404    in     in     404
POST /desk/settings/rules/categories/new/           404    404    404    404    404    404    404    404    422    404    in     in     404
GET  /desk/settings/rules/clocks/jieyou.assess/     404    404    404    404    404    404    404    404    200    404    in     in     404
POST /desk/settings/rules/clocks/jieyou.assess/     404    404    404    404    404    404    404    404    422    404    in     in     404
POST /desk/settings/rules/clocks/jieyou.assess/end/ 404    404    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/cases/{letter}/                          200    200    200    404    404    200    404    200    404    404    in     in     404
GET  /desk/cases/{escalation}/                      200    200    200    404    404    200    404    200    404    404    in     in     404
GET  /desk/cases/{escalation}/approve/              403    403    200    404    404    403    404    403    404    404    in     in     404
GET  /desk/cases/{letter}/send/                     403    200    403    404    404    403    404    403    404    404    in     in     404
GET  /desk/petitions/new/                           200    200    404    404    404    404    200    404    404    404    in     in     404
GET  /desk/proposals/new/                           200    200    404    404    404    404    200    404    404    404    in     in     404
POST /desk/petitions/new/                           422    422    404    404    404    404    422    404    404    404    in     in     404
POST /desk/proposals/new/                           422    422    404    404    404    404    422    404    404    404    in     in     404
GET  /desk/cases/{petition}/                        200    200    200    404    404    200    404    200    404    404    in     in     404
GET  /desk/cases/{petition_rota}/                   200    200    200    404    404    200    404    200    404    404    in     in     404
GET  /desk/cases/{petition_advice}/                 200    200    200    404    404    200    404    200    404    404    in     in     404
GET  /desk/cases/{petition_rule}/                   200    200    200    404    404    200    404    200    404    404    in     in     404
GET  /desk/cases/{petition_sealed}/                 404    404    404    404    404    404    404    200    404    404    in     in     404
GET  /desk/new/petition_advice/                     200    200    404    404    404    404    200    404    404    404    in     in     404
GET  /desk/new/petition_rota/                       200    200    404    404    404    404    200    404    404    404    in     in     404
GET  /desk/cases/{proposal}/                        200    200    200    404    404    200    404    200    404    404    in     in     404
GET  /desk/cases/{proposal}/register/               403    200    403    404    404    403    404    403    404    404    in     in     404
GET  /desk/cases/{proposal_topic}/                  200    200    200    404    404    200    404    200    404    404    in     in     404
GET  /desk/cases/{proposal_sealed}/                 404    404    404    404    404    404    404    200    404    404    in     in     404
GET  /desk/new/proposal/                            200    200    404    404    404    404    200    404    404    404    in     in     404
GET  /desk/new/proposal_topic/                      200    200    404    404    404    404    200    404    404    404    in     in     404
GET  /desk/reports/new/                             200    200    404    404    404    404    200    404    404    404    in     in     404
POST /desk/reports/new/                             422    422    404    404    404    404    422    404    404    404    in     in     404
GET  /desk/reports/{mine_report}/phone/             200    200    200    200    200    200    404    200    404    404    in     in     404
GET  /desk/reports/{next_report}/phone/             200    404    404    404    404    404    200    200    404    404    in     in     404
GET  /desk/reports/{sealed_report}/phone/           404    404    404    404    404    404    404    200    404    404    in     in     404
GET  /desk/reports/{sealed_report}/accused_words/   404    404    404    404    404    404    404    200    404    404    in     in     404
GET  /desk/reports/{key}/phone/                     404    404    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/places/                                  200    200    404    404    404    404    200    404    404    404    in     in     404
GET  /desk/reckon/                                  200    200    200    200    200    200    200    200    200    200    in     in     200
GET  /desk/search/                                  200    200    200    200    200    200    200    200    200    200    in     in     200
POST /desk/search/                                  go     go     go     go     go     go     go     go     go     go     in     in     go
GET  /desk/looks/                                   404    404    404    404    404    404    404    404    404    200    in     in     404
POST /desk/files/to/{mine}/                         go     go     go     go     go     go     404    go     404    404    in     in     404
POST /desk/files/to/{next}/                         go     404    404    404    404    404    go     go     404    404    in     in     404
POST /desk/files/to/{sealed}/                       404    404    404    404    404    404    404    go     404    404    in     in     404
POST /desk/files/to/{task}/                         go     go     go     404    go     go     404    go     404    404    in     in     404
POST /desk/files/to/{no}/                           404    404    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/files/{mine_file}/                       200    200    200    200    200    200    404    200    404    404    in     in     404
GET  /desk/files/{next_file}/                       200    404    404    404    404    404    200    200    404    404    in     in     404
GET  /desk/files/{sealed_file}/                     404    404    404    404    404    404    404    200    404    404    in     in     404
GET  /desk/files/{task_file}/                       200    200    200    404    200    200    404    200    404    404    in     in     404
GET  /desk/files/{key}/                             404    404    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/import/                                  200    200    404    404    404    404    200    404    404    404    in     in     404
POST /desk/import/                                  422    422    404    404    404    404    422    404    404    404    in     in     404
GET  /desk/import/preview/0123/                     404    404    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/import/preview/0123/returned/            404    404    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/import/{batch}/                          200    200    200    404    404    200    404    200    404    404    in     in     404
GET  /desk/import/{mine}/                           404    404    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/import/{sealed}/                         404    404    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/import/{batch}/progress/                 go     go     go     404    404    go     404    go     404    404    in     in     404
GET  /desk/import/{batch}/returned/                 200    200    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/ledger/                                  200    200    404    404    404    404    200    404    404    404    in     in     404
POST /desk/ledger/                                  422    422    404    404    404    404    422    404    404    404    in     in     404
GET  /desk/ledger/kept/                             200    200    404    404    404    404    200    404    404    404    in     in     404
GET  /desk/ledger/kept/{headings}/                  404    200    404    404    404    404    404    404    404    404    in     in     404
POST /desk/ledger/kept/{headings}/                  404    422    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/ledger/file/0123/                        404    404    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/ledger/file/0123/columns/                404    404    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/ledger/file/0123/values/                 404    404    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/ledger/file/0123/returned/               404    404    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/ledger/{ledger}/                         200    200    200    404    404    200    404    200    404    404    in     in     404
GET  /desk/ledger/{mine}/                           404    404    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/ledger/{sealed}/                         404    404    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/ledger/{ledger}/progress/                go     go     go     404    404    go     404    go     404    404    in     in     404
GET  /desk/ledger/{ledger}/returned/                200    200    404    404    404    404    404    404    404    404    in     in     404
POST /desk/views/                                   404    404    404    404    404    404    404    404    404    404    in     in     404
POST /desk/views/{key}/remove/                      404    404    404    404    404    404    404    404    404    404    in     in     404
POST /desk/columns/                                 404    404    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/together/                                go     go     go     go     go     go     go     go     go     go     in     in     go
POST /desk/together/                                go     go     go     go     go     go     go     go     go     go     in     in     go
POST /desk/export/                                  200    200    200    200    200    200    200    200    200    200    in     in     200
GET  /desk/mediation/visits/                        404    404    404    404    404    404    404    404    404    404    in     in     404
POST /desk/mediation/visits/                        404    404    404    404    404    404    404    404    404    404    in     in     404
POST /desk/mediation/visits/{key}/                  404    404    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/mediation/bodies/                        200    200    200    200    200    200    200    200    404    404    in     in     200
GET  /desk/mediation/people/                        404    404    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/mediation/people/new/                    404    404    404    404    404    404    404    404    404    404    in     in     404
POST /desk/mediation/people/new/                    404    404    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/mediation/people/{mediator}/             404    404    404    404    404    404    404    404    404    404    in     in     404
POST /desk/mediation/people/{mediator}/             404    404    404    404    404    404    404    404    404    404    in     in     404
POST /desk/mediation/{mediation}/party/             404    404    404    404    404    404    404    404    404    404    in     in     404
POST /desk/mediation/{mediation}/secret/a/          404    404    404    404    404    404    404    404    404    404    in     in     404
POST /desk/mediation/{mediation}/agreement.pdf      404    404    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/new/mediation/                           404    404    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/cases/{mediation}/                       200    200    200    404    404    200    404    200    404    404    in     in     404
GET  /desk/cases/{mediation}/draft/                 403    403    403    404    404    403    404    403    404    404    in     in     404
GET  /desk/cases/                                   200    200    200    200    200    200    200    200    200    200    in     in     200
GET  /desk/cases/{mine}/                            200    200    200    200    200    200    404    200    404    404    in     in     404
GET  /desk/cases/{next}/                            200    404    404    404    404    404    200    200    404    404    in     in     404
GET  /desk/cases/{sealed}/                          404    404    404    404    404    404    404    200    404    404    in     in     404
GET  /desk/cases/{task}/                            200    200    200    404    200    200    404    200    404    404    in     in     404
GET  /desk/cases/{meeting}/                         200    200    200    404    404    200    404    200    404    404    in     in     404
GET  /desk/cases/{approval}/                        200    200    200    404    404    200    404    200    404    404    in     in     404
GET  /desk/new/reading/                             200    200    404    404    404    404    200    404    404    404    in     in     404
POST /desk/new/reading/                             422    422    404    404    404    404    422    404    404    404    in     in     404
GET  /desk/cases/{reading}/                         200    200    200    404    404    200    404    200    404    404    in     in     404
GET  /desk/cases/{feedback}/                        200    200    200    404    404    200    404    200    404    404    in     in     404
GET  /desk/cases/{publication}/                     200    200    200    404    404    200    404    200    404    404    in     in     404
GET  /desk/cases/{feedback}/send/                   403    200    403    404    404    403    404    403    404    404    in     in     404
GET  /desk/cases/{publication}/take_down/           403    200    200    404    404    403    404    403    404    404    in     in     404
POST /desk/cases/{publication}/take_down/           409    409    409    404    404    409    404    409    404    404    in     in     404
GET  /desk/publish/{mine}/                          404    200    404    404    404    404    404    404    404    404    in     in     404
POST /desk/publish/{mine}/                          404    422    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/publish/{sealed}/                        404    404    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/cases/{batch}/                           go     go     go     404    404    go     404    go     404    404    in     in     404
GET  /desk/cases/{no}/                              404    404    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/cases/{mine}/urge/                       403    200    403    403    403    403    404    403    404    404    in     in     404
GET  /desk/cases/{next}/register/                   403    404    404    404    404    404    200    403    404    404    in     in     404
GET  /desk/cases/{sealed}/pass_discipline/          404    404    404    404    404    404    404    200    404    404    in     in     404
GET  /desk/cases/{mine}/nothing/on-paper/           404    404    404    404    404    404    404    404    404    404    in     in     404
POST /desk/cases/{mine}/nothing/on-paper/           404    404    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/cases/{task}/progress/                   403    403    403    404    200    403    404    403    404    404    in     in     404
GET  /desk/cases/{meeting}/issue/                   403    403    403    404    404    403    404    403    404    404    in     in     404
GET  /desk/cases/{called}/                          200    200    200    404    404    200    404    200    404    404    in     in     404
GET  /desk/cases/{called}/invite/                   403    200    403    404    404    403    404    403    404    404    in     in     404
GET  /desk/cases/{reply}/                           200    200    200    404    200    200    404    200    404    404    in     in     404
GET  /desk/cases/{reply}/change/                    403    200    403    404    200    403    404    403    404    404    in     in     404
GET  /desk/cases/{reply}/withdraw/                  403    200    403    404    403    403    404    403    404    404    in     in     404
GET  /desk/cases/{approval}/sign/                   403    403    403    404    404    403    404    403    404    404    in     in     404
GET  /desk/cases/{mine}/nothing/                    404    404    404    404    404    404    404    404    404    404    in     in     404
POST /desk/cases/{mine}/urge/                       409    409    409    409    409    409    404    409    404    404    in     in     404
POST /desk/cases/{next}/register/                   409    404    404    404    404    404    409    409    404    404    in     in     404
POST /desk/cases/{sealed}/pass_discipline/          404    404    404    404    404    404    404    409    404    404    in     in     404
POST /desk/cases/{task}/progress/                   409    409    409    404    409    409    404    409    404    404    in     in     404
GET  /api/                                          404    404    404    404    404    404    404    404    404    404    404    404    404
GET  /api/v1/                                       404    404    404    404    404    404    404    404    404    404    404    404    404
GET  /api/v1/openapi.json                           200    200    200    200    200    200    200    200    200    200    200    200    200
GET  /api/v1/docs                                   200    200    200    200    200    200    200    200    200    200    200    200    200
GET  /api/v1/me                                     200    200    200    200    200    200    200    200    200    200    401    401    200
GET  /api/v1/loops                                  200    200    200    200    200    200    200    200    200    200    401    401    200
GET  /api/v1/choices/category                       200    200    200    200    200    200    200    200    200    200    401    401    200
POST /api/v1/reports                                no     no     no     no     no     no     no     no     no     no     401    401    no
GET  /api/v1/reports/{mine_report}                  200    200    200    200    200    200    404    200    404    404    401    401    404
GET  /api/v1/reports/{next_report}                  200    404    404    404    404    404    200    200    404    404    401    401    404
GET  /api/v1/reports/{sealed_report}                404    404    404    404    404    404    404    404    404    404    401    401    404
GET  /api/v1/reports/{key}                          404    404    404    404    404    404    404    404    404    404    401    401    404
GET  /api/v1/registers                              200    200    200    200    200    200    200    200    200    200    401    401    200
GET  /api/v1/registers/organisations                200    200    200    200    404    200    200    200    404    404    401    401    200
POST /api/v1/registers/organisations                no     no     no     no     no     no     no     no     no     no     401    401    no
GET  /api/v1/registers/organisations/{organisation} 200    200    200    200    404    200    404    200    404    404    401    401    200
POST /api/v1/registers/organisations/{organisation} no     no     no     no     404    no     404    no     404    404    401    401    no
GET  /api/v1/registers/organisations/{key}          404    404    404    404    404    404    404    404    404    404    401    401    404
GET  /api/v1/registers/workers                      200    200    200    200    404    200    200    200    404    404    401    401    200
POST /api/v1/registers/workers                      no     no     no     no     no     no     no     no     no     no     401    401    no
GET  /api/v1/registers/workers/{key}                404    404    404    404    404    404    404    404    404    404    401    401    404
POST /api/v1/registers/workers/{key}                404    404    404    404    404    404    404    404    404    404    401    401    404
GET  /api/v1/import                                 200    200    200    200    200    200    200    200    200    200    401    401    200
GET  /api/v1/import/{batch}                         200    200    200    404    404    200    404    200    404    404    401    401    404
POST /api/v1/import/{batch}/evidence                no     no     no     404    404    no     404    no     404    404    401    401    404
POST /api/v1/import/{batch}/*                       no     no     no     404    404    no     404    no     404    404    401    401    404
GET  /api/v1/backfill                               200    200    200    200    200    200    200    200    200    200    401    401    200
GET  /api/v1/backfill/{ledger}                      200    200    200    404    404    200    404    200    404    404    401    401    404
POST /api/v1/backfill/{ledger}/evidence             no     no     no     404    404    no     404    no     404    404    401    401    404
POST /api/v1/backfill/{ledger}/*                    no     no     no     404    404    no     404    no     404    404    401    401    404
GET  /api/v1/assignment                             200    200    200    200    200    200    200    200    200    200    401    401    200
GET  /api/v1/assignment/{task}                      200    200    200    404    200    200    404    200    404    404    401    401    404
POST /api/v1/assignment/{task}/evidence             no     no     no     404    no     no     404    no     404    404    401    401    404
POST /api/v1/assignment/{task}/*                    no     no     no     404    no     no     404    no     404    404    401    401    404
GET  /api/v1/meeting                                200    200    200    200    200    200    200    200    200    200    401    401    200
GET  /api/v1/meeting/{meeting}                      200    200    200    404    404    200    404    200    404    404    401    401    404
POST /api/v1/meeting/{meeting}/evidence             no     no     no     404    404    no     404    no     404    404    401    401    404
POST /api/v1/meeting/{meeting}/*                    no     no     no     404    404    no     404    no     404    404    401    401    404
GET  /api/v1/meeting_reply                          200    200    200    200    200    200    200    200    200    200    401    401    200
GET  /api/v1/meeting_reply/{reply}                  200    200    200    404    200    200    404    200    404    404    401    401    404
POST /api/v1/meeting_reply/{reply}/evidence         no     no     no     404    no     no     404    no     404    404    401    401    404
POST /api/v1/meeting_reply/{reply}/*                no     no     no     404    no     no     404    no     404    404    401    401    404
GET  /api/v1/mediation                              200    200    200    200    200    200    200    200    200    200    401    401    200
GET  /api/v1/mediation/{mediation}                  200    200    200    404    404    200    404    200    404    404    401    401    404
POST /api/v1/mediation/{mediation}/evidence         no     no     no     404    404    no     404    no     404    404    401    401    404
POST /api/v1/mediation/{mediation}/*                no     no     no     404    404    no     404    no     404    404    401    401    404
GET  /api/v1/handover                               200    200    200    200    200    200    200    200    200    200    401    401    200
GET  /api/v1/handover/{handover}                    200    200    200    404    404    200    404    200    404    404    401    401    404
POST /api/v1/handover/{handover}/evidence           no     no     no     404    404    no     404    no     404    404    401    401    404
POST /api/v1/handover/{handover}/*                  no     no     no     404    404    no     404    no     404    404    401    401    404
GET  /api/v1/approval                               200    200    200    200    200    200    200    200    200    200    401    401    200
GET  /api/v1/approval/{approval}                    200    200    200    404    404    200    404    200    404    404    401    401    404
POST /api/v1/approval/{approval}/evidence           no     no     no     404    404    no     404    no     404    404    401    401    404
POST /api/v1/approval/{approval}/*                  no     no     no     404    404    no     404    no     404    404    401    401    404
GET  /api/v1/feedback                               200    200    200    200    200    200    200    200    200    200    401    401    200
GET  /api/v1/feedback/{feedback}                    200    200    200    404    404    200    404    200    404    404    401    401    404
POST /api/v1/feedback/{feedback}/evidence           no     no     no     404    404    no     404    no     404    404    401    401    404
POST /api/v1/feedback/{feedback}/*                  no     no     no     404    404    no     404    no     404    404    401    401    404
GET  /api/v1/publication                            200    200    200    200    200    200    200    200    200    200    401    401    200
GET  /api/v1/publication/{publication}              200    200    200    404    404    200    404    200    404    404    401    401    404
POST /api/v1/publication/{publication}/evidence     no     no     no     404    404    no     404    no     404    404    401    401    404
POST /api/v1/publication/{publication}/*            no     no     no     404    404    no     404    no     404    404    401    401    404
GET  /api/v1/reading                                200    200    200    200    200    200    200    200    200    200    401    401    200
GET  /api/v1/reading/{reading}                      200    200    200    404    404    200    404    200    404    404    401    401    404
POST /api/v1/reading/{reading}/evidence             no     no     no     404    404    no     404    no     404    404    401    401    404
POST /api/v1/reading/{reading}/*                    no     no     no     404    404    no     404    no     404    404    401    401    404
GET  /api/v1/escalation                             200    200    200    200    200    200    200    200    200    200    401    401    200
GET  /api/v1/escalation/{escalation}                200    200    200    404    404    200    404    200    404    404    401    401    404
POST /api/v1/escalation/{escalation}/evidence       no     no     no     404    404    no     404    no     404    404    401    401    404
POST /api/v1/escalation/{escalation}/*              no     no     no     404    404    no     404    no     404    404    401    401    404
GET  /api/v1/supervision                            200    200    200    200    200    200    200    200    200    200    401    401    200
GET  /api/v1/supervision/{letter}                   200    200    200    404    404    200    404    200    404    404    401    401    404
POST /api/v1/supervision/{letter}/evidence          no     no     no     404    404    no     404    no     404    404    401    401    404
POST /api/v1/supervision/{letter}/*                 no     no     no     404    404    no     404    no     404    404    401    401    404
GET  /api/v1/petition                               200    200    200    200    200    200    200    200    200    200    401    401    200
GET  /api/v1/petition/{petition}                    200    200    200    404    404    200    404    200    404    404    401    401    404
POST /api/v1/petition/{petition}/evidence           no     no     no     404    404    no     404    no     404    404    401    401    404
POST /api/v1/petition/{petition}/*                  no     no     no     404    404    no     404    no     404    404    401    401    404
GET  /api/v1/petition_advice                        200    200    200    200    200    200    200    200    200    200    401    401    200
GET  /api/v1/petition_advice/{petition_advice}      200    200    200    404    404    200    404    200    404    404    401    401    404
POST /api/v1/petition_advice/{petition_advice}/evidence no     no     no     404    404    no     404    no     404    404    401    401    404
POST /api/v1/petition_advice/{petition_advice}/*    no     no     no     404    404    no     404    no     404    404    401    401    404
GET  /api/v1/petition_rota                          200    200    200    200    200    200    200    200    200    200    401    401    200
GET  /api/v1/petition_rota/{petition_rota}          200    200    200    404    404    200    404    200    404    404    401    401    404
POST /api/v1/petition_rota/{petition_rota}/evidence no     no     no     404    404    no     404    no     404    404    401    401    404
POST /api/v1/petition_rota/{petition_rota}/*        no     no     no     404    404    no     404    no     404    404    401    401    404
GET  /api/v1/petition_rule                          200    200    200    200    200    200    200    200    200    200    401    401    200
GET  /api/v1/petition_rule/{petition_rule}          200    200    200    404    404    200    404    200    404    404    401    401    404
POST /api/v1/petition_rule/{petition_rule}/evidence no     no     no     404    404    no     404    no     404    404    401    401    404
POST /api/v1/petition_rule/{petition_rule}/*        no     no     no     404    404    no     404    no     404    404    401    401    404
GET  /api/v1/petition/{petition_sealed}             404    404    404    404    404    404    404    404    404    404    401    401    404
POST /api/v1/petition/{petition_sealed}/evidence    404    404    404    404    404    404    404    404    404    404    401    401    404
POST /api/v1/petition/{petition_sealed}/*           404    404    404    404    404    404    404    404    404    404    401    401    404
GET  /api/v1/proposal                               200    200    200    200    200    200    200    200    200    200    401    401    200
GET  /api/v1/proposal/{proposal}                    200    200    200    404    404    200    404    200    404    404    401    401    404
POST /api/v1/proposal/{proposal}/evidence           no     no     no     404    404    no     404    no     404    404    401    401    404
POST /api/v1/proposal/{proposal}/*                  no     no     no     404    404    no     404    no     404    404    401    401    404
GET  /api/v1/proposal_topic                         200    200    200    200    200    200    200    200    200    200    401    401    200
GET  /api/v1/proposal_topic/{proposal_topic}        200    200    200    404    404    200    404    200    404    404    401    401    404
POST /api/v1/proposal_topic/{proposal_topic}/evidence no     no     no     404    404    no     404    no     404    404    401    401    404
POST /api/v1/proposal_topic/{proposal_topic}/*      no     no     no     404    404    no     404    no     404    404    401    401    404
GET  /api/v1/proposal/{proposal_sealed}             404    404    404    404    404    404    404    404    404    404    401    401    404
POST /api/v1/proposal/{proposal_sealed}/evidence    404    404    404    404    404    404    404    404    404    404    401    401    404
POST /api/v1/proposal/{proposal_sealed}/*           404    404    404    404    404    404    404    404    404    404    401    401    404
GET  /api/v1/jieyou                                 200    200    200    200    200    200    200    200    200    200    401    401    200
GET  /api/v1/jieyou/{mine}                          200    200    200    200    200    200    404    200    404    404    401    401    404
GET  /api/v1/jieyou/{next}                          200    404    404    404    404    404    200    200    404    404    401    401    404
GET  /api/v1/jieyou/{sealed}                        404    404    404    404    404    404    404    404    404    404    401    401    404
GET  /api/v1/jieyou/{no}                            404    404    404    404    404    404    404    404    404    404    401    401    404
POST /api/v1/jieyou/{mine}/evidence                 no     no     no     no     no     no     404    no     404    404    401    401    404
POST /api/v1/jieyou/{next}/evidence                 no     404    404    404    404    404    no     no     404    404    401    401    404
POST /api/v1/jieyou/{sealed}/evidence               404    404    404    404    404    404    404    404    404    404    401    401    404
POST /api/v1/jieyou/{mine}/*                        no     no     no     no     no     no     404    no     404    404    401    401    404
POST /api/v1/jieyou/{next}/register                 no     404    404    404    404    404    no     no     404    404    401    401    404
POST /api/v1/jieyou/{sealed}/*                      404    404    404    404    404    404    404    404    404    404    401    401    404
"""
ROWS = rows(TABLE, PERSONAS)
POST_ONLY = [
    row
    for row in ROWS
    if row.method == "POST" and not any(o.path == row.path and o.method == "GET" for o in ROWS)
]
#: What a GET may leave behind: the notice counts as seen, the workbook taken home is on the record.
LEAVES = (
    "/desk/notices/{notice}/",
    "/desk/import/{batch}/returned/",
    "/desk/ledger/{ledger}/returned/",
    "/desk/registers/organisations/sheets/{register_sheet}/file/",
)


@pytest.fixture(scope="module")
def clients(world_kept: World, django_db_blocker: Any) -> dict[str, Client]:
    """Each person's browser, logged in once for the module."""
    with django_db_blocker.unblock():
        return {who: world_kept.client(who) for who in PERSONAS}


def test_every_address_has_a_line(world: World) -> None:
    answered = {route(path) for row in ROWS for path in row.addresses(world.ids)}
    assert set(patterns(get_resolver().url_patterns)) - answered == set()


#: What is asked for goes to both databases; what would change something is refused before it gets there.
ASKED = [pytest.param(row, marks=[pytest.mark.once] * (row.method == "POST"), id=str(row)) for row in ROWS]


@pytest.mark.parametrize("row", ASKED)
def test_who_gets_what(row: Row, world: World, clients: dict[str, Client]) -> None:
    for path in row.addresses(world.ids):
        assert {who: word(ask(clients[who], row.method, path)) for who in PERSONAS} == row.says, path


def hidden() -> Iterator[Any]:
    """Lines with an id that somebody may not see, and the same line with an id that nothing has."""
    for row in ROWS:
        named = re.findall(r"{(\w+)}", row.path)
        if named and "404" in row.says.values() and named[0] not in ("no", "key", "post"):
            nothing = (
                "key"
                if named[0].endswith(
                    (
                        "_report",
                        "_file",
                        "notice",
                        "duty_list",
                        "duty_item",
                        "headings",
                        "routing_rule",
                        "change",
                        "person",
                        "deputy",
                        "api_key",
                        "unit",
                        "alias",
                        "place",
                        "recusal",
                        "mediator",
                        "organisation",
                        "register_sheet",
                        "reply_key",
                    )
                )
                or named[0].startswith(("paper", "template"))
                else "no"
            )
            yield pytest.param(
                row, replace(row, path=row.path.replace(f"{{{named[0]}}}", f"{{{nothing}}}")), id=str(row)
            )


@pytest.mark.once
@pytest.mark.parametrize(("row", "nowhere"), list(hidden()))
def test_what_is_not_yours_looks_like_what_is_not_there(
    row: Row, nowhere: Row, world: World, clients: dict[str, Client]
) -> None:
    strangers = [who for who in ("accused", "next", "town", "county") if row.says[who] == "404"]
    for there, gone in zip(row.addresses(world.ids), nowhere.addresses(world.ids), strict=True):
        for who in strangers[:2]:
            yours, missing = ask(clients[who], row.method, there), ask(clients[who], row.method, gone)
            assert missing.status_code == 404
            assert (yours.content, dict(yours.headers)) == (missing.content, dict(missing.headers)), (
                f"{who} {there}"
            )


@pytest.mark.once
def test_what_changes_something_cannot_be_called_by_a_link(world: World, clients: dict[str, Client]) -> None:
    linked = {path: {ask(clients[who], "GET", path).status_code for who in ("county", "anon")}
              for row in POST_ONLY for path in row.addresses(world.ids)}  # fmt: skip
    assert len(linked) > 70
    assert {path: said for path, said in linked.items() if said != {405}} == {}


@pytest.mark.once
@pytest.mark.parametrize("who", ["county", "keeper", "audit", "secret"])
def test_looking_changes_nothing(who: str, world: World, clients: dict[str, Client]) -> None:
    before = census()
    for row in ROWS:
        if row.method == "GET" and row.path not in LEAVES:
            clients[who].get(row.path.format(**world.ids))
    assert census() == before


def addresses(world: World) -> set[str]:
    """Every address of the table."""
    return {path for row in ROWS for path in row.addresses(world.ids)}


def census() -> dict[str, int]:
    """How many rows each of our tables has (sessions, tries and tasks apart), and the sum of all turns."""
    found = {
        m._meta.label: m._base_manager.count()
        for m in apps.get_models()
        if m.__module__.startswith("jieyou.")
    }
    del found["privacy.Attempt"]
    return found | {"turns": sum(apps.get_model("loop.Case").objects.values_list("turn", flat=True))}


@pytest.mark.once
def test_a_form_without_its_token_does_nothing(world: World) -> None:
    """Every address, whether it knows POST or not: somebody else's page cannot press a button in ours."""
    strict, before = world.client("county", enforce_csrf_checks=True), census()
    said = {path: strict.post(path).status_code for path in addresses(world)}
    web = {path: status for path, status in said.items() if not path.startswith("/api/") and status != 403}
    api = {
        path: status
        for path, status in said.items()
        if path.startswith("/api/") and status not in (403, 404, 405)
    }
    assert (web, api) == ({}, {})
    assert census() == before


@pytest.mark.once
def test_a_strangers_forms_do_nothing(world: World) -> None:
    stranger, before = Client(enforce_csrf_checks=True), census()
    token = "a" * 32
    stranger.cookies["csrftoken"] = token
    for path in addresses(world):
        answer = stranger.post(
            path, {"csrfmiddlewaretoken": token, **STEP, "words": "我来改一改", "rating": "bad"}
        )
        if path.startswith("/desk/") and path not in ("/desk/login/", "/desk/theme/"):
            assert word(answer) in ("in", "405"), path
        elif path.startswith("/api/") and path not in ("/api/v1/openapi.json", "/api/v1/docs"):
            assert answer.status_code in (401, 404, 405), path
        else:
            assert answer.status_code in (200, 302, 405), path
    assert census() == before


def test_all_persons_of_the_table_are_who_they_say(world: World) -> None:
    titles = {who: world.town.actor(name).title for who, name in LOGINS.items() if name}
    assert [word in titles[who] for who, word in (("city", "中共延安市委"), ("county", "中共宝塔区委"), ("leader", "部领导"),
            ("town", "街道办事处"), ("bureau", "住房和城乡建设局"), ("caller", "回访人员"), ("next", "中共安塞区委"), ("keeper", "密件专办"),
            ("admin", "系统管理员"), ("audit", "安全审计员"), ("accused", "社区居委会"))] == [True] * 11  # fmt: skip
