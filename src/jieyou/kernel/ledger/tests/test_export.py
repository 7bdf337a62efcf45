"""The ledger as a file proves the same, and a file somebody has tampered with does not."""

import gzip
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from jieyou.kernel.ledger import chain, tracked, verify
from jieyou.kernel.ledger.canon import link
from jieyou.kernel.ledger.export import export
from jieyou.kernel.ledger.exported import Exported
from jieyou.kernel.ledger.models import Checkpoint
from jieyou.kernel.ledger.tests.models import Signpost, Step

pytestmark = pytest.mark.usefixtures("ledger")
LAW = "个人信息保护法第四十七条"


@pytest.fixture
def file(tmp_path: Path, seal: Callable[[], Checkpoint]) -> Path:
    """An export of a ledger with everything in it."""
    looks = [chain.append("look", "look:a", {"n": n}, {"why": f"回访{n}\u2028\n"}) for n in (1, 2, 3)]
    chain.append_to(Step, "c1", {}, {"words": "水压不足"}, transition="登记")
    posts = [Signpost(name=name) for name in ("东关", "南关")]
    for post in posts:
        tracked.save(post, by="p1", why="新设")
    seal()
    chain.erase(looks[0].id, "本人要求", LAW, "李四")
    tracked.delete(posts[0], by="p1", why="撤销")
    seal()
    export(tmp_path / "ledger.jsonl")
    return tmp_path / "ledger.jsonl"


def edit(file: Path, change: Callable[[dict[str, Any]], dict[str, Any] | None]) -> None:
    """Send each line through `change` (None leaves it out) and make the last line right again."""
    lines = [json.loads(line) for line in file.read_text().split("\n")[:-2]]
    kept = [new for line in lines if (new := change(line)) is not None]
    kept.append({"end": len(kept)})
    file.write_text(
        "".join(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in kept)
    )


def whats(file: Path) -> list[str]:
    return [fault.what.split("，")[0] for fault in verify.verify_export(file).broken]


def test_an_export_proves_exactly_what_the_database_proves(file: Path) -> None:
    of_file, of_database = verify.verify_export(file), verify.verify_database()
    assert of_file.ok
    assert of_file.as_dict() == of_database.as_dict()
    assert (of_file.records, of_file.erased, of_file.rows, of_file.checkpoints) == (8, 1, 1, 2)


