"""Evidence of the demo: a one-page completion sheet and, now and then, a small picture, kept through the real door."""

from __future__ import annotations

from functools import cache
from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from jieyou.kernel.evidence import store
from jieyou.kernel.loop.models import Case
from jieyou.kernel.people.actor import Actor

_SHEET = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 420 297]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj
4 0 obj<</Length 52>>stream
BT /F 24 Tf 60 180 Td (DEMO - completion sheet) Tj ET
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
trailer<</Root 1 0 R>>
%%EOF
"""


@cache
def _picture(shade: int) -> bytes:
    image = Image.new("RGB", (240, 160), (140 + shade * 8, 160 + shade * 6, 175))
    pen = ImageDraw.Draw(image)
    pen.rectangle((12, 12, 228, 148), outline=(60, 70, 90), width=3)
    pen.text((24, 24), f"DEMO {shade}", fill=(40, 50, 70))
    out = BytesIO()
    image.save(out, "JPEG", quality=70)
    return out.getvalue()


def completion_sheet(case: Case, actor: Actor) -> None:
    """Attach the unit's completion sheet to a case."""
    store.keep(case.pk, ContentFile(_SHEET, name="完工单.pdf"), actor)


def photo(case: Case, actor: Actor) -> None:
    """Attach one picture to a case."""
    shade = sum(map(ord, case.number)) % 8
    store.keep(case.pk, ContentFile(_picture(shade), name=f"完工照片{shade}.jpg"), actor)
