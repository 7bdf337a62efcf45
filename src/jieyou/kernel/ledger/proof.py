"""The proof: one pass over a `Source`, in flat memory, with nothing but the standard library and Ed25519.

What it proves. Each link follows from the one before it, its columns say what its body says, its payload
matches its digest or was erased on record, each register row is what its last record says, and every
checkpoint's root and signature hold over the very links that are there.

What it cannot prove. Links added after the last checkpoint can be cut off the end of a chain without a trace
in the chain itself; whoever knows how long a chain must be registers that with `verify.extra` (a case knows
its turn). And who holds the signing key can sign a new past: only a checkpoint that an outsider kept (`kept`)
refutes that.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain as joined
from json import JSONDecoder
from typing import Generic, TypeVar

from jieyou.kernel.ledger.canon import Json, digest, link
from jieyou.kernel.ledger.pairing import Pairing
from jieyou.kernel.ledger.signing import Root, signed
from jieyou.kernel.ledger.source import (
    ERASED,
    ERASURES,
    RECORDS,
    ROWS,
    Broken,
    Entry,
    Mark,
    Report,
    Seal,
    Source,
)

Progress = Callable[[int, int], None]
"""Told now and then: links proved, links in all."""
Item = TypeVar("Item")

STEP = 5000
_decode = JSONDecoder().decode


def prove(
    source: Source,
    keys: Mapping[str, str],
    kept: Iterable[Seal] = (),
    progress: Progress | None = None,
) -> Report:
    """Prove a ledger under trusted public `keys` (id → hex) and against checkpoints `kept` outside of it."""
    return _Proof(source, keys, progress).run(list(kept))


class _Ahead(Generic[Item]):
    """An iterator whose next item can be looked at: what a merge needs."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._items = iter(items)
        self.head: Item | None = next(self._items, None)

    def step(self) -> None:
        self.head = next(self._items, None)

    def rest(self) -> Iterator[Item]:
        while self.head is not None:
            yield self.head
            self.step()


