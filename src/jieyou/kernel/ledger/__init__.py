"""The ledger: append-only, hash-chained records that an outsider can verify.

What must not be quietly changed is written here as one line of a *chain*. A record holds only codes, times
and a salted digest; the words and the personal data live in a payload that the law may order erased, and its
erasure is itself a record. A signed daily checkpoint, kept by somebody else, proves that nothing was cut off
or rewritten.

``canon`` · ``signing`` · ``source`` · ``pairing`` · ``proof`` know no Django: an outsider can read the proof
in them.
"""
