"""The opening: parameters checked, log read, the brief, and what is predicted before anything is shown."""

from helpers.decision.paperwork.case import PaperworkCase, open_case
from helpers.decision.paperwork.parameters import PARAMETERS
from helpers.lesson import words
from helpers.lesson.chapter import parameters_of, received, settled
from helpers.lesson.exhibits import Exhibits, believed
from helpers.lesson.learner.guess_of_one import GuessOfOne
from helpers.lesson.learner.prediction import Prediction
from helpers.lesson.learner.sheet import Sheet
from helpers.lesson.learner.yes_or_no import YesOrNo

__all__ = ["exhibits", "open_notebook", "predict_plan", "predict_work", "received"]
WORDS = {
    "Touch time": "time in which somebody works on a document",
    "Lead time": "from a client's first step to the last, waiting included",
    "First-time-right": "the share of documents that pass their first review",
    "Rework": "whatever is done a second time",
    "Utilisation": "the share of the clerks' hours that is taken",
    "Standard": "a template, a checklist, a sample, a rule that a machine can check, and an owner",
}


def open_notebook(namespace: dict) -> PaperworkCase:
    """The case of the notebook whose `globals()` are given. Raises Refusal in words for parameters or a log that can't be used."""
    return settled(open_case(parameters_of(namespace, PARAMETERS)))


def exhibits(case: PaperworkCase) -> Exhibits:
    """What is known before anything is analysed: the log's size, the price, and what would be gained."""
    handlings, values = case.log.handlings, case.values
    size = [("Clients", f"{handlings['case'].nunique():,}"), ("Things that somebody did", f"{len(handlings):,}"), ("Different steps", f"{handlings['activity'].nunique()}"), ("Office hours", str(values["office_hours"]))]
    price = [("One clerk, a month", believed(values, "clerk_cost", "CNY")), ("Developing standards", believed(values, "standard_days", "person-days"))]
    gain = [("Margin of one more client", believed(values, "margin_per_client", "CNY")), ("Growth a year", believed(values, "growth_per_year", "share")), ("Counted over", f"{values['horizon_months']} months")]
    return Exhibits({"The office's log": size, "What it would cost, as those believe who'd do it": price, "What it would bring, as those believe who ask": gain}, WORDS)


def predict_work(case: PaperworkCase) -> Sheet:
    """Asks where the time goes."""
    talk = "Of all the time a clerk spends on a client, how much is explaining, sending, managing and giving feedback?"
    right = "How many of the documents that clients hand in are right at their first review?"
    longest = "On which step do clerks spend most time, all clients together?"
    values = case.values
    return Sheet("paperwork/work", {
        "communication": Prediction(talk, "share", values["guess_communication_low"], values["guess_communication_high"], "Communication's share of clerk time"),
        "right_first": Prediction(right, "share", values["guess_right_first_low"], values["guess_right_first_high"], "Right at the first review"),
        "longest_step": GuessOfOne(longest, case.clerk_steps, values["guess_longest_step"], "Clerks' longest step"),
    })  # fmt: skip


def predict_plan(case: PaperworkCase) -> Sheet:
    """Asks what more hands would do."""
    found = case.findings
    today = "" if found.lacks("lead_time_p50") else f" Today it is within {words.number(found['lead_time_p50'].value, 'days')}."
    days = f"With two more clerks, within how many days will half of the clients be served?{today}"
    more = "Will two more clerks serve more clients a week?"
    return Sheet("paperwork/plan", {"lead_time_hire": Prediction(days, "days", short="Half of the clients served, with two more clerks"), "more_clients": YesOrNo(more, short="Two more clerks serve more clients")})
