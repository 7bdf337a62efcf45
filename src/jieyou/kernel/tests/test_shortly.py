"""Rows kept for a few seconds: a change here is seen at once, one elsewhere soon, nothing fills the memory."""

from __future__ import annotations

import pytest

from jieyou.kernel import shortly
from jieyou.kernel.people.models import Unit
from jieyou.kernel.places.models import Place


@pytest.fixture
def asked(db: None) -> list[str]:
    return []


@pytest.fixture
def names(asked: list[str]) -> object:
    @shortly.shortly(Unit)
    def names(kind: str) -> list[str] | None:
        asked.append(kind)
        return list(Unit.objects.filter(kind=kind).values_list("name", flat=True)) or None

    return names


def new(name: str) -> Unit:
    place = Place.objects.get_or_create(code="610602", defaults={"name": "宝塔区", "level": "county"})[0]
    return Unit.objects.create(name=name, short=name, kind="bureau", place=place)


def test_it_is_read_once(names: shortly.Callable[[str], list[str]], asked: list[str]) -> None:
    new("宝塔区水务局")
    assert [names("bureau"), names("bureau")] == [["宝塔区水务局"]] * 2
    assert asked == ["bureau"]


def test_a_change_in_this_process_is_seen_at_once(names: shortly.Callable[[str], list[str]]) -> None:
    new("宝塔区水务局")
    names("bureau")
    unit = new("宝塔区林业局")
    assert len(names("bureau")) == 2
    unit.delete()
    assert len(names("bureau")) == 1


def test_a_change_elsewhere_is_seen_after_some_seconds(
    names: shortly.Callable[[str], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    new("宝塔区水务局")
    names("bureau")
    Unit.objects.update(name="宝塔区水利局")  # no signal, as from another process
    assert names("bureau") == ["宝塔区水务局"]
    later = shortly.monotonic() + shortly.SECONDS
    monkeypatch.setattr(shortly, "monotonic", lambda: later)
    assert names("bureau") == ["宝塔区水利局"]


def test_nothing_found_is_asked_again(names: shortly.Callable[[str], list[str]], asked: list[str]) -> None:
    assert names("bureau") is None and names("bureau") is None
    assert asked == ["bureau", "bureau"]


def test_no_more_than_so_many_answers_are_kept(
    names: shortly.Callable[[str], list[str]], asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shortly, "MOST", 1)
    new("宝塔区水务局")
    Unit.objects.create(name="桥沟街道", short="桥沟", kind="township", place=Place.objects.get())
    for kind in ("bureau", "township", "bureau"):
        names(kind)
    assert asked == ["bureau", "township", "bureau"]
