"""Spreadsheets as they come, and what bears their names and is none."""

import datetime as dt
import zipfile
from io import BytesIO
from struct import pack

import openpyxl

NAMES = ["time", "person", "event"]
ROWS = [["2026-03-01 08:00:00", "007", "read"], ["2026-03-01 09:30:00", "王芳", "forward"], ["2026-03-02", "7", "read"]]
CELLS = [NAMES, [dt.datetime(2026, 3, 1, 8), "007", "read"], [dt.datetime(2026, 3, 1, 9, 30), "王芳", "forward"], [dt.date(2026, 3, 2), 7.0, "read"]]


def xlsx(rows=CELLS, change=None, **sheets) -> bytes:
    """A workbook: rows in the sheet "Log", other sheets by name, changed by a function."""
    book = openpyxl.Workbook()
    book.active.title = "Log"
    for row in rows:
        book.active.append(row)
    for name, others in sheets.items():
        sheet = book.create_sheet(name)
        for row in others:
            sheet.append(row)
    if change:
        change(book)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def patched(content: bytes, part: str, old: str, new: str) -> bytes:
    """The same zip with a text in one of its parts replaced."""
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as before, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            text = before.read(name)
            assert name != part or old.encode() in text
            after.writestr(name, text.replace(old.encode(), new.encode()) if name == part else text)
    return file.getvalue()


def zipped(**parts) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), text)
    return file.getvalue()


def ods(rows) -> bytes:
    """A sheet in the open document format, every cell a text."""
    table = "".join("<table:table-row>" + "".join(f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in row) + "</table:table-row>" for row in rows)  # fmt: skip
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text"))
    content = f'<?xml version="1.0"?><office:document-content {spaces}><office:body><office:spreadsheet><table:table table:name="Log">{table}</table:table></office:spreadsheet></office:body></office:document-content>'
    manifest = '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    return zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet", content_xml=content, **{"META-INF__manifest_xml": manifest})


def compound(name: str, stream: bytes) -> bytes:
    """A compound file, in which old spreadsheets and locked new ones are kept, with one stream of that name."""
    stream = stream.ljust(4096, b"\0")
    stream += bytes(-len(stream) % 512)
    sectors = len(stream) // 512
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + pack("<HHHHH6xIIIIIIIII", 62, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0) + pack("<I", 0) + b"\xff" * 432
    chain = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, sectors + 2), 0xFFFFFFFE]
    directory = b"".join(_entry(*entry) for entry in [("Root Entry", 5, 1, 0xFFFFFFFE, 0), (name, 2, 0xFFFFFFFF, 2, len(stream)), ("", 0, 0xFFFFFFFF, 0, 0), ("", 0, 0xFFFFFFFF, 0, 0)])
    return header + pack(f"<{len(chain)}I", *chain).ljust(512, b"\xff") + directory + stream


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    letters = name.encode("utf-16-le")
    return letters.ljust(64, b"\0") + pack("<HBBIII16xIQQIQ", len(letters) + 2 if name else 0, kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child, 0, 0, 0, start, size)


def xls(rows) -> bytes:
    """A sheet of the old format (BIFF8): texts and numbers."""
    cells = b""
    for y, row in enumerate(rows):
        for x, cell in enumerate(row):
            text = isinstance(cell, str)
            data = pack("<HHH", y, x, 0) + (pack("<HB", len(cell), 1) + cell.encode("utf-16-le") if text else pack("<d", cell))
            cells += pack("<HH", 0x0204 if text else 0x0203, len(data)) + data
    begin = lambda kind: pack("<HHHHHHII", 0x0809, 16, 0x0600, kind, 0, 0, 0, 0)  # noqa: E731
    end = pack("<HH", 0x000A, 0)
    sheet = pack("<IBBBB", 0, 0, 0, 3, 0) + b"Log"
    place = len(begin(5)) + 4 + len(sheet) + len(end)
    sheet = pack("<I", place) + sheet[4:]
    return compound("Workbook", begin(5) + pack("<HH", 0x0085, len(sheet)) + sheet + end + begin(16) + cells + end)


