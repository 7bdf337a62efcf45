"""A sheet as a Word file (the clerk's master), by python-docx. Fonts are named, none is shipped."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from itertools import pairwise
from typing import Any

import docx
from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from jieyou.commons.papers.sheet import (
    CELL_X,
    CELL_Y,
    LEADING,
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
    width_of,
)

SONG, FANG, HEI, KAI, LATIN = "方正小标宋简体", "仿宋", "黑体", "楷体", "Times New Roman"
RED = RGBColor(0xE6, 0x00, 0x12)
WIDE = 156  # mm of the type area
PITCH = 28.95  # points from line to line: 22 lines in 225 mm
BODY, NUMBERS = 16.0, 14.0
_WATERMARK = (
    '<w:r {ns} xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"><w:pict>'
    '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas>'
    '<v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/>'
    '<v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/>'
    '<v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/></v:formulas>'
    '<v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/></v:shapetype>'
    '<v:shape id="draft" type="#_x0000_t136" style="position:absolute;margin-left:0;margin-top:0;width:360pt;height:150pt;'
    "rotation:315;z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
    'mso-position-vertical:center;mso-position-vertical-relative:margin" fillcolor="#e8e8e8" stroked="f">'
    '<v:textpath style="font-family:&quot;黑体&quot;;font-size:1pt" string="草　稿"/></v:shape></w:pict></w:r>'
)


#: The schema's order of a paragraph's switches, as far as they are used here.
_AFTER = (
    "w:autoSpaceDE",
    "w:autoSpaceDN",
    "w:adjustRightInd",
    "w:snapToGrid",
    "w:spacing",
    "w:ind",
    "w:jc",
    "w:rPr",
)


def draw(sheet: Sheet) -> bytes:
    """The .docx file."""
    paper = docx.Document()
    _page(paper, sheet)
    for before, block in pairwise((None, *sheet.blocks)):
        first = len(paper.paragraphs)
        if isinstance(block, Signature) and isinstance(before, Para):
            paper.paragraphs[-1].paragraph_format.keep_with_next = True  # no signature alone on a page
        if isinstance(block, Form) and isinstance(before, Para) and before.head:
            paper.paragraphs[-1].paragraph_format.keep_with_next = True  # no heading without its table
        _DRAW[type(block)](paper, block)
        if isinstance(before, Break):
            paper.paragraphs[first].paragraph_format.page_break_before = True
    out = BytesIO()
    paper.save(out)
    return out.getvalue()


def _page(paper: Document, sheet: Sheet) -> None:
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(20), Mm(22)
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is None:
        grid = section._sectPr.makeelement(qn("w:docGrid"), {})
        section._sectPr.append(grid)
    for name, value in (("type", "lines"), ("linePitch", "579")):
        grid.set(qn(f"w:{name}"), value)
    normal = paper.styles["Normal"]
    normal.font.size = Pt(BODY)
    _face(normal.element.get_or_add_rPr(), FANG)
    normal.paragraph_format.space_after = Pt(0)
    core = paper.core_properties
    core.title, core.author, core.comments, core.language = sheet.name, "", "", "zh-CN"
    paper.settings.odd_and_even_pages_header_footer = True
    for footer, align in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        _number(footer, align)
    if sheet.draft:
        for header in (section.header, section.even_page_header):
            _draft(header)


def _number(footer: Any, align: WD_ALIGN_PARAGRAPH) -> None:
    """— 1 — at the outer side, one character in."""
    footer.is_linked_to_previous = False
    line = footer.paragraphs[0]
    line.alignment = align
    _chars(line, "right" if align == WD_ALIGN_PARAGRAPH.RIGHT else "left", 1, NUMBERS)
    _run(line, "— ", FANG, NUMBERS)
    run = _run(line, "", FANG, NUMBERS)
    for piece in ('<w:fldChar {} w:fldCharType="begin"/>', "<w:instrText {}>PAGE</w:instrText>",
                  '<w:fldChar {} w:fldCharType="separate"/>', "<w:t {}>1</w:t>", '<w:fldChar {} w:fldCharType="end"/>'):  # fmt: skip
        run._r.append(parse_xml(piece.format(nsdecls("w"))))
    _run(line, " —", FANG, NUMBERS)


def _draft(header: Any) -> None:
    header.is_linked_to_previous = False
    line = header.paragraphs[0]
    line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _run(line, "草稿", HEI, NUMBERS).font.color.rgb = RGBColor(0x6E, 0x6E, 0x6E)
    line._p.append(parse_xml(_WATERMARK.format(ns=nsdecls("w"))))


def _face(properties: Any, family: str) -> None:
    """Name the fonts; the hint sets quotes and dashes in the Chinese one."""
    fonts = properties.get_or_add_rFonts()
    for name, value in (
        ("eastAsia", family),
        ("ascii", LATIN),
        ("hAnsi", LATIN),
        ("cs", LATIN),
        ("hint", "eastAsia"),
    ):
        fonts.set(qn(f"w:{name}"), value)
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)


def _run(line: Any, text: str, family: str = FANG, size: float = BODY) -> Any:
    run = line.add_run(text)
    run.font.size = Pt(size)
    properties = run._r.get_or_add_rPr()
    _face(properties, family)
    if size == BODY:  # 28 characters of 16 pt in 156 mm
        properties.append(parse_xml(f'<w:spacing {nsdecls("w")} w:val="-4"/>'))
    return run


def _paragraph(where: Any, pitch: float = PITCH) -> Any:
    line = where.add_paragraph()
    _tight(line)
    form = line.paragraph_format
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(pitch)
    form.space_before = form.space_after = Pt(0)
    return line


def _tight(line: Any) -> None:
    """No blank between Chinese and Latin letters or digits: 28 characters are 28 characters."""
    _put(line, "autoSpaceDE", "0")
    _put(line, "autoSpaceDN", "0")


def _put(line: Any, name: str, value: str) -> None:
    """A switch of the paragraph that python-docx has no word for, at its place in the schema's order."""
    switch = parse_xml(f'<w:{name} {nsdecls("w")} w:val="{value}"/>')
    line._p.get_or_add_pPr().insert_element_before(switch, *_AFTER[_AFTER.index(f"w:{name}") + 1 :])


