"""What the proof reads and what it says: values only, the same from the database and from an export."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from jieyou.kernel.ledger.canon import Json

RECORDS = "ledger_record"
ERASURES = "erasure"
"""Kind and chain of the records of erasures: one chain, so that none of them can go missing unseen."""
ROWS = "row:"
"""How the chains of register rows begin: ``row:<register>:<key>``."""
ERASED = "\n"
"""`Entry.words` of an erased payload."""
WORST = 1000
"""Faults listed one by one; the rest are only counted."""


class Unreadable(ValueError):
    """Why a file cannot be verified at all, as a sentence."""


class Entry(NamedTuple):
    """One link as stored."""

    id: str  # 32 hex digits
    chain: str
    seq: int
    body: str
    prev: str
    hash: str
    columns: Mapping[str, Json]  # key of the body → what the column says
    words: str | None  # salt, line feed, payload text; a bare line feed once erased; None without payload


class Mark(NamedTuple):
    """One chain's head as a checkpoint saw it."""

    checkpoint: int
    chain: str
    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class Seal:
    """A checkpoint without its heads; `public_key` (hex) only in copies kept outside the database."""

    no: int
    at: str
    root: str
    signature: str
    key_id: str
    heads_count: int
    public_key: str = ""


def seal_from(said: object) -> Seal:
    """A seal out of parsed JSON; Unreadable when it is none."""
    try:
        seal = Seal(**said)  # pyright: ignore[reportCallIssue]
        bytes.fromhex(seal.public_key)
    except (TypeError, ValueError) as error:
        raise Unreadable("不是检查点。") from error
    if any(type(getattr(seal, name)) is not kind for name, kind in Seal.__annotations__.items()):
        raise Unreadable("不是检查点。")
    return seal


class Source(Protocol):
    """A ledger to be proved. Everything streams; order is by code point, and the proof checks it.

    `complete` is False for an export without words: payloads and register rows cannot be proved from it.
    """

    complete: bool

    def total(self) -> int:
        """Links in all tables, for the progress bar."""
        ...

    def keys(self) -> dict[str, str]:
        """Public keys the source itself brings: key id → hex."""
        ...

    def seals(self) -> list[Seal]:
        """All checkpoints by number."""
        ...

    def tables(self) -> list[str]:
        """Names of all tables that have links or heads, sorted."""
        ...

    def entries(self, table: str) -> Iterator[Entry]:
        """Links of one table by (chain, seq); none when the table is unknown."""
        ...

    def marks(self, table: str) -> Iterator[Mark]:
        """Heads of one table by (chain, seq)."""
        ...

    def registers(self) -> list[str]:
        """Names of the tracked registers."""
        ...

    def rows(self, register: str) -> Iterator[tuple[str, str]]:
        """(key as 32 hex digits, canonical text of the tracked fields) by key."""
        ...

    def strays(self, payloads: int) -> Iterable[str]:
        """Ids of payloads that belong to no link; the proof has seen `payloads` that do."""
        ...


@dataclass(frozen=True, slots=True)
class Broken:
    """One fault: where (seq 0 = the whole chain) and what, as a sentence for the auditor."""

    chain: str
    seq: int
    what: str
    table: str = ""


@dataclass(slots=True)
class Report:
    """The answer of `audit verify`."""

    records: int = 0
    chains: int = 0
    checkpoints: int = 0
    rows: int = 0  # register rows that agree with their last record
    erased: int = 0  # payloads erased by law
    faults: int = 0
    broken: list[Broken] = field(default_factory=list[Broken])  # the first `WORST` of the faults
    notes: list[str] = field(default_factory=list[str])  # what this run could not prove; no faults

    @property
    def ok(self) -> bool:
        return self.faults == 0

    def find(self, fault: Broken) -> None:
        """Count a fault and list it, if the list is not yet full."""
        self.faults += 1
        if len(self.broken) < WORST:
            self.broken.append(fault)

    def as_dict(self) -> dict[str, object]:
        """The JSON shape of ``jieyou audit verify --json``."""
        return {
            "records": self.records,
            "chains": self.chains,
            "ok": self.ok,
            "broken": [
                {"chain": b.chain, "seq": b.seq, "what": b.what, "table": b.table} for b in self.broken
            ],
            "faults": self.faults,
            "checkpoints": self.checkpoints,
            "rows": self.rows,
            "erased": self.erased,
            "notes": self.notes,
        }
