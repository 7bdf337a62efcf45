"""Accounts, units, posts, deputies, API keys. Terms are days: in force when ``since <= day < until`` (no
``until``: open).

``until`` is thus the first day on which it no longer holds; who hands over on 1 March gives ``until`` = 1
March.
"""

from __future__ import annotations

import secrets
from datetime import date
from hashlib import sha256
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from jieyou.kernel.ids import uuid7
from jieyou.kernel.ledger import tracked
from jieyou.kernel.places.models import Place

IN_TERM = Q(until__isnull=True) | Q(until__gte=F("since"))


def channels() -> list[str]:
    """How a new account wants to be told."""
    return ["in_app"]


class Accounts(BaseUserManager["Account"]):
    """Django wants a manager of its own for an account."""

    def create_user(
        self, username: str, name: str, password: str | None = None, by: str = "system", why: str = "开通账号"
    ) -> Account:
        """A new account, on the record; without a password nobody can log in with it."""
        account = self.model(username=self.model.normalize_username(username), name=name)
        account.set_password(password)
        tracked.save(account, by, why, force_insert=True)
        return account


class Account(AbstractBaseUser):
    """账号: one human. What he may do lies in his posts, never here."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    username = models.CharField("用户名", max_length=150, unique=True)
    name = models.CharField("姓名", max_length=40)
    is_active = models.BooleanField("启用", default=True)
    wants = models.JSONField("通知方式", default=channels, blank=True)
    #: Until when the one-time password of an administrator opens the door; it must be changed at the first login.
    once = models.DateTimeField("一次性密码有效期", null=True, blank=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[Accounts] = Accounts()

    class Meta:
        verbose_name = verbose_name_plural = "账号"
        indexes = (models.Index(fields=["name"], name="account_name"),)

    def __str__(self) -> str:
        return self.name

    @property
    def is_staff(self) -> bool:
        """There is no Django admin here."""
        return False

    @property
    def is_superuser(self) -> bool:
        """Nobody may do everything."""
        return False

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name


class Unit(models.Model):
    """单位. ``office`` is a 社会工作部, which runs loops; ``prefix`` are the letters of its numbers (BT)."""

    KINDS = (
        ("office", "社会工作部"),
        ("bureau", "部门"),
        ("township", "乡镇（街道）"),
        ("community", "村（社区）"),
        ("company", "企业"),
        ("other", "其他"),
    )

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField("全称", max_length=80)
    short = models.CharField("简称", max_length=40)
    kind = models.CharField("类别", max_length=10, choices=KINDS)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级单位"
    )
    place = models.ForeignKey(Place, models.PROTECT, related_name="units", verbose_name="辖区")
    prefix = models.CharField("编号字头", max_length=10, blank=True)
    until = models.DateField("撤销日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "单位"
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(fields=["name"], condition=Q(until__isnull=True), name="unit_name_once"),
        )
        indexes = (
            models.Index(fields=["place", "kind"], name="unit_place_kind"),
            models.Index(fields=["kind"], name="unit_kind"),
            models.Index(fields=["name"], name="unit_name"),
        )

    def __str__(self) -> str:
        return self.name


class Alias(models.Model):
    """别名: another way in which a unit is written in ledgers and lists (区热力站). It serves importing only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="aliases", verbose_name="单位")
    name = models.CharField("别名", max_length=80)
    since = models.DateField("自")
    until = models.DateField("停用日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "单位别名"
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(
                fields=["unit", "name"], condition=Q(until__isnull=True), name="alias_once"
            ),
            models.CheckConstraint(condition=IN_TERM, name="alias_term"),
        )

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """岗位: a person in a role of a unit for a term. Several may hold a role, one person several posts."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="posts", verbose_name="人员")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts", verbose_name="单位")
    role = models.CharField("岗位", max_length=40)
    since = models.DateField("任职日期")
    until = models.DateField("离任日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "岗位"
        ordering = ("since", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["account", "unit", "role"], condition=Q(until__isnull=True), name="post_held_once"
            ),
            models.CheckConstraint(condition=IN_TERM, name="post_term"),
        )
        indexes = (
            models.Index(fields=["unit", "role"], name="post_unit_role"),
            models.Index(fields=["account", "since"], name="post_account"),
        )

    def __str__(self) -> str:
        return f"{self.unit} {self.role}"


class Deputy(models.Model):
    """代理: somebody does a post's work for a while, with the post's role and unit, as himself."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    post = models.ForeignKey(Post, models.PROTECT, related_name="deputies", verbose_name="岗位")
    account = models.ForeignKey(Account, models.PROTECT, related_name="deputising", verbose_name="代理人")
    since = models.DateField("代理自")
    until = models.DateField("代理至", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "代理"
        ordering = ("since", "id")
        constraints = (models.CheckConstraint(condition=IN_TERM, name="deputy_term"),)
        indexes = (
            models.Index(fields=["account", "since"], name="deputy_account"),
            models.Index(fields=["post", "since"], name="deputy_post"),
        )

    def __str__(self) -> str:
        return f"{self.account}（代{self.post.account}）"


class Recusal(models.Model):
    """回避: from ``since`` up to the day before ``until`` this person, or everybody of this unit, may not see a case.

    ``subject`` is the case; what hangs on it (tasks, papers) is shut with it. Exactly one of person and unit.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject = models.UUIDField("事项", db_index=True)
    account = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="人员"
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="单位"
    )
    why = models.CharField("理由", max_length=200)
    since = models.DateField("自")
    until = models.DateField("至", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "回避"
        constraints = (
            models.CheckConstraint(
                condition=Q(account__isnull=True, unit__isnull=False)
                | Q(account__isnull=False, unit__isnull=True),
                name="recusal_of_one",
            ),
        )

    def __str__(self) -> str:
        return f"{self.account or self.unit} 回避"


class ApiKey(models.Model):
    """接口密钥: acts as its account until the day ``until``. Only a hash is kept; the text is shown once."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="keys", verbose_name="账号")
    hash = models.CharField("指纹", max_length=64, unique=True)
    label = models.CharField("用途", max_length=80)
    until = models.DateField("停用日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "接口密钥"

    def __str__(self) -> str:
        return self.label

    @classmethod
    def new(cls, account: Account, label: str, until: date | None, by: str = "") -> tuple[ApiKey, str]:
        """A key and its text (``jy_`` and 256 random bits), which nobody can read again; on the record."""
        text = f"jy_{secrets.token_urlsafe(32)}"
        row = cls(account=account, label=label, until=until, hash=cls.hash_of(text))
        tracked.save(row, by or account.pk.hex, f"发放接口密钥：{label}", force_insert=True)
        return row, text

    @staticmethod
    def hash_of(text: str) -> str:
        """SHA-256 in hex: enough for 256 random bits, and found by index."""
        return sha256(text.strip().encode()).hexdigest()


def _follow(model: type[Any], *fields: str) -> None:
    tracked.track(model, fields=fields)


_follow(Account, "username", "name", "is_active")
_follow(Unit, "name", "short", "kind", "parent", "place", "prefix", "until")
_follow(Alias, "unit", "name", "since", "until")
_follow(Post, "account", "unit", "role", "since", "until")
_follow(Deputy, "post", "account", "since", "until")
_follow(Recusal, "subject", "account", "unit", "why", "since", "until")
_follow(ApiKey, "account", "hash", "label", "until")