def _chars(line: Any, side: str, count: float, size: float = BODY) -> None:
    """An indent in characters, as Word's own dialogue writes it."""
    indent = line._p.get_or_add_pPr().get_or_add_ind()
    indent.set(qn(f"w:{side}Chars"), str(round(count * 100)))
    indent.set(qn(f"w:{side}"), str(round(count * size * 20)))


def _rule(line: Any, side: str, colour: str, eighths: int) -> None:
    borders = f'<w:pBdr {nsdecls("w")}><w:{side} w:val="single" w:sz="{eighths}" w:space="1" w:color="{colour}"/></w:pBdr>'
    line._p.get_or_add_pPr().insert_element_before(
        parse_xml(borders), "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:kinsoku", *_AFTER,
    )  # fmt: skip


def _mark(paper: Document, block: Mark) -> None:
    for n, words in enumerate(filter(None, (block.text, "　".join(block.under)))):
        size = min(34.0, WIDE * 72 / 25.4 / max(width_of(words), 1) * 0.97)
        line = _paragraph(paper, 46)
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        line.paragraph_format.space_before = Pt(0 if n else 8)
        _run(line, words, SONG, size).font.color.rgb = RED


def _line(paper: Document, block: Line) -> None:
    """A left and a right end, held apart by a right tab stop."""
    line = _paragraph(paper)
    line.paragraph_format.tab_stops.add_tab_stop(Mm(WIDE), WD_TAB_ALIGNMENT.RIGHT)
    _run(line, f"{block.left}\t{block.right}" if block.right else block.left)
    if block.rule:
        _rule(line, "bottom", "E60012" if block.rule == "red" else "000000", 18)


def _title(paper: Document, block: Title) -> None:
    line = _paragraph(paper, 33)
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    line.paragraph_format.space_before = line.paragraph_format.space_after = Pt(10)
    line.paragraph_format.keep_with_next = True
    _run(line, block.text, SONG, 22)


