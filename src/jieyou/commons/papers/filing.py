"""The paper as a file: drawn for reading, kept when it goes out."""

from __future__ import annotations

from django.core.files.base import ContentFile

from jieyou.commons.papers import render
from jieyou.commons.papers.models import Paper
from jieyou.kernel.evidence import store
from jieyou.kernel.evidence.models import Attachment
from jieyou.kernel.people.actor import Actor


def reading(paper: Paper) -> str:
    """The paper as plain text, for whoever signs it on the screen."""
    return render.text(paper)


def keep(paper: Paper, actor: Actor) -> None:
    """Draw the Word file and keep it, by its fingerprint."""
    upload = ContentFile(render.docx(paper), name=f"{render.file_name(paper)}.docx")
    kept = store.keep(paper.pk, upload, actor, allow={"word"})
    paper.file, paper.sha256 = kept.pk, kept.sha256


def kept(paper: Paper) -> bytes:
    """The Word file as it went out. `store.NotThere` when its file is gone."""
    with store.open(Attachment.objects.get(pk=paper.file)) as file:
        return file.read()
