"""Share logs as companies export them: one table of events in many forms, each as a file and what there is to say on reading it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

COLUMNS = ("time", "person", "event", "article", "salesperson", "channel")


@dataclass(frozen=True)
class Form:
    """One form of a log. write: the rows to a file in a folder; how: parameters of reading it."""

    name: str
    write: Callable[[pd.DataFrame, Path], Path]
    how: dict = field(default_factory=dict)


def rows(seed: int = 3, count: int = 400) -> pd.DataFrame:
    """Events of some months, not quite in order, with blank people, ties, repeated rows, an article read by its own salesperson."""
    rng = np.random.default_rng(seed)
    seconds = np.sort(rng.integers(0, 150 * 86_400, count))
    seconds[rng.random(count) < 0.05] -= 5000
    time = pd.Timestamp("2026-01-05 09:00") + pd.to_timedelta(seconds // 60 * 60, unit="s")
    seller = pd.Series([f"s{number}" for number in np.minimum(rng.geometric(0.6, count), 5)])
    person = pd.Series([f"c{number:03}" for number in rng.integers(0, 90, count)]).mask(rng.random(count) < 0.06)
    person = person.mask(rng.random(count) < 0.02, seller).mask(rng.random(count) < 0.02, "unknown")
    event = rng.choice(["publish", "read", "read", "read", "forward", "register"], count)
    table = pd.DataFrame({"time": time, "person": person, "event": event, "article": [f"a{n}" for n in rng.integers(0, 9, count)], "salesperson": seller, "channel": rng.choice(["chat", "群"], count)})
    return pd.concat([table, table.iloc[[5, 5, 70]]], ignore_index=True)


def text(form: str = "%Y-%m-%d %H:%M:%S", name: str = "log.csv", encoding: str = "utf-8", change: Callable = lambda table: table, **options) -> Callable:
    """A writer of text files with times in a form."""

    def write(table: pd.DataFrame, folder: Path) -> Path:
        times = form(table["time"]) if callable(form) else table["time"].dt.strftime(form)
        change(table.assign(time=times).astype(object)).to_csv(folder / name, index=False, encoding=encoding, **options)
        return folder / name

    return write


def parquet(change: Callable = lambda table: table) -> Callable:
    """A writer of Parquet files."""

    def write(table: pd.DataFrame, folder: Path) -> Path:
        change(table).to_parquet(folder / "log.parquet", index=False)
        return folder / "log.parquet"

    return write


def raw(edit: Callable[[str], str | bytes]) -> Callable:
    """A writer of a text file that is edited as text."""

    def write(table: pd.DataFrame, folder: Path) -> Path:
        content = edit(table.to_csv(index=False, date_format="%Y-%m-%d %H:%M:%S"))
        (folder / "log.csv").write_bytes(content.encode() if isinstance(content, str) else content)
        return folder / "log.csv"

    return write


def with_cell(column: str, *cells: object) -> Callable:
    """A change of some cells of a column, from the eleventh row on."""
    given = pd.Series(cells, index=range(10, 10 + len(cells)), dtype=object)
    return lambda table: table.assign(**{column: table[column].astype(object).mask(table.index.isin(given.index), given.reindex(table.index))})


def epoch(unit: str) -> Callable:
    return lambda times: times.dt.tz_localize("UTC").astype(f"datetime64[{unit}, UTC]").astype("int64").astype(str)


def mixed(times: pd.Series) -> pd.Series:
    """Local times, times in UTC, and with an offset."""
    written = times.dt.strftime("%Y-%m-%d %H:%M:%S")
    return written.mask(times.index % 3 == 1, written + "Z").mask(times.index % 3 == 2, times.dt.strftime("%Y-%m-%dT%H:%M:%S") + "+08:00")


CHINESE = {"time": "时间", "person": "用户", "event": "事件", "article": "文章", "salesperson": "销售", "channel": "渠道"}
MAPPED = ", ".join(f"{ours}: {theirs}" for ours, theirs in CHINESE.items())
PHONES = [f"138{number:08}" for number in range(1000)]


def _chinese(table: pd.DataFrame) -> pd.DataFrame:
    return table.rename(columns=CHINESE)


def _with_others(table: pd.DataFrame) -> pd.DataFrame:
    return table.assign(phone=PHONES[: len(table)], stage=["prod"] * (len(table) - 3) + ["staging"] * 3, Time="x")


FORMS = [
    Form("plain", text()),
    Form("in UTC", text("%Y-%m-%dT%H:%M:%SZ")),
    Form("in UTC, another zone", text("%Y-%m-%dT%H:%M:%SZ"), {"time_zone": "America/New_York"}),
    Form("with an offset", text("%Y-%m-%d %H:%M:%S+05:30")),
    Form("mixed offsets", text(mixed)),
    Form("local, clocks changed", text(), {"time_zone": "Europe/Berlin"}),
    Form("days only", text("%Y-%m-%d")),
    Form("day first", text("%d/%m/%Y %H:%M")),
    Form("month first", text("%m/%d/%Y %I:%M %p")),
    Form("day first, as said", text("%d.%m.%Y %H:%M", change=lambda t: t.head(3)), {"date_order": "day first"}),
    Form("ambiguous", text("%d/%m/%Y %H:%M", change=lambda t: t[pd.to_datetime(t["time"], format="%d/%m/%Y %H:%M").dt.day < 13])),
    Form("day first and month first", text(lambda times: times.dt.strftime("%d/%m/%Y").mask(times.index > 200, times.dt.strftime("%m/%d/%Y")))),
    Form("two-digit years", text("%d/%m/%y %H:%M")),
    Form("year last said year first", text("%d-%m-%Y %H:%M"), {"date_order": "year first"}),
    Form("Chinese dates", text(lambda times: times.dt.strftime("%Y") + "年" + times.dt.month.astype(str) + "月" + times.dt.strftime("%d日 %H:%M"))),
    Form("names of months", text("%d %b %Y %H:%M:%S")),
    Form("slashes", text("%Y/%m/%d %H:%M")),
    Form("one digit", text(lambda times: times.dt.year.astype(str) + "-" + times.dt.month.astype(str) + "-" + times.dt.day.astype(str) + times.dt.strftime(" %H:%M"))),
    Form("Unix seconds", text(epoch("s"))),
    Form("Unix milliseconds", text(epoch("ms"))),
    Form("half Unix, half written", text(lambda times: times.dt.strftime("%Y-%m-%d %H:%M").mask(times.index % 2 == 0, epoch("s")(times)))),
    Form("a spreadsheet's days", text(lambda times: ((times - pd.Timestamp("1899-12-30")) / pd.Timedelta("1D")).round(6).astype(str))),
    Form("gb18030", text(encoding="gb18030", change=_chinese), {"column_map": MAPPED}),
    Form("gb18030 by known names", text(encoding="gb18030", change=_chinese)),
    Form("utf-8 with a mark", text(encoding="utf-8-sig", change=_chinese), {"column_map": MAPPED}),
    Form("utf-16", text(encoding="utf-16", sep="\t", change=_chinese), {"column_map": MAPPED}),
    Form("big5", text(encoding="big5", change=lambda t: t.replace("群", "群組"))),
    Form("semicolons", text(sep=";")),
    Form("tabs", text(sep="\t", name="log.tsv")),
    Form("no header", text(header=False), {"column_map": "time: 1, person: 2, event: 3, article: 4, salesperson: 5"}),
    Form("a title above", raw(lambda content: "Export of our shop\n\n" + content)),
    Form("blank rows", raw(lambda content: content.replace("\n", "\n\n", 40))),
    Form("short rows", raw(lambda content: content.replace(",chat\n", "\n", 7))),
    Form("too many cells", raw(lambda content: content.replace(",chat\n", ",chat,more\n", 3))),
    Form("line breaks within quotes", text(change=with_cell("article", "one\ntwo", 'he said "a, b"\n', "three\r\nfour"))),
    Form("a quotation mark out of place", raw(lambda content: content.replace("read,a", 'read,"a', 1))),
    Form("cut off", raw(lambda content: content[:-9])),
    Form("a NUL", raw(lambda content: content.replace("read", "re\0ad", 1))),
    Form("damaged UTF-8", raw(lambda content: content.encode().replace("群".encode(), b"\xe7\xbe", 1))),
    Form("header only", raw(lambda content: content.split("\n")[0] + "\n")),
    Form("empty", raw(lambda content: "")),
    Form("carriage returns", raw(lambda content: content.replace("\n", "\r"))),
    Form("spaces around", text(change=lambda t: t.assign(person="　" + t["person"] + " ", event=t["event"] + "\u00a0"))),
    Form("cells of spaces", text(change=with_cell("person", "  ", " ", "\t"))),
    Form("some no times", text(change=with_cell("time", "soon", "31/02/2026", "", "2026-02-30 10:00"))),
    Form("many no times", text(change=lambda t: t.assign(time=t["time"].where(t.index > 50, "soon")))),
    Form("no event", text(change=lambda t: t.assign(event=t["event"].where(t.index > 50)))),
    Form("some without event", text(change=with_cell("event", None, "", "  "))),
    Form("midnight at 24", text(change=with_cell("time", "2026-02-01 24:00", "2026-02-01 23:59:60", "2026-02-01 9:05"))),
    Form("times that can't be", text(change=with_cell("time", "1970-01-01 00:00:00", "1900-01-01", "9999-12-31"))),
    Form("summer time skipped and twice", text(change=with_cell("time", "2026-03-29 02:30:00", "2026-03-29 02:10", "2025-10-26 02:30:00")), {"time_zone": "Europe/Berlin"}),
    Form("other events", text(change=with_cell("event", "ping", "pong", "ping"))),
    Form("events of theirs", text(change=lambda t: t.replace({"read": "opened", "forward": "sent on"})), {"events": "read: opened, forward: sent on"}),
    Form("no reads", text(change=lambda t: t.replace({"read": "zzz"}))),
    Form("an id, repeated", text(change=lambda t: t.assign(id=[f"e{n % (len(t) - 4)}" for n in range(len(t))]).iloc[[*range(len(t)), 8, 9]])),
    Form("ids with other content", text(change=lambda t: t.assign(id=["e1", "e1", *(f"e{n}" for n in range(len(t) - 2))]))),
    Form("other and personal columns", text(change=_with_others), {"column_map": ", ".join(f"{name}: {name}" for name in COLUMNS)}),
    Form("personal values in a mapped one", text(change=lambda t: t.assign(article=[f"a{n % 40}@shop.cn" for n in range(len(t))]))),
    Form("words for nobody", text(), {"nobody": "UNKNOWN, c001"}),
    Form("tests", text(change=with_cell("person", "tester 1", "QA-7", "devil"))),
    Form("a case called NA", text(change=with_cell("person", "NA", "null", "007", "7.0"))),
    Form("no person", text(change=lambda t: t.drop(columns=["person", "salesperson"]))),
    Form("a mapped column missing", text(), {"column_map": "time: time, event: event, person: who"}),
    Form("an unknown column", text(), {"column_map": "time: time, event: event, who: person"}),
    Form("nothing known", text(change=lambda t: t.set_axis(list("abcdef"), axis=1))),
    Form("a column twice", raw(lambda content: content.replace("article", "Person", 1))),
    Form("an unknown zone", text(), {"time_zone": "Mars/Base"}),
    Form("a named encoding", text(encoding="gb18030"), {"encoding": "gb18030"}),
    Form("a wrong encoding", text(), {"encoding": "ascii"}),
    Form("one row", text(change=lambda t: t[t["event"] == "read"].head(1))),
    Form("Parquet, local", parquet()),
    Form("Parquet, local, clocks changed", parquet(), {"time_zone": "Europe/Berlin"}),
    Form("Parquet, UTC", parquet(lambda t: t.assign(time=t["time"].dt.tz_localize("UTC")))),
    Form("Parquet, a zone", parquet(lambda t: t.assign(time=t["time"].dt.tz_localize("Asia/Tokyo")))),
    Form("Parquet, text", parquet(lambda t: t.assign(time=t["time"].dt.strftime("%d/%m/%Y %H:%M")))),
    Form("Parquet, Unix seconds", parquet(lambda t: t.assign(time=t["time"].astype("datetime64[s]").astype("int64")))),
    Form("Parquet, numbers as ids", parquet(lambda t: t.assign(person=t["person"].str.extract(r"(\d+)")[0].astype(float), article=t["article"].str.slice(1).astype(int)))),
    Form("Parquet, categories and lists", parquet(lambda t: t.assign(event=t["event"].astype("category"), tags=[["x"]] * len(t)))),
    Form("Parquet, a list mapped", parquet(lambda t: t.assign(tags=[["x"]] * len(t))), {"column_map": "time: time, event: event, person: tags"}),
    Form("Parquet, rows of nothing", parquet(lambda t: t.reindex([*range(9), 900, 901, *range(9, len(t)), 902]))),
    Form("Parquet, blanks", parquet(lambda t: t.assign(channel=t["channel"].mask(t.index % 2 == 0, ""), topic="  "))),
]  # fmt: skip
