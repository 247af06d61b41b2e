"""The verdict: each claim of the request judged by the findings, and the memo of one page."""

from functools import cached_property

from helpers.decision.ledger import Judged, ledger, read_claims
from helpers.decision.memo import Brief, Memo, Picture, Step, compose, read_brief, status_quo
from helpers.decision.paperwork.steps.plan import PlanStep
from helpers.decision.paperwork.steps.start import SIMULATION
from helpers.decision.uncertainty import Assumption
from helpers.decision.wording import capital
from helpers.intake.engine.sources import LOADED_MB
from helpers.intake.places import DATA
from helpers.intake.refusal import Refusal
from helpers.paperwork.needs import LACKS

REQUESTS = DATA / "requests"
REMEDIES = {
    "kinds_of_communication": "say which activities are of kind explain, send, manage or feedback",
    "reviews": "say which activity is the review",
    "number_of_clerks": "map a resource column, or say how many clerks there are",
    "enough_clients": "export a longer stretch of the log",
}
SHORTER = f"export a shorter stretch of the log, of under {LOADED_MB} MB as text: one that is loaded whole can be simulated and priced"


class VerdictStep(PlanStep):
    """What is to be done, and what would change our mind."""

    @cached_property
    def brief(self) -> Brief:
        """What the memo says beside numbers."""
        return read_brief(REQUESTS / "paperwork_memo.yaml")

    @cached_property
    def claims(self) -> tuple[Judged, ...]:
        """The claims of the request with their computed status."""
        return ledger(read_claims(REQUESTS / "paperwork_claims.yaml"), self.findings)

    @property
    def weightiest_first(self) -> list[Assumption]:
        """All unknowns, those that move the value most first."""
        place = {swing.name: number for number, swing in enumerate(self.money.swings)}
        return sorted(self.money.unknowns, key=lambda each: place[each.name])

    def memo(self, picture: Picture | None = None) -> Memo:
        """The memo: the choice and its grounds, or, where this log can't carry a choice, what to measure first."""
        if not self.can_simulate:
            return self._measure_first
        money, horizon = self.money, f"{self.values['horizon_months']} months"
        return compose(
            self.brief, self.findings, self.claims, money.worth, horizon, flips=money.flips, assumptions=self.weightiest_first,
            worth_knowing=money.worth_knowing, cannot_answer=self.lacks.values(), notes=self._notes, picture=picture)  # fmt: skip

    @property
    def _notes(self) -> list[str]:
        """What the reader of the memo has to know of how it came about."""
        test, notes = self.back_test, []
        notes.append(f"The simulation was not held against the log: {test.what}." if isinstance(test, Refusal) else test.words()[-1])
        notes += [f"Refused: {name}: {refusal.what}. {refusal.remedy}." for name, refusal in self.trial.refused.items()]
        if self.nothing_to_standardise:
            notes.append("No document is ready for a standard within the budget, so standardising is not among the options.")
        return [*notes, "Freed clerk hours are capacity, not money: only whole clerks released count as cash, and clients' hours never do."]

    @property
    def _measure_first(self) -> Memo:
        """The memo of a log from which no option can be priced."""
        missing = [name for name in SIMULATION if name not in self.capabilities]
        text = "Measure first. From this log no option can be priced, and this memo invents no number for what isn't in it."
        next_steps = tuple(Step("Owner of the log", remedy(name, self.log.sampled), "before deciding") for name in missing[:4])
        lacks = tuple(f"{capital(words)}." for words in self.lacks.values())
        return Memo(self.brief.title, self.brief.question, text, (), (), status_quo(self.brief, self.findings) + self._told(), self.claims, (), (), lacks, next_steps)

    def _told(self) -> tuple[str, ...]:
        """What such a log does tell."""
        return status_quo(_with(self.brief, STILL_TOLD), self.findings)


STILL_TOLD = (
    "The log holds {clients} and {handlings}; {variants} lead through it.",
    "Of all handlings {rework_share} repeat a step that was there before.",
    "It takes {mean_steps} from beginning to end; the fewest that ever did are {fewest_steps}.",
    "The step that takes longest in all, work and waiting together: {longest_step}.",
)


def _with(brief: Brief, sentences: tuple[str, ...]) -> Brief:
    return Brief(brief.title, brief.question, brief.asked, sentences, brief.next_steps)


def remedy(capability: str, sampled: bool = False) -> str:
    """What to do about a capability that the log lacks; sampled: a log too large to be loaded lacks clients only in its sample."""
    return capital(SHORTER if sampled and capability == "enough_clients" else REMEDIES.get(capability) or LACKS[capability][1])
