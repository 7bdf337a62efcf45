"""Who hears of a step, by which channel, and what the channel may carry."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest
from django.db import transaction
from support.city import Told, Town

from jieyou.kernel.calendar import clock
from jieyou.kernel.notify import deliver, drivers
from jieyou.kernel.notify.models import Delivery


class Gateway(BaseHTTPRequestHandler):
    """A city's SMS gateway: remembers what it was sent, answers ``status``."""

    got: list[tuple[bytes, str]] = []
    status = 200

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.got.append((body, self.headers["X-Jieyou-Signature"]))
        self.send_response(self.status)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Quiet."""


@pytest.fixture
def gateway(settings: Any) -> Iterator[type[Gateway]]:
    server = HTTPServer(("127.0.0.1", 0), Gateway)
    Thread(target=server.serve_forever, daemon=True).start()
    settings.NOTIFY_DRIVERS = {"sms": ("sms", f"http://127.0.0.1:{server.server_port}/")}
    settings.NOTIFY_SECRET = "shared with the gateway"
    Gateway.got, Gateway.status = [], 200
    yield Gateway
    server.shutdown()
    server.server_close()


def wants_sms(town: Town, username: str) -> None:
    account = town.account(username)
    account.wants = ["in_app", "sms"]
    account.save(update_fields=["wants"])


def test_the_lead_unit_hears_that_it_leads(town: Town, told_to: Told) -> None:
    item = town.concern("consult")
    assert "同意上会" in told_to("bureau", item.case)


def test_nobody_is_told_of_his_own_step(town: Town, told_to: Told) -> None:
    item = town.concern("assess")
    assert "登记" not in told_to("county", item.case)


def test_a_refused_step_tells_nobody(town: Town) -> None:
    item = town.concern("assess")
    before = Delivery.objects.count()
    town.refusal(item.case, "to_consult", "leader", lead=town.unit(), co_units=[])
    assert Delivery.objects.count() == before


def test_a_step_that_is_rolled_back_tells_nobody(town: Town) -> None:
    item = town.concern("clue")
    before = Delivery.objects.count()
    with transaction.atomic():
        town.act(item.case, "register", "county", title="楼道灯不亮", category="facility")
        transaction.set_rollback(True)
    assert Delivery.objects.count() == before


def test_a_text_message_carries_the_number_and_nothing_that_was_said(
    town: Town, gateway: type[Gateway]
) -> None:
    wants_sms(town, "bureau")
    item = town.concern("consult")
    assert deliver.send_due(clock.now()) > 0
    assert item.case is not None
    bodies = [json.loads(body) for body, _ in gateway.got]
    assert {b["words"] for b in bodies} == {"请登录查看"}
    assert item.case.number in {b["number"] for b in bodies}
    assert item.case.title not in str(bodies)


def test_the_gateway_can_check_who_sent_it(town: Town, gateway: type[Gateway]) -> None:
    wants_sms(town, "bureau")
    town.concern("consult")
    deliver.send_due(clock.now())
    body, mark = gateway.got[0]
    assert hmac.compare_digest(mark, hmac.new(b"shared with the gateway", body, hashlib.sha256).hexdigest())


def test_a_gateway_that_is_down_is_tried_again_later(town: Town, gateway: type[Gateway]) -> None:
    wants_sms(town, "bureau")
    town.concern("consult")
    gateway.status = 503
    now = clock.now()
    assert deliver.send_due(now) == 0
    waiting = Delivery.objects.filter(channel="sms", done_at=None)
    count = waiting.count()
    assert count > 0
    assert all(row.tries == 1 and row.error and row.next_try > now for row in waiting)
    gateway.status = 200
    assert deliver.send_due(now) == 0, "not before its time"
    assert deliver.send_due(now + timedelta(hours=1)) == count, list(waiting.values_list("error", flat=True))


def test_after_eight_tries_it_is_given_up(town: Town, gateway: type[Gateway]) -> None:
    wants_sms(town, "bureau")
    town.concern("consult")
    gateway.status = 500
    for hour in range(20):
        deliver.send_due(clock.now() + timedelta(hours=12 * hour))
    assert set(Delivery.objects.filter(channel="sms").values_list("tries", flat=True)) == {deliver.MOST}


def test_the_console_driver_prints_to_standard_error(town: Town, capsys: pytest.CaptureFixture[str]) -> None:
    town.concern("consult")
    row = Delivery.objects.filter(account__username="bureau").first()
    assert row is not None
    drivers.Console().send(row)
    assert row.number in capsys.readouterr().err
