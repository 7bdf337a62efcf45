"""One concern through the API, step by step, each by the one whose post it is."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from jieyou.interfaces.api.tests.conftest import Answer, Caller, County

WORDS = "枣园社区三号楼的暖气管道漏水，楼道里结冰，老人出门不方便，请帮忙修一下。我的电话13812346021。"
REASON = "管道老化，归住建局管，建议直接转办。"
REPLY = "三号楼的供热管道已经更换，楼道积水已清理，12月5日起恢复正常供热。"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n%%EOF\n"


def told(county: County, key: str = "", **more: Any) -> dict[str, Any]:
    """The clerk writes down what a resident said."""
    body = {"place": "610602005001", "words": WORDS, "name": "刘梅", "phone": "13812346021", **more}
    answer = county.clerk.post("/reports", body, **({"Idempotency-Key": key} if key else {}))
    assert answer.status == 201, answer
    return answer.body


def step(caller: Caller, number: str, name: str, body: Any = None, loop: str = "jieyou") -> dict[str, Any]:
    """A step that must be made."""
    answer = caller.post(f"/{loop}/{number}/{name}", body)
    assert answer.status == 200, (name, answer)
    return answer.body


def category(county: County) -> str:
    return county.clerk.get("/choices/category").body[0]["value"]


def judged(county: County, number: str) -> None:
    """登记、研判."""
    code = category(county)
    step(county.clerk, number, "register", {"title": "枣园社区三号楼供热管道漏水", "category": code})
    body = {
        "category": code,
        "urgency": "pressing",
        "level": "county",
        "recommend": "direct",
        "reason": REASON,
    }
    step(county.clerk, number, "judge", body | {"reach": 48})


def row(unit: str = "宝塔区住房和城乡建设局", **more: Any) -> dict[str, Any]:
    """One row of the table of assignments."""
    return {"task": "更换三号楼供热管道", "kind": "lead", "unit": unit, "due": 7, **more}


def handed(county: County, number: str) -> str:
    """转办; the number of the task."""
    step(county.head, number, "direct", {"assignments": [row()]})
    return tasks(county.clerk, number)[-1]


def tasks(caller: Caller, number: str) -> list[str]:
    return [child["number"] for child in caller.get(f"/jieyou/{number}").body["children"]]


def upload(caller: Caller, number: str, loop: str = "assignment") -> Answer:
    return caller.upload(
        f"/{loop}/{number}/evidence", SimpleUploadedFile("完工单.pdf", PDF, "application/pdf")
    )


def worked(county: County, task: str) -> None:
    """签收、办结、审核."""
    step(county.officer, task, "sign_for", {"officer": "孙磊"}, "assignment")
    step(county.officer, task, "progress", {"progress": "正在施工", "percent": 60}, "assignment")
    key = upload(county.officer, task).body["id"]
    report = "已更换管道二十米，恢复供热。"
    step(county.officer, task, "finish", {"report": report, "evidence": [key]}, "assignment")
    step(county.clerk, task, "accept", None, "assignment")


def struck(county: County, number: str) -> None:
    """申请销号、核验、同意销号."""
    step(county.chief, number, "apply", {"result": "solved", "reply": REPLY})
    step(county.clerk, number, "verify", {"verified": "phone", "words": "电话核实，住户说已经供上暖。"})
    step(county.head, number, "agree_strike", {})


def called(county: County, number: str, satisfied: str = "good") -> None:
    """登记回访."""
    body = {"method": "phone", "visited": "reached", "satisfied": satisfied, "solved": satisfied != "bad"}
    step(county.caller, number, "call", body)
