"""Step ii, the pain."""

from functools import cached_property

import pandas as pd

from helpers.decision.paperwork.findings import pain
from helpers.decision.paperwork.steps.mapping import MapStep
from helpers.decision.paperwork.ways import CutLog, lead_time_after, parts_of_way
from helpers.evidence.findings import Value
from helpers.paperwork.pain.first_time_right import outcomes
from helpers.paperwork.pain.lead_time import FlowEfficiency, flow_efficiency, sojourn
from helpers.paperwork.pain.longest import Longest, longest
from helpers.paperwork.pain.open_cases import LeadTime, lead_time
from helpers.paperwork.pain.rework import Counting, rework_of_steps, rework_share
from helpers.paperwork.pain.rework_cost import ReworkCost, rework_cost
from helpers.paperwork.pain.waiting import waiting
from helpers.paperwork.process.paths import Paths, paths


class PainStep(MapStep):
    """Where time goes, waits, and comes again."""

    @cached_property
    def counting(self) -> Counting:
        """What counts as rework."""
        return Counting(same_resource=self.values["repeats"] == "same person")

    @cached_property
    def lead_times(self) -> LeadTime | None:
        """Lead time in days by the clock, open cases censored."""
        return lead_time(self.times, "days") if self.can("closing") else None

    def lead_time_after(self, weeks: int) -> CutLog:
        """The lead time as it would have been seen had the log ended so many weeks after its first moment."""
        return lead_time_after(self.times, weeks)

    @cached_property
    def flow(self) -> FlowEfficiency | None:
        """How much of the way anyone works."""
        return flow_efficiency(self.times) if self.can("touch_time") else None

    @cached_property
    def longest(self) -> Longest | None:
        """The steps by the time they take."""
        return longest(self.times) if self.can("touch_time") else None

    @cached_property
    def sojourn(self) -> pd.DataFrame:
        """How long documents stay at each step, waiting and work together, the longest in all first; empty where no step follows another."""
        return sojourn(self.times)

    @cached_property
    def waits(self) -> pd.DataFrame | None:
        """The wait before each handling by cause."""
        return waiting(self.times) if self.can("touch_time", "party") else None

    @cached_property
    def parts_of_way(self) -> pd.DataFrame:
        """Business hours that a document is on its way, by what they are made of; needs touch time and parties."""
        return parts_of_way(self.times, self.waits)

    @cached_property
    def rework(self) -> pd.DataFrame:
        """Repeats per step."""
        return rework_of_steps(self.log, self.counting)

    @cached_property
    def rework_cost(self) -> ReworkCost | None:
        """What rework costs."""
        return rework_cost(self.times, self.wage, self.counting) if self.can("touch_time") else None

    @cached_property
    def outcomes(self) -> pd.DataFrame:
        """How every item came out at every step the first time."""
        return outcomes(self.log, self.counting)

    @cached_property
    def review_step(self) -> str | None:
        """The step at which documents are judged: of kind review, the most frequent."""
        if not self.can("reviews"):
            return None
        frame = self.log.handlings
        return str(frame.loc[frame["kind"] == "review", "step"].mode().iloc[0])

    @cached_property
    def paths(self) -> Paths:
        """Steps taken against the fewest that would do."""
        return paths(self.log)

    def pain_findings(self) -> dict[str, Value]:
        """The findings of this step."""
        found = pain.rework_findings(rework_share(self.log, self.counting), self.rework_cost, self.rework) | pain.way_findings(self.paths)
        found |= pain.sojourn_findings(self.sojourn) if len(self.sojourn) else {}
        for part, findings_of in ((self.longest, pain.longest_findings), (self.flow, pain.efficiency_findings), (self.lead_times, pain.lead_time_findings)):
            found |= findings_of(part) if part is not None else {}
        if self.waits is not None:
            found |= pain.waiting_findings(self.times, self.waits)
        if self.review_step:
            found |= {"exception_share": pain.exception_share(self.log)} | pain.right_findings(self.outcomes, self.review_step)
        return found
