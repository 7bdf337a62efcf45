"""The root of a checkpoint and its Ed25519 signature (RFC 8032)."""

from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from jieyou.kernel.ledger.source import Seal


class Root:
    """SHA-256 over number, time, the root before and the heads, which come sorted by (table, chain, seq)."""

    def __init__(self, no: int, at: str, previous: str) -> None:
        self.count = 0
        self._hash = sha256(f"jieyou checkpoint\n{no}\n{at}\n{previous}\n".encode())

    def add(self, table: str, chain: str, seq: int, hash: str) -> None:
        self.count += 1
        self._hash.update(f"{table}\t{chain}\t{seq}\t{hash}\n".encode())

    def hex(self) -> str:
        return self._hash.hexdigest()


def sign(key: Ed25519PrivateKey, root: str) -> str:
    """The signature (128 hex digits) of a root."""
    return key.sign(root.encode()).hex()


def signed(seal: Seal, public_key: str) -> bool:
    """Whether the key (hex) has signed the seal's root; False as well for what is no key or no signature."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
        key.verify(bytes.fromhex(seal.signature), seal.root.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def key_id(public_key: str) -> str:
    """32 hex digits that name a public key (hex): the head of its SHA-256. ValueError when it is no hex."""
    return sha256(bytes.fromhex(public_key)).hexdigest()[:32]
