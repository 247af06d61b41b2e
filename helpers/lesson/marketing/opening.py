"""The opening: parameters checked, log read, guesses asked for before anything is shown."""

from IPython.display import Markdown

from helpers.decision.marketing.case import MarketingCase, open_case
from helpers.decision.marketing.parameters import PARAMETERS
from helpers.lesson.chapter import parameters_of, received, settled
from helpers.lesson.prediction import Prediction


def open_notebook(namespace: dict) -> MarketingCase:
    """The case of the notebook whose `globals()` are given. Raises Refusal in words for parameters or a log that can't be used."""
    return settled(open_case(parameters_of(namespace, PARAMETERS)))


def guess_new_share(case: MarketingCase) -> Prediction:
    """Asks for the share of forwarded reads whose reader is new."""
    asked = "Of all reads that come because a client passed an article on, how many are by people the tool has never seen?"
    return Prediction(asked, "share", case.values["guess_new_share_low"], case.values["guess_new_share_high"])


def guess_leads(case: MarketingCase) -> Prediction:
    """Asks for the most leads a month that the module could add."""
    asked = "With today's traffic, how many leads a month could the marketing section add at the very most?"
    return Prediction(asked, "leads a month", case.values["guess_leads_low"], case.values["guess_leads_high"])


def request() -> Markdown:
    """The request as it was received."""
    return received("marketing")
