"""What is done with a paper, one named function each. Page, command, import, demo and test call these and nothing else.

``draft`` → ``edit`` → ``send`` (for signature) → ``issue`` (takes the number, freezes words and file) · ``void`` with a reason.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from jieyou.commons.approvals import signing
from jieyou.commons.approvals.models import Approval
from jieyou.commons.papers import filing, may, numbers, registry, rules
from jieyou.commons.papers.declare import PaperKind
from jieyou.commons.papers.models import Paper
from jieyou.kernel.calendar import clock as watch
from jieyou.kernel.ledger import tracked
from jieyou.kernel.ledger.canon import clean
from jieyou.kernel.loop.models import Case
from jieyou.kernel.loop.refused import Overtaken, Refused
from jieyou.kernel.loop.remark import remark
from jieyou.kernel.people.actor import Actor

LONGEST = {"line": 200, "words": 20_000}


def draft(case: Case, kind: str, actor: Actor, words: str | None = None, **fields: Any) -> Paper:
    """Draft a paper of a case, filled in from what the case knows; ``words`` replaces the text, ``fields`` single parts.

    Raises :class:`Refused`: no such kind, not of this case, not by these posts.
    """
    declared = registry.kind(kind)
    meant = belongs(case, declared)
    sentence = may.not_write(actor, meant, declared)
    if sentence:
        raise Refused(sentence)
    paper = make(meant, declared, actor, words, **fields)
    return _signed_before(paper, actor) or paper


def _signed_before(paper: Paper, actor: Actor) -> Paper | None:
    """The very words were signed before there was a paper (minutes of past meetings): no second signature is asked for."""
    rows = Approval.objects.filter(
        case__parent=paper.case, case__kind=paper.kind, case__outcome="signed", text=paper.text
    )
    row = rows.select_related("case").order_by("-case__opened_at").first() if paper.text else None
    if row is None or Paper.objects.filter(approval=row.case).exists():
        return None
    paper.approval = row.case
    return signed(paper, row.signed_by, row.signed_on, actor, "approval")


def belongs(case: Case, kind: PaperKind) -> Case:
    """The case that a paper of this kind is of: this one, or the one near it (its meeting, its parent, its only child)."""
    if case.loop in kind.of:
        return case
    near = (kind.near(case) if kind.near else None) or _relative(case, kind)
    if near is None:
        raise Refused(f"{case.number} 没有可起草的{kind.title}")
    return near


def _relative(case: Case, kind: PaperKind) -> Case | None:
    if case.parent is not None and case.parent.loop in kind.of:
        return case.parent
    return (
        Case.objects.filter(parent=case, loop__in=kind.of).select_related("home", "holder", "place").first()
    )


def make(case: Case, kind: PaperKind, actor: Actor, words: str | None = None, **fields: Any) -> Paper:
    """The same without asking for a post: what a permitted step drafts by itself."""
    paper = written(case, kind, actor, words, **fields)
    tracked.save(paper, actor.person, f"起草{kind.title}", force_insert=True)
    return paper


def written(case: Case, kind: PaperKind, actor: Actor, words: str | None = None, **fields: Any) -> Paper:
    """The draft, unsaved: what the case knows now, as the paper would say it."""
    values = kind.fields(case) | fields
    body = str(values.pop("body", ""))
    title = str(values.pop("title", "") or kind.title)
    return Paper(
        case=case, kind=kind.code, unit=kind.unit_of(case), about=str(values.pop("about", ""))[:80], title=clean(title)[:200],
        text=clean(body if words is None else words), fields=values, by=actor.person, by_name=actor.title[:120], at=watch.now(),
    )  # fmt: skip


def edit(paper: Paper, actor: Actor, words: str | None = None, **fields: Any) -> Paper:
    """Change a draft. Refused once it is on somebody's desk for signature, or out."""
    _check(paper, actor)
    if not paper.editable:
        raise Refused(
            f"{paper.declared.title}{paper.get_state_display()}，不能再改；要改请先退回或作废后重拟"
        )
    parts = {part.name: part for part in paper.declared.parts}
    for name, value in fields.items():
        _fits(parts[name].label, parts[name].kind, value)
    if words is not None:
        _fits("正文", "words", words)
        paper.text = clean(words)
    title = fields.pop("title", None)
    if title is not None:
        if not title.strip():
            raise Refused("请写标题", "title")
        paper.title = clean(title.strip())
    paper.fields = paper.fields | fields
    paper.edited_at = watch.now()
    return _become(paper, "draft", actor, "修改公文", "text", "title", "fields", "edited_at")


def _fits(label: str, kind: str, value: Any) -> None:
    most = LONGEST.get(kind)
    if most is not None and len(value) > most:
        raise Refused(f"{label}太长了：最多 {most} 个字，现在 {len(value)} 个字")


