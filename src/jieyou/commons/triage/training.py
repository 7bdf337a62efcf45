"""Training that is asked for on a page and done by the worker: who asked, how far it is, what came of it. Light."""

from __future__ import annotations

from datetime import timedelta

from django.db import IntegrityError, transaction

from jieyou.commons.triage import tasks
from jieyou.commons.triage.lessons import LEAST, counted
from jieyou.commons.triage.models import Training
from jieyou.kernel.calendar import clock
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.people.models import Account

LONGEST = timedelta(hours=2)
"""A training that has not ended by then was cut short."""
RUNNING = "正在训练，请等它做完"


def begin(by: Account) -> Training:
    """Put a training into the queue. Raises :class:`Refused` where one is running or there is too little to learn from."""
    there = counted()
    if there < LEAST:
        raise Refused(f"由人定了类别的反映有 {there} 件，至少要 {LEAST} 件才能训练")
    if running():
        raise Refused(RUNNING)
    try:
        with transaction.atomic():
            row = Training.objects.create(by=by, begun_at=clock.now(), words="等后台接手")
            key = row.pk.hex
            transaction.on_commit(lambda: tasks.learn.enqueue(key))
    except IntegrityError:  # somebody pressed at the same moment
        raise Refused(RUNNING) from None
    return row


def running() -> Training | None:
    """The one that is running. One that was cut short long ago is ended here."""
    row = Training.objects.filter(open=True).first()
    if row and clock.now() - row.begun_at > LONGEST:
        Training.objects.filter(pk=row.pk).update(open=False, refused="没有做完就中断了，请再训练一次")
        return None
    return row


def last() -> Training | None:
    """The latest, running or not."""
    return Training.objects.select_related("by", "made").order_by("-begun_at").first()
