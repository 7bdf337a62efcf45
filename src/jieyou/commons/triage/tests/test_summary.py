"""The office's own language model, here a small real server: what reaches it, and what a clerk is told when it fails."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from jieyou.commons.reports.models import Report
from jieyou.commons.triage import summary
from jieyou.kernel.loop.models import Case
from jieyou.kernel.loop.refused import Refused

pytestmark = pytest.mark.django_db
LONG = (
    "我家住在滨河苑3栋2单元501室，我叫王小明，电话13812346021。"
    + "楼道灯坏了一个多月，老人晚上摔过跤，物业说没有钱修。" * 6
)


@dataclass
class Server:
    """Answers every question with ``words``, ``status`` and after ``pause`` seconds; ``asked``: (path, headers, body)."""

    words: str = "滨河苑楼道灯坏了，请修。电话13812346021。"
    status: int = 200
    pause: float = 0.0
    asked: list[tuple[str, dict[str, str], dict[str, Any]]] = field(default_factory=list)


@pytest.fixture
def server(settings: Any) -> Iterator[Server]:
    model = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            model.asked.append((self.path, dict(self.headers), body))
            time.sleep(model.pause)
            with suppress(ConnectionError):  # who asked may have gone
                self.answer()

        def answer(self) -> None:
            self.send_response(model.status)
            self.send_header("Location", "/elsewhere")
            self.end_headers()
            self.wfile.write(json.dumps({"choices": [{"message": {"content": model.words}}]}).encode())

        do_GET = do_POST

        def log_message(self, *_: object) -> None:
            """Nothing on the screen of the tests."""

    web = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=web.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{web.server_port}/v1/"
    settings.LANGUAGE_MODEL = {"url": url, "name": "small", "key": "k", "seconds": 5.0}
    yield model
    web.shutdown()
    web.server_close()


def told(words: str = LONG, sealed: bool = False) -> tuple[Case, list[Report]]:
    return Case(sealed=sealed), [Report(title="楼道灯", words=words, accused=sealed)]


def test_only_covered_text_reaches_the_one_address_and_the_answer_is_covered_too(server: Server) -> None:
    draft = summary.draft(*told())
    ((path, headers, body),) = server.asked
    sent = body["messages"][1]["content"]
    assert (
        path == "/v1/chat/completions" and headers["Authorization"] == "Bearer k" and body["model"] == "small"
    )
    assert "楼道灯坏了" in sent and not any(secret in sent for secret in ("王小明", "13812346021", "501"))
    assert "滨河苑楼道灯坏了" in draft and "13812346021" not in draft


@pytest.mark.parametrize(("words", "sealed"), [(LONG, True), (LONG + "村支书贪污修灯的钱。", False)])
def test_what_is_sealed_or_accuses_somebody_is_never_sent(server: Server, words: str, sealed: bool) -> None:
    assert not summary.offered(*told(words, sealed))
    with pytest.raises(Refused, match="不交给模型"):
        summary.draft(*told(words, sealed))
    assert server.asked == []


@pytest.mark.parametrize(
    "fault", [{"status": 500}, {"status": 307}, {"status": 302}, {"words": " "}, {"pause": 0.6}]
)
def test_no_answer_in_time_is_a_sentence_and_no_other_address_is_asked(
    server: Server, settings: Any, fault: dict[str, Any]
) -> None:
    vars(server).update(fault)
    settings.LANGUAGE_MODEL = settings.LANGUAGE_MODEL | {"seconds": 0.3}
    with pytest.raises(Refused, match="请直接看原文"):
        summary.draft(*told())
    assert len(server.asked) == 1


def test_without_an_address_there_is_no_button_and_a_short_message_needs_none(
    server: Server, settings: Any
) -> None:
    assert summary.offered(*told()) and not summary.offered(*told("路灯坏了。"))
    settings.LANGUAGE_MODEL = settings.LANGUAGE_MODEL | {"url": ""}
    assert not summary.offered(*told())
    with pytest.raises(Refused, match="没有设置"):
        summary.draft(*told())