def send(paper: Paper, actor: Actor) -> Case:
    """送签: an approval on the leader's desk. Returns the approval's case."""
    _check(paper, actor)
    if not rules.needs_signature(paper.kind, paper.unit):
        raise Refused(f"{paper.declared.title}不须签批，可以直接印发")
    if paper.state != "draft":
        raise Refused(f"{paper.declared.title}{paper.get_state_display()}，不用再送签")
    with transaction.atomic():
        words = f"{paper.declared.title}：{paper.title}"[:200]
        approval = signing.send(paper.case, paper.kind, filing.reading(paper), actor, title=words)
        link(paper, approval, actor)
    return approval


def link(paper: Paper, approval: Case, actor: Actor) -> Paper:
    """The paper waits for this approval."""
    paper.approval, paper.signed_by, paper.signed_on = approval, "", None
    return _become(paper, "sent", actor, "送签", "text", "approval", "signed_by", "signed_on")


def signed(paper: Paper, by: str, on: date | None, actor: Actor, *also: str) -> Paper:
    """The last signature is there (on the screen, or on paper and checked by another)."""
    paper.signed_by, paper.signed_on = by, on
    return _become(paper, "signed", actor, "签发", "signed_by", "signed_on", *also)


def refused(paper: Paper, actor: Actor) -> Paper:
    """Not signed: a draft again, to be changed and sent anew."""
    return _become(paper, "draft", actor, "未同意，退回修改", "signed_by")


def move(paper: Paper, case: Case, actor: Actor) -> Paper:
    """A draft of the parent becomes the task's own."""
    fresh = {} if paper.edited_at else paper.declared.fields(case)
    own = {name: value for name, value in fresh.items() if name not in ("title", "about", "body")}
    paper.case, paper.fields = case, paper.fields | own | {"case_no": case.number}
    return _become(paper, "draft", actor, "转为任务的公文", "case", "fields")


def issue(paper: Paper, actor: Actor) -> Paper:
    """编号、印发: signed where it must be; the number is taken now, words and Word file are frozen."""
    _check(paper, actor)
    sentence = not_ready(paper)
    if sentence:
        raise Refused(sentence)
    with transaction.atomic():
        put_out(paper, actor)
        if paper.number:
            words = {"paper": paper.declared.title, "number": paper.number}
            remark(paper.case_id, "paper_issued", "印发公文", actor, words, watch.now())
    return paper


def not_ready(paper: Paper) -> str | None:
    """Why the paper cannot go out now, or ``None``."""
    title = paper.declared.title
    if paper.state in ("issued", "void"):
        return f"{title}{paper.get_state_display()}"
    if rules.needs_signature(paper.kind, paper.unit) and paper.state != "signed":
        return f"{title}还没有签发，不能印发"
    return paper.declared.ready(paper.case) if paper.declared.ready else None


def put_out(paper: Paper, actor: Actor) -> Paper:
    """Number, file and state, inside the caller's transaction. One of two issuers loses here and reads a sentence."""
    paper.issued_at = watch.now()
    _swap(paper, "issued")
    numbers.take(paper)
    day = paper.signed_on or watch.local(paper.issued_at)
    paper.fields = paper.fields | {"day": numbers.day_words(day)}
    filing.keep(paper, actor)
    changed = ["number", "series", "seq", "fields", "file", "sha256", "issued_at"]
    tracked.save(paper, actor.person, "印发", update_fields=changed)
    return paper


def void(paper: Paper, actor: Actor, why: str) -> Paper:
    """作废, with a reason. A number once taken stays taken: the series has no gaps and no second use."""
    _check(paper, actor)
    if not why.strip():
        raise Refused("请写明作废原因", "why")
    if paper.state == "void":
        raise Refused("这件公文已经作废")
    if paper.state == "sent":
        raise Refused("正在签批，请先由领导退回再作废")
    paper.why = clean(why.strip())[:200]
    with transaction.atomic():
        _swap(paper, "void")
        tracked.save(paper, actor.person, "作废", update_fields=["why"])
    return paper


def _check(paper: Paper, actor: Actor) -> None:
    sentence = may.not_write(actor, paper.case, paper.declared)
    if sentence:
        raise Refused(sentence)


def _become(paper: Paper, state: str, actor: Actor, why: str, *fields: str) -> Paper:
    with transaction.atomic():
        _swap(paper, state)
        tracked.save(paper, actor.person, why, update_fields=list(fields))
    return paper


def _swap(paper: Paper, state: str) -> None:
    """Compare and swap on ``turn``: of two persons one wins."""
    rows = Paper.objects.filter(pk=paper.pk, turn=paper.turn)
    if not rows.update(turn=paper.turn + 1, state=state):
        raise Overtaken
    paper.turn, paper.state = paper.turn + 1, state
