"""Names and telephones as ledgers write them."""

import pytest

from jieyou.commons.backfill.contacts import contact

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("name", "phone", "read"),
    [
        ("", "张建国13891234567", ("张建国", "13891234567")),
        ("", "张建国（138 9123 4567）", ("张建国", "138 9123 4567")),
        ("李女士", "0911-2112345", ("李女士", "0911-2112345")),
        ("", "13891234567、2112345", ("", "13891234567、2112345")),
        ("刘芳", "刘芳", ("刘芳", "")),
        ("", "王某 1389xxxx", ("王某 1389xxxx", "")),
        ("匿名", "", ("匿名", "")),
        ("村民代表", "1389123456", ("村民代表 1389123456", "")),
    ],
)
def test_nothing_of_it_is_lost(name: str, phone: str, read: tuple[str, str]) -> None:
    assert contact(name, phone) == read
