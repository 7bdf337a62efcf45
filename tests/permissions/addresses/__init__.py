"""Every address × every person: the table, a part for each mechanism. An address without a line fails the suite.

``in``: sent to the login page. ``go``: sent elsewhere. ``no``: refused with a sentence (409, 422). Whoever may not see a
thing reads 404, the same 404 as for a thing that is not there; 403 is for those who may see it and hold no fitting post.

What stands behind the names: ``mine`` an ordinary case of 宝塔区, in hand with two units (``bureau``, ``town``); ``next`` one
of 安塞区; ``sealed`` a report about the community committee (``accused``) whose township is ``town``; ``task`` the bureau's
assignment; ``batch`` an import of the county, ``ledger`` of its ledger; ``no`` and ``key`` a number and an id that nothing
has. ``*``: every step of the loop.
"""

from __future__ import annotations

from permissions.addresses import (
    api,
    cases,
    desk,
    figures,
    mediation,
    papers,
    petitions,
    proposals,
    publication,
    registers,
    reports,
    residents,
    settings,
)
from permissions.table import Row, rows
from permissions.world import PERSONAS

PARTS = (
    residents,
    desk,
    cases,
    reports,
    papers,
    figures,
    registers,
    settings,
    petitions,
    mediation,
    proposals,
    publication,
    api,
)
ROWS: list[Row] = [row for part in PARTS for row in rows(part.TABLE, PERSONAS)]
