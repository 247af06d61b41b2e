"""What is odd about who is in a log, in an engine: words that stand for nobody, blank cells, tests, personal values."""

import unicodedata
from collections.abc import Collection, Iterable

import narwhals as nw
import pandas as pd

from helpers.intake.checks.oddities import Oddity
from helpers.intake.checks.people import MOST_KINDS, NOBODY, people_told, stand_ins, tests_told
from helpers.intake.engine.casting import OTHER
from helpers.intake.engine.frames import Frame, number_of_kinds, small
from helpers.intake.engine.opening import Found, Opened

FIRST = 10_000  # rows
LIKE_TESTS = "(?i)test|dev|demo|staging|sandbox|qa|debug|dummy|测试|演示|调试"
BETWEEN = r"[\s_\-.,:;|/\\()\[\]'\x22]+"


def odd_people(rows: Frame, columns: Iterable[str]) -> tuple[Oddity, ...]:
    """Blank cells and words for nobody in the columns that tell people apart."""
    there = [name for name in columns if name in rows.collect_schema().names()]
    return tuple(told for name in there for told in people_told(name, _blank(rows, name), stand_ins(_counts(rows.filter(_like_nobody(name)), name))))


def signs_of_tests(rows: Frame, but: Collection[str], ids: Collection[str] = ()) -> tuple[Oddity, ...]:
    """Rows that look like tests of the system, by the columns of text other than `but`; `ids` aren't shown."""
    told = []
    for column in (name for name in rows.collect_schema().names() if name not in (*but, "row") and not name.endswith(" text")):
        name = column.removeprefix(OTHER)
        if column in ids or _kinds(rows, column) <= MOST_KINDS:
            told += tests_told(name, _counts(rows.filter(nw.col(column).str.contains(LIKE_TESTS)), column), column in ids)
    return tuple(told)


def few_words(rows: Frame, but: Collection[str], most: int) -> dict[str, list[str]]:
    """The different words of each column other than `but` that has few."""
    columns = [name for name in rows.collect_schema().names() if name not in (*but, "row") and not name.endswith(" text")]
    return {name.removeprefix(OTHER): _counts(rows, name).index.tolist() for name in columns if _kinds(rows, name) <= most}


def first_texts(found: Found, opened: Opened, rows: int = 100_000) -> pd.DataFrame:
    """The first rows as text under our names, by which personal values are told."""
    frame = found.head(rows).frame
    names = {ours: opened.table.mapping.get(ours, ours) for ours in opened.table.frame.columns}
    return frame[[*names.values()]].set_axis([*names], axis=1)


def _like_nobody(name: str) -> nw.Expr:
    """Whether a cell may be a word for nobody, in letters of either width."""
    words = {each for word in NOBODY for each in (word, _wide(word))}
    plain = nw.col(name).str.to_lowercase()
    return plain.is_in(sorted(words)) | plain.str.replace_all(BETWEEN, "").is_in(sorted(words | {""}))


def _wide(word: str) -> str:
    return "".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" and unicodedata.normalize("NFKC", chr(ord(letter) + 0xFEE0)) == letter else letter for letter in word)


def _blank(rows: Frame, name: str) -> int:
    return int(small(rows.select(nw.col(name).is_null().cast(nw.Int64).sum().alias("blank")))["blank"].fillna(0).iloc[0])


def _kinds(rows: Frame, name: str) -> int:
    """How many different values a column has, as far as it is to be known whether they are few; the first rows tell as a rule that they are not."""
    filled = rows.select(name).filter(~nw.col(name).is_null())
    begin = len(small(filled.head(FIRST).unique()))
    return begin if begin > MOST_KINDS else number_of_kinds(filled)


def _counts(rows: Frame, name: str) -> pd.Series:
    """Values with how many rows have each, most frequent first, then those that come first."""
    counts = rows.filter(~nw.col(name).is_null()).group_by(name).agg(nw.len().alias("rows"), nw.col("row").min().alias("first"))
    table = small(counts).sort_values(["rows", "first"], ascending=[False, True])
    return pd.Series(table["rows"].to_numpy(), index=pd.Index(table[name], dtype="str"))
