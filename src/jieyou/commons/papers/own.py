"""An office's own Word templates (docxtpl): taken in, tried on a real case, used, withdrawn.

A template is somebody's file: it is filled in a sandbox, with plain values only, and everything that is wrong with it is
one sentence that names what is unknown.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any
from uuid import UUID
from zipfile import BadZipFile, ZipFile

from django.core.files.base import ContentFile, File
from django.db import transaction
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from jieyou.commons.papers.declare import PaperKind
from jieyou.commons.papers.models import PaperTemplate
from jieyou.kernel.calendar import clock as watch
from jieyou.kernel.evidence import store
from jieyou.kernel.evidence.models import Attachment
from jieyou.kernel.ledger import tracked
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.people.models import Unit

#: Unpacked size that a template may have, in bytes: a small file can unpack to gigabytes.
LARGEST = 20 * 1024 * 1024


def template_for(kind: str, unit: UUID) -> PaperTemplate | None:
    """The template in use, or none: then the built-in sheet is drawn."""
    rows = PaperTemplate.objects.filter(unit=unit, kind=kind, withdrawn_at=None)
    return rows.order_by("-at", "-pk").first()


def fill(template: PaperTemplate, kind: PaperKind, values: dict[str, Any]) -> bytes:
    """The template filled. Refused with a sentence when it cannot be."""
    return filled(_bytes(template), kind, values)


def _bytes(template: PaperTemplate) -> bytes:
    with store.open(Attachment.objects.get(pk=template.file)) as file:
        return file.read()


def filled(content: bytes, kind: PaperKind, values: dict[str, Any]) -> bytes:
    """A Word file with its ``{{ 标题 }}`` replaced. Raises :class:`Refused` with what is wrong in it."""
    _check_size(content)
    try:
        made = DocxTemplate(BytesIO(content))
        sandbox = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
        unknown = made.get_undeclared_template_variables(sandbox) - set(kind.names) - {DRAFT}
        if unknown:
            raise Refused(f"模板里有不认识的变量：{'、'.join(sorted(unknown))}。可用的变量见本页列表")
        made.render(context(kind, values), sandbox, autoescape=True)
    except TemplateSyntaxError as fault:
        raise Refused(f"模板里有写错的标记：{fault.message}。变量写成 {{{{ 标题 }}}}，括号要成对") from None
    except TemplateError as fault:
        raise Refused(f"模板填不出来：{fault}") from None
    except Refused:
        raise
    except Exception as fault:  # a damaged or hostile file fails in many ways, all of them are the file's
        raise Refused(f"这个文件不能作模板（{type(fault).__name__}），请另存为 docx 后再试") from fault
    out = BytesIO()
    made.save(out)
    return out.getvalue()


DRAFT = "草稿"


def context(kind: PaperKind, values: dict[str, Any]) -> dict[str, Any]:
    """Values by the words of the page: ``标题``, ``正文`` (its paragraphs stay paragraphs), tables as lists of rows."""
    found: dict[str, Any] = {DRAFT: "草稿" if values["draft"] else ""}
    for label, part in kind.names.items():
        value = values.get(part.name, "")
        if part.kind == "rows":
            found[label] = [{c.label: row.get(c.name, "") for c in part.columns} for row in value or []]
        else:
            found[label] = str(value or "").replace("\n", "\a")
    return found


def _check_size(content: bytes) -> None:
    try:
        with ZipFile(BytesIO(content)) as parts:
            size = sum(part.file_size for part in parts.infolist())
    except BadZipFile:
        raise Refused("这不是 Word（docx）文件，请在 Word 或 WPS 里另存为 docx") from None
    if size > LARGEST:
        raise Refused("模板展开后超过 20 MB，请去掉里面的大图")


def upload(
    kind: PaperKind, unit: Unit, file: File[Any], actor: Actor, values: dict[str, Any]
) -> PaperTemplate:
    """Take a template in and use it from now on. It is tried first, on ``values`` of a real case: a bad one is not kept."""
    if not any(actor.holds(role, unit.pk) for role in kind.by):
        raise Refused(f"模板由{unit.name}{'、'.join(kind.by)}上传")
    content = file.read()
    filled(content, kind, values)
    row = PaperTemplate(kind=kind.code, unit=unit, name="", by=actor.person, at=watch.now())
    with transaction.atomic():
        kept = store.keep(row.pk, ContentFile(content, name=file.name or "模板.docx"), actor, allow={"word"})
        row.file, row.name = kept.pk, kept.name
        tracked.save(row, actor.person, f"上传{kind.title}模板", force_insert=True)
    return row


def withdraw(template: PaperTemplate, actor: Actor, kind: PaperKind) -> None:
    """停用: the one before, else the built-in sheet, is used again."""
    if not any(actor.holds(role, template.unit_id) for role in kind.by):
        raise Refused(f"模板由{template.unit.name}{'、'.join(kind.by)}停用")
    template.withdrawn_at = watch.now()
    tracked.save(template, actor.person, "停用模板", update_fields=["withdrawn_at"])
