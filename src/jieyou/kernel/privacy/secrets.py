"""Query secrets (查询编号): 60 random bits that a person can read out; only a keyed hash is kept."""

from __future__ import annotations

import secrets
import unicodedata

from jieyou.kernel.privacy import keys

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U
_LENGTH = 12
_MEANT = str.maketrans("OIL", "011")


def new_secret() -> str:
    """A new secret as it is shown: 7K2M-Q9XW-4TFA."""
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
    return "-".join(letters[start : start + 4] for start in range(0, _LENGTH, 4))


def derived(client_key: str) -> str:
    """The secret of a page's own random key: a report sent twice shows the same secret both times."""
    number = int(keys.fingerprint("derived secret", client_key), 16)
    letters = "".join(_ALPHABET[(number >> 5 * n) & 31] for n in range(_LENGTH))
    return "-".join(letters[start : start + 4] for start in range(0, _LENGTH, 4))


def secret_key(text: str) -> str:
    """What is stored and looked up for a secret as typed (64 hex digits).

    Case, blanks and dashes do not count, full-width letters do no harm, O is 0, I and L are 1. Whatever else
    was typed gives a key as well, which is nobody's.
    """
    letters = unicodedata.normalize("NFKC", text).upper().translate(_MEANT)
    return keys.fingerprint("secret", "".join(c for c in letters if c.isalnum()))
