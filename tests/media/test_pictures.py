"""Reading, cleaning and shrinking pictures."""

from io import BytesIO

import pytest
from PIL import Image, ImageCms

from marketplace.media.errors import TooManyPixelsError, UnreadableFileError
from marketplace.media.rules.sizes import FORMATS
from marketplace.media.services.pictures import clean_picture, read_picture, render
from tests.factories.media import a_photograph_with_secrets, a_picture, a_png_bomb


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


def test_nothing_but_pixels_is_kept() -> None:
    sent = a_photograph_with_secrets()
    assert b"Secret Camera" in sent
    assert opened(sent).getexif().get_ifd(0x8825)

    clean = clean_picture(sent)

    assert dict(opened(clean.data).getexif()) == {}
    assert (
        not {"exif", "comment", "icc_profile", "xmp", "photoshop"} & opened(clean.data).info.keys()
    )
    assert b"Secret" not in clean.data
    assert b"secret" not in clean.data


def test_a_sideways_photograph_is_put_upright_first() -> None:
    clean = clean_picture(a_photograph_with_secrets())

    assert (clean.width, clean.height) == (400, 600)
    red, green, _blue = opened(clean.data).convert("RGB").resize((1, 2)).tobytes()[:3]
    assert red > green


def test_large_pictures_are_kept_smaller() -> None:
    clean = clean_picture(a_picture(5000, 2500))

    assert (clean.width, clean.height) == (2048, 1024)
    assert clean.content_type == "image/jpeg"


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
def test_reads_every_form_that_is_taken(form: str) -> None:
    clean = clean_picture(a_picture(120, 80, form=form))

    assert (clean.width, clean.height) == (120, 80)
    assert opened(clean.data).format == "JPEG"


@pytest.mark.parametrize("mode", ["L", "P", "CMYK", "I;16", "1", "LA", "RGBA"])
def test_reads_every_kind_of_pixels(mode: str) -> None:
    image = Image.new("RGB", (40, 30), "red").convert("L" if mode == "I;16" else mode)
    image = image.convert("I;16") if mode == "I;16" else image
    buffer = BytesIO()
    image.save(buffer, "JPEG" if mode == "CMYK" else "PNG")

    clean = clean_picture(buffer.getvalue())

    assert (clean.width, clean.height) == (40, 30)


def test_keeps_transparency_and_lays_paper_under_jpeg() -> None:
    clean = clean_picture(a_picture(64, 64, form="PNG", mode="RGBA"))
    clear = BytesIO()
    Image.new("RGBA", (64, 64), (0, 0, 0, 0)).save(clear, "PNG")

    jpeg = render(read_picture(clear.getvalue()), 32, "jpeg")

    assert clean.content_type == "image/webp"
    red, green, blue = opened(jpeg).convert("RGB").resize((1, 1)).tobytes()
    assert (red, green, blue) == pytest.approx((0xFB, 0xF8, 0xF1), abs=3)


def test_colours_of_another_profile_are_brought_to_the_web(caplog: object) -> None:  # noqa: ARG001 - asked for, so that warnings are caught
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()

    clean = clean_picture(a_picture(40, 30, icc_profile=profile))
    broken = clean_picture(a_picture(40, 30, icc_profile=b"no profile at all"))

    assert "icc_profile" not in opened(clean.data).info
    assert (broken.width, broken.height) == (40, 30)


def test_a_bomb_is_not_unpacked() -> None:
    bomb = a_png_bomb()
    assert len(bomb) < 10_000

    with pytest.raises(TooManyPixelsError) as caught:
        clean_picture(bomb)

    assert caught.value.text("en") == "The picture is too large: at most 40 million pixels."


@pytest.mark.parametrize("size", [(6400, 6300), (9000, 8000), (20_000, 20_000)])
def test_the_limit_is_forty_million_pixels(size: tuple[int, int]) -> None:
    with pytest.raises(TooManyPixelsError):
        clean_picture(a_png_bomb(*size))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_a_picture_cut_off_is_refused(form: str) -> None:
    sent = a_picture(form=form)

    with pytest.raises(UnreadableFileError) as caught:
        clean_picture(sent[: len(sent) // 2])

    assert caught.value.text("vi") == "Ảnh bị hỏng hoặc chưa gửi hết. Bà con gửi lại giúp nhé."


def test_a_head_without_a_body_is_refused() -> None:
    for sent in (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\x00\x00\x00\x00WEBP", b"GIF89a"):
        with pytest.raises(UnreadableFileError):
            clean_picture(sent)


@pytest.mark.parametrize("name", FORMATS)
def test_sizes_are_true_and_small(name: str) -> None:
    wanted = next(each for each in FORMATS if each == name)
    image = read_picture(a_picture(1000, 500))

    made = opened(render(image, 256, wanted))

    assert made.size == (256, 128)
    assert made.format == wanted.upper()


def test_tells_the_main_colour() -> None:
    buffer = BytesIO()
    Image.new("RGB", (10, 10), "#336699").save(buffer, "PNG")

    assert clean_picture(buffer.getvalue()).colour == "#336699"
