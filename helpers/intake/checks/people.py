"""What is odd about who is in a log: words that stand for nobody, tests of the system, rows without anybody."""

import re
from collections.abc import Iterable, Mapping

import pandas as pd

from helpers.intake.cells.conventions import counted, quoted
from helpers.intake.checks.oddities import Oddity
from helpers.intake.columns.names import plain

NOBODY = {
    plain(word) or word
    for word in "unknown anonymous anon guest visitor none null nil nan na undefined default nobody test user 0 00 000 -1 1970 - -- --- . ? / \\ * 匿名 匿名用户 未知 未知用户 游客 访客 无 空 暂无 不详 其他 默认 系统 测试".split()
}
TEST = r"(?:^|[\W_\d])(?:test|tests|tester|testing|dev|develop|development|developer|demo|staging|sandbox|qa|debug|dummy)(?:$|[\W_\d])|测试|演示|调试"
MOST_KINDS = 200


def stand_ins(counts: pd.Series) -> dict[str, int]:
    """Ids (the index) with how many rows have each -> those that look like words for nobody, most frequent first."""
    return {str(word): int(count) for word, count in counts.items() if (plain(str(word)) or str(word)) in NOBODY}


def taken_for_nobody(ids: pd.Series, nobody: str) -> pd.Series:
    """A column of ids, missing where a cell is one of the words said to stand for nobody (commas between)."""
    words = {word.strip().lower() for word in nobody.split(",") if word.strip()}
    return ids.mask(ids.str.strip().str.lower().isin(words)) if words else ids


def odd_people(frame: pd.DataFrame, columns: Iterable[str]) -> tuple[Oddity, ...]:
    """Blank cells and words for nobody in the columns that tell people apart, told with what to do."""
    there = [name for name in columns if name in frame]
    return tuple(told for name in there for told in people_told(name, int(frame[name].isna().sum()), stand_ins(frame[name].value_counts())))


def people_told(name: str, blank: int, words: Mapping[str, int]) -> tuple[Oddity, ...]:
    """So many blank cells in a column of people, and words for nobody with their rows, in words."""
    remark = "nobody knows who: left out of what asks who, never taken for one person"
    told = [Oddity(f"Rows with a blank {name}", f"{blank:,}", remark)] if blank else []
    listed = ", ".join(f"{quoted(word)} ({count:,})" for word, count in list(words.items())[:5])
    told += [Oddity(f"Names that may stand for nobody: {name}", f"{sum(words.values()):,}", f"{listed}: taken for a person unless the parameter nobody lists them")] if words else []
    return tuple(told)


def signs_of_tests(frame: pd.DataFrame, but: Iterable[str], ids: Iterable[str] = ()) -> tuple[Oddity, ...]:
    """Rows that look like tests of the system, by a word such as 'test' or 'development' in a column other than `but`; `ids` aren't shown."""
    found, ids, but = [], set(ids), set(but)
    for name in (name for name in frame.columns if name not in but):
        counts = frame[name].value_counts()
        if len(counts) <= MOST_KINDS or name in ids:
            found += tests_told(name, counts, name in ids)
    return tuple(found)


def tests_told(name: str, counts: pd.Series, is_id: bool) -> tuple[Oddity, ...]:
    """Words (the index, most frequent first) of a column with how many rows have each: those that look like tests, in words."""
    hits = counts[pd.Index(counts.index.astype(str)).str.contains(TEST, flags=re.IGNORECASE, regex=True)]
    listed = counted(len(hits), "id") if is_id else ", ".join(f"{quoted(str(word))} ({count:,})" for word, count in hits.head(5).items())
    return (Oddity(f"Rows that look like tests, by column '{name}'", f"{hits.sum():,}", f"{listed}: kept; leave them out of the export if they are none of your people"),) if len(hits) else ()
