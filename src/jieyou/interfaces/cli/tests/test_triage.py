"""`jieyou triage train, suggest, similar` on files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from jieyou.commons.triage.tests.test_category import rows
from jieyou.commons.triage.tests.test_similar import SAID
from jieyou.interfaces.cli.triage import app


def write(path: Path, lines: list[dict[str, Any]]) -> str:
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    return str(path)


def run(*args: str) -> tuple[int, list[dict[str, Any]]]:
    result = CliRunner().invoke(app, list(args))
    return result.exit_code, [json.loads(line) for line in result.stdout.splitlines()]


def test_train_then_suggest_answers_a_line_for_each_line_in_order(tmp_path: Path) -> None:
    told = [{"title": title, "body": body, "label": label} for title, body, label in rows(10)]
    code, (figures,) = run(
        "train", "--input", write(tmp_path / "a.jsonl", told), "--model", str(tmp_path / "m")
    )
    assert code == 0 and figures["rows"] == 30 and figures["macro_f1"] == "1.000"
    asked = [{"title": "换热站停水", "body": "采暖不热"}, {"body": "公交改线了"}, {"title": "", "body": ""}]
    code, found = run(
        "suggest", "--model", str(tmp_path / "m"), "--input", write(tmp_path / "b.jsonl", asked)
    )
    assert code == 0 and [set(one) for one in found] == [{"label", "confidence", "ask_person", "reasons"}] * 3
    assert [one["label"] for one in found[:2]] == ["供热供水", "道路交通"] and found[2]["ask_person"]


@pytest.mark.parametrize("lines", [[], [{"title": "", "body": "暖气不热", "label": "供热供水"}]])
def test_too_little_to_learn_from_is_refused_and_nothing_is_written(tmp_path: Path, lines: list[Any]) -> None:
    folder = tmp_path / "m"
    assert run("train", "--input", write(tmp_path / "a.jsonl", lines), "--model", str(folder)) == (1, [])
    assert run("suggest", "--model", str(folder), "--input", str(tmp_path / "a.jsonl")) == (1, [])
    assert not folder.exists()


def test_similar_leaves_the_query_itself_out_and_keeps_ids_as_they_came(tmp_path: Path) -> None:
    corpus = [{"id": f"a{n}", "title": title, "body": body} for n, (title, body) in enumerate(SAID)]
    file = write(tmp_path / "c.jsonl", corpus)
    code, found = run("similar", "--corpus", file, "--queries", file, "--top", "2")
    assert code == 0 and [one["id"] for one in found] == ["a0", "a1", "a2", "a3"]
    assert all(
        len(one["similar"]) == 2 and one["id"] not in {s["id"] for s in one["similar"]} for one in found
    )
    assert set(found[0]["similar"][0]) == {"id", "score", "strong"}


def test_a_label_may_be_a_number_and_a_rare_one_is_left_out_aloud(tmp_path: Path) -> None:
    numbers = {"供热供水": 0, "道路交通": 1, "物业小区": 2}
    told = [{"title": title, "body": body, "label": numbers[label]} for title, body, label in rows(10)]
    file = write(tmp_path / "a.jsonl", [*told, {"body": "只有一条", "label": "孤例"}])
    result = CliRunner().invoke(app, ["train", "--input", file, "--model", str(tmp_path / "m")])
    figures = json.loads(result.stdout)
    assert (figures["rows"], figures["left_out"]) == (30, 1) and "孤例" in result.stderr


def test_a_bad_line_is_named_by_its_number(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"body":"路灯坏了"}\n\n{"body": 路灯}\n', encoding="utf-8")
    result = CliRunner().invoke(app, ["mask", "--input", str(tmp_path / "a.jsonl")])
    assert result.exit_code == 1 and "第 3 行不是 JSON" in result.stderr