def _para(paper: Document, block: Para) -> None:
    line = _paragraph(paper)
    line.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY if block.indent else WD_ALIGN_PARAGRAPH.LEFT
    if block.indent:
        _chars(line, "firstLine", 2)
    if block.head:
        _run(line, block.head, HEI if block.level == 1 else KAI)
    if len(block.text) > len(block.head):
        _run(line, block.text[len(block.head) :])


def _signature(paper: Document, block: Signature) -> None:
    """The date four characters in, the unit centred over it; both move left where the unit is the longer."""
    unit, day = width_of(block.unit), width_of(block.day)
    right_unit = max(1.0, 4 + (day - unit) / 2)
    right_day = right_unit + (unit - day) / 2
    _paragraph(paper).paragraph_format.keep_with_next = True
    for words, right in ((block.unit, right_unit), (block.day, max(right_day, 1.0))):
        line = _paragraph(paper)
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        line.paragraph_format.keep_with_next = words == block.unit
        _chars(line, "right", right)
        _run(line, words)


def _foot(paper: Document, block: Foot) -> None:
    _paragraph(paper, 14)
    if block.cc:
        line = _paragraph(paper, 24)
        _chars(line, "left", 1, NUMBERS)
        _rule(line, "top", "000000", 8)
        line.paragraph_format.keep_with_next = True
        _run(line, f"抄送：{block.cc}", FANG, NUMBERS)
    line = _paragraph(paper, 24)
    _rule(line, "top", "000000", 6)
    line.paragraph_format.tab_stops.add_tab_stop(Mm(WIDE - 5), WD_TAB_ALIGNMENT.RIGHT)
    _chars(line, "left", 1, NUMBERS)
    _run(line, f"{block.by}\t{block.day}印发", FANG, NUMBERS)


def _form(paper: Document, block: Form) -> None:
    table = paper.add_table(rows=0, cols=len(block.widths))
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    margins = "".join(
        f'<w:{side} w:w="{round(size / 2 * 56.7)}" w:type="dxa"/>'
        for side, size in (("top", CELL_Y), ("left", CELL_X), ("bottom", CELL_Y), ("right", CELL_X))
    )
    margin = parse_xml(f"<w:tblCellMar {nsdecls('w')}>{margins}</w:tblCellMar>")
    table._tbl.tblPr.insert_element_before(margin, "w:tblLook")
    for column, width in zip(table.columns, block.widths, strict=True):
        column.width = Mm(width)
    for height, cells in block.rows:
        row = table.add_row()
        if not block.fixed:  # a row stays whole on its page, the heads come again on the next
            marks = row._tr.get_or_add_trPr()
            marks.append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
            if block.heads and row._index == 0:
                marks.append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
        row.height, row.height_rule = (
            Mm(height),
            WD_ROW_HEIGHT_RULE.EXACTLY if block.fixed else WD_ROW_HEIGHT_RULE.AT_LEAST,
        )
        for place, width in zip(row.cells, block.widths, strict=True):
            place.width = Mm(width)
        at = 0
        for one in cells:
            place = row.cells[at] if one.span == 1 else row.cells[at].merge(row.cells[at + one.span - 1])
            _cell(place, one, height)
            at += one.span


def _cell(place: Any, one: Cell, height: float) -> None:
    top = not one.label and height > 24
    place.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.TOP if top else WD_CELL_VERTICAL_ALIGNMENT.CENTER
    for n, words in enumerate(one.text.split("\n")):
        line = place.paragraphs[0] if n == 0 else place.add_paragraph()
        _tight(line)
        form = line.paragraph_format
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(one.size * LEADING)
        form.space_before = form.space_after = Pt(0)
        _put(line, "snapToGrid", "0")
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER if one.label else WD_ALIGN_PARAGRAPH.LEFT
        _run(line, words, HEI if one.label else FANG, one.size)


def _break(paper: Document, _: Break) -> None:
    """Nothing is written: the next block begins a page (a paragraph of its own could make an empty one)."""


_DRAW: dict[type[Any], Callable[[Document, Any], None]] = {
    Mark: _mark, Line: _line, Title: _title, Para: _para, Form: _form, Signature: _signature, Foot: _foot, Break: _break,
}  # fmt: skip
