"""Text files as they come: each with the rows that must be read, or with the words by which it must be refused."""

import gzip

ROWS = [["2026-03-01 08:00:00", "007", "read"], ["2026-03-01 09:30:00", "王芳", "forward"], ["2026-03-02 10:00:00", "NA", "read"]]
NAMES = ["time", "person", "event"]


def text(rows=ROWS, delimiter=",", end="\n", names=NAMES):
    return "".join(delimiter.join(row) + end for row in ([names, *rows] if names else rows))


LOG = text()
LATIN = LOG.replace("王芳", "Müller")
WITH_LATIN = [[cell.replace("王芳", "Müller") for cell in row] for row in ROWS]
PLAIN = LOG.replace("王芳", "u2")

INPUTS = [
    # encodings
    dict(name="utf-8", content=LOG.encode(), rows=ROWS, says="encoding utf-8"),
    dict(name="utf-8 with a mark", content=LOG.encode("utf-8-sig"), rows=ROWS, says="encoding utf-8-sig"),
    dict(name="utf-16 with a mark, little end first", content=b"\xff\xfe" + LOG.encode("utf-16-le"), rows=ROWS, says="encoding utf-16"),
    dict(name="utf-16 with a mark, big end first", content=b"\xfe\xff" + LOG.encode("utf-16-be"), rows=ROWS, says="encoding utf-16"),
    dict(name="utf-16 without a mark, little end first", content=LOG.encode("utf-16-le"), rows=ROWS, says="encoding utf-16-le"),
    dict(name="utf-16 without a mark, big end first", content=LOG.encode("utf-16-be"), rows=ROWS, says="encoding utf-16-be"),
    dict(name="utf-32", content=LOG.encode("utf-32"), rows=ROWS, says="encoding utf-32"),
    dict(name="gb18030", content=LOG.encode("gb18030"), rows=ROWS, says="encoding gb18030"),
    dict(name="big5", content=LOG.replace("王芳", "陳靜").encode("big5"), rows=[ROWS[0], [ROWS[1][0], "陳靜", "forward"], ROWS[2]], says="encoding big5"),
    dict(name="cp1252", content=LATIN.encode("cp1252"), rows=WITH_LATIN, says="encoding cp1252"),
    dict(name="latin-1 by name", content=LATIN.encode("latin-1"), options=dict(encoding="latin-1"), rows=WITH_LATIN, says="encoding iso8859-1"),
    dict(name="a name that is UTF-8 by chance in gbk", content=LOG.replace("王芳", "状态").encode("gbk"), rows=[ROWS[0], [ROWS[1][0], "状态", "forward"], ROWS[2]]),
    dict(name="utf-8 of few letters that are Chinese by chance", content=PLAIN.replace("u2", "é£").encode(), rows=[ROWS[0], [ROWS[1][0], "é£", "forward"], ROWS[2]], says="encoding utf-8"),
    dict(name="utf-8 cut in the middle of a letter", content=LOG.encode() + "2026-03-03,王芳".encode()[:-1], refused=["log.csv, line 5", "cut off", "export it again"]),
    dict(name="utf-8 with one damaged letter", content=(LOG * 3).encode().replace("芳".encode(), b"\xe8\x8a", 1), refused=["log.csv, line 3", "isn't utf-8", "CSV UTF-8"]),
    dict(name="gb18030 with one damaged letter", content=(LOG * 9).encode("gb18030") + b"2026-03-02,\xff\xff,read\n", refused=["log.csv, line 37", "isn't gb18030"]),
    dict(name="bytes of no language", content=LOG.encode() + bytes(range(128, 256)) * 3 + b"\n", refused=["log.csv", "letters", "name its encoding"]),
    dict(name="the wrong encoding by name", content=LOG.encode("gb18030"), options=dict(encoding="utf-8"), refused=["log.csv, line 3", "isn't utf-8"]),
    dict(name="an encoding that doesn't exist", content=LOG.encode(), options=dict(encoding="utf-9"), refused=["no encoding 'utf-9'", "gb18030"]),
    dict(name="an encoding that isn't of text", content=LOG.encode(), options=dict(encoding="base64"), refused=["no encoding 'base64'"]),
    dict(name="half a letter", content=PLAIN.replace("u2", "+2AA-").encode(), options=dict(encoding="utf-7"), refused=["log.csv, line 3", "half a letter"]),
    # nothing in it, or what no text has
    dict(name="an empty file", content=b"", refused=["log.csv", "empty", "check the export"]),
    dict(name="blank lines only", content=b"\n \r\n\n", refused=["log.csv", "empty"]),
    dict(name="a byte-order mark only", content=b"\xef\xbb\xbf", refused=["log.csv", "empty"]),
    dict(name="delimiters only", content=b",,\n,,\n", refused=["log.csv", "empty"]),
    dict(name="a header only", content=b"time,person,event\n", refused=["log.csv", "header but no row", "check the export"]),
    dict(name="a NUL in a cell", content=PLAIN.replace("u2", "u\0002").encode(), refused=["log.csv, row 3, column 2", "NUL", "damaged"]),
    dict(name="NULs where a crash left them", content=PLAIN.encode() + bytes(600), refused=["log.csv, row 5, column 1", "NUL"]),
    # headers
    dict(name="a column twice", content=b"time,person,time\n1,2,3\n", refused=["log.csv, row 1", "'time' is there twice", "rename"]),
    dict(name="a column twice but for spaces", content=b"time,person, time \n1,2,3\n", refused=["log.csv, row 1", "'time' is there twice"]),
    dict(name="a column twice but for capital letters", content=b"time,person,Time\n1,2,3\n", refused=["log.csv, row 1", "'time' is there twice", "'Time'"]),
    dict(name="a blank header", content=b"time,,event\n1,2,3\n", names=["time", "2", "event"], rows=[["1", "2", "3"]]),
    dict(name="spaces and line breaks in headers", content='" time ","person\nor team",event\n1,2,3\n'.encode(), names=["time", "person or team", "event"], rows=[["1", "2", "3"]]),
    dict(name="a title above the table", content=("Events of March\n\n" + LOG).encode(), rows=ROWS, numbers=[4, 5, 6], says="row 3 names the columns"),
    dict(name="a title with commas, blank cells after it", content=("Events, exported by,us\n,,\n" + LOG).encode(), rows=ROWS, numbers=[4, 5, 6], says="row 3 names", mapping={"person": "person", "time": "time"}),
    dict(name="the line by which a spreadsheet program notes the delimiter", content=("sep=;\n" + text(delimiter=";")).encode(), rows=ROWS, numbers=[3, 4, 5]),
    dict(name="names and values above the table", content=("Report:,Events\nFrom:,2026-03-01\n\n" + LOG).encode(), rows=ROWS, numbers=[5, 6, 7], says="above the table passed over"),
    dict(name="the header's row by name", content=("a,b,c\n" + LOG).encode(), options=dict(header="2"), rows=ROWS, numbers=[3, 4, 5]),
    dict(name="a header's row that isn't there", content=LOG.encode(), options=dict(header="99"), refused=["log.csv", "row 99"]),
    dict(name="a header that is no row", content=LOG.encode(), options=dict(header="first"), refused=["header", "'first' is no row"]),
    dict(name="no header", content=text(names=None).encode(), names=["1", "2", "3"], rows=ROWS, numbers=[1, 2, 3], says="no header"),
    dict(name="no header, by name", content=b"a,b\nc,d\n", options=dict(header="none"), names=["1", "2"], rows=[["a", "b"], ["c", "d"]]),
    # rows
    dict(name="a row with a cell too many", content=PLAIN.encode() + b"2026-03-03,a,read,x\n", refused=["log.csv, row 5", "4 cells where the first has 3", "quote"]),
    dict(name="rows that end in blank cells", content=PLAIN.replace("read\n", "read,,\n").encode(), rows=[["2026-03-01 08:00:00", "007", "read"], ["2026-03-01 09:30:00", "u2", "forward"], ROWS[2]], says="blank cells beyond the last column left out in rows: 2, 4"),
    dict(name="short rows", content=b"time,person,event\n2026-03-01,a,read\n2026-03-02,b\n2026-03-03,c,read\n", rows=[["2026-03-01", "a", "read"], ["2026-03-02", "b", ""], ["2026-03-03", "c", "read"]], says="short rows ended by blank cells: 3"),
    dict(name="a total below the table", content=(LOG + "\nTotal: 3\n").encode(), rows=[*ROWS, ["Total: 3", "", ""]], numbers=[2, 3, 4, 6], says="short rows ended by blank cells: 6"),
    dict(name="the last row cut off", content=LOG.encode() + b"2026-03-03 08:", refused=["log.csv, row 5", "cut off", "export it again"]),
    dict(name="no line end at the end", content=LOG.rstrip("\n").encode(), rows=ROWS),
    dict(name="blank lines between rows", content=LOG.replace("\n", "\n\n").encode(), rows=ROWS, numbers=[3, 5, 7]),
    dict(name="lines that end in CR", content=text(end="\r").encode(), rows=ROWS),
    dict(name="lines that end in CR LF", content=text(end="\r\n").encode(), rows=ROWS),
    dict(name="line breaks within quotes", content=LOG.replace("王芳", '"王\n芳"').encode(), rows=[ROWS[0], [ROWS[1][0], "王\n芳", "forward"], ROWS[2]], numbers=[2, 3, 4]),
    dict(name="a quotation mark never closed", content=LOG.replace("王芳", '"王芳').encode(), refused=["log.csv, row 3", "never closed"]),
    dict(name="a quotation mark closed rows later", content=(LOG.replace("王芳", '"王芳') + LOG.replace("王芳", '王"芳')).encode(), refused=["log.csv, row 3", "before its cell ends"]),
    dict(name="quotation marks behind backslashes", content=LOG.replace("王芳", '"the \\"boss\\", Wang"').encode(), rows=[ROWS[0], [ROWS[1][0], 'the "boss", Wang', "forward"], ROWS[2]], says='written \\"'),
    dict(name="quotation marks behind backslashes, no delimiter within", content=LOG.replace("王芳", '"the \\"boss\\""').encode(), rows=[ROWS[0], [ROWS[1][0], 'the "boss"', "forward"], ROWS[2]], says='written \\"'),
    dict(name="a quotation mark within a cell", content=LOG.replace("王芳", '5" disk').encode(), rows=[ROWS[0], [ROWS[1][0], '5" disk', "forward"], ROWS[2]]),
    dict(name="a cell of 10 MB", content=LOG.replace("王芳", "x" * 10_000_000).encode(), rows=[ROWS[0], [ROWS[1][0], "x" * 10_000_000, "forward"], ROWS[2]]),
    # delimiters
    *[dict(name=f"cells between {sign!r}", content=text(delimiter=sign).encode(), rows=ROWS) for sign in ";\t|^~\x01\x1f¦§；，｜"],
    dict(name="decimal commas between semicolons", content=b"n;share\n1,5;2,3\n1,7;2,9\n2,0;3,1\n4,1;5,5\n6,1;7,2\n", names=["n", "share"], rows=[["1,5", "2,3"], ["1,7", "2,9"], ["2,0", "3,1"], ["4,1", "5,5"], ["6,1", "7,2"]]),
    dict(name="decimal commas between semicolons, no header", content=b"1,5;2,3\n1,7;2,9\n", names=["1", "2"], rows=[["1,5", "2,3"], ["1,7", "2,9"]]),
    dict(name="sentences with commas between semicolons", content="n;words\n1;one, two, three\n2;four, five, six\n3;seven, eight, nine\n".encode(), names=["n", "words"], rows=[["1", "one, two, three"], ["2", "four, five, six"], ["3", "seven, eight, nine"]]),
    dict(name="one column", content=b"person\na b\nc\n", names=["person"], rows=[["a b"], ["c"]]),
    dict(name="the wrong delimiter by name", content=LOG.encode(), options=dict(delimiter=";"), mapping={"when": "time"}, refused=["log.csv", "no column 'time'", "time,person,event"]),
    dict(name="a delimiter by word", content=text(delimiter="\t").encode(), options=dict(delimiter="tab"), rows=ROWS),
    dict(name="a delimiter of two characters", content=LOG.encode(), options=dict(delimiter="||"), refused=["delimiter", "'||' can't be", "one character"]),
    # packed, or named as something else
    dict(name="packed by gzip", file="log.csv.gz", content=gzip.compress(LOG.encode()), rows=ROWS, says="unpacked"),
    dict(name="packed by gzip and cut off", file="log.csv.gz", content=gzip.compress(LOG.encode() * 50)[:-20], refused=["log.csv.gz", "damaged or cut off"]),
    dict(name="gzip of nothing", file="log.csv.gz", content=gzip.compress(b""), refused=["log.csv.gz", "empty"]),
    dict(name="a text table named as a spreadsheet", file="log.xlsx", content=text(delimiter="\t").encode("gb18030"), rows=ROWS),
]  # fmt: skip
