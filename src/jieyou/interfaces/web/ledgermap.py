"""补录台账: which column is what, which way of writing means what, which unit is meant; and what was remembered of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from jieyou.commons.backfill import remembering
from jieyou.commons.backfill.choosing import Choosing
from jieyou.commons.backfill.fields import BY_KEY, FIELDS, MANY
from jieyou.commons.backfill.mapping import WANTED, WORDS, Mapping, SheetMap
from jieyou.commons.backfill.models import Headings
from jieyou.commons.backfill.reading import told
from jieyou.commons.backfill.sheets import Ledger
from jieyou.commons.backfill.unitnames import Units
from jieyou.commons.reports.workbook import NotAWorkbook
from jieyou.interfaces.web.ledger import Draft, is_open
from jieyou.interfaces.web.staff import StaffRequest, holding_or_404, staff
from jieyou.kernel.ledger import tracked
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.people.models import Unit
from jieyou.kernel.people.roles import CLERK

#: Up to so many ways of writing of one field are asked about on the page; the rest stays as guessed.
MOST = 150
FIELD_CHOICES = [
    ("", "不要这一列"),
    *((one.key, one.title) for one in FIELDS if one.key != "line"),
    ("line", "序号（不要）"),
]


@dataclass(frozen=True)
class Column:
    """One column of a sheet as the page asks about it."""

    name: str
    letter: str
    title: str
    samples: list[str]
    value: str


@dataclass(frozen=True)
class Word:
    """One way of writing: how often, what it means now, and for units those worth a look."""

    name: str
    said: str
    count: int
    value: str
    choices: list[tuple[str, str]]
    full: str = ""


@staff
def columns(request: StaffRequest, word: str) -> HttpResponse:
    """Sheets, headings and columns."""
    draft, sentence = Draft(request, word), ""
    try:
        if request.method == "POST":
            sentence = _take_columns(request, draft)
            if not sentence and "again" not in request.POST:
                remembering.complete(draft.mapping, draft.path, draft.office, draft.place)
                draft.save()
                return redirect("web:ledger_values", word)
            draft.save()
        sheets = [(sheet, _columns(draft, n, sheet)) for n, sheet in enumerate(draft.mapping.sheets)]
    except (Refused, NotAWorkbook) as no:
        sentence, sheets = no.sentence, []
    context = draft.context(sheets=sheets, fields=FIELD_CHOICES, sentence=sentence)
    return render(request, "web/ledger_columns.html", context, status=422 if sentence else 200)


def _take_columns(request: StaffRequest, draft: Draft) -> str:
    """What the page says about sheets and columns; returns a sentence when it cannot be so."""
    for n, sheet in enumerate(draft.mapping.sheets):
        sheet.take = f"s{n}-take" in request.POST
        top, deep = (_number(request.POST.get(f"s{n}-{key}", "")) for key in ("top", "deep"))
        if top and (top, top + max(deep, 1) - 1) != (sheet.top, sheet.bottom):
            moved = remembering.reheaded(sheet, draft.path, top, 2 if deep > 1 else 1)
            if moved is None:
                return f"“{sheet.name}”没有第 {top} 行"
            moved.take, draft.mapping.sheets[n] = sheet.take, moved
            continue
        keys = dict(FIELD_CHOICES)
        chosen = [request.POST.get(f"s{n}-c{c}", sheet.columns[c]) for c in range(len(sheet.columns))]
        sheet.columns = [key if key in keys else "" for key in chosen]
        sheet.remembered = ""
    if "again" in request.POST:
        return ""
    return next((fault for one in draft.mapping.sheets if one.take and (fault := _fault(one))), "") or (
        "" if any(one.take for one in draft.mapping.sheets) else "请至少选一张要补录的工作表"
    )


def _fault(sheet: SheetMap) -> str:
    twice = next((k for k in sheet.columns if k and k not in MANY and sheet.columns.count(k) > 1), "")
    if twice:
        return f"“{sheet.name}”有两列都选了“{BY_KEY[twice].title}”，请只留一列，另一列选“照原话保留”"
    if not any(sheet.has(key) for key in ("title", "words", "seq_no")):
        return f"“{sheet.name}”里请指明哪一列是“事项名称”或“反映内容”，会议表请指明“第几次会议”"
    return ""


def _columns(draft: Draft, n: int, sheet: SheetMap) -> list[Column]:
    with Ledger(draft.path) as book:
        rows = book.samples(sheet.name, sheet.bottom) if sheet.name in book.tables else []
    shown = [(c, title) for c, title in enumerate(sheet.titles) if title]
    return [
        Column(
            f"s{n}-c{c}",
            _letter(c),
            title,
            [row[c] for row in rows if c < len(row) and row[c]],
            sheet.columns[c],
        )
        for c, title in shown
    ]


@staff
def values(request: StaffRequest, word: str) -> HttpResponse:
    """Each way of writing once, with what it means; units by name."""
    draft, sentence, context = Draft(request, word), "", {}
    try:
        with Ledger(draft.path, draft.mapping) as book:
            counts, names = told(draft.mapping, book.lines())
        finder = remembering.units_near(draft.place)
        if request.method == "POST":
            sentence = _take_values(request, draft.mapping, counts, names, finder)
            draft.save()
            if not sentence:
                return redirect("web:ledger_preview", word)
        context = {
            "groups": _groups(draft.mapping, counts),
            "units": _units(draft.mapping, names, finder),
            "known": finder.known,
        }
    except (Refused, NotAWorkbook) as no:
        sentence = no.sentence
    return render(
        request,
        "web/ledger_values.html",
        draft.context(sentence=sentence, **context),
        status=422 if sentence else 200,
    )


def _groups(
    mapping: Mapping, counts: dict[str, dict[str, int]]
) -> list[tuple[str, str, list[Word], list[Word]]]:
    """``(key, title, to be decided, guessed)`` of each value field; the commonest first."""
    choosing, found = Choosing(), []
    for key, said in counts.items():
        decided = mapping.values.get(key, {})
        words = [
            Word(
                f"v-{key}-{n}",
                one,
                count,
                decided.get(one, ""),
                [*(choosing.blank(key) if not one else []), *choosing.of(key)],
            )
            for n, (one, count) in enumerate(_sorted(said))
        ]
        open_ = [word for word in words if is_open(word.said, word.value)]
        found.append((key, BY_KEY[key].title, open_, [word for word in words if word not in open_]))
    return sorted(found, key=lambda group: group[0] != "stage")


def _sorted(counts: dict[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda each: (-each[1], each[0]))[:MOST]


def _units(mapping: Mapping, names: dict[str, int], finder: Units) -> list[Word]:
    """Units by name: those that are not sure come first."""
    full: dict[str, str] = {unit.key: unit.name for unit in finder.known}
    words = []
    for n, (name, count) in enumerate(_sorted(names)):
        now = mapping.units.get(name, WORDS)
        near: dict[str, None] = dict.fromkeys([*([now] if now in full else []), *finder.guess(name).near])
        words.append(
            Word(
                f"u-{n}",
                name,
                count,
                now,
                [(key, full[key]) for key in near if key in full],
                full.get(now, ""),
            )
        )
    return sorted(words, key=lambda word: (bool(word.full), -word.count))


def _take_values(
    request: StaffRequest,
    mapping: Mapping,
    counts: dict[str, dict[str, int]],
    names: dict[str, int],
    finder: Units,
) -> str:
    choosing = Choosing()
    for key, said in counts.items():
        allowed = {code for code, _ in (*choosing.of(key), *choosing.blank(key))} | {""}
        for n, (one, _) in enumerate(_sorted(said)):
            given = request.POST.get(f"v-{key}-{n}")
            if given in allowed:
                mapping.values.setdefault(key, {})[one] = given
    by_name = {unit.name: unit.key for unit in finder.known}
    keys, wrong = {*by_name.values(), WORDS, WANTED}, ""
    for n, (name, _) in enumerate(_sorted(names)):
        typed, given = request.POST.get(f"n-{n}", "").strip(), request.POST.get(f"u-{n}", "")
        if typed and typed not in by_name:
            wrong = wrong or f"没有名叫“{typed}”的单位：请写全称，或者选“只留文字”“请管理员建立”"
        elif typed or given in keys:
            mapping.units[name] = by_name.get(typed, given)
    return wrong


@staff
def kept(request: StaffRequest) -> HttpResponse:
    """What is remembered of this office's ledgers."""
    office = holding_or_404(request, CLERK, kind="office")
    rows = Headings.objects.filter(office=office.unit).order_by("-used_at")
    return render(request, "web/ledger_kept.html", {"here": "ledger", "rows": rows})


