"""Small real files, made on the spot."""

from io import BytesIO
from typing import Any
from zipfile import ZipFile

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook
from PIL import Image

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
MP3 = b"ID3\x03\x00\x00\x00\x00\x00\x00" + b"\xff\xfb\x90\x64" + b"\0" * 400
M4A = b"\0\0\0\x18ftypM4A \0\0\0\0M4A mp42isom" + b"\0" * 64
GPS = 0x8825
ORIENTATION = 0x0112
MODEL = 0x0110


def sent(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def picture(form: str = "JPEG", size: tuple[int, int] = (40, 20), mode: str = "RGB", **options: Any) -> bytes:
    out = BytesIO()
    Image.new(mode, size, "red" if mode == "RGB" else None).save(out, form, **options)
    return out.getvalue()


def photograph() -> bytes:
    """Taken upright with a telephone that notes place and owner; top half red, bottom half blue when shown."""
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[MODEL] = "HUAWEI"
    exif.get_ifd(GPS)[1] = "N"
    exif.get_ifd(GPS)[2] = (36.0, 35.0, 10.0)
    lying = Image.new("RGB", (64, 32), "red")
    lying.paste("blue", (32, 0, 64, 32))
    out = BytesIO()
    lying.save(out, "JPEG", exif=exif, comment=b"HUAWEI", quality=95)
    return out.getvalue()


def workbook() -> bytes:
    out = BytesIO()
    Workbook().save(out)
    return out.getvalue()


def archive(*names: str) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as zipped:
        for name in names:
            zipped.writestr(name, "x")
    return out.getvalue()


def ole(*streams: str) -> bytes:
    return OLE + b"\0".join(stream.encode("utf-16-le") for stream in streams)
