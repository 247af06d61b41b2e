"""The cases on the shelf: which notebook belongs to which declared parameters."""

from dataclasses import dataclass

from helpers.decision.marketing.parameters import PARAMETERS as MARKETING
from helpers.decision.own.parameters import PARAMETERS as OWN
from helpers.decision.paperwork.parameters import PARAMETERS as PAPERWORK
from helpers.intake.parameters import Parameter


@dataclass(frozen=True)
class Shelved:
    """A case: its title for people, the parameters its notebook declares, the question that it settles, what one leaves with, the minutes it takes.

    by_default: whether it is run where no notebook is named.
    """

    title: str
    parameters: list[Parameter]
    question: str
    leaves: str
    minutes: int = 60
    by_default: bool = True


CASES = {
    "1_marketing_module": Shelved("The marketing-module request", MARKETING, "Operations wants a marketing section in the article tool. Build it?", "a memo with what would flip it"),
    "2_paperwork_standardisation": Shelved("The paperwork request", PAPERWORK, "Clerks drown in paperwork. Hire, put the sheets online, or standardise?", "a process map, a priced plan, a memo"),
    "3_your_own_request": Shelved("Your own request", OWN, "Something has landed on your own desk. What is it worth?", "a memo of your own, and a record of your predictions", 45, by_default=False),
}
