"""Channels. A driver hands one delivery over or raises; outside channels carry no content."""

from __future__ import annotations

import hashlib
import hmac
import json
import sys
import urllib.request
from typing import Any, Protocol

from django.conf import settings

from jieyou.kernel.notify.models import Delivery

TIMEOUT = 10  # seconds


class Driver(Protocol):
    """``send`` returns when the channel has taken the message, and raises ``OSError`` when it has not."""

    def send(self, delivery: Delivery) -> None: ...


class InApp:
    """站内消息: the row itself is the message."""

    def send(self, delivery: Delivery) -> None:
        delivery.error = ""


class Console:
    """Prints to standard error: for trying out, and as the model of a driver."""

    def send(self, delivery: Delivery) -> None:
        name = delivery.account.username if delivery.account else delivery.contact
        print(f"[通知] {name}：{delivery.title} {delivery.number} {delivery.words}", file=sys.stderr)


class Webhook:
    """Posts JSON to ``url`` with an HMAC-SHA256 signature in ``X-Jieyou-Signature``; SMS and WeCom gateways take the same."""

    def __init__(self, url: str, secret: str) -> None:
        self.url, self.secret = url, secret

    def send(self, delivery: Delivery) -> None:
        body = json.dumps(self.body(delivery), ensure_ascii=False).encode()
        mark = hmac.new(self.secret.encode(), body, hashlib.sha256).hexdigest()
        headers = {"Content-Type": "application/json", "X-Jieyou-Signature": mark}
        request = urllib.request.Request(self.url, body, headers, method="POST")
        with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:
            if answer.status >= 300:
                raise OSError(f"gateway answered {answer.status}")

    def body(self, delivery: Delivery) -> dict[str, Any]:
        """No content: who, that there is something, and the number."""
        return {
            "id": delivery.pk.hex, "to": delivery.account.username if delivery.account else delivery.contact,
            "title": "您有一条待办", "number": delivery.number, "words": "请登录查看",
        }  # fmt: skip


class Sms(Webhook):
    """短信 through the city's SMS gateway (``JIEYOU_SMS_URL``)."""


class WeCom(Webhook):
    """企业微信 or 政务微信 through the city's gateway (``JIEYOU_WECOM_URL``)."""


def drivers() -> dict[str, Driver]:
    """The channels this installation has, by name."""
    found: dict[str, Driver] = {"in_app": InApp()}
    for name, (kind, url) in settings.NOTIFY_DRIVERS.items():
        if kind == "console":
            found[name] = Console()
        elif url:
            found[name] = {"sms": Sms, "wecom": WeCom, "webhook": Webhook}[kind](url, settings.NOTIFY_SECRET)
    return found
