"""回避: entered by the office that runs the case, with a reason; seen by nobody who may not see the case."""

from __future__ import annotations

from support.city import Town

from jieyou.commons.changes.models import Change
from jieyou.interfaces.web.tests.conftest import AtDesk, sentences
from jieyou.kernel.ledger import verify
from jieyou.kernel.loop.seen import may_see
from jieyou.kernel.people.models import Recusal

NEW, WHY = "/desk/recusals/new/", "反映人是本人亲属"


def test_a_person_is_recused_and_let_in_again(town: Town, at_desk: AtDesk) -> None:
    case, caller = town.concern("assess").case, town.account("caller")
    county = at_desk("county")
    assert county.post(NEW, case=case.number, person=caller.pk.hex, why=WHY).status_code == 302
    assert (
        not may_see(town.actor("caller"), case)
        and at_desk("caller").status(f"/desk/cases/{case.number}/") == 404
    )
    assert WHY in county.see("/desk/recusals/") and town.events(case)[-1].title == "登记回避"
    row = Recusal.objects.get()
    assert "请写明" in county.client.post(f"/desk/recusals/{row.pk}/end/", follow=True).content.decode()
    county.client.post(f"/desk/recusals/{row.pk}/end/", {"why": "已核实不是亲属"})
    assert may_see(town.actor("caller"), case) and verify.verify_database().ok


def test_the_office_admin_reads_numbers_and_reasons_only(town: Town, at_desk: AtDesk) -> None:
    case = town.concern("assess").case
    at_desk("county").post(NEW, case=case.number, person=town.account("caller").pk.hex, why=WHY)
    page = at_desk("county-admin").see("/desk/recusals/")
    assert case.number in page and WHY in page and case.title not in page
    assert at_desk("county-admin").status(NEW) == 404 and at_desk("bureau").status("/desk/recusals/") == 404


def test_a_case_is_not_shut_to_the_only_one_who_can_work_on_it(town: Town, at_desk: AtDesk) -> None:
    case, county = town.concern("assess").case, at_desk("county")
    assert "请先指定代理人" in sentences(
        county.post(NEW, case=case.number, person=town.account("county").pk.hex, why=WHY)
    )
    tracked = town.concern("tracked").case
    assert "请先改派" in sentences(county.post(NEW, case=tracked.number, unit=tracked.holder.name, why=WHY))
    assert "只写一样" in sentences(county.post(NEW, case=case.number, why=WHY))


def test_the_neighbours_case_cannot_be_named(town: Town, at_desk: AtDesk) -> None:
    case = town.concern("assess").case
    answer = at_desk("county-610603").post(NEW, case=case.number, unit="安塞区公安局", why=WHY)
    assert "没有找到" in sentences(answer) and not Recusal.objects.exists() and not Change.objects.exists()
