"""Terms begin, are handed over, deputised and end; the person stays the person."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from uuid import UUID

import pytest

from jieyou.kernel.calendar import clock
from jieyou.kernel.ledger import tracked
from jieyou.kernel.people import accounts, posts, roles, units
from jieyou.kernel.people.models import Account, Deputy, Post
from jieyou.kernel.people.posts import BadPost

SINCE, MARCH, EVE = date(2024, 4, 22), date(2025, 3, 1), date(2025, 2, 28)
BY = "system"


@pytest.fixture
def post(town: SimpleNamespace) -> Post:
    """李明 is clerk of the office from the founding day."""
    return posts.appoint(town.li, town.office, roles.CLERK, SINCE, BY)


def test_a_post_holds_from_its_first_day_to_the_day_before_until(town: SimpleNamespace) -> None:
    posts.appoint(town.li, town.office, roles.CLERK, SINCE, BY, until=MARCH)
    days = [date(2024, 4, 21), SINCE, EVE, MARCH]
    assert [bool(posts.actor_of(town.li, day).holdings) for day in days] == [False, True, True, False]


def test_the_actor_has_all_posts_and_where_they_are(town: SimpleNamespace, post: Post) -> None:
    posts.appoint(town.li, town.bureau, roles.OFFICER, SINCE, BY)
    actor = posts.actor_of(town.li)
    assert (actor.kind, actor.person, actor.name) == ("staff", town.li.pk.hex, "李明")
    assert actor.units == {town.office.pk, town.bureau.pk}
    held = actor.holds(roles.CLERK, town.office.pk)
    assert held and (held.unit_kind, held.place_code, held.place_level) == ("office", "610602", "county")


def test_an_actor_costs_two_queries(
    town: SimpleNamespace, post: Post, django_assert_num_queries: Callable[[int], object]
) -> None:
    for at in range(5):
        posts.appoint(town.li, town.office, f"岗位{at}", SINCE, BY)
        posts.name_deputy(post, town.wang, date(2025, 1 + at, 1), date(2025, 2 + at, 1), BY)
    account = Account.objects.get(pk=town.li.pk)
    with django_assert_num_queries(2):  # type: ignore[attr-defined]
        assert len(posts.actor_of(account, date(2025, 3, 1)).holdings) == 6


def test_today_is_the_clocks_today(town: SimpleNamespace, post: Post) -> None:
    with clock.moved(clock.at(date(2024, 4, 21), 23)):
        assert not posts.actor_of(town.li).holdings
    with clock.moved(clock.at(SINCE, 0)):
        assert posts.actor_of(town.li).holdings


def test_a_deputy_acts_with_the_post_but_as_himself(town: SimpleNamespace, post: Post) -> None:
    posts.name_deputy(post, town.wang, EVE, date(2025, 3, 10), BY)
    actor = posts.actor_of(town.wang, MARCH)
    assert actor.person == town.wang.pk.hex != town.li.pk.hex
    assert actor.title == "宝塔区委社会工作部 经办人 王强（代李明）"
    assert actor.holds(roles.CLERK, town.office.pk)
    assert posts.actor_of(town.wang, date(2025, 3, 10)).holdings == ()


def test_a_deputyship_ends_with_the_post(town: SimpleNamespace, post: Post) -> None:
    deputy = posts.name_deputy(post, town.wang, SINCE, date(2026, 1, 1), BY)
    posts.end(post, MARCH, BY)
    deputy.refresh_from_db()
    assert deputy.until == MARCH
    assert not posts.actor_of(town.wang, MARCH).holdings


def test_a_hand_over_ends_one_term_and_begins_the_other(town: SimpleNamespace, post: Post) -> None:
    new = posts.hand_over(post, town.wang, MARCH, BY)
    assert (new.account, new.unit, new.role, new.since, new.until) == (
        town.wang,
        post.unit,
        post.role,
        MARCH,
        None,
    )
    assert posts.actor_of(town.li, EVE).holds(roles.CLERK)
    assert not posts.actor_of(town.li, MARCH).holds(roles.CLERK)
    assert posts.actor_of(town.wang, MARCH).holds(roles.CLERK)
    assert not posts.actor_of(town.wang, EVE).holds(roles.CLERK)
    assert [entry.why for entry in tracked.history(post)] == ["任职", "工作交接"]
    assert [entry.why for entry in tracked.history(new)] == ["工作交接"]


def test_a_hand_over_lasts_to_the_end_of_the_term(town: SimpleNamespace) -> None:
    post = posts.appoint(town.li, town.office, roles.CALLER, SINCE, BY, until=date(2026, 1, 1))
    assert posts.hand_over(post, town.wang, MARCH, BY).until == date(2026, 1, 1)


def test_an_ended_post_is_not_handed_over(town: SimpleNamespace, post: Post) -> None:
    posts.end(post, EVE, BY)
    with pytest.raises(BadPost, match="已于2025年2月28日结束，不能再变更"):
        posts.hand_over(post, town.wang, MARCH, BY)
    assert not Post.objects.filter(account=town.wang).exists()


def test_of_two_hand_overs_at_once_one_wins(town: SimpleNamespace, post: Post) -> None:
    seen_by_another = Post.objects.get(pk=post.pk)
    posts.hand_over(post, town.wang, MARCH, BY)
    with pytest.raises(BadPost, match="刚刚由别人变更过"):
        posts.hand_over(seen_by_another, town.zhao, MARCH, BY)
    assert [held.account.name for held in Post.objects.filter(until=None)] == ["王强"]


def test_holders_are_the_people_who_can_act(town: SimpleNamespace, post: Post) -> None:
    posts.appoint(town.zhao, town.bureau, roles.CLERK, SINCE, BY)
    posts.name_deputy(post, town.wang, SINCE, MARCH, BY)
    offices = [town.office.pk]
    assert [a.name for a in posts.holders(offices, roles.CLERK, EVE)] == ["李明", "王强"]
    assert [a.name for a in posts.holders(offices, roles.CLERK, MARCH)] == ["李明"]
    assert posts.holders(offices, roles.HEAD, EVE) == posts.holders([], roles.CLERK, EVE) == []


def test_who_left_holds_nothing(town: SimpleNamespace, post: Post) -> None:
    deputy = posts.name_deputy(post, town.wang, SINCE, date(2030, 1, 1), BY)
    accounts.close(town.wang, MARCH, BY, "调离")
    accounts.close(town.li, MARCH, BY, "退休")
    assert posts.actor_of(town.li, EVE).holdings == ()
    assert posts.holders([town.office.pk], roles.CLERK, EVE) == []
    assert Post.objects.get(pk=post.pk).until == Deputy.objects.get(pk=deputy.pk).until == MARCH


def test_a_unit_that_is_no_more_gives_no_posts(town: SimpleNamespace, post: Post) -> None:
    units.close(town.office, MARCH, BY, "机构改革")
    assert posts.actor_of(town.li, EVE).holdings
    assert posts.actor_of(town.li, MARCH).holdings == ()
    assert Post.objects.get(pk=post.pk).until == MARCH
    assert list(units.current(MARCH)) == [town.bureau]
    with pytest.raises(BadPost, match="已于2025年3月1日撤销，不能任职"):
        posts.appoint(town.wang, town.office, roles.CLERK, MARCH, BY)


@pytest.mark.parametrize(
    ("story", "sentence"),
    [
        (lambda t, p: posts.appoint(t.li, t.office, roles.CLERK, MARCH, BY), "李明自2024年4月22日起已任"),
        (lambda t, p: posts.appoint(t.wang, t.office, " ", MARCH, BY), "请填写岗位"),
        (lambda t, p: posts.appoint(t.wang, t.office, roles.CLERK, MARCH, BY, until=MARCH), "应晚于开始日期"),
        (lambda t, p: posts.hand_over(p, t.li, MARCH, BY), "同一人"),
        (
            lambda t, p: posts.hand_over(p, t.wang, date(2024, 1, 1), BY),
            "不能早于任职（代理）日期2024年4月22日",
        ),
        (lambda t, p: posts.name_deputy(p, t.li, EVE, MARCH, BY), "同一人"),
        (lambda t, p: posts.name_deputy(p, t.wang, MARCH, EVE, BY), "应晚于开始日期"),
        (lambda t, p: posts.name_deputy(p, t.wang, date(2024, 1, 1), MARCH, BY), "代理不能早于任职日期"),
        (lambda t, p: units.add("宝塔区委社会工作部", "office", t.county, BY), "已有单位"),
        (lambda t, p: units.add("某局", "ministry", t.county, BY), "没有“ministry”这一类单位"),
        (lambda t, p: units.add(" ", "bureau", t.county, BY), "请填写单位全称"),
        (lambda t, p: units.add("长" * 81, "bureau", t.county, BY), "不超过80字"),
        (lambda t, p: posts.appoint(t.wang, t.office, "长" * 41, MARCH, BY), "不超过40字"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(
    town: SimpleNamespace, post: Post, story: Callable[[SimpleNamespace, Post], object], sentence: str
) -> None:
    with pytest.raises(BadPost) as refusal:
        story(town, post)
    assert sentence in refusal.value.sentence


def test_a_closed_account_gets_no_posts(town: SimpleNamespace, post: Post) -> None:
    accounts.close(town.wang, MARCH, BY, "调离")
    for try_it in (
        lambda: posts.hand_over(post, town.wang, MARCH, BY),
        lambda: posts.name_deputy(post, town.wang, EVE, MARCH, BY),
    ):
        with pytest.raises(BadPost, match="王强的账号已停用"):
            try_it()
    post.refresh_from_db()
    assert post.until is None


def test_nobody_deputises_twice_at_once(town: SimpleNamespace, post: Post) -> None:
    first = posts.name_deputy(post, town.wang, SINCE, MARCH, BY)
    with pytest.raises(BadPost, match="这段时间已是该岗位的代理人"):
        posts.name_deputy(post, town.wang, EVE, date(2025, 4, 1), BY)
    posts.end_deputy(first, EVE, BY)
    assert posts.name_deputy(post, town.wang, EVE, date(2025, 4, 1), BY).since == EVE


def test_a_guest_reaches_his_report_and_nothing_else() -> None:
    guest = posts.guest(UUID(int=7), cases=[UUID(int=8)])
    assert (guest.kind, guest.person, guest.report) == ("guest", f"guest:{UUID(int=7).hex}", UUID(int=7))
    assert guest.cases == {UUID(int=8)}
    assert not guest.holdings and guest.title == "反映人"
    assert posts.SYSTEM.person == "system"
