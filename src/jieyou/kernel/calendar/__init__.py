"""Days and hours: the movable clock, working days by State Council notice, deadlines, reporting periods.

What is a rest day is dated, sourced data (``data/*.csv``, then rows); the arithmetic over it is pure.
"""
