"""The residents' phone pages: report, look at the own answer, rate. No account, no script needed.

This is the public zone. It writes a report (and what its reporter adds) and reads that report's own answer;
beside that it reads public lists only: categories, places, clock rules.
"""
