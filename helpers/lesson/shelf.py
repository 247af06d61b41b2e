"""The cases on the shelf: which notebook belongs to which declared parameters."""

from dataclasses import dataclass

from helpers.decision.marketing.parameters import PARAMETERS as MARKETING
from helpers.decision.paperwork.parameters import PARAMETERS as PAPERWORK
from helpers.intake.parameters import Parameter


@dataclass(frozen=True)
class Shelved:
    """A case: its title for people and the parameters its notebook declares."""

    title: str
    parameters: list[Parameter]


CASES = {
    "1_marketing_module": Shelved("The marketing-module request", MARKETING),
    "2_paperwork_standardisation": Shelved("The paperwork request", PAPERWORK),
}
