"""Photographs keep the picture and nothing else."""

from io import BytesIO
from uuid import UUID

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from jieyou.kernel.evidence import pictures, store
from jieyou.kernel.evidence.tests.samples import photograph, picture, sent
from jieyou.kernel.evidence.unwelcome import Unwelcome
from jieyou.kernel.people.actor import Actor

pytestmark = pytest.mark.django_db


def kept(content: bytes, clerk: Actor, case: UUID) -> bytes:
    with store.open(store.keep(case, sent("照片.jpg", content), clerk)) as file:
        return file.read()


def test_place_device_and_comments_are_gone_and_it_stands_upright(clerk: Actor, case: UUID) -> None:
    with Image.open(BytesIO(photograph())) as before:
        assert before.getexif()
    content = kept(photograph(), clerk, case)
    assert b"HUAWEI" not in content and b"Exif" not in content
    with Image.open(BytesIO(content)) as after:
        assert not after.getexif()
        assert after.size == (32, 64)
        red, blue = after.getpixel((16, 8)), after.getpixel((16, 56))
    assert red[0] > 200 and blue[2] > 200


def test_words_hidden_in_a_png_are_gone(clerk: Actor, case: UUID) -> None:
    info = PngInfo()
    info.add_text("Author", "Wang Qiang")
    content = kept(picture("PNG", pnginfo=info) + b"PK\x03\x04hidden", clerk, case)
    assert b"Wang" not in content and b"hidden" not in content


def test_glass_stays_glass(clerk: Actor, case: UUID) -> None:
    with Image.open(BytesIO(kept(picture("PNG", mode="RGBA"), clerk, case))) as after:
        assert after.mode == "RGBA"


def test_other_colours_become_ordinary_ones(clerk: Actor, case: UUID) -> None:
    with Image.open(BytesIO(kept(picture(mode="CMYK"), clerk, case))) as after:
        assert (after.format, after.mode) == ("JPEG", "RGB")


def test_a_large_photograph_is_made_smaller(clerk: Actor, case: UUID) -> None:
    with Image.open(BytesIO(kept(picture(size=(6000, 3000)), clerk, case))) as after:
        assert after.size == (4096, 2048)


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_a_bomb_is_not_unpacked(clerk: Actor, case: UUID) -> None:
    """10 000 × 10 000 black points are 12 kB as PNG and 300 MB in memory."""
    bomb = picture("PNG", size=(10_000, 10_000), mode="1")
    assert len(bomb) < 100_000
    with pytest.raises(Unwelcome, match="尺寸过大"):
        kept(bomb, clerk, case)


def test_a_bomb_that_pillow_itself_refuses(clerk: Actor, case: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 100)
    with pytest.raises(Unwelcome):
        kept(picture(), clerk, case)


def test_only_formats_that_we_know_are_decoded() -> None:
    assert set(pictures._FORMATS) == {"JPEG", "PNG", "WEBP", "GIF", "BMP"}


def test_the_two_pictures_of_some_telephones_become_one(clerk: Actor, case: UUID) -> None:
    second = Image.new("RGB", (40, 20), "blue")
    content = kept(picture("MPO", save_all=True, append_images=[second]), clerk, case)
    with Image.open(BytesIO(content)) as after:
        assert after.format == "JPEG"
