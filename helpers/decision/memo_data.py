"""The memo as plain data and back: how it travels from a notebook to whoever writes files from it."""

from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace

from helpers.decision.ledger import Claim, Judged
from helpers.decision.memo import Memo, Picture, Step
from helpers.decision.options import OptionSummary

TEXTS = ("confidence", "status_quo", "flips", "assumptions", "cannot_answer", "notes")


def memo_data(memo: Memo) -> dict:
    """The memo as what JSON can hold."""
    data = asdict(replace(memo, picture=None))
    picture = memo.picture and {"png": b64encode(memo.picture.png).decode("ascii"), "alt": memo.picture.alt}
    return data | {"picture": picture}


def memo_of_data(data: Mapping) -> Memo:
    """The memo that `memo_data` told."""
    picture = data["picture"] and Picture(b64decode(data["picture"]["png"]), data["picture"]["alt"])
    parts = {name: tuple(data[name]) for name in TEXTS}
    return Memo(**{
        **data, **parts, "picture": picture, "claims": claims_of_data(data["claims"]), "options": options_of_data(data["options"]),
        "next_steps": tuple(Step(**row) for row in data["next_steps"]),
    })  # fmt: skip


def tables_data(memo: Memo, options: Iterable[OptionSummary], claims: Iterable[Judged]) -> dict:
    """The memo with all options and all claims, of which its page may hold fewer, as what JSON can hold."""
    return {"memo": memo_data(memo), "options": [asdict(row) for row in options], "claims": [asdict(each) for each in claims]}


def options_of_data(rows: Iterable[Mapping]) -> tuple[OptionSummary, ...]:
    """The options that were told as data."""
    return tuple(OptionSummary(**row) for row in rows)


def claims_of_data(rows: Iterable[Mapping]) -> tuple[Judged, ...]:
    """The judged claims that were told as data."""
    return tuple(map(_judged, rows))


def _judged(row: Mapping) -> Judged:
    claim = Claim(**{**row["claim"], "whys": tuple(row["claim"]["whys"])})
    return Judged(claim, row["status"], row["reason"], tuple(row["evidence"]))
