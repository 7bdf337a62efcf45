"""Words of harm and terms of keeping come with the software, are on the record, and stay the city's own."""

from datetime import date

import pytest
from django.apps import apps

from jieyou.kernel.ledger import tracked
from jieyou.kernel.privacy import retention, seed
from jieyou.kernel.privacy.models import AlarmWord, Retention

pytestmark = pytest.mark.django_db


def test_every_seeded_row_is_on_the_record() -> None:
    for row in (*AlarmWord.objects.all()[:3], *Retention.objects.all()):
        assert [change.act for change in tracked.history(row)] == ["adopt"]


def test_planting_again_changes_nothing() -> None:
    before = AlarmWord.objects.count(), Retention.objects.count()
    AlarmWord.objects.filter(word="自杀").update(note="本市说明")
    seed.plant(apps)
    assert (AlarmWord.objects.count(), Retention.objects.count()) == before
    assert AlarmWord.objects.get(word="自杀").note == "本市说明"


def test_kinds_of_words_and_gaps_are_well_formed() -> None:
    assert set(AlarmWord.objects.values_list("kind", flat=True)) == {
        "自伤自杀",
        "家庭暴力",
        "伤害未成年人",
        "人身侵害",
        "威胁报复",
        "火灾爆炸",
        "反映干部",
    }
    for row in AlarmWord.objects.all():
        assert all(row.word.split("…"))
        assert all(part.replace("…", "") != row.word for part in row.unless.split("|"))


def test_logs_are_kept_for_six_months_and_looks_for_three_years() -> None:
    assert retention.keep_until("security_log", date(2025, 1, 1)) == date(2025, 7, 6)
    assert retention.due_for_erasure("look_log", date(2025, 1, 1)) == date(2022, 1, 1)


def test_case_files_are_never_due() -> None:
    assert retention.keep_until("case_file", date(2025, 1, 1)) is None
    assert retention.due_for_erasure("case_file") is None
