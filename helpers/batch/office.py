"""What office programs open, beside a run's pages: the memo as a Word document, its tables as an Excel workbook."""

from collections.abc import Mapping, Sequence
from importlib import import_module


def office_files(tables: Mapping[str, object], findings: Sequence[Mapping]) -> dict[str, bytes]:
    """memo.docx and findings.xlsx by name. tables: what the notebook kept of its memo; findings: their records.

    The libraries that write them are loaded here, so that only those wait for them who want these files.
    """
    from helpers.decision.export.sheets import claim_sheet, finding_sheet, option_sheet
    from helpers.decision.export.word import memo_docx
    from helpers.decision.export.workbook import tables_xlsx
    from helpers.decision.memo_data import claims_of_data, memo_of_data, options_of_data

    sheets = [option_sheet(options_of_data(tables["options"])), claim_sheet(claims_of_data(tables["claims"])), finding_sheet(findings)]
    return {"memo.docx": memo_docx(memo_of_data(tables["memo"])), "findings.xlsx": tables_xlsx(sheets)}


def prepare() -> None:
    """Load those libraries before they are needed."""
    for name in ("sheets", "word", "workbook"):
        import_module(f"helpers.decision.export.{name}")
