"""Checkpoints: a signed root over the heads of all chains, with a copy outside the database.

The private key is ``HOME/keys/ledger.pem`` (mode 0600), made on first use; move it away and the next
checkpoint makes a new one. Public keys stay beside it as ``ledger-<key id>.pub``. Each checkpoint is also
``HOME/checkpoints/NNNN.json``: give that small file to somebody outside (print it, mail it), for whoever
rules this machine could sign a new past.
"""

import json
import logging
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from secrets import token_hex

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from django.conf import settings
from django.db import IntegrityError, connection, transaction

from jieyou.kernel.calendar import clock
from jieyou.kernel.ledger import signing
from jieyou.kernel.ledger.canon import moment
from jieyou.kernel.ledger.database import CHUNK, seal_of
from jieyou.kernel.ledger.models import Checkpoint, Head
from jieyou.kernel.ledger.registry import chained_models
from jieyou.kernel.ledger.source import Seal, Unreadable, seal_from

log = logging.getLogger(__name__)

_GROWN = """
INSERT INTO ledger_head (checkpoint_id, "table", chain, seq, hash)
SELECT CAST(%s AS integer), %s, link.chain, link.seq, link.hash
FROM (SELECT chain, MAX(seq) AS seq FROM "{table}" GROUP BY chain) AS now
JOIN "{table}" AS link ON link.chain = now.chain AND link.seq = now.seq
LEFT JOIN (SELECT chain, MAX(seq) AS seq FROM ledger_head WHERE "table" = %s GROUP BY chain) AS seen
  ON seen.chain = now.chain
WHERE seen.seq IS NULL OR now.seq > seen.seq
ORDER BY link.chain"""


def take(now: datetime | None = None) -> Checkpoint:
    """Seal all chains as they are: heads of those that grew since the last checkpoint, root, signature, copy.

    When another process takes the same number at the same moment, its checkpoint is returned.
    """
    key, at = signing_key(), now or clock.now()
    before = _latest()
    try:
        with transaction.atomic():
            return _take(key, at, before)
    except IntegrityError:
        after = _latest()
        if after is None or after == before:
            raise
        return after


def daily(now: datetime | None = None) -> Checkpoint | None:
    """The first call of a local day takes a checkpoint, further calls do nothing: for ``tick``."""
    at = now or clock.now()
    last = _latest()
    return None if last and clock.local(last.at) >= clock.local(at) else take(at)


def signing_key() -> Ed25519PrivateKey:
    """The key of this installation, made on first use; its public half is written beside it."""
    path = _folder("keys", 0o700) / "ledger.pem"
    if not path.exists():
        fresh = Ed25519PrivateKey.generate()
        _write_once(path, fresh.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()), 0o600)
    key = load_pem_private_key(path.read_bytes(), None)
    if not isinstance(key, Ed25519PrivateKey):
        raise Unreadable(f"{path} 不是 Ed25519 密钥")
    public = _public(key)
    _write_once(path.with_name(f"ledger-{signing.key_id(public)}.pub"), public.encode(), 0o644)
    return key


def public_keys() -> dict[str, str]:
    """Key id → public key (hex) of every key this installation has signed with."""
    found = (path.read_text().strip() for path in sorted((settings.HOME / "keys").glob("ledger-*.pub")))
    return {signing.key_id(key): key for key in found}


def copies() -> Iterator[Seal]:
    """The copies kept in ``HOME/checkpoints``, by number."""
    return map(read_copy, sorted((settings.HOME / "checkpoints").glob("*.json")))


def read_copy(path: Path) -> Seal:
    """One copy of a checkpoint; Unreadable when the file is none."""
    try:
        return seal_from(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise Unreadable(f"{path} 不是检查点文件。") from error


def _latest() -> Checkpoint | None:
    return Checkpoint.objects.order_by("-no").first()


def _take(key: Ed25519PrivateKey, at: datetime, before: Checkpoint | None) -> Checkpoint:
    no, previous = (before.no + 1, before.root) if before else (1, "")
    with connection.cursor() as cursor:
        for table in chained_models():
            cursor.execute(_GROWN.format(table=table), [no, table, table])
    root = signing.Root(no, moment(at), previous)
    heads = Head.objects.filter(checkpoint=no).order_by("table", "chain", "seq")
    for head in heads.values_list("table", "chain", "seq", "hash").iterator(chunk_size=CHUNK):
        root.add(*head)
    public = _public(key)
    taken = Checkpoint(
        no=no,
        at=at,
        root=root.hex(),
        signature=signing.sign(key, root.hex()),
        key_id=signing.key_id(public),
        heads_count=root.count,
    )
    taken.save(force_insert=True)
    transaction.on_commit(lambda: _keep(taken, public))
    return taken


def _keep(taken: Checkpoint, public: str) -> None:
    """Write the copy. One of another past that lies there is evidence and stays; `audit verify` names it."""
    said = {**asdict(seal_of(taken)), "public_key": public}
    path = _folder("checkpoints", 0o755) / f"{taken.no:04}.json"
    _write_once(path, (json.dumps(said, indent=1) + "\n").encode(), 0o644)
    if json.loads(path.read_text(encoding="utf-8")) != said:
        log.error("%s belongs to another ledger or another past and was left as it is", path)


def _public(key: Ed25519PrivateKey) -> str:
    return key.public_key().public_bytes_raw().hex()


def _folder(name: str, mode: int) -> Path:
    path = Path(settings.HOME) / name
    path.mkdir(mode=mode, parents=True, exist_ok=True)
    return path


def _write_once(path: Path, content: bytes, mode: int) -> None:
    """Write a whole file or, when it is there already, nothing: nobody ever reads half of it."""
    if path.exists():
        return
    draft = path.with_name(f".{path.name}.{token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    try:
        with suppress(FileExistsError):  # another process was quicker: its file is the one
            os.link(draft, path)
    finally:
        draft.unlink()
