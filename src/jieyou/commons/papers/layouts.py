"""The built-in sheets: a letter under a red head, and forms that fit one page by construction. Pure."""

from __future__ import annotations

from jieyou.commons.papers.declare import Values
from jieyou.commons.papers.sheet import (
    Break,
    Cell,
    Foot,
    Form,
    Line,
    Mark,
    Para,
    Sheet,
    Signature,
    Title,
    Written,
    fitted,
)

#: Font sizes that a cell may fall back to, in points (小四, 五号, 小五, 六号).
SIZES = (12.0, 10.5, 9.0, 7.5)
#: Column widths of forms in mm: label, value, label, value.
FOUR = (28.0, 50.0, 28.0, 50.0)
LABEL, WHOLE = 28.0, 128.0


def letter(v: Values) -> Sheet:
    """函、通知: red head, number at the right, title, 主送, text, signature, 抄送."""
    page = Written().add(Mark(v["unit"]), Line("", v.get("number") or "", "red"), Title(v["title"]))
    if v.get("to"):
        page.add(Para(f"{v['to']}：", indent=False))
    page.body(v.get("body", "")).add(Signature(v["unit"], v["day"]))
    if v.get("cc"):
        page.add(Foot(v["cc"], v["unit"], v["day"]))
    return page.sheet(v["title"], v["draft"])


def minutes(v: Values) -> Sheet:
    """纪要格式: the red mark with the meeting's name, 期号, text, who came, 分送."""
    page = Written().add(
        Mark(v["unit"], "会议纪要"), Line("", v.get("number") or v.get("issue") or "", ""), Line(v["unit"], v["day"], "red"),
        Title(v["title"]),
    )  # fmt: skip
    page.body(v.get("body", ""))
    for label, name in (("出席", "present"), ("请假", "leave")):
        if v.get(name):
            page.add(Para(f"{label}：{v[name]}"))
    return page.add(Foot(v.get("cc", ""), v["unit"], v["day"])).sheet(v["title"], v["draft"])


def form(
    v: Values, rows: list[tuple[float, list[tuple[str, str]]]], rest: str = "", sign: bool = False
) -> Sheet:
    """A plain form under a title: each row is (height in mm, [(label, text)] of one or two pairs)."""
    page = Written().add(Title(v["title"]), Line(v["unit"], v.get("number") or v.get("case_no", ""), ""))
    page.add(ruled(rows, rest))
    if sign:
        page.add(Line("", v["day"], ""))
    return page.sheet(v["title"], v["draft"])


def order(v: Values) -> Sheet:
    """交办单: red head and one form; exactly one page however long the task."""
    rest = f"（以下略，全文见会议纪要和{v.get('case_no', '')}办理页面）"
    page = Written().add(Mark(v["unit"], "交办单"), Line("", v.get("number") or "", "red"))
    page.add(ruled([
        (16, [("事项名称", v.get("matter", ""))]),
        (14, [("事项编号", v.get("case_no", "")), ("交办依据", v.get("basis", ""))]),
        (16, [("责任单位", v.get("to", "")), ("配合单位", v.get("helpers", ""))]),
        (12, [("交办日期", v["day"]), ("办理时限", v.get("due", ""))]),
        (62, [("办理要求", v.get("body", ""))]),
        (16, [("领导意见", "")]),
        (20, [("办理结果", "")]),
        (12, [("签收", "签收人：　　　　　　　　　　签收时间：　　　年　　月　　日")]),
    ], rest))  # fmt: skip
    return page.sheet(v["title"], v["draft"])


def ruled(rows: list[tuple[float, list[tuple[str, str]]]], rest: str = "") -> Form:
    """Rows of labels and values in cells of fixed height: what is too long is set smaller, then cut with a note."""
    made: list[tuple[float, tuple[Cell, ...]]] = []
    for height, pairs in rows:
        whole = len(pairs) == 1
        cells: list[Cell] = []
        for label, text in pairs:
            words, size = fitted(
                text, WHOLE if whole else FOUR[1], height, SIZES, rest or "（以下略，全文见系统）"
            )
            cells += [Cell(label, label=True), Cell(words, span=3 if whole else 1, size=size)]
        made.append((height, tuple(cells)))
    return Form(FOUR, tuple(made), fixed=True)


def item_rows(v: Values) -> list[tuple[float, list[tuple[str, str]]]]:
    """议题单: the seven things that a meeting must know of an item, on one page."""
    return [
        (14, [("议题名称", v.get("matter", ""))]),
        (11, [("事项编号", v.get("case_no", "")), ("汇报单位", v.get("reporter", ""))]),
        (30, [("基本情况", v.get("situation", ""))]),
        (25, [("症结", v.get("crux", ""))]),
        (25, [("政策依据", v.get("policy", ""))]),
        (38, [("各方意见\n（盖章）", v.get("opinions", ""))]),
        (28, [("方案", v.get("plan", ""))]),
        (13, [("资金", v.get("funding", ""))]),
        (19, [("需会议决定\n的事项", v.get("decide", ""))]),
    ]


def item_sheet(v: Values) -> Sheet:
    """One item, one page."""
    page = Written().add(Title(v["title"]), ruled(item_rows(v)))
    return page.sheet(v["title"], v["draft"])


def items_book(v: Values) -> Sheet:
    """议题汇编: contents, then a page for each item."""
    page = Written().add(Mark(v["unit"]), Line(v["unit"], v["day"], "red"), Title(v["title"]))
    items = v.get("items", [])
    page.body(
        "\n".join(
            f"{n}. {one['matter']}（{one['reporter'] or '汇报单位待定'}）" for n, one in enumerate(items, 1)
        )
    )
    for n, one in enumerate(items, 1):
        page.add(Break(), Title(f"议题单（{n}/{len(items)}）"), ruled(item_rows(one)))
    return page.sheet(v["title"], v["draft"])
