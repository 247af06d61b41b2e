"""The teaching note: its tables, with every number taken from the executed notebooks."""

import json
from collections.abc import Mapping
from functools import lru_cache
from string import Formatter

import pandas as pd
import yaml

from helpers.decision.memo_data import claims_of_data
from helpers.decision.memo_text import SIGNS
from helpers.evidence.estimate import Estimate
from helpers.intake.places import DATA, ROOT
from helpers.intake.refusal import Refusal
from helpers.lesson import words
from helpers.lesson.scraps import MEMO_TABLES, scraps_of
from helpers.lesson.table import Table

CASES = {"marketing": "1_marketing_module", "paperwork": "2_paperwork_standardisation"}


@lru_cache(maxsize=8)
def kept(case: str) -> Mapping[str, object]:
    """What a case's executed notebook kept, by name. Raises Refusal where it wasn't executed."""
    path = ROOT / "notebooks" / f"{CASES[case]}.ipynb"
    scraps = scraps_of(json.loads(path.read_text(encoding="utf-8")))
    if MEMO_TABLES not in scraps:
        raise Refusal("the notebook holds no findings", path.name, "run all its cells and save it")
    return scraps


@lru_cache(maxsize=1)
def note() -> dict:
    """The teaching note's content."""
    return yaml.safe_load((DATA / "workshop" / "teaching_note.yaml").read_text(encoding="utf-8"))


def told(text: str) -> str:
    """The text with each {case.finding} told in words; {case.finding:bare} tells the number alone. Raises KeyError for a finding that there isn't."""
    parts = Formatter().parse(text)
    return "".join(before + (_finding(name, form == "bare") if name else "") for before, name, form, _ in parts)


def _finding(name: str, bare: bool) -> str:
    case, _, finding = name.partition(".")
    record = kept(case)[finding]
    if isinstance(record["value"], str):
        return record["value"]
    numbers = {part: float("nan") if record[part] is None else record[part] for part in ("value", "low", "high")}
    return words.estimate(Estimate(**numbers, **{part: record[part] for part in ("unit", "basis", "method", "level")}), bare=bare)


def objectives() -> Table:
    """What people can do afterwards, and by what one sees it."""
    return _table("objectives", ["Afterwards everybody can …", "Seen by"], "Objectives")


def plan() -> Table:
    """Ninety minutes, by the minute."""
    rows = [(f"{begin}–{end}", f"{end - begin}", what, who, seen) for begin, end, what, who, seen in note()["plan"]]
    return Table(pd.DataFrame(rows, columns=["Minute", "Long", "What happens", "Who", "On the projector"]), f"{note()['plan'][-1][1]} minutes")


def roles() -> Table:
    """The role cards: print and cut."""
    return _table("roles", ["You are the", "You want", "You know", "You fear", "You say", "What moves you"], "Role cards, one row each")


def board() -> Table:
    """The board's columns."""
    return _table("board", ["Column", "What goes there", "When"], "The board, from left to right")


def board_at_the_end(case: str) -> Table:
    """What should stand on the board at the end: each claim with its metric, and what came out."""
    claims = claims_of_data(kept(case)[MEMO_TABLES]["claims"])
    rows = [(f"“{each.claim.claim}”", each.claim.whys[-1] if each.claim.whys else "", each.claim.metric, f"{SIGNS[each.status]} {each.status}: {each.reason}") for each in claims]
    return Table(pd.DataFrame(rows, columns=["What was said", "Why? (the last one)", "Metric and rule", "What came out"]), "The board at the end")


def replies(case: str) -> Table:
    """Likely wrong answers, and what to say to them."""
    rows = [(told(said), told(reply)) for of, said, reply in note()["replies"] if of == case]
    return Table(pd.DataFrame(rows, columns=["They will say", "You may answer"]), "Likely wrong answers, and replies")


def cuts() -> Table:
    """What to leave out when late."""
    return _table("cuts", ["Late by", "Leave out", "What it costs"], "The cut list")


def variants() -> Table:
    """What to do in other rooms."""
    return _table("variants", ["If there is/are", "Then", "Prepare"], "Variants")


def _table(part: str, heads: list[str], caption: str) -> Table:
    return Table(pd.DataFrame([tuple(map(told, map(str, row))) for row in note()[part]], columns=heads), caption)
