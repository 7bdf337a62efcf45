"""What the place tree tells, inside the transaction of the change: a receiver that fails undoes it."""

from django.dispatch import Signal

tree_changed = Signal()
"""The tree changed. Sender ``Place``; keyword arguments:

``places`` (``list[Place]``, fresh: every place whose name, code, parent or period changed, with all below it
whose code changed; each once) · ``on`` (date: first day of the new state) · ``kind`` (rename, recode, move,
merge, split, found).

Level columns (``l2``…``l5``) of open cases want rewriting from ``tree.levels_of``; a case whose place has
ended belongs to ``tree.today(place)``, which refuses (``UnknownPlace``) when a split leaves more than one: a
person must choose.
"""
