"""The cases on the shelf: which notebook belongs to which declared parameters."""

from dataclasses import dataclass

from helpers.decision.marketing.parameters import PARAMETERS as MARKETING
from helpers.decision.paperwork.parameters import PARAMETERS as PAPERWORK
from helpers.intake.parameters import Parameter


@dataclass(frozen=True)
class Shelved:
    """A case: its title for people, the parameters its notebook declares, the question that it settles, and the minutes it takes."""

    title: str
    parameters: list[Parameter]
    question: str
    minutes: int = 60


CASES = {
    "1_marketing_module": Shelved("The marketing-module request", MARKETING, "Operations wants a marketing section in the article tool. Build it?"),
    "2_paperwork_standardisation": Shelved("The paperwork request", PAPERWORK, "Clerks drown in paperwork. Hire, put the sheets online, or standardise?"),
}
