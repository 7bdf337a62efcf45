"""Signals of the reports."""

from django.dispatch import Signal

#: ``report, case``: words of harm; a person must look at once. Sent inside the transaction that takes the report in.
alarmed = Signal()
