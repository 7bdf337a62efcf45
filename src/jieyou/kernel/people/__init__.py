"""People: accounts, units, many posts per person with terms, deputies, and the Actor.

An ``Actor`` is who acts, in which posts, where; it is built once per request and is the only thing handed
down. A post gives the right to a step; separation of duties compares the person. ``posts`` changes and reads
posts, ``units`` and ``accounts`` do the same for units and accounts; every row of them is on the ledger.
"""