class _Proof:
    def __init__(self, source: Source, keys: Mapping[str, str], progress: Progress | None) -> None:
        self.source = source
        self.keys = keys
        self.progress = progress
        self.report = Report()
        self.total = source.total()
        self.payloads = 0
        self.erasures = Pairing()
        self.seals = source.seals()
        self.roots: dict[int, Root] = {}
        self.registers: dict[str, _Ahead[tuple[str, str]]] = {}
        self.unknown_registers: set[str] = set()

    def run(self, kept: list[Seal]) -> Report:
        self._lay_roots()
        for table in self.source.tables():
            self._prove_table(table)
        self._prove_seals()
        self._prove_kept(kept)
        if self.source.complete:
            self._prove_rest()
        else:
            self.report.notes.append("导出时没有带上记录内容，只核对了链条、检查点和签名。")
        self.erasures.close()
        if self.progress:
            self.progress(self.report.records, self.total)
        return self.report

    def _find(self, chain: str, seq: int, what: str, table: str = "") -> None:
        self.report.find(Broken(chain, seq, what, table))

    # -- links ------------------------------------------------------------------------------------

    def _prove_table(self, table: str) -> None:
        marks = _Ahead(self.source.marks(table))
        last: Entry | None = None
        for entry in self.source.entries(table):
            if last is None or entry.chain != last.chain:
                self._end_chain(table, last)
                self.report.chains += 1
                if last is not None and entry.chain < last.chain:
                    self._find(entry.chain, entry.seq, "次序错乱，同一条链出现在两处", table)
                last = None
            if fault := self._fault(table, entry, last):
                self._find(entry.chain, entry.seq, fault, table)
            self._meet_marks(table, entry, marks)
            last = entry
            self.report.records += 1
            if self.progress and self.report.records % STEP == 0:
                self.progress(self.report.records, self.total)
        self._end_chain(table, last)
        for mark in marks.rest():
            self._lost(table, mark)

    def _fault(self, table: str, entry: Entry, last: Entry | None) -> str | None:
        """The first thing that is wrong with one link; one fault does not make other links faulty."""
        body = _object(entry.body)
        words = self._words_fault(table, entry, body or {}) if self.source.complete else None
        return _link_fault(entry, last) or _columns_fault(entry, body) or words

    def _words_fault(self, table: str, entry: Entry, body: dict[str, Json]) -> str | None:
        if table == RECORDS and entry.chain == ERASURES:
            self._note_erasures(entry, body)
        expected = body.get("payload")
        if entry.words is None:
            return "内容不见了，也没有依法删除的记录" if expected is not None else None
        self.payloads += 1
        if entry.words == ERASED:
            self.report.erased += 1
            self.erasures.left(entry.id, f"{entry.seq}\t{table}\t{entry.chain}")
            return None
        salt, _, text = entry.words.partition("\n")
        if digest(salt, text) != expected:
            return "内容与摘要不符，内容被改动"
        return None

    def _note_erasures(self, entry: Entry, body: dict[str, Json]) -> None:
        named = body.get("records")
        for record in named if isinstance(named, list) else []:
            self.erasures.right(str(record), str(entry.seq))

    # -- checkpoints ------------------------------------------------------------------------------

    def _lay_roots(self) -> None:
        previous = ""
        for no, seal in enumerate(self.seals, 1):
            if seal.no != no:
                self._find("", 0, f"第{seal.no}号检查点的前面有缺失")
                break
            self.roots[no] = Root(no, seal.at, previous)
            previous = seal.root

    def _meet_marks(self, table: str, entry: Entry, marks: _Ahead[Mark]) -> None:
        """Consume the heads up to this link; both streams come in the same order."""
        while (mark := marks.head) and (mark.chain, mark.seq) < (entry.chain, entry.seq):
            self._lost(table, mark)
            marks.step()
        while (mark := marks.head) and (mark.chain, mark.seq) == (entry.chain, entry.seq):
            self._count(table, mark)
            if mark.hash != entry.hash:
                what = f"与第{mark.checkpoint}号检查点记下的指纹不同，链被整段改写"
                self._find(entry.chain, entry.seq, what, table)
            marks.step()

    def _lost(self, table: str, mark: Mark) -> None:
        self._count(table, mark)
        self._find(
            mark.chain, mark.seq, f"第{mark.checkpoint}号检查点见过这一条，现在没有了，末尾被删", table
        )

    def _count(self, table: str, mark: Mark) -> None:
        if root := self.roots.get(mark.checkpoint):
            root.add(table, mark.chain, mark.seq, mark.hash)
        else:
            self._find(mark.chain, mark.seq, f"链头属于第{mark.checkpoint}号检查点，检查点却不在", table)

    def _prove_seals(self) -> None:
        for seal in self.seals:
            root = self.roots.get(seal.no)
            if root and (root.hex() != seal.root or root.count != seal.heads_count):
                self._find("", 0, f"第{seal.no}号检查点的根值与链头不符，检查点被改动")
            self._prove_signature(seal, f"第{seal.no}号检查点")
            self.report.checkpoints += 1

    def _prove_signature(self, seal: Seal, name: str) -> None:
        if not (key := self.keys.get(seal.key_id)):
            self._find("", 0, f"{name}是用不认识的密钥签的（{seal.key_id}）")
        elif not signed(seal, key):
            self._find("", 0, f"{name}的签名无效")

    def _prove_kept(self, kept: list[Seal]) -> None:
        """A root holds all roots before it: one checkpoint kept outside proves everything up to its day."""
        own = {seal.no: seal for seal in self.seals}
        for copy in kept:
            name = f"留存的第{copy.no}号检查点"
            self._prove_signature(copy, name)
            if copy.no not in own:
                self._find("", 0, f"{name}在这里找不到，记录被倒退或整批删除")
            elif own[copy.no].root != copy.root:
                self._find("", 0, f"{name}与这里的根值不同，记录被改写")

    # -- register rows ----------------------------------------------------------------------------

    def _end_chain(self, table: str, last: Entry | None) -> None:
        if last and self.source.complete and table == RECORDS and last.chain.startswith(ROWS):
            self._prove_row(last)

    def _prove_row(self, last: Entry) -> None:
        """Compare a register row with its last record; rows passed over on the way have no record at all."""
        register, _, key = last.chain[len(ROWS) :].rpartition(":")
        if register not in self.registers:
            if register not in self.source.registers():
                self.unknown_registers.add(register)
                return
            self.registers[register] = _Ahead(self.source.rows(register))
        rows = self.registers[register]
        while rows.head and rows.head[0] < key:
            self._forged(register, rows.head[0])
            rows.step()
        text = None
        if rows.head and rows.head[0] == key:
            text = rows.head[1]
            rows.step()
        if fault := _row_fault(last, text):
            self._find(last.chain, last.seq, fault, RECORDS)
        elif text is not None:
            self.report.rows += 1

    def _forged(self, register: str, key: str) -> None:
        self._find(f"{ROWS}{register}:{key}", 0, "台账里有这一行，却没有登记记录，疑似伪造", RECORDS)

    def _prove_rest(self) -> None:
        """What is left over on either side once everything has streamed past."""
        for register in self.source.registers():
            for key, _ in self.registers.get(register, _Ahead(self.source.rows(register))).rest():
                self._forged(register, key)
        for register in sorted(self.unknown_registers):
            self.report.notes.append(f"台账“{register}”已不在系统里，只核对了它的登记记录。")
        for _, where in self.erasures.lonely_left():
            seq, table, chain = where.split("\t", 2)
            self._find(chain, int(seq), "内容被清空，却没有依法删除的记录", table)
        for record, seq in self.erasures.lonely_right():
            self._find(ERASURES, int(seq), f"记录写明已依法删除（{record}），实际没有删除", RECORDS)
        for record in self.source.strays(self.payloads):
            self._find("", 0, f"有内容却没有它所属的记录（{record}），记录被删除")


