"""Two people hand over the same post at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from types import SimpleNamespace

from django.db import connection

from jieyou.kernel.people import posts, roles
from jieyou.kernel.people.models import Account, Post
from jieyou.kernel.people.posts import BadPost

MARCH = date(2025, 3, 1)


def test_of_two_hand_overs_of_one_post_one_wins(committed_db: None, town: SimpleNamespace) -> None:
    post = posts.appoint(town.li, town.office, roles.CLERK, date(2024, 4, 22), "system")
    together = Barrier(2)

    def hand_over(to: Account) -> str:
        mine = Post.objects.select_related("unit").get(pk=post.pk)
        together.wait()
        try:
            return posts.hand_over(mine, to, MARCH, "system").account.name
        except BadPost as refusal:
            return refusal.sentence
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        said = list(pool.map(hand_over, [town.wang, town.zhao]))
    holders = posts.holders([town.office.pk], roles.CLERK, MARCH)
    assert [holder.name for holder in holders if holder.name in said] == [holders[0].name]
    assert sum("刚刚由别人变更过" in words for words in said) == 1
