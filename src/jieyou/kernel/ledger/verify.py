"""``audit verify``: the proof over the database or an export. Other apps plug in here (`chained`, `extra`).

from jieyou.kernel.ledger import verify

@verify.chained
class Event(Chained): ...

@verify.extra
def turns() -> Iterator[verify.Broken]: ...
"""

from pathlib import Path

from django.db import connection

from jieyou.kernel.ledger import checkpoint, triggers
from jieyou.kernel.ledger.database import Database, snapshot
from jieyou.kernel.ledger.exported import Exported
from jieyou.kernel.ledger.proof import Progress, prove
from jieyou.kernel.ledger.registry import chained, extra, extras
from jieyou.kernel.ledger.signing import key_id
from jieyou.kernel.ledger.source import Broken, Report, Seal, Unreadable

__all__ = ["Broken", "Report", "Unreadable", "chained", "extra", "verify_database", "verify_export"]


def verify_database(checkpoint_file: Path | None = None, progress: Progress | None = None) -> Report:
    """Prove the default database against itself, the copies in HOME/checkpoints and an outsider's copy.

    Reads one snapshot and keeps no writer waiting. Unreadable (a sentence) when a checkpoint file is none.
    What cannot be proved is said in `proof`: links cut off after the last checkpoint, and a thief of the
    signing key when nobody outside kept a checkpoint.
    """
    outside = _outside(checkpoint_file)
    kept = [*checkpoint.copies(), *outside]
    with snapshot():
        report = prove(Database(), _trusted(outside), kept, progress)
        for check in extras():
            for fault in check():
                report.find(fault)
        for table in triggers.unguarded(connection):
            report.notes.append(f"表 {table} 缺少防改动的触发器，请运行 migrate。")
    if not report.checkpoints:
        report.notes.append("还没有检查点，看不出末尾是否被删。")
    return report


def verify_export(
    path: Path, checkpoint_file: Path | None = None, progress: Progress | None = None
) -> Report:
    """Prove an export without any database: the same, but for the checks registered with `extra`.

    Trusted are the keys of this installation and of the outsider's checkpoint; where there are none, the keys
    that the export brings itself, and a note says so. Unreadable (a sentence) when the file is no export or
    was cut short.
    """
    outside = _outside(checkpoint_file)
    trusted = _trusted(outside)
    with Exported(path) as source:
        last = max((seal.no for seal in source.seals()), default=0)
        kept = [*(copy for copy in checkpoint.copies() if copy.no <= last), *outside]
        try:
            report = prove(source, trusted or source.keys(), kept, progress)
        except UnicodeEncodeError as error:
            raise Unreadable("导出文件里有不成字的内容。") from error
    if last and not trusted:
        report.notes.append("签名是用导出文件自带的公钥核对的，请另找一份留存的检查点（--checkpoint）。")
    return report


def _outside(file: Path | None) -> list[Seal]:
    return [] if file is None else [checkpoint.read_copy(file)]


def _trusted(outside: list[Seal]) -> dict[str, str]:
    """Keys of this installation and those that came with a checkpoint from outside."""
    brought = {key_id(seal.public_key): seal.public_key for seal in outside}
    return checkpoint.public_keys() | brought