def _merge(book):
    book["Log"].merge_cells("B2:B3")


def _hide(book):
    book["old"].sheet_state = "hidden"


def _stray(book):
    book["Log"]["XFD1048576"] = "x"


MERGED = [NAMES, ["2026-03-01", "a", "read"], ["2026-03-02", None, "read"], ["2026-03-03", "b", "read"]]
FORMULA = [NAMES, *CELLS[1:3], [dt.date(2026, 3, 2), '="a"&"b"', "read"]]
PAGE = "<html><head><meta charset='utf-8'></head><body><table><tr><td>time</td></tr></table></body></html>"
X = dict(file="log.xlsx")
INPUTS = [
    dict(**X, name="xlsx: times, ids that are numbers, ids that are texts", content=xlsx(), rows=ROWS, says="sheet 'Log'"),
    dict(name="xlsx named as csv", content=xlsx(), rows=ROWS),
    dict(file="log.ods", name="ods", content=ods([NAMES, *ROWS]), rows=ROWS),
    dict(file="log.xls", name="xls", content=xls([NAMES, ROWS[0], ["2026-03-01 09:30:00", "王芳", "forward"], [46083.5, 7.0, "read"]]), rows=[*ROWS[:2], ["46083.5", "7", "read"]]),
    dict(**X, name="xlsx: a title above, a blank column beside", content=xlsx([["Events of March"], [], [None, *NAMES], *[[None, *row] for row in CELLS[1:]]]), rows=ROWS, numbers=[4, 5, 6], says="row 3 names"),
    dict(**X, name="xlsx: blank rows between", content=xlsx([NAMES, [], CELLS[1], [], [], *CELLS[2:]]), rows=ROWS, numbers=[3, 6, 7]),
    dict(**X, name="xlsx: no header", content=xlsx(CELLS[1:]), names=["1", "2", "3"], rows=ROWS),
    dict(**X, name="xlsx: the sheet by name", content=xlsx([["nothing"]], data=CELLS), options=dict(sheet="data"), rows=ROWS, says="not read: Log"),
    dict(**X, name="xlsx: the sheet that holds the mapped columns", content=xlsx([["a", "b"], [1, 2]], data=CELLS), mapping={"person": "person", "time": "time"}, rows=ROWS, says="sheet 'data' (not read: Log)"),
    dict(**X, name="xlsx: an empty sheet before the full one", content=xlsx([], data=CELLS), rows=ROWS, says="sheet 'data'"),
    dict(**X, name="xlsx: a hidden sheet isn't meant", content=xlsx(CELLS, _hide, old=[["time", "person"], [1, 2]]), rows=ROWS, says="not read: old"),
    dict(**X, name="xlsx: no such sheet", content=xlsx(), options=dict(sheet="March"), refused=["log.xlsx", "no sheet 'March'", "Log"]),
    dict(**X, name="xlsx: an empty sheet", content=xlsx([]), refused=["log.xlsx", "the sheet is empty", "another sheet"]),
    dict(**X, name="xlsx: every sheet empty", content=xlsx([], data=[]), refused=["log.xlsx", "every sheet is empty"]),
    dict(**X, name="xlsx: a header only", content=xlsx([NAMES]), refused=["log.xlsx", "header but no row"]),
    dict(**X, name="xlsx: a column twice", content=xlsx([["time", "Person", "person "], [1, 2, 3]]), refused=["log.xlsx, row 1", "'Person' is there twice"]),
    dict(**X, name="xlsx: a formula never worked out", content=xlsx(FORMULA), refused=["log.xlsx, sheet 'Log', cell B4", "formula", "save it again"]),
    dict(**X, name="xlsx: a formula with its value", content=patched(xlsx([NAMES, *CELLS[1:3], [dt.date(2026, 3, 2), "=3+4", "read"]]), "xl/worksheets/sheet1.xml", "<f>3+4</f><v></v>", "<f>3+4</f><v>7</v>"), rows=ROWS),
    dict(**X, name="xlsx: a formula above the table isn't read", content=xlsx([["made on", "=TODAY()"], [], *CELLS]), rows=ROWS, numbers=[4, 5, 6]),
    dict(**X, name="xlsx: an error in a cell", content=xlsx([*CELLS[:3], [dt.date(2026, 3, 2), "#N/A", "read"]]), rows=[*ROWS[:2], ["2026-03-02", "", "read"]], says="cells that hold an error such as #N/A read as blank: B4"),
    dict(**X, name="xlsx: merged cells", content=xlsx(MERGED, _merge), rows=[["2026-03-01", "a", "read"], ["2026-03-02", "a", "read"], ["2026-03-03", "b", "read"]], says="merged cells read as the same value in each row: B2:B3"),
    dict(**X, name="xlsx: an id of 17 digits", content=xlsx([*CELLS, [dt.date(2026, 3, 3), 12345678901234567, "read"]]), refused=["log.xlsx, sheet 'Log', cell B5", "more digits than the 15", "as text"]),
    dict(**X, name="xlsx: an id of 17 digits as text", content=xlsx([*CELLS[:3], [dt.date(2026, 3, 2), "12345678901234567", "read"]]), rows=[*ROWS[:2], ["2026-03-02", "12345678901234567", "read"]]),
    dict(**X, name="xlsx: yes, durations, clock times, shares", content=xlsx([["a", "b", "c", "d"], [True, dt.timedelta(hours=26, minutes=30), dt.time(9, 30), 0.1]]), names=["a", "b", "c", "d"], rows=[["true", "26:30:00", "09:30:00", "0.1"]]),
    dict(**X, name="xlsx: a stray cell in the farthest corner", content=xlsx(change=_stray), refused=["log.xlsx", "stray cell", "leave only the table"]),
    dict(**X, name="xlsx cut off", content=xlsx()[:-200], refused=["log.xlsx", "damaged or cut off", "again"]),
    dict(**X, name="xlsx with a damaged sheet", content=patched(xlsx(), "xl/worksheets/sheet1.xml", "</sheetData>", "</sheet"), refused=["log.xlsx", "damaged"]),
    dict(**X, name="xlsx without its workbook", content=zipped(xl__nothing_xml="<a/>"), refused=["log.xlsx", "damaged"]),
    dict(**X, name="a locked spreadsheet", content=compound("EncryptedPackage", b"x" * 5000), refused=["log.xlsx", "password"]),
    dict(file="log.xls", name="xls cut off", content=xls([NAMES, *ROWS])[:700], refused=["log.xls", "damaged"]),
    dict(**X, name="a zip that is no spreadsheet", content=zipped(log_csv="a,b\n1,2\n"), refused=["log.xlsx", "archive that holds log.csv", "unpack"]),
    dict(**X, name="a zip of nothing", content=zipped(), refused=["log.xlsx", "archive that holds nothing"]),
    dict(**X, name="a text document", content=zipped(word__document_xml="<w/>"), refused=["log.xlsx", "document"]),
    dict(file="log.xls", name="a web page named as a spreadsheet", content=PAGE.encode(), refused=["log.xls", "web page", "CSV"]),
    dict(file="log.xls", name="an XML file named as a spreadsheet", content=b'<?xml version="1.0"?><Workbook/>', refused=["log.xls", "XML"]),
    dict(file="log.xes", name="an event log in XES", content=b'<?xml version="1.0"?>\n<!-- exported -->\n<log xes.version="1.0"><trace/></log>', refused=["log.xes", "event log in XES", "CSV"]),
    dict(**X, name="a PDF", content=b"%PDF-1.7\n%\xe2\xe3", refused=["log.xlsx", "a PDF"]),
    dict(**X, name="a picture", content=b"\x89PNG\r\n\x1a\n\0\0", refused=["log.xlsx", "a picture"]),
]  # fmt: skip
