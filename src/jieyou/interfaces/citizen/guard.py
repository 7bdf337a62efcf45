"""How often one address may do a thing. `privacy.limits` keeps addresses as keyed hashes only."""

from __future__ import annotations

import ipaddress

from django.http import HttpRequest

from jieyou.interfaces.citizen import dials
from jieyou.kernel.privacy import limits

TEN_MINUTES, HOUR = 600, 3600
STRICT = 3
PER_REPORT = 10
PHOTOS_AN_HOUR = 90
TOO_MANY_TRIES = "查得太频繁了，请十分钟后再试；着急的话请拨打 12345。"
TOO_MANY_REPORTS = (
    "这个网络一小时内提交的次数已经用完。您写的内容还在，请过一小时再提交，或者拨打 12345 反映。"
)
TOO_MANY_PHOTOS = "这个网络一小时内上传的照片太多，这次的照片没有收下；不传照片也可以提交。"
TOO_MANY_WORDS = "一小时内补充的次数已经用完，请晚些时候再补充，或者拨打 12345。"


def may_try(request: HttpRequest) -> bool:
    """One more query number. While everybody together tries far too many, each address has only a few."""
    calm = limits.allow("track:all", dials.tries_of_all(), TEN_MINUTES)
    return limits.allow(f"track:{address(request)}", dials.tries() if calm else STRICT, TEN_MINUTES)


def may_report(request: HttpRequest) -> bool:
    """One more report."""
    return limits.allow(f"report:{address(request)}", dials.reports(), HOUR)


def may_upload(request: HttpRequest) -> bool:
    """One more photo."""
    return limits.allow(f"photo:{address(request)}", PHOTOS_AN_HOUR, HOUR)


def may_add(report: object) -> bool:
    """One more supplement or rating of this report."""
    return limits.allow(f"add:{report}", PER_REPORT, HOUR)


def address(request: HttpRequest) -> str:
    """The visitor's network: an IPv4 address, or the /64 of an IPv6 one (a household has all of it)."""
    said = _said(request)
    try:
        ip = ipaddress.ip_address(said)
    except ValueError:
        return said
    return str(ipaddress.ip_network((ip, 64), strict=False)) if ip.version == 6 else str(ip)


def _said(request: HttpRequest) -> str:
    """What our own outermost proxy saw; left of that stands the visitor's own word, worth nothing."""
    chain = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    own = dials.proxies()
    return chain[-own] if own and len(chain) >= own else request.META.get("REMOTE_ADDR", "")
