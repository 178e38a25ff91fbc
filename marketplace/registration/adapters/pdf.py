"""Filled forms as PDF, in the project's own font with every Vietnamese letter."""

from pathlib import Path
from typing import Final

from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.fonts import FontFace

from marketplace.registration.rules.form import Line, PrintedForm, Section, Table

FONTS: Final = Path(__file__).parent / "fonts"
_FAMILY: Final = "Be Vietnam Pro"
_INK: Final = (29, 27, 22)
_SOFT: Final = (91, 86, 75)
_LINE: Final = (200, 192, 176)
_DRAFT: Final = "BẢN NHÁP"
_NATION: Final = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
_MOTTO: Final = "Độc lập – Tự do – Hạnh phúc"


class _Sheet(FPDF):
    """A page with the dossier's code at its foot, and a mark across it while it is a draft."""

    def __init__(self, form: PrintedForm) -> None:
        super().__init__(format="A4")
        self._form = form
        self.set_margins(22, 18, 18)
        self.set_auto_page_break(auto=True, margin=20)
        self.add_font(_FAMILY, "", FONTS / "BeVietnamPro-Regular.ttf")
        self.add_font(_FAMILY, "B", FONTS / "BeVietnamPro-SemiBold.ttf")
        self.set_lang("vi")
        self.set_title(form.title)
        self.set_creator("")

    def header(self) -> None:
        """The mark of a draft, behind everything else."""
        if not self._form.is_draft:
            return
        self.set_font(_FAMILY, "B", 76)
        self.set_text_color(236, 232, 222)
        with self.rotation(52, x=105, y=150):
            self.text(28, 165, _DRAFT)
        self.set_text_color(*_INK)

    def footer(self) -> None:
        """The code by which the desk finds the dossier, and the page."""
        self.set_y(-15)
        self.set_font(_FAMILY, "", 8.5)
        self.set_text_color(*_SOFT)
        mark = f" · {_DRAFT}" if self._form.is_draft else ""
        text = f"{self._form.code} · {self._form.printed_on}{mark}"
        self.cell(0, 6, text, align="L")
        self.set_y(-15)
        self.cell(0, 6, f"{self.page_no()}/{{nb}}", align="R")
        self.set_text_color(*_INK)


class PDFPrinter:
    """Prints forms with fpdf2: plain Python, no library of the system."""

    def print_form(self, form: PrintedForm) -> bytes:
        """The form as PDF."""
        sheet = _Sheet(form)
        sheet.add_page()
        _head(sheet, form)
        for section in form.sections:
            _section(sheet, section)
        _end(sheet, form)
        _papers(sheet, form)
        return bytes(sheet.output())


def _centred(sheet: FPDF, text: str, size: float, style: str = "", height: float = 6) -> None:
    sheet.set_font(_FAMILY, style, size)
    sheet.multi_cell(0, height, text, align="C", new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _head(sheet: FPDF, form: PrintedForm) -> None:
    sheet.set_text_color(*_INK)
    _centred(sheet, _NATION, 11, "B")
    _centred(sheet, _MOTTO, 11)
    sheet.set_draw_color(*_INK)
    sheet.line(80, sheet.get_y() + 1, 134, sheet.get_y() + 1)
    sheet.ln(4)
    sheet.set_font(_FAMILY, "", 10)
    sheet.cell(0, 6, form.place_and_day, align="R", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    sheet.ln(3)
    _centred(sheet, form.title.upper(), 14, "B", 7.5)
    sheet.set_text_color(*_SOFT)
    _centred(sheet, form.form_name, 9)
    sheet.set_text_color(*_INK)
    sheet.ln(2)
    _centred(sheet, f"Kính gửi: {form.addressee}", 11, "", 6)
    sheet.ln(2)


def _section(sheet: FPDF, section: Section) -> None:
    sheet.ln(2)
    if sheet.will_page_break(20):
        sheet.add_page()
    if section.title:
        sheet.set_font(_FAMILY, "B", 11)
        sheet.multi_cell(0, 7, section.title, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    for line in section.lines:
        _line(sheet, line)
    for table in section.tables:
        _table(sheet, table)


def _line(sheet: FPDF, line: Line) -> None:
    """A label and its answer; what people typed is never read as markup."""
    number = f"{line.number}. " if line.number else ""
    sheet.set_font(_FAMILY, "", 10.5)
    sheet.write(6.2, f"{number}{line.label}: ")
    sheet.set_font(_FAMILY, "B" if line.value else "", 10.5)
    sheet.write(6.2, line.value or "…" * 24)
    sheet.ln(6.4)


def _table(sheet: FPDF, table: Table) -> None:
    if table.title:
        sheet.set_font(_FAMILY, "", 10.5)
        sheet.multi_cell(0, 6.2, table.title, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    sheet.ln(1)
    sheet.set_font(_FAMILY, "", 9.5)
    sheet.set_draw_color(*_LINE)
    heads = FontFace(emphasis="BOLD", fill_color=(244, 239, 227))
    with sheet.table(
        col_widths=table.widths, headings_style=heads, line_height=5.6, padding=(1, 1.5)
    ) as rows:
        for cells in (table.heads, *table.rows):
            row = rows.row()
            for cell in cells:
                row.cell(cell)
    sheet.ln(2)


def _end(sheet: FPDF, form: PrintedForm) -> None:
    sheet.ln(2)
    sheet.set_font(_FAMILY, "", 10.5)
    for text in form.commitments:
        sheet.multi_cell(0, 6.2, f"– {text}", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    if sheet.will_page_break(48):
        sheet.add_page()
    sheet.ln(5)
    sheet.set_left_margin(110)
    sheet.set_x(110)
    _centred(sheet, form.signature.upper(), 11, "B")
    sheet.set_text_color(*_SOFT)
    _centred(sheet, "(Ký và ghi rõ họ tên)", 9)
    sheet.set_text_color(*_INK)
    sheet.ln(20)
    _centred(sheet, form.signer, 11, "B")
    sheet.set_left_margin(22)


def _papers(sheet: FPDF, form: PrintedForm) -> None:
    sheet.add_page()
    sheet.set_font(_FAMILY, "B", 13)
    sheet.multi_cell(0, 8, "Giấy tờ của hồ sơ", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    sheet.set_font(_FAMILY, "", 10.5)
    note = "Tờ này để bạn soát, không phải nộp. Chỉ nộp một bộ; cơ quan không đòi thêm giấy khác."
    sheet.multi_cell(0, 6.2, note, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    sheet.ln(2)
    sheet.set_draw_color(*_INK)
    for name, is_there in form.papers:
        top = sheet.get_y() + 1.4
        sheet.rect(22, top, 4, 4)
        if is_there:
            sheet.line(22.8, top + 2.2, 23.8, top + 3.2)
            sheet.line(23.8, top + 3.2, 25.4, top + 0.8)
        sheet.set_x(29)
        sheet.multi_cell(0, 6.8, name, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
