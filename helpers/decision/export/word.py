"""The memo as a Word document of one page: real headings and tables, the language set, a description for the picture."""

from collections.abc import Iterable, Sequence
from io import BytesIO

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table as WordTable

from helpers.decision.export.clean import plain, timeless
from helpers.decision.memo import Memo
from helpers.decision.memo_text import CAPTIONS, HEADINGS, more, tables

LANGUAGE, FAR_EAST = "en-GB", "zh-CN"
FONT, FAR_EAST_FONT = "Calibri", "Microsoft YaHei"
BLUE, INK, PALE, LINE = RGBColor(0x0B, 0x4F, 0x7D), RGBColor(0x11, 0x11, 0x11), "EEF5FA", "B8C4CC"
WIDTH = 186  # mm of text on A4
SHARES = {"options": (29, 15, 30, 13, 13), "claims": (40, 14, 46), "steps": (19, 63, 18)}  # of the width, in per cent


def memo_docx(memo: Memo) -> bytes:
    """The memo as the bytes of a .docx file, the same for the same memo."""
    document = Document()
    _set_up(document, memo)
    document.add_heading(plain(memo.title), 1)
    document.add_paragraph().add_run(plain(memo.question)).italic = True
    _answer(document, memo)
    parts = tables(memo)
    _table(document, "options", *parts["options"], more(memo, "options"))
    if memo.picture:
        _picture(document, memo)
    for part in HEADINGS:
        _list(document, HEADINGS[part], (*getattr(memo, part), more(memo, part)))
    for name in ("claims", "steps"):
        _table(document, name, *parts[name], more(memo, name))
    written = BytesIO()
    document.save(written)
    return timeless(written.getvalue())


def _set_up(document, memo: Memo) -> None:
    """Paper, typefaces, language and properties; python-docx's template says who wrote it, which is nobody's name."""
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(12)
    page.top_margin = page.bottom_margin = Mm(10)
    for name, size in (("Normal", 8.5), ("Heading 1", 14), ("Heading 2", 9.5), ("List Bullet", 8.5)):
        _style(document.styles[name], size, name)
    languages = document.styles.element.find(qn("w:docDefaults")).find(".//" + qn("w:lang"))
    languages.set(qn("w:val"), LANGUAGE)
    languages.set(qn("w:eastAsia"), FAR_EAST)
    about = document.core_properties
    about.title, about.author, about.comments, about.language, about.last_modified_by = plain(memo.title), "", "", LANGUAGE, ""


def _style(style, size: float, name: str) -> None:
    style.font.size, style.font.name, style.font.color.rgb = Pt(size), FONT, BLUE if "Heading" in name else INK
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), FAR_EAST_FONT)
    layout = style.paragraph_format
    layout.space_before, layout.space_after, layout.line_spacing = Pt(3 if "Heading" in name else 0), Pt(1), 1.0


def _answer(document, memo: Memo) -> None:
    """The recommendation, shaded, so that it is seen first."""
    paragraph = document.add_paragraph()
    paragraph.add_run("Recommendation. ").bold = True
    paragraph.add_run(plain(memo.recommendation))
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(3)
    shade = OxmlElement("w:shd")
    for key, value in (("val", "clear"), ("color", "auto"), ("fill", PALE)):
        shade.set(qn(f"w:{key}"), value)
    paragraph._p.get_or_add_pPr().append(shade)


def _list(document, heading: str, lines: Iterable[str]) -> None:
    lines = [plain(line) for line in lines if line]
    if lines:
        document.add_heading(heading, 2)
    for line in lines:
        document.add_paragraph(line, style="List Bullet")


def _table(document, name: str, heads: Sequence[str], rows: Sequence[Sequence[str]], note: str) -> None:
    """A heading and a table whose first row is marked as its head and is repeated where the table breaks."""
    if not rows:
        return
    document.add_heading(CAPTIONS[name], 2)
    table = document.add_table(rows=1 + len(rows), cols=len(heads), style="Table Grid")
    table.autofit = False
    for column, share in zip(table.columns, SHARES[name]):
        column.width = Mm(WIDTH * share / 100)
    for row, cells in zip(table._tbl.tr_lst, (heads, *rows)):
        _fill(row.tc_lst, cells, SHARES[name], bold=cells is heads)
    table._tbl.tr_lst[0].get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    _pale_lines(table)
    if note:
        document.add_paragraph(plain(note))


def _fill(cells: Sequence, texts: Sequence[str], shares: Sequence[int], bold: bool) -> None:
    """Words and widths of one row's cells."""
    for cell, text, share in zip(cells, texts, shares):
        cell.width = Mm(WIDTH * share / 100)
        run = cell.p_lst[0].add_r()
        run.text = plain(text)
        if bold:
            run.get_or_add_rPr()._add_b()


def _pale_lines(table: WordTable) -> None:
    """Thin lines between rows only."""
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        for key, value in (("val", "nil" if side in ("left", "right", "insideV") else "single"), ("sz", "4"), ("color", LINE)):
            line.set(qn(f"w:{key}"), value)
        borders.append(line)
    table._tbl.tblPr.append(borders)


def _picture(document, memo: Memo) -> None:
    shape = document.add_picture(BytesIO(memo.picture.png), width=Mm(120))
    shape._inline.docPr.set("descr", plain(memo.picture.alt))