def _link_fault(entry: Entry, last: Entry | None) -> str | None:
    seq, prev = (last.seq, last.hash) if last else (0, "")
    if link(entry.prev, entry.body) != entry.hash:
        return "正文与指纹不符，记录被改动"
    if entry.seq != seq + 1:
        return f"前面应是第{entry.seq - 1}条，却是第{seq}条，中间有缺失" if seq else "链的开头有缺失"
    return "与上一条接不上，上一条被替换" if entry.prev != prev else None


def _columns_fault(entry: Entry, body: dict[str, Json] | None) -> str | None:
    if body is None:
        return "正文读不出来"
    for key, value in entry.columns.items():
        if key not in body or body[key] != value:
            return f"栏目“{key}”与正文不一致，栏目被改动"
    return None


_BLANK: tuple[Json, ...] = (None, "", False, [], {})


def _row_fault(last: Entry, text: str | None) -> str | None:
    body = _object(last.body) or {}
    if body.get("act") == "delete":
        return None if text is None else "登记为已删除的台账行又出现了"
    if text is None:
        return "台账行不见了，却没有删除记录"
    recorded = _object((last.words or "").partition("\n")[2]) or {}
    if not isinstance(fields := recorded.get("row"), dict):
        return "台账行的最新登记没有内容，无法核对"
    now = _object(text) or {}
    # A column that is younger than the record was blank then: it must be blank still.
    now = {key: value for key, value in now.items() if key in fields or value not in _BLANK}
    if fields == now:
        return None
    changed = sorted(key for key in joined(fields, now) if fields.get(key, ...) != now.get(key, ...))
    return f"台账行与最后一次登记不一致：{'、'.join(dict.fromkeys(changed))}"


def _object(text: str) -> dict[str, Json] | None:
    try:
        value = _decode(text)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None  # pyright: ignore[reportUnknownVariableType]
