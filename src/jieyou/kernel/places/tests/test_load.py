"""A whole city comes in at once, or not at all."""

from pathlib import Path

import pytest

from jieyou.kernel.places import load
from jieyou.kernel.places.models import Place


def test_loading_takes_few_queries(django_assert_max_num_queries: object, db: None) -> None:
    with django_assert_max_num_queries(110):  # type: ignore[operator]
        load.load_yanan("system")


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ("code,name\n6106,延安市", "缺少列：level"),
        ("code,name,level\n610602,宝塔区,county", "第2行：没有编码为6106的上级辖区"),
        ("code,name,level\n6106,延安市,county", "第2行：编码6106应是市"),
        ("code,name,level\n6106,,city", "第2行：没有名称"),
        ("code,name,level\n6106,延安市,city\n61x,坏,county", "第3行：“61x”不是区划编码"),
    ],
)
def test_a_bad_file_is_refused_whole(db: None, tmp_path: Path, rows: str, sentence: str) -> None:
    (tmp_path / "bad.csv").write_text(rows, encoding="utf-8")
    with pytest.raises(load.BadFile, match=sentence):
        load.load_csv(tmp_path / "bad.csv", "system")
    assert not Place.objects.exists()
