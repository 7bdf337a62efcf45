"""Unmasking is on the record, with a reason, before the text is given."""

import pytest

from jieyou.kernel.ledger import chain
from jieyou.kernel.ledger.models import Record
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.privacy import looks
from jieyou.kernel.privacy.looks import NotShown
from jieyou.kernel.privacy.tests.models import Slip

pytestmark = pytest.mark.usefixtures("slips")


@pytest.fixture
def slip(slips: None) -> Slip:
    return Slip.objects.create(title="漏水", phone="13812346021", words="楼道漏水")


def test_a_look_gives_the_text_and_leaves_a_record(clerk: Actor, slip: Slip) -> None:
    assert looks.reveal(clerk, slip, "phone", "回访") == "13812346021"
    (look,) = looks.looks_at(slip.pk)
    assert (look.person, look.what, look.why) == (clerk.person, "联系电话", "回访")
    assert look.by == "宝塔区委社会工作部 经办人 李明"
    assert Record.objects.get(kind="look").chain == f"look:{slip.pk.hex}"


def test_neither_the_text_nor_the_reason_is_in_the_chain(clerk: Actor, slip: Slip) -> None:
    looks.reveal(clerk, slip, "phone", "回访王某")
    body = Record.objects.get(kind="look").body
    assert "13812346021" not in body and "王某" not in body and "李明" not in body


def test_residents_and_people_without_a_reason_see_nothing(clerk: Actor, resident: Actor, slip: Slip) -> None:
    with pytest.raises(NotShown, match="工作人员"):
        looks.reveal(resident, slip, "phone", "看看")
    with pytest.raises(NotShown) as refusal:
        looks.reveal(clerk, slip, "phone", "  ")
    assert refusal.value.sentence == "请写明查看原因"
    assert looks.looks_at(slip.pk) == []


def test_what_is_not_sealed_is_not_looked_at(clerk: Actor, slip: Slip) -> None:
    with pytest.raises(LookupError, match="not sealed"):
        looks.reveal(clerk, slip, "title", "看看")


def test_a_token_that_does_not_open_leaves_no_record(clerk: Actor, slip: Slip, settings: object) -> None:
    settings.SEALING_KEY = "k9:" + "x" * 40  # type: ignore[attr-defined]
    with pytest.raises(Exception, match="找不到密钥"):
        looks.reveal(clerk, slip, "phone", "回访")
    assert looks.looks_at(slip.pk) == []


def test_looks_at_several_rows_come_in_order_and_survive_erasure(clerk: Actor, slip: Slip) -> None:
    other = Slip.objects.create(words="井盖丢失")
    looks.reveal(clerk, slip, "phone", "回访")
    looks.reveal(clerk, other, "words", "核对")
    assert [look.why for look in looks.looks_at(slip.pk, other.pk)] == ["回访", "核对"]
    chain.erase(Record.objects.get(chain=f"look:{slip.pk.hex}").pk, "期满", "保存期限", "李明")
    assert [look.why for look in looks.looks_at(slip.pk, other.pk)] == ["", "核对"]
    assert looks.looks_at(slip.pk)[0].person == clerk.person


def test_exports_are_on_the_record(clerk: Actor, resident: Actor) -> None:
    looks.export(clerk, "群众反映台账", 120)
    record = Record.objects.get(kind="export")
    assert '"count":120' in record.body
    assert chain.read(record) == {"by": clerk.title, "what": "群众反映台账"}
    with pytest.raises(NotShown):
        looks.export(resident, "台账", 1)
