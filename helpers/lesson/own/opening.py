"""The opening: parameters checked, files and log read, guesses asked for before anything is shown."""

from IPython.display import Markdown

from helpers.decision.own.case import open_case
from helpers.decision.own.parameters import PARAMETERS
from helpers.lesson.chapter import parameters_of, settled
from helpers.lesson.learner.guess_of_one import GuessOfOne
from helpers.lesson.learner.prediction import Prediction
from helpers.lesson.learner.journal import journal
from helpers.lesson.learner.reveal import Reveal
from helpers.lesson.learner.sheet import Sheet
from helpers.lesson.own.desk import Desk, personal_folder


def open_notebook(namespace: dict) -> Desk:
    """The desk with the request of the notebook whose `globals()` are given; in the app, where no folder is given, the one that was added to before.

    Raises Refusal in words for what can't be used.
    """
    values, mine = parameters_of(namespace, PARAMETERS), personal_folder()
    if not values["folder"] and journal() and mine.is_dir():
        values |= {"folder": str(mine)}
    return Desk(settled(open_case(values)))


def request(desk: Desk) -> Markdown:
    """The request as it was received."""
    return Markdown(desk.case.request)


def predict(desk: Desk) -> Sheet:
    """Asks for two facts of the log, and for the option that will be worth most."""
    asked, values = desk.case.log.share_of if desk.case.log else {}, desk.case.values
    meant = " and ".join(f"“{' or '.join(named)}” under “{column}”" for column, named in asked.items()) or "what is asked for"
    return Sheet("own/facts", {
        "share_of_interest": Prediction(f"Of all rows in the log, how many hold {meant}?", "share", values["guess_share_low"], values["guess_share_high"], "Rows that are meant"),
        "lead_time_p50": Prediction("Within how many days does half of the cases end?", "days", values["guess_lead_time_low"], values["guess_lead_time_high"], "Half of the cases end within"),
        "recommendation": GuessOfOne("Which option will be worth most?", [option.name for option in desk.case.plan.options], values["guess_best"], "The option worth most"),
    })  # fmt: skip


def reveal_facts(desk: Desk, sheet: Sheet) -> Reveal:
    """Each guess beside its outcome; where there is no log to tell, it says so."""
    found = desk.case.findings
    return Reveal(sheet, {name: None if found.lacks(name) else found[name] for name in sheet.guesses})
