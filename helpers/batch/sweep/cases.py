"""The cases that can be swept: by notebook, how a case is opened from its parameters so that its steps can be remembered."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from helpers.batch.sweep.memory import Memory, open_remembered, part_of, remembering
from helpers.intake.parameters import check
from helpers.intake.refusal import Refusal
from helpers.lesson.shelf import CASES


@dataclass(frozen=True, eq=False)
class Swept:
    """A kind of case. fields: what it begins with, from its parameters; refuse: raises Refusal for texts that can't be used, before anything is worked out;
    parts: attributes that hold the parameters themselves and have steps of their own, with the steps of the case that they begin with.
    """

    kind: type
    parameters: list
    fields: Mapping[str, Callable[[Mapping], object]]
    refuse: Callable[[Mapping], object]
    parts: Mapping[str, tuple[type, Mapping[str, str]]] = field(default_factory=dict)
    memory: Memory = field(default_factory=Memory)

    @cached_property
    def remembering(self) -> type:
        """The same kind with its steps remembered."""
        found = remembering(self.kind, self.memory, self.fields)
        for name, (kind, fields) in self.parts.items():
            part_of(found, name, kind, self.memory, fields)
        return found

    def fault(self, given: Mapping[str, object]) -> str:
        """What is wrong with these parameters before anything is worked out, in words; '' where nothing is."""
        try:
            self.refuse(check(given, self.parameters))
        except Refusal as refusal:
            return refusal.words()
        return ""

    def findings(self, given: Mapping[str, object]) -> list[dict]:
        """The records of all findings under these parameters. Raises Refusal where the case can't bear them."""
        values = check(given, self.parameters)
        self.refuse(values)
        return open_remembered(self.remembering, values, self.memory).findings.records()


def swept(notebook: str) -> Swept:
    """How the case of this notebook (its name without ending) is swept. Raises Refusal for a notebook without such a case."""
    if notebook not in OPENERS:
        raise Refusal(f"{notebook} has no functions of its own to sweep over", remedy=f"run it with casebook batch; swept can be {', '.join(OPENERS)}")
    return OPENERS[notebook]()


def _marketing() -> Swept:
    from helpers.decision.marketing.case import MarketingCase
    from helpers.decision.marketing.inputs import check_texts, log_of
    from helpers.decision.marketing.verdict import Verdict

    parts = {"verdict": (Verdict, {"known": "known", "upkeep": "upkeep", "test": "plan"})}
    return Swept(MarketingCase, CASES["1_marketing_module"].parameters, {"log": log_of}, check_texts, parts)


def _paperwork() -> Swept:
    from helpers.decision.beliefs import believed
    from helpers.decision.paperwork.case import PaperworkCase
    from helpers.decision.paperwork.inputs import calendar_of, log_of, weights_of
    from helpers.decision.paperwork.plan import ASSUMPTIONS

    def refuse(values: Mapping) -> None:
        calendar_of(values), weights_of(values["weights"]), believed(ASSUMPTIONS, values)

    return Swept(PaperworkCase, CASES["2_paperwork_standardisation"].parameters, {"log": log_of, "calendar": calendar_of}, refuse)


def _own() -> Swept:
    from helpers.decision.own.case import OwnCase, claims_of, files_of, log_of, plan_of, refuse, text_of

    fields = {"files": files_of, "plan": plan_of, "stated": claims_of, "request": text_of, "log": log_of}
    return Swept(OwnCase, CASES["3_your_own_request"].parameters, fields, refuse)


OPENERS = {"1_marketing_module": _marketing, "2_paperwork_standardisation": _paperwork, "3_your_own_request": _own}