@staff
def kept_one(request: StaffRequest, key: Any) -> HttpResponse:
    """GET: what one means. POST: another name, or away with it."""
    office = holding_or_404(request, CLERK, kind="office")
    row = Headings.objects.filter(pk=key, office=office.unit).first()
    if row is None:
        raise Http404("没有记住过这样的对应关系")
    sentence = ""
    if request.method == "POST":
        sentence = _change(request, row)
        if not sentence:
            return redirect("web:ledger_kept")
    context = {"here": "ledger", "row": row, "sentence": sentence, "columns": _meant_columns(row), "values": _meant_values(row),
               "units": _meant_units(row)}  # fmt: skip
    return render(request, "web/ledger_kept_one.html", context, status=422 if sentence else 200)


def _change(request: StaffRequest, row: Headings) -> str:
    if "forget" in request.POST:
        tracked.delete(row, request.actor.person, "不再记住台账的对应关系")
        return ""
    name = " ".join(request.POST.get("name", "").split())[:80]
    if not name:
        return "请写名称"
    if Headings.objects.filter(office=row.office, name=name).exclude(pk=row.pk).exists():
        return f"已经有一个叫“{name}”的，请换个名称"
    row.name = name
    tracked.save(row, request.actor.person, "改名")
    return ""


def _meant_columns(row: Headings) -> list[tuple[str, str]]:
    names = dict(FIELD_CHOICES)
    return [
        (str(title), names.get(str(key), str(key)))
        for title, key in zip(row.titles, row.columns, strict=False)
        if title
    ]


def _meant_values(row: Headings) -> list[tuple[str, list[tuple[str, str]]]]:
    choosing, found = Choosing(), []
    for key, said in row.values.items():
        words = dict((*choosing.of(key), *choosing.blank(key)))
        found.append(
            (
                BY_KEY[key].title,
                [(one or "（空白）", words.get(value, "未知")) for one, value in said.items()],
            )
        )
    return found


def _meant_units(row: Headings) -> list[tuple[str, str]]:
    keys = [key for key in row.units.values() if len(key) == 32]
    names: dict[str, str] = {unit.pk.hex: unit.name for unit in Unit.objects.filter(pk__in=keys)}
    names |= {WORDS: "只留文字", WANTED: "请管理员建立"}
    return [(str(said), names.get(str(key), "（已撤销）")) for said, key in row.units.items()]


def _number(word: str) -> int:
    return int(word) if word.isdecimal() and len(word) < 4 else 0


def _letter(column: int) -> str:
    """0 → A, 27 → AB."""
    return (_letter(column // 26 - 1) if column >= 26 else "") + chr(65 + column % 26)
