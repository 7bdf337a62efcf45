"""Founding an office without a page: places, units, accounts, posts, keys. Each change is on the record, made by ``cli``."""

from __future__ import annotations

import getpass
import sys
from datetime import date
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from jieyou.commons.reports import channels
from jieyou.commons.reports.models import Channel
from jieyou.interfaces.cli.out import answer, refuse, say
from jieyou.kernel.calendar import clock
from jieyou.kernel.people import posts, units
from jieyou.kernel.people.models import Account, ApiKey, Unit
from jieyou.kernel.people.roles import ALL
from jieyou.kernel.people.terms import BadPost
from jieyou.kernel.places import load, tree
from jieyou.mechanisms.petitions import offices
from jieyou.mechanisms.proposals import offices as collecting

BY = "cli"
place = typer.Typer(help="辖区", no_args_is_help=True)
unit = typer.Typer(help="单位", no_args_is_help=True)
channel = typer.Typer(help="来件渠道", no_args_is_help=True)
account = typer.Typer(help="账号、岗位、接口密钥", no_args_is_help=True)


@place.command("load")
def load_places(
    file: Annotated[
        Path | None, typer.Argument(help="code,name,level 三列的 CSV；不写则用自带的延安市")
    ] = None,
) -> None:
    """Load the place tree; places that are there already stay."""
    try:
        loaded = load.load_csv(file, BY) if file else load.load_yanan(BY)
    except load.BadFile as fault:
        refuse(str(fault))
    say(f"新增 {loaded.new} 个辖区，已有 {loaded.known} 个。")


@unit.command("petitions")
def petition_office(
    name: Annotated[str, typer.Argument(help="信访局全称")], code: Annotated[str, typer.Argument(help="县（市、区）或市的辖区编码")]
) -> None:  # fmt: skip
    """From now on this unit registers the petitions of the place; without one the 社会工作部 does."""
    row = Unit.objects.filter(name=name, until=None).first()
    if row is None:
        refuse(f"没有名为“{name}”的单位，请先 jieyou unit add。")
    try:
        offices.appoint(tree.by_code(code), row, BY, "指定信访登记单位")
    except tree.UnknownPlace as fault:
        refuse(str(fault))
    say(f"{code} 的信访由{name}登记。")


@unit.command("proposals")
def proposal_office(
    name: Annotated[str, typer.Argument(help="人民建议征集单位全称")],
    code: Annotated[str, typer.Argument(help="县（市、区）或市的辖区编码")],
) -> None:
    """From now on this unit keeps the 人民建议 of the place; without one the 社会工作部 does."""
    row = Unit.objects.filter(name=name, until=None).first()
    if row is None:
        refuse(f"没有名为“{name}”的单位，请先 jieyou unit add。")
    try:
        collecting.appoint(tree.by_code(code), row, BY, "指定人民建议征集单位")
    except tree.UnknownPlace as fault:
        refuse(str(fault))
    say(f"{code} 的人民建议由{name}登记办理。")


@unit.command("add")
def add_unit(
    name: Annotated[str, typer.Argument(help="全称")],
    kind: Annotated[
        str,
        typer.Argument(
            help="office 社会工作部 | bureau 部门 | township 乡镇街道 | community | company | other"
        ),
    ],
    code: Annotated[str, typer.Argument(help="辖区编码")],
    prefix: Annotated[str, typer.Option(help="编号字头，如 BT")] = "",
    short: Annotated[str, typer.Option(help="简称")] = "",
) -> None:
    """Add a unit."""
    try:
        units.add(name, kind, tree.by_code(code), BY, short=short, prefix=prefix)
    except (BadPost, tree.UnknownPlace) as no:
        refuse(str(no))
    say(f"已设立 {name}。")


@channel.command("list")
def list_channels() -> None:
    """Every source: whose numbers it has, whether it is fed back, and on whose word."""
    for row in Channel.objects.all():
        numbers = "全市统一编号" if row.citywide else "各单位各自编号"
        answer(
            f"{row.code}\t{row}\t{numbers}\t{'办结后反馈' if row.answers else '不反馈'}\t{row.basis}",
            as_json=False,
        )


@channel.command("set")
def set_channel(
    code: str, why: Annotated[str, typer.Option(help="为什么改")], basis: Annotated[str, typer.Option(help="依据")],
    citywide: Annotated[bool, typer.Option("--citywide/--own", help="编号全市统一，或各单位各自编号")],
    answers: Annotated[bool, typer.Option("--answers/--silent", help="办结后要不要反馈")],
) -> None:  # fmt: skip
    """Change what holds of a source from now on."""
    try:
        row = channels.change(code, BY, why, citywide=citywide, answers=answers, basis=basis)
    except Channel.DoesNotExist:
        refuse(f"没有来源“{code}”。")
    say(f"{row} 已改。")


@account.command("add")
def add_account(username: str, name: str) -> None:
    """Open an account; the password is asked for (or read from standard input)."""
    if Account.objects.filter(username=username).exists():
        refuse(f"已有账号“{username}”。")
    row = Account(username=username, name=name)
    Account.objects.create_user(username, name, _password(row), by=BY)
    say(f"已开通账号 {username}。")


@account.command("password")
def set_password(username: str) -> None:
    """Set a new password."""
    row = _account(username)
    row.set_password(_password(row))
    row.save(update_fields=["password"])
    say("密码已更换。")


@account.command("post")
def appoint(
    username: str,
    unit_name: Annotated[str, typer.Argument(help="单位全称")],
    role: Annotated[str, typer.Argument(help="、".join(ALL))],
    since: Annotated[str, typer.Option(help="任职日期，默认今天")] = "",
) -> None:
    """Appoint somebody to a role of a unit."""
    where = Unit.objects.filter(name=unit_name, until=None).first() or refuse(f"没有单位“{unit_name}”。")
    if role not in ALL:
        refuse(f"没有岗位“{role}”，可选：{'、'.join(ALL)}。")
    try:
        posts.appoint(
            _account(username), where, role, date.fromisoformat(since) if since else clock.today(), BY
        )
    except (BadPost, ValueError) as no:
        refuse(str(no))
    say(f"{username} 已任 {unit_name}{role}。")


@account.command("key")
def add_key(username: str, label: str, until: Annotated[str, typer.Option(help="停用日期")] = "") -> None:
    """Give out an API key; it is printed once and can never be read again."""
    last = date.fromisoformat(until) if until else None
    _, text = ApiKey.new(_account(username), label, last, by=BY)
    answer(text, as_json=False)


def _account(username: str) -> Account:
    return Account.objects.filter(username=username).first() or _nobody(username)


def _nobody(username: str) -> NoReturn:
    refuse(f"没有账号“{username}”。")


def _password(row: Account) -> str:
    typed = getpass.getpass("密码：") if sys.stdin.isatty() else sys.stdin.readline().strip()
    try:
        validate_password(typed, row)
    except ValidationError as no:
        refuse("；".join(no.messages))
    return typed