def test_no_database_is_asked(file: Path, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert verify.verify_export(file).ok


def test_a_gzipped_export_proves(file: Path, tmp_path: Path) -> None:
    assert export(tmp_path / "ledger.jsonl.gz") == 8
    with gzip.open(tmp_path / "ledger.jsonl.gz") as packed:
        assert packed.readline().startswith(b'{"format":"jieyou-ledger/1"')
    assert verify.verify_export(tmp_path / "ledger.jsonl.gz").ok


def test_an_export_without_words_takes_nothing_personal_along_and_still_proves_the_chains(
    file: Path, tmp_path: Path
) -> None:
    bare = tmp_path / "bare.jsonl"
    export(bare, words=False)
    assert not any(word in bare.read_text() for word in ("水压", "回访", "东关", "南关", "李四"))
    report = verify.verify_export(bare)
    assert report.ok
    assert report.notes == ["导出时没有带上记录内容，只核对了链条、检查点和签名。"]
    edit(bare, lambda line: {**line, "prev": "0" * 64} if line.get("seq") == 3 and "body" in line else line)
    assert whats(bare) == ["正文与指纹不符"]


def test_changed_words_in_an_export_are_found(file: Path) -> None:
    file.write_text(file.read_text().replace("水压不足", "没有问题"))
    assert whats(file) == ["内容与摘要不符"]


def test_a_changed_body_in_an_export_is_found(file: Path) -> None:
    edit(file, lambda line: {**line, "body": "{}"} if line.get("chain") == "c1" and "body" in line else line)
    assert whats(file) == ["正文与指纹不符"]


def test_a_changed_column_in_an_export_is_found(file: Path) -> None:
    def change(line: dict[str, Any]) -> dict[str, Any]:
        return line | {"columns": line["columns"] | {"kind": "x"}} if line.get("chain") == "erasure" else line

    edit(file, lambda line: change(line) if "columns" in line else line)
    assert whats(file) == ["栏目“kind”与正文不一致"]


def test_links_left_out_of_an_export_are_found(file: Path) -> None:
    edit(file, lambda line: None if line.get("chain") == "look:a" and "body" in line else line)
    assert whats(file) == ["第1号检查点见过这一条", "记录写明已依法删除（" + erased(file) + "）"]


def erased(file: Path) -> str:
    lines = [json.loads(line) for line in file.read_text().split("\n")[:-1] if '"chain":"erasure"' in line]
    return json.loads(next(line["body"] for line in lines if "body" in line))["records"][0]


def test_a_register_row_changed_or_added_in_an_export_is_found(file: Path) -> None:
    text = file.read_text()
    file.write_text(
        text.replace(r'"text":"{\"height\":null,\"name\":\"南关', r'"text":"{\"height\":null,\"name\":\"北关')
    )
    assert whats(file) == ["台账行与最后一次登记不一致：name"]
    edit(file, lambda line: {**line, "key": "f" * 32} if "key" in line else line)
    assert whats(file) == ["台账行不见了", "台账里有这一行"]


def test_a_chain_told_twice_in_an_export_is_found(file: Path) -> None:
    lines = file.read_text().split("\n")[:-1]
    again = next(
        line for line in lines if '"chain":"look:a"' in line and '"seq":1,' in line and '"body"' in line
    )
    at = max(n for n, line in enumerate(lines) if '"chain":"row:' in line and '"body"' in line)
    file.write_text(
        "\n".join(
            [
                *lines[: at + 1],
                again,
                *lines[at + 1 : -1],
                json.dumps({"end": len(lines)}, separators=(",", ":")),
            ]
        )
        + "\n"
    )
    assert whats(file) == ["次序错乱"]


def test_an_invented_ledger_is_refuted_by_the_keys_of_this_installation(file: Path) -> None:
    """Its chains and roots are right in themselves, but a stranger has signed it."""
    edit(file, lambda line: {**line, "signature": "00" * 64} if "signature" in line else line)
    assert whats(file)[:2] == ["第1号检查点的签名无效", "第2号检查点的签名无效"]


def test_an_outsider_without_keys_is_told_how_far_to_trust(file: Path, tmp_path: Path) -> None:
    kept = shutil.copy(settings.HOME / "checkpoints/0002.json", tmp_path / "kept.json")
    settings.HOME = tmp_path / "elsewhere"
    report = verify.verify_export(file)
    assert report.ok
    assert report.notes == ["签名是用导出文件自带的公钥核对的，请另找一份留存的检查点（--checkpoint）。"]
    report = verify.verify_export(file, Path(kept))
    assert report.ok
    assert report.notes == []


def test_an_export_of_an_earlier_day_proves_although_checkpoints_have_been_taken_since(
    file: Path, seal: Callable[[], Checkpoint]
) -> None:
    chain.append("look", "look:a", {})
    seal()
    assert verify.verify_export(file).ok


def test_an_export_that_lacks_the_outsiders_checkpoint_is_found(
    file: Path, seal: Callable[[], Checkpoint]
) -> None:
    seal()
    report = verify.verify_export(file, settings.HOME / "checkpoints/0003.json")
    assert [fault.what for fault in report.broken] == ["留存的第3号检查点在这里找不到，记录被倒退或整批删除"]


@pytest.mark.parametrize("cut", [1, 40, 2000])
def test_an_export_that_was_cut_short_is_refused_with_a_sentence(file: Path, cut: int) -> None:
    text = file.read_bytes()
    file.write_bytes(text[:-cut] if cut > 1 else text[: text.rindex(b'{"end"')])
    with pytest.raises(verify.Unreadable, match=r"不完整|读不懂"):
        verify.verify_export(file)


def test_other_files_are_refused_with_a_sentence(file: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    for content in (b"", b"\x00\xff", b"[]\n", b'{"format":"x"}\n{"end":1}\n', b'{"a":1}\n{"end":1}\n'):
        other.write_bytes(content)
        with pytest.raises(verify.Unreadable):
            verify.verify_export(other)
    packed = tmp_path / "other.gz"
    for content in (b"rubbish", gzip.compress(file.read_bytes())[:-20]):
        packed.write_bytes(content)
        with pytest.raises(verify.Unreadable):
            verify.verify_export(packed)
    with pytest.raises(verify.Unreadable, match="打不开"):
        verify.verify_export(tmp_path / "missing.jsonl")


def test_a_line_with_half_characters_or_a_wrong_type_is_refused_with_a_sentence(file: Path) -> None:
    text = file.read_text()
    for old, new in (("水压", "\\ud800"), ('"seq":1', '"seq":"1"'), ('"seq":1', '"seq":true')):
        file.write_text(text.replace(old, new))
        with pytest.raises(verify.Unreadable):
            verify.verify_export(file)


def test_an_export_appears_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken_off(done: int, total: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("jieyou.kernel.ledger.export.STEP", 1)
    with pytest.raises(KeyboardInterrupt):
        export(tmp_path / "ledger.jsonl", progress=broken_off)
    assert list(tmp_path.glob("ledger*")) == []


def test_reading_does_not_hold_the_export_in_memory(file: Path) -> None:
    with Exported(file) as source:
        links = source.entries("ledger_record")
        assert next(links).seq == 1
        assert source.total() == 8


def test_the_words_of_a_link_are_as_the_docstring_says(file: Path) -> None:
    """An outsider's own tool needs two SHA-256 a line."""
    lines = [json.loads(line) for line in file.read_text().split("\n")[:-1]]
    links = [line for line in lines if "body" in line]
    assert all(link(line["prev"], line["body"]) == line["hash"] for line in links)
    assert connection.vendor in ("sqlite", "postgresql")
