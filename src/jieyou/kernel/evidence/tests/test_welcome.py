"""What is taken, what it is called, and the sentence for what is not."""

from datetime import timedelta
from uuid import UUID

import pytest

from jieyou.kernel.evidence import store
from jieyou.kernel.evidence.kinds import LARGEST
from jieyou.kernel.evidence.tests import samples
from jieyou.kernel.evidence.tests.samples import archive, ole, picture, sent
from jieyou.kernel.evidence.unwelcome import Unwelcome
from jieyou.kernel.people.actor import Actor

pytestmark = pytest.mark.django_db
DOCX = archive("[Content_Types].xml", "word/document.xml")


TAKEN = [
    ("现场.jpg", picture(), "image", "现场.jpg"),
    ("现场.JPEG", picture(), "image", "现场.jpg"),
    ("截图.png", picture("PNG"), "image", "截图.png"),
    ("截图.jpg", picture("PNG"), "image", "截图.png"),
    ("图.webp", picture("WEBP"), "image", "图.jpg"),
    ("图.gif", picture("GIF"), "image", "图.png"),
    ("图.bmp", picture("BMP"), "image", "图.png"),
    ("纪要.pdf", samples.PDF, "pdf", "纪要.pdf"),
    ("带脚本.pdf", samples.PDF + b"/JavaScript (app.alert(1))", "pdf", "带脚本.pdf"),
    ("方案.docx", DOCX, "word", "方案.docx"),
    ("台账.xlsx", samples.workbook(), "sheet", "台账.xlsx"),
    ("公文.ofd", archive("OFD.xml"), "other", "公文.ofd"),
    ("旧稿.doc", ole("WordDocument"), "word", "旧稿.doc"),
    ("旧稿.wps", ole("WordDocument"), "word", "旧稿.wps"),
    ("旧表.xls", ole("Workbook"), "sheet", "旧表.xls"),
    ("来电.mp3", samples.MP3, "audio", "来电.mp3"),
    ("来电.m4a", samples.M4A, "audio", "来电.m4a"),
    ("来电.amr", b"#!AMR\n" + b"\x3c" * 64, "audio", "来电.amr"),
    ("来电.wav", b"RIFF\x24\0\0\0WAVEfmt " + b"\0" * 64, "audio", "来电.wav"),
    ("说明.txt", "办理情况说明".encode("gb18030"), "other", "说明.txt"),
    ("没有后缀", samples.PDF, "pdf", "没有后缀.pdf"),
]
REFUSED = [
    ("方案.docm", archive("word/document.xml", "word/vbaProject.bin"), "带有宏"),
    ("方案.docx", archive("word/document.xml", "word/vbaProject.bin"), "带有宏"),
    ("表.xlsm", archive("xl/workbook.xml", "xl/vbaProject.bin"), "另存为不带宏"),
    ("表.xlsx", archive("xl/workbook.xml", "xl/activeX/activeX1.bin"), "带有宏"),
    ("表.xls", ole("Workbook", "_VBA_PROJECT_CUR"), "带有宏"),
    ("表.xlsx", ole("EncryptedPackage"), "去掉密码"),
    ("汇报.pptx", archive("ppt/presentation.xml"), "另存为 PDF"),
    ("资料.zip", archive("a.txt"), "解压后逐个上传"),
    ("坏的.docx", DOCX[:40], "重新选择文件"),
    ("安装.exe", b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff" + b"\0" * 64, "不收程序"),
    ("照片.jpg", b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff" + b"\0" * 64, "不收程序"),
    ("网页.html", b"<html><script>alert(1)</script>", "不收网页"),
    ("说明.txt", "说明<script>alert(1)</script>".encode(), "不收网页"),
    ("图标.svg", b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "不收网页和 SVG"),
    ("脚本.sh", b"#!/bin/sh\nrm -rf /\n", "不收程序"),
    ("照片.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 64, "存为 JPG"),
    ("录像.mp4", b"\0\0\0\x18ftypisom\0\0\0\0isom" + b"hdlr\0\0\0\0\0\0\0\0vide", "不收视频"),
    ("扫描.tif", picture("TIFF"), "转成 PDF"),
    ("纪要.pdf", picture(), "内容却是图片"),
    ("照片.jpg", samples.PDF, "内容却是PDF"),
    ("表.docx", samples.workbook(), "内容却是表格"),
    ("照片.jpg", picture()[:200], "重新拍照"),
    ("空.pdf", b"", "文件是空的"),
    ("乱码.dat", bytes(range(256)) * 4, "认不出"),
]


@pytest.mark.parametrize(("name", "content", "kind", "called"), TAKEN, ids=[row[0] for row in TAKEN])
def test_it_is_known_by_its_content(
    clerk: Actor, case: UUID, name: str, content: bytes, kind: str, called: str
) -> None:
    kept = store.keep(case, sent(name, content), clerk)
    assert (kept.kind, kept.name) == (kind, called)


@pytest.mark.parametrize(("name", "content", "sentence"), REFUSED, ids=[row[0] for row in REFUSED])
def test_it_is_not_taken_and_told_what_to_do(
    clerk: Actor, case: UUID, name: str, content: bytes, sentence: str
) -> None:
    with pytest.raises(Unwelcome) as no:
        store.keep(case, sent(name, content), clerk)
    assert sentence in no.value.sentence
    assert not store.of(case).exists()
    assert store.sweep(timedelta(0)) == 0  # nothing is left lying about


def test_only_what_this_place_wants(clerk: Actor, case: UUID) -> None:
    with pytest.raises(Unwelcome) as no:
        store.keep(case, sent("纪要.pdf", samples.PDF), clerk, allow={"image", "audio"})
    assert no.value.sentence == "这里只收图片、录音，不收PDF"


def test_too_large_is_said_with_the_limit(clerk: Actor, case: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LARGEST, "image", 100)
    with pytest.raises(Unwelcome, match="图片超过 0 MB"):
        store.keep(case, sent("大.jpg", picture()), clerk)
    huge = sent("大.pdf", samples.PDF + b"\0" * (30 * 1024 * 1024))
    with pytest.raises(Unwelcome, match="文件超过 30 MB，请压缩"):
        store.keep(case, huge, clerk)


@pytest.mark.parametrize(
    ("sent_as", "called"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\王\\纪要.pdf", "纪要.pdf"),
        ("张三13812346021.pdf", "张x138xxxx6021.pdf"),
        ("第1期\u202efdp.纪要.pdf", "第1期fdp.纪要.pdf"),
        ('a<b>:"|?*.pdf', "a_b______.pdf"),
        ("很长" * 100 + ".PDF", "很长" * 40 + ".pdf"),
        (" . .pdf", "附件.pdf"),
        ("第 1 期\n纪要.pdf", "第 1 期纪要.pdf"),
    ],
)
def test_names_are_made_safe(clerk: Actor, case: UUID, sent_as: str, called: str) -> None:
    upload = sent("x.pdf", samples.PDF)
    upload._name = sent_as  # what Django itself would have cut off
    assert store.keep(case, upload, clerk).name == called
