"""Keys from ``settings.SEALING_KEY``: ``secret``, or while rotating ``k2:new,k1:old`` (the first one seals).

Everything is derived by HKDF-SHA256 (RFC 5869), one purpose each: a blind index tells nothing about the
sealing key. Lookups (blind index, query secrets) use the *last* key, which therefore stays in the list.
"""

from __future__ import annotations

import hmac
import re
from functools import lru_cache
from hashlib import sha256

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

_NAMED = re.compile(r"(k[0-9]{1,4}):(.+)")
_SHORTEST = 32


def ring() -> dict[str, str]:
    """Secrets by key id, the sealing one first. ImproperlyConfigured when the setting cannot be right."""
    return _parsed(settings.SEALING_KEY)


def sealing_key(key_id: str = "") -> tuple[str, bytes]:
    """(id, 32 bytes) of one key, by default of the one that seals today. KeyError for an unknown id."""
    secrets = ring()
    wanted = key_id or next(iter(secrets))
    return wanted, _derived(secrets[wanted], "seal")


def fingerprint(purpose: str, text: str) -> str:
    """Keyed hash (64 hex digits): equal texts are found, the text is not."""
    oldest = list(ring().values())[-1]
    return hmac.new(_derived(oldest, purpose), text.encode(), sha256).hexdigest()


@lru_cache(maxsize=8)
def _parsed(setting: str) -> dict[str, str]:
    parts = [part.strip() for part in setting.split(",")]
    named = [_NAMED.fullmatch(part) for part in parts]
    pairs = [(m[1], m[2]) for m in named if m] if all(named) else [("k1", setting)]
    if len(dict(pairs)) != len(pairs):
        raise ImproperlyConfigured("SEALING_KEY names one key twice")
    if any(len(secret) < _SHORTEST for _, secret in pairs):
        raise ImproperlyConfigured(f"SEALING_KEY: a secret has at least {_SHORTEST} random characters")
    return dict(pairs)


@lru_cache(maxsize=64)
def _derived(secret: str, purpose: str) -> bytes:
    kdf = HKDF(algorithm=SHA256(), length=32, salt=b"jieyou.privacy", info=purpose.encode())
    return kdf.derive(secret.encode())
