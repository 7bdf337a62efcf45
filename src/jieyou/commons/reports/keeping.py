"""到期删除: contacts of reports go when their purpose has been over for as long as the term of keeping says. With a trace.

What is erased cannot be read again by anybody; the record says which reports, how many, and on what ground.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from jieyou.commons.reports.models import Report
from jieyou.kernel.calendar import clock as watch
from jieyou.kernel.ledger import chain
from jieyou.kernel.privacy.models import Retention
from jieyou.kernel.privacy.retention import due_for_erasure

CONTACT = "contact"
KIND = "retention"
AT_ONCE = 500


def due() -> QuerySet[Report]:
    """Reports whose contacts are still there and whose matter ended long enough ago. None where the term is for good."""
    last = due_for_erasure(CONTACT)
    if last is None:
        return Report.objects.none()
    there = ~Q(name_blind="") | ~Q(phone_blind="")
    return Report.objects.filter(there, case__open=False, case__ended_at__lte=watch.end_of(last))


def erase() -> int:
    """Erase the contacts that are due; returns how many reports had some. Safe to run again."""
    basis = Retention.objects.values_list("basis", flat=True).get(kind=CONTACT)
    keys = iter(list(due().order_by("pk").values_list("pk", flat=True)))
    return sum(_erase(some, basis) for some in _parts(keys))


def _parts(keys: Iterator[UUID]) -> Iterator[list[UUID]]:
    while some := list(islice(keys, AT_ONCE)):
        yield some


@transaction.atomic
def _erase(keys: list[UUID], basis: str) -> int:
    gone = Report.objects.filter(pk__in=keys).update(name="", phone="", name_blind="", phone_blind="")
    chain.append(KIND, f"{KIND}:{CONTACT}", {"reports": keys, "basis": basis})
    return gone
