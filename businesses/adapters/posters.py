"""Posters and codes of stores: fpdf2 draws the sheet, segno the code; both are plain Python."""

from io import BytesIO
from pathlib import Path
from typing import Final

import segno
from fpdf import FPDF
from fpdf.enums import XPos, YPos

from businesses.ports import PosterText

_FAMILY: Final = "Be Vietnam Pro"
_INDIGO: Final = (30, 42, 86)
_INK: Final = (29, 27, 22)
_SOFT: Final = (91, 86, 75)
_RED: Final = (179, 38, 46)
_STAR: Final = (217, 154, 28)
_PAPER: Final = (251, 248, 241)
_WIDTH: Final = 210.0
_HEIGHT: Final = 297.0
_EDGE: Final = 18.0
_BAND: Final = 16.0
_CODE: Final = 118.0
_POINT: Final = 0.3528
# A quarter of the code may be torn off or stained before it cannot be read.
_ERROR_LEVEL: Final = "q"
_QUIET_ZONE: Final = 4
# The longer the name, the smaller its letters: up to so many signs, so many points.
_SIZES: Final = ((28, 34.0), (60, 27.0), (200, 21.0))


class PaperPosters:
    """Makes what a store prints and shares; it needs the folder of the house's fonts."""

    def __init__(self, fonts: Path) -> None:
        self._fonts = fonts

    def code_svg(self, address: str) -> bytes:
        """The code of an address, sharp in any size."""
        return _saved(address, "svg", 8)

    def code_png(self, address: str) -> bytes:
        """The code of an address, large enough for print."""
        return _saved(address, "png", 24)

    def poster(self, text: PosterText) -> bytes:
        """The sheet that hangs at the stall, A4."""
        sheet = FPDF(format="A4", unit="mm")
        sheet.set_auto_page_break(auto=False)
        sheet.add_font(_FAMILY, "", self._fonts / "BeVietnamPro-Regular.ttf")
        sheet.add_font(_FAMILY, "B", self._fonts / "BeVietnamPro-SemiBold.ttf")
        sheet.set_lang(text.language)
        sheet.set_title(text.name)
        sheet.add_page()
        _ground(sheet)
        _head(sheet, text)
        top = max(sheet.get_y() + 9, 92)
        _frame(sheet, text.address, top)
        _foot(sheet, text, top + _CODE + 8)
        return bytes(sheet.output())


def _code(address: str) -> segno.QRCode:
    return segno.make_qr(address, error=_ERROR_LEVEL)


def _saved(address: str, kind: str, scale: int) -> bytes:
    kept = BytesIO()
    code = _code(address)
    code.save(kept, kind=kind, border=_QUIET_ZONE, dark="#1e2a56", light="#ffffff", scale=scale)
    return kept.getvalue()


def _ground(sheet: FPDF) -> None:
    """Rice paper between two bands of brocade."""
    sheet.set_fill_color(*_PAPER)
    sheet.rect(0, 0, _WIDTH, _HEIGHT, style="F")
    for top in (0.0, _HEIGHT - _BAND):
        _band(sheet, top)


def _band(sheet: FPDF, top: float) -> None:
    """Diamonds on indigo, as they are woven here."""
    sheet.set_fill_color(*_INDIGO)
    sheet.rect(0, top, _WIDTH, _BAND, style="F")
    count, middle = 15, top + _BAND / 2
    step = _WIDTH / count
    for number in range(count):
        x = step * (number + 0.5)
        for colour, reach in ((_STAR if number % 2 else _PAPER, 5.0), (_INDIGO, 3.2), (_RED, 1.6)):
            sheet.set_fill_color(*colour)
            corners = [(x, middle - reach), (x + reach, middle), (x, middle + reach)]
            sheet.polygon([*corners, (x - reach, middle)], style="F")


def _head(sheet: FPDF, text: PosterText) -> None:
    sheet.set_y(30)
    _centred(sheet, text.market, 14, _SOFT)
    sheet.ln(3)
    size = next(points for signs, points in _SIZES if len(text.name) <= signs)
    sheet.set_font(_FAMILY, "B", size)
    is_wide = sheet.get_string_width(text.name) > _WIDTH - 2 * _EDGE
    _centred(sheet, _in_halves(text.name) if is_wide else text.name, size, _INDIGO, "B", 1.2)
    if text.place:
        sheet.ln(3)
        _centred(sheet, text.place, 15, _INK)


def _in_halves(name: str) -> str:
    """A long name in two lines of about the same length, so that no word stands alone."""
    middle = len(name) / 2
    spaces = [at for at, sign in enumerate(name) if sign == " "]
    if not spaces:
        return name
    at = min(spaces, key=lambda place: abs(place - middle))
    return f"{name[:at]}\n{name[at + 1 :]}"


def _frame(sheet: FPDF, address: str, top: float) -> None:
    """The code on white, drawn square by square so that it is sharp in every size."""
    left, side = (_WIDTH - _CODE) / 2, _CODE - 4
    sheet.set_fill_color(255, 255, 255)
    sheet.set_draw_color(*_INDIGO)
    sheet.set_line_width(1.2)
    sheet.rect(left, top, _CODE, _CODE, style="DF", round_corners=True, corner_radius=5)
    rows = list(_code(address).matrix_iter(border=_QUIET_ZONE))
    step = side / len(rows)
    sheet.set_fill_color(*_INDIGO)
    for down, row in enumerate(rows):
        for along, is_dark in enumerate(row):
            if is_dark:
                x, y = left + 2 + along * step, top + 2 + down * step
                # A hair of overlap: printers leave white lines between exact neighbours.
                sheet.rect(x, y, step + 0.03, step + 0.03, style="F")


def _foot(sheet: FPDF, text: PosterText, top: float) -> None:
    sheet.set_y(top)
    _centred(sheet, text.invitation, 26, _RED, "B")
    sheet.ln(1)
    _centred(sheet, text.address.partition("://")[2], 12, _SOFT)
    if text.phone:
        sheet.ln(2)
        _centred(sheet, text.phone, 17, _INK, "B")


def _centred(
    sheet: FPDF,
    words: str,
    size: float,
    colour: tuple[int, int, int],
    style: str = "",
    spacing: float = 1.35,
) -> None:
    sheet.set_font(_FAMILY, style, size)
    sheet.set_text_color(*colour)
    sheet.set_x(_EDGE)
    height = size * _POINT * spacing
    width = _WIDTH - 2 * _EDGE
    sheet.multi_cell(width, height, words, align="C", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
