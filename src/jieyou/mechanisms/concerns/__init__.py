"""周“解忧”: a concern that a resident raises is carried through 线索征集、综合研判、会前协商、例会解难、会后交办、跟踪督办、
办结销号、事后回访, with an owner, a working-day clock and evidence at every stage, until it is solved and the resident says so."""
