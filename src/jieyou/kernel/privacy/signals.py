"""Signals of the right to see."""

from django.dispatch import Signal

#: ``rows``: units have been given a right to see; inside the transaction of the step that gives it.
granted = Signal()
