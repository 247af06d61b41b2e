"""The memo as plain data and back: how it travels from a notebook to whoever writes files from it."""

from base64 import b64decode, b64encode
from collections.abc import Mapping
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
        **data, **parts, "picture": picture, "claims": tuple(map(_judged, data["claims"])),
        "options": tuple(OptionSummary(**row) for row in data["options"]), "next_steps": tuple(Step(**row) for row in data["next_steps"]),
    })  # fmt: skip


def _judged(row: Mapping) -> Judged:
    claim = Claim(**{**row["claim"], "whys": tuple(row["claim"]["whys"])})
    return Judged(claim, row["status"], row["reason"], tuple(row["evidence"]))
