"""What the loop tells the floors above, inside the step's transaction."""

from django.dispatch import Signal

#: ``event, case, transition (None when the case is opened), step`` (has ``actor``, ``data``, ``tells``).
advanced = Signal()

#: ``clock, at``: a deadline passed and no transition of the loop answers it by itself.
ran_out = Signal()

#: ``at``: a tick has made the timed steps. A receiver answers how much it did itself; a second tick must find nothing to do.
ticked = Signal()
