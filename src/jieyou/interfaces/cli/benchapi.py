"""Whole concerns through the API: a real server on 127.0.0.1, keys of four people, connections kept open.

One lifecycle is the short way from a report to the archive, without a meeting: 12 steps and one upload, 13 requests by
four people, two cases (the concern and the unit's task). ``answered`` is the shortest honest end: a report is
registered, judged and answered (4 requests). Server, database and the callers share this machine.
"""

from __future__ import annotations

import http.client
import json
import os
import shutil
import socket
import statistics
import struct
import subprocess
import sys
import tempfile
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import connection

from jieyou.interfaces.cli.out import refuse
from jieyou.interfaces.demo.city import HOME_COUNTY, HOME_TOWNSHIP, City
from jieyou.kernel.ledger import tracked
from jieyou.kernel.people.models import Account, ApiKey
from jieyou.kernel.people.posts import SYSTEM
from jieyou.kernel.places import tree

PEOPLE = ("county", "leader", "bureau", "caller")
CALLERS, WORKERS = 4, 2
BOUNDARY = "jieyou"
REPLY = "您反映的下水道堵塞问题已经疏通完毕，恢复正常，感谢您的支持。"


def lifecycle(city: City, rounds: int) -> dict[str, Any]:
    """Lifecycles a second with four callers at once; milliseconds of a request; CPU of the server."""
    keys = {name: ApiKey.new(Account.objects.get(username=name), "bench", None)[1] for name in PEOPLE}
    place = tree.children(tree.by_code(HOME_TOWNSHIP))[0].code
    unit = city.units[HOME_COUNTY, "住建"].pk.hex
    with _server() as (port, server):
        full = _measure(lambda call: _whole(call, place, unit), keys, port, server, rounds)
        short = _measure(lambda call: _answered(call, place), keys, port, server, rounds)
    for key in ApiKey.objects.filter(label="bench"):
        tracked.delete(key, SYSTEM.person, "量完作废")
    return {"callers": CALLERS, "workers": WORKERS, **full, "answered": short}


def _whole(call: Caller, place: str, unit: str) -> None:
    number = _begun(call, place)
    row = {"task": "疏通下水道", "kind": "lead", "unit": unit, "due": 7}
    call("leader", f"/jieyou/{number}/direct", {"assignments": [row]})
    task = f"/assignment/{number}-1"
    call("bureau", f"{task}/sign_for", {"officer": "李强"})
    photo = call("bureau", f"{task}/evidence", photo=_picture())
    done = {"report": "已派人疏通下水道，清运污物两车，恢复正常。", "evidence": [photo["id"]]}
    call("bureau", f"{task}/finish", done)
    call("county", f"{task}/accept", {})
    call("county", f"/jieyou/{number}/apply", {"result": "solved", "reply": REPLY})
    call("county", f"/jieyou/{number}/verify", {"verified": "site", "words": "到现场看过，下水道已经疏通。"})
    call("leader", f"/jieyou/{number}/agree_strike", {})
    said = {"method": "phone", "visited": "reached", "satisfied": "good", "solved": True}
    call("caller", f"/jieyou/{number}/call", said)
    call("caller", f"/jieyou/{number}/archive", {})


def _answered(call: Caller, place: str) -> None:
    number = _begun(call, place)
    call("leader", f"/jieyou/{number}/decline", {"reply": REPLY})


def _begun(call: Caller, place: str) -> str:
    """Told, registered, judged."""
    words = "小区三号楼下水道堵塞，污水外溢已经三天，请尽快派人疏通。"
    told = {"place": place, "words": words, "category": "facility", "name": "王建国", "phone": "13900001234",
            "source": "hotline", "source_no": f"BENCH{uuid4().hex}"}  # fmt: skip
    number = call("county", "/reports", told)["number"]
    call("county", f"/jieyou/{number}/register", {"title": "某小区三号楼下水道堵塞", "category": "facility"})
    judged = {"category": "facility", "reach": 12, "urgency": "pressing", "level": "county", "recommend": "direct",
              "reason": "涉及群众较多，请住建部门直接办理。"}  # fmt: skip
    call("county", f"/jieyou/{number}/judge", judged)
    return number


