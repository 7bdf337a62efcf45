"""Logging in, keys, and what is on the record about accounts."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.test import Client

from jieyou.kernel.ledger import tracked
from jieyou.kernel.ledger.verify import verify_database
from jieyou.kernel.people import accounts, posts, roles
from jieyou.kernel.people.models import Account, ApiKey
from jieyou.kernel.people.posts import BadPost

BY = "system"


def tries(username: str, password: str) -> object:
    return authenticate(HttpRequest(), username=username, password=password)


def test_who_knows_the_password_is_let_in(town: SimpleNamespace) -> None:
    assert tries("li", "a long enough one") == town.li
    assert tries("li", "another one") is None


def test_an_account_without_password_lets_nobody_in(town: SimpleNamespace) -> None:
    assert tries("wang", "") is None
    assert not town.wang.has_usable_password()


def test_logging_in_through_django_leaves_the_record_alone(town: SimpleNamespace) -> None:
    client = Client()
    assert client.login(request=HttpRequest(), username="li", password="a long enough one")
    town.li.refresh_from_db()
    assert town.li.last_login is not None
    assert len(tracked.history(town.li)) == 1
    assert verify_database().ok


def test_after_five_wrong_tries_the_door_stays_shut(town: SimpleNamespace) -> None:
    for _ in range(5):
        tries("li", "wrong")
    assert tries("li", "a long enough one") is None


def test_a_closed_account_is_not_let_in(town: SimpleNamespace) -> None:
    accounts.close(town.li, date(2025, 3, 1), BY, "调离")
    assert tries("li", "a long enough one") is None


def test_nobody_is_djangos_superuser(town: SimpleNamespace) -> None:
    assert not town.li.is_staff and not town.li.is_superuser
    assert town.li != AnonymousUser()
    assert str(town.li) == town.li.get_full_name() == town.li.get_short_name() == "李明"


def test_a_username_is_taken_once(town: SimpleNamespace) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.create_user("li", "李四")


def test_a_key_is_shown_once_and_only_its_hash_is_kept(town: SimpleNamespace) -> None:
    row, text = ApiKey.new(town.li, "大屏", date(2030, 1, 1))
    assert text.startswith("jy_") and len(text) > 40
    assert text not in str(vars(ApiKey.objects.get(pk=row.pk)))
    assert accounts.account_of_key(f" {text} ") == town.li
    assert accounts.account_of_key("jy_guess") is None


def test_a_key_ends_on_its_day_and_with_its_account(town: SimpleNamespace) -> None:
    row, text = ApiKey.new(town.li, "大屏", date(2030, 1, 1))
    assert accounts.account_of_key(text, date(2029, 12, 31)) == town.li
    assert accounts.account_of_key(text, date(2030, 1, 1)) is None
    accounts.end_key(row, date(2025, 3, 1), BY)
    assert accounts.account_of_key(text, date(2025, 3, 1)) is None
    _, other = ApiKey.new(town.wang, "同步", None)
    accounts.close(town.wang, date(2025, 3, 1), BY, "调离")
    assert accounts.account_of_key(other, date(2025, 2, 1)) is None


def test_a_new_name_is_on_the_record_and_the_password_is_not(town: SimpleNamespace) -> None:
    accounts.rename(town.li, " 李晓明 ", BY)
    names = [entry.fields and entry.fields["name"] for entry in tracked.history(town.li)]
    assert names == ["李明", "李晓明"]
    assert "password" not in str(tracked.history(town.li))
    with pytest.raises(BadPost, match="请填写姓名"):
        accounts.rename(town.li, "", BY)


def test_a_forged_post_is_found(town: SimpleNamespace) -> None:
    post = posts.appoint(town.li, town.office, roles.CLERK, date(2024, 4, 22), BY)
    assert verify_database().ok
    type(post).objects.filter(pk=post.pk).update(role=roles.HEAD)
    assert not verify_database().ok
