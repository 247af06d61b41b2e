"""The claims: the ledger with its whys, the names that a rule may use, and a form that adds a claim."""

import pandas as pd

from helpers.decision.ledger import Claim
from helpers.decision.own.case import ENTRIES, OwnCase
from helpers.decision.own.keeping import add_claim
from helpers.evidence.estimate import Estimate
from helpers.evidence.findings import read_entries
from helpers.intake.refusal import Refusal
from helpers.lesson import words
from helpers.lesson.conclusion import claims_table
from helpers.lesson.own.desk import Desk, Living
from helpers.lesson.own.forms import Form, text_field
from helpers.lesson.table import Table

WHYS = ("why_1", "why_2", "why_3")


def ledger(desk: Desk) -> Living:
    """Each claim of the request, the whys behind it, its metric, and what the findings say."""
    return Living("ledger", desk, lambda case: claims_table(case.claims))


def names(desk: Desk) -> Living:
    """What a rule may name: unknowns and findings with their present values."""
    return Living("names", desk, _names)


def _names(case: OwnCase) -> Table:
    entries, meanings = read_entries(ENTRIES), {each.name: each.meaning for each in case.priced.unknowns}
    rows = [(name, meanings.get(name) or entries[name].meaning, words.estimate(value)) for name, value in case.evidence.items() if isinstance(value, Estimate)]
    return Table(pd.DataFrame(rows, columns=["Name in a rule", "What it is", "Now"]), "What the rule of a claim may name")


def form(desk: Desk) -> Form:
    """Adds a claim to the request; the ledger above and the memo below follow."""
    fields = {
        "claim": text_field("What was said", "Every second customer rings."), "said_by": text_field("Who said it", "head of service"),
        "why_1": text_field("Why?", "A customer who rings costs a call."), "why_2": text_field("And why is that?"), "why_3": text_field("So what counts?"),
        "metric": text_field("The metric that would settle it", "share of repairs about which the customer rang"),
        "rule": text_field("Its rule (may stay blank)", "share_of_interest >= 0.5"),
    }  # fmt: skip
    return Form(fields, tuple((name,) for name in fields), "Add this claim", lambda said: _keep(desk, said), "Run the notebook to add claims of your own.")


def _keep(desk: Desk, said: dict) -> str:
    said = {name: " ".join(text.split()) for name, text in said.items()}
    if not said["claim"] or not said["metric"]:
        raise Refusal("a claim needs at least what was said and the metric that would settle it", "form")
    claim = Claim(said["claim"], said["said_by"], tuple(said[name] for name in WHYS if said[name]), said["metric"], said["rule"])
    where = desk.change(lambda files: add_claim(files.claims, claim))
    return f"Kept: its status is {desk.case.claims[-1].status}. {where}"
