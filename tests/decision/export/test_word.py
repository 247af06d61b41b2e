"""The Word memo read back: headings, tables, language, description; whatever people typed stays text."""

from io import BytesIO

import pytest
from docx import Document
from docx.oxml.ns import qn
from PIL import Image

from helpers.decision.export.word import memo_docx
from helpers.decision.ledger import Claim, Judged
from helpers.decision.memo import Memo, Picture, Step
from helpers.decision.memo_text import CLAIM_HEADS, OPTION_HEADS, STEP_HEADS, tables
from helpers.decision.options import OptionSummary

NASTY = 'Büro & <b>"老板"</b>\x0b\x00 {{7*7}} =1+1'


def png() -> bytes:
    written = BytesIO()
    Image.new("RGB", (40, 20), "white").save(written, "png")
    return written.getvalue()


@pytest.fixture(scope="module")
def memo() -> Memo:
    options = tuple(OptionSummary(name, 1e5, -2e4, 3e5, -4e5, 5e5, 0.6, 700.0, 0.8) for name in ("wait", NASTY))
    claims = (Judged(Claim(NASTY, "boss", ("why",), "share"), "nobody knows", "no metric", ()),)
    return Memo(NASTY, "Q?", "Wait.", ("sure",), options, ("stands",), claims, ("flip 1", "flip 2"), ("assumed",), (), (Step("A", "does", "now"),), (), Picture(png(), "A figure that shows it"), {"flips": 2})


@pytest.fixture(scope="module")
def document(memo):
    return Document(BytesIO(memo_docx(memo)))


def test_headings_and_lists_stand_in_order(document):
    styled = [(paragraph.style.name, paragraph.text) for paragraph in document.paragraphs]
    assert styled[0] == ("Heading 1", NASTY.replace("\x0b", "").replace("\x00", ""))
    headings = [text for name, text in styled if name == "Heading 2"]
    assert headings == ["The options, against doing nothing", "Where we stand", "How sure we are", "What would change our mind", "Assumed, still open (80 % ranges)",
                        "What was claimed, and what the evidence says", "Who does what next"]  # fmt: skip
    assert ("List Bullet", "… and 2 more in the notebook.") in styled


def test_tables_are_tables_with_marked_heads(document, memo):
    assert [[cell.text for cell in table.rows[0].cells] for table in document.tables] == [list(OPTION_HEADS), list(CLAIM_HEADS), list(STEP_HEADS)]
    assert all(table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None for table in document.tables)
    assert [cell.text for cell in document.tables[0].rows[1].cells] == list(tables(memo)["options"][1][0])


def test_language_paper_and_description(document):
    language = document.styles.element.find(f".//{qn('w:lang')}")
    assert language.get(qn("w:val")) == "en-GB" and language.get(qn("w:eastAsia")) == "zh-CN" and document.core_properties.language == "en-GB"
    assert document.core_properties.author == "" and "python-docx" not in document.core_properties.comments
    assert round(document.sections[0].page_width.mm) == 210
    assert document.inline_shapes[0]._inline.docPr.get("descr") == "A figure that shows it"


def test_the_same_memo_gives_the_same_bytes(memo):
    assert memo_docx(memo) == memo_docx(memo)
