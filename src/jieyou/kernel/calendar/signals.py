"""What the calendar tells, inside the transaction that keeps the notice: a receiver that fails undoes it."""

from django.dispatch import Signal

calendar_changed = Signal()
"""A notice was entered or corrected. Sender ``Notice``; keyword arguments:

``year`` (int) · ``notice`` (Notice) · ``published`` (bool: the year was 暂定 until now) · ``changed``
(``dict[date, bool]``: days that work now and did not, or the reverse) · ``by`` (str).

Two kinds of deadlines want reckoning again: provisional ones when ``published``, and any whose days reach
the first of ``changed`` (a notice of one year may move the last days of December before it).
"""
