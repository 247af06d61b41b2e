"""The opening: parameters checked, log read, the brief, and what is predicted before anything is shown."""

from IPython.display import Markdown

from helpers.decision.marketing.case import MarketingCase, open_case
from helpers.decision.marketing.parameters import PARAMETERS
from helpers.lesson.chapter import parameters_of, received, settled
from helpers.lesson.exhibits import Exhibits, believed
from helpers.lesson.learner.prediction import Prediction
from helpers.lesson.learner.sheet import Sheet
from helpers.lesson.learner.yes_or_no import YesOrNo

WORDS = {
    "Forward": "a client passes an article on; whoever opens it reads by a forward",
    "New reader": "a reader whom the tool has never seen before",
    "Lead": "a new person who registers, so that sales may call",
    "Cluster": "all readers of one salesperson; they resemble each other",
    "Interval": "the range in which the truth plausibly lies, given that this log is only a sample",
    "Holdout": "people drawn by lot who don't get the section, so that there is something to compare with",
}


def open_notebook(namespace: dict) -> MarketingCase:
    """The case of the notebook whose `globals()` are given. Raises Refusal in words for parameters or a log that can't be used."""
    return settled(open_case(parameters_of(namespace, PARAMETERS)))


def request() -> Markdown:
    """The request as it was received."""
    return received("marketing")


def exhibits(case: MarketingCase) -> Exhibits:
    """What is known before anything is analysed: the log's size, the price, and what would be gained."""
    (counts, _, _), values = case.log.counted, case.values
    named = {"publish": "Articles published", "read": "Reads", "forward": "Forwards", "register": "Registrations"}
    size = [(name, f"{counts[event]:,}") for event, name in named.items() if event in counts]
    days = (case.log.end - case.log.start).days
    price = [("Building the section", believed(values, "build_cost", "CNY")), ("A pilot with half of the salespeople", believed(values, "pilot_cost", "CNY")), ("Better content instead, a month", believed(values, "content_monthly", "CNY"))]
    gain = [("Margin of one lead", believed(values, "value_per_lead", "CNY")), ("One more read, to the salesperson", believed(values, "value_per_read", "CNY")), ("Counted over", f"{values['horizon_months']} months")]
    return Exhibits({f"The tool's log, {days} days": size, "What it would cost, as those believe who'd build it": price, "What it would bring, as those believe who ask": gain}, WORDS)


def predict_traffic(case: MarketingCase) -> Sheet:
    """Asks for the share of new readers, the most leads, and whether they would pay."""
    values = case.values
    new = "Of all reads that come because a client passed an article on, how many are by people the tool has never seen?"
    leads = "With today's traffic, how many leads a month could the marketing section add at the very most?"
    pays = "Would so many leads pay for building and owning the section?"
    return Sheet("marketing/traffic", {
        "new_share": Prediction(new, "share", values["guess_new_share_low"], values["guess_new_share_high"], "New readers among forwarded reads"),
        "lead_ceiling": Prediction(leads, "leads a month", values["guess_leads_low"], values["guess_leads_high"], "The most leads a month"),
        "pays": YesOrNo(pays, short="The most leads would pay"),
    })  # fmt: skip


def predict_test(case: MarketingCase) -> Sheet:
    """Asks what readings of an effect are worth, and which way the decision will go."""
    nothing = "Suppose that the section changes nothing at all. Will counting the leads whose last click was in it still credit it with some?"
    months = f"Half of the salespeople get the section, by lot. Can such a test tell within {case.values['months_allowed']:g} months whether the section works?"
    asked = "Will building the section as asked turn out to be worth most, against better content, a pilot, and doing nothing?"
    return Sheet("marketing/test", {
        "last_touch": YesOrNo(nothing, short="Last touch credits a section that does nothing"),
        "in_time": YesOrNo(months, short="A fair test answers in time"),
        "as_asked": YesOrNo(asked, short="Building as asked is worth most"),
    })  # fmt: skip
