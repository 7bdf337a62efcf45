"""The one spelling: whatever is hashed reads back the same, on every machine."""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jieyou.kernel.ledger.canon import DEEPEST, canonical, clean, digest, link, plain

texts = st.text(st.characters(exclude_categories=()))  # with NUL and half characters
leaves = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    texts,
    st.decimals(allow_nan=False, allow_infinity=False),
    st.dates(),
    st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=st.timezones()),
    st.uuids(),
)


def keyed(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.dictionaries(st.text(max_size=8).map(clean), values, max_size=5)


values = st.recursive(leaves, lambda inner: st.lists(inner, max_size=5) | keyed(inner), max_leaves=15)
poisoned = st.recursive(
    st.floats(),
    lambda inner: (
        st.tuples(values, inner) | keyed(values).flatmap(lambda d: inner.map(lambda x: {**d, "x": x}))
    ),
    max_leaves=4,
)


@given(values)
def test_what_is_written_reads_back_the_same(value: Any) -> None:
    text = canonical(value)
    assert json.loads(text) == plain(value)
    assert canonical(json.loads(text)) == text
    assert text.encode().decode() == text


@given(keyed(values), st.randoms())
def test_the_order_of_keys_does_not_matter(value: dict[str, Any], random: Any) -> None:
    shuffled = list(value.items())
    random.shuffle(shuffled)
    assert canonical(dict(shuffled)) == canonical(value)


@given(poisoned)
def test_a_float_is_refused_however_deep_it_hides(value: Any) -> None:
    with pytest.raises(TypeError):
        canonical(value)


@given(texts, texts)
def test_no_nul_gets_through_in_value_or_key(before: str, after: str) -> None:
    ((key, value),) = json.loads(canonical({f"{before}\0{after}": f"{before}\0{after}"})).items()
    assert key == value == clean(before + after)
    assert "\0" not in value


def test_every_kind_of_value_has_one_spelling() -> None:
    class Kind(StrEnum):
        LOOK = "look"

    beijing = timezone(timedelta(hours=8))
    spelled = {
        "融创三期": Decimal("1E+2"),
        "a": [True, None, 7, Kind.LOOK],
        "at": datetime(2024, 8, 26, 9, 30, tzinfo=beijing),
        "day": date(2024, 8, 26),
        "id": UUID(int=10),
    }
    assert canonical(spelled) == (
        '{"a":[true,null,7,"look"],"at":"2024-08-26T01:30:00.000000Z","day":"2024-08-26",'
        '"id":"0000000000000000000000000000000a","融创三期":"100"}'
    )


@pytest.mark.parametrize("value", [{1: "a"}, {"a", "b"}, b"a", 1.0, object()])
def test_what_has_no_one_spelling_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        canonical(value)


@pytest.mark.parametrize("value", [datetime(2024, 8, 26), Decimal("NaN"), {"a": 1, "a\0": 2}])
def test_what_would_lose_its_meaning_is_refused(value: object) -> None:
    with pytest.raises(ValueError):
        canonical(value)


def test_nesting_ends_before_the_stack_does() -> None:
    deep: object = 1
    for _ in range(DEEPEST):
        deep = [deep]
    canonical(deep)
    with pytest.raises(ValueError, match="nested"):
        canonical([deep])


def test_hashes_can_be_recomputed_with_any_tool() -> None:
    """``printf '\\n{}' | sha256sum`` and ``printf 'salt\\ntext' | sha256sum``"""
    assert link("", "{}") == "a062dd4952b935e430d409c4a5e5cd760e8781e3200d5c7e12a232dddba8a528"
    assert digest("salt", "text") == "b5d7cebb62064f259953772bc92e95dfc225e677a91ea83b6eb10faa9ebadaa1"


def test_noon_in_utc_and_in_beijing_is_one_moment() -> None:
    assert canonical(datetime(2024, 8, 26, 4, tzinfo=UTC)) == '"2024-08-26T04:00:00.000000Z"'