@dataclass
class Caller:
    """One connection, kept open."""

    port: int
    keys: dict[str, str]
    took: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def __call__(self, who: str, path: str, body: Any = None, photo: bytes = b"") -> dict[str, Any]:
        sent = _form(photo) if photo else json.dumps(body).encode()
        kind = f"multipart/form-data; boundary={BOUNDARY}" if photo else "application/json"
        headers = {"Authorization": f"Bearer {self.keys[who]}", "Content-Type": kind}
        begun = time.perf_counter()
        self.line.request("POST", f"/api/v1{path}", sent, headers)
        answer = self.line.getresponse()
        text = answer.read()
        self.took.append(time.perf_counter() - begun)
        if answer.status >= 300:
            raise RuntimeError(f"{path}: {answer.status} {text.decode()[:300]}")
        return json.loads(text)


def _measure(
    life: Callable[[Caller], None], keys: dict[str, str], port: int, server: int, rounds: int
) -> dict[str, Any]:
    callers = [Caller(port, keys) for _ in range(CALLERS)]
    _run(life, callers, CALLERS * 2)  # each worker has asked everything once
    for one in callers:
        one.took.clear()
    cpu, begun = _cpu(server), time.perf_counter()
    _run(life, callers, rounds)
    spent = time.perf_counter() - begun
    took = sorted(ms * 1000 for one in callers for ms in one.took)
    return {
        "lifecycles": rounds,
        "requests_each": len(took) // rounds,
        "lifecycles_per_second": round(rounds / spent, 1),
        "requests_per_second": round(len(took) / spent, 1),
        "ms_per_request_p50": round(statistics.median(took), 1),
        "ms_per_request_p95": round(took[int(len(took) * 0.95)], 1),
        "server_cpu_ms_per_lifecycle": round((_cpu(server) - cpu) * 1000 / rounds, 1),
    }


def _run(life: Callable[[Caller], None], callers: list[Caller], rounds: int) -> None:
    """So many lifecycles, each caller its share, all at once; the first fault is raised."""
    faults: list[BaseException] = []

    def share(nth: int, caller: Caller) -> None:
        try:
            for _ in range(nth, rounds, len(callers)):
                life(caller)
        except Exception as fault:
            faults.append(fault)

    threads = [threading.Thread(target=share, args=(n, caller)) for n, caller in enumerate(callers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        refuse(str(faults[0]))


@contextmanager
def _server() -> Iterator[tuple[int, int]]:
    """granian as ``jieyou serve`` runs it, on the ground; (port, process id). Its home is thrown away."""
    home = Path(tempfile.mkdtemp(prefix="jieyou-bench-"))
    for path in settings.HOME.glob("*.key"):
        shutil.copy(path, home)
    shutil.copytree(settings.HOME / "keys", home / "keys", dirs_exist_ok=True) if (
        settings.HOME / "keys"
    ).exists() else None
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers",
               str(WORKERS), "--blocking-threads", "2", "--log-level", "warning", "jieyou.wsgi:application"]  # fmt: skip
    env = os.environ | {"JIEYOU_HOME": str(home), "JIEYOU_DATABASE_URL": _url()}
    connection.close()
    process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL)
    try:
        _wait(port, process)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(20)
        shutil.rmtree(home, ignore_errors=True)


def _url() -> str:
    here = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{here['NAME']}"
    return f"postgres://{here['USER']}:{here['PASSWORD']}@{here['HOST']}:{here['PORT']}/{here['NAME']}"


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if process.poll() is not None:
            break
        time.sleep(0.1)
    refuse("服务没有起来，请看上面的说明。")


def _cpu(pid: int) -> float:
    """Seconds of CPU that a process and its children have used so far (Linux; 0 elsewhere)."""
    total = 0.0
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            text = path.read_text()
        except OSError:
            continue
        name, words = int(text.partition(" ")[0]), text.rpartition(")")[2].split()
        if pid in (name, int(words[1])):
            total += (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")
    return total


def _form(photo: bytes) -> bytes:
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="done.png"\r\nContent-Type: image/png\r\n\r\n'
    return head.encode() + photo + f"\r\n--{BOUNDARY}--\r\n".encode()


def _picture() -> bytes:
    """A small PNG that no other upload has."""
    raw = b"".join(b"\0" + os.urandom(24) for _ in range(8))
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(raw)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )
