"""Step iii, the preconditions."""

from collections.abc import Callable
from functools import cached_property

import numpy as np
import pandas as pd

from helpers.decision.paperwork.findings.preconditions import preconditions_findings
from helpers.decision.paperwork.inputs import weights_of
from helpers.decision.paperwork.measured import EXPLAINING, Measured, measure
from helpers.decision.paperwork.money import middle
from helpers.decision.paperwork.steps.pain import PainStep
from helpers.evidence.estimate import Estimate, assumed
from helpers.evidence.findings import Value
from helpers.intake.places import located
from helpers.paperwork.readiness.measures import Measures, measures
from helpers.paperwork.readiness.order import Effect, hours_margin, hours_saved, order_of_work
from helpers.paperwork.readiness.prerequisites import people_needed, read_prerequisites, total_work, work_to_do
from helpers.paperwork.readiness.scores import Readiness, Weights, readiness

PRECONDITIONS = ("document", "touch_time", "party", "kind", "reviews")


class PreconditionsStep(PainStep):
    """Which documents can be standardised, what must be there first, and in which order."""

    @cached_property
    def measured(self) -> Measured | None:
        """Clients a month, and hours per client in all, in explaining and in rework."""
        return measure(self.times, self.counting, self.values["volume"]) if self.can("touch_time", "party", "kind") else None

    @cached_property
    def measures(self) -> Measures | None:
        """The five measures of each document."""
        if not self.can(*PRECONDITIONS):
            return None
        return measures(self.times, np.random.default_rng(self.values["seed"]), self.review_step)

    def readiness_by(self, weights: Weights) -> Readiness:
        """How ready each document is when the measures count so much."""
        return readiness(self.measures, weights)

    @cached_property
    def weights(self) -> Weights:
        """How much each measure counts."""
        return weights_of(self.values["weights"])

    @cached_property
    def readiness(self) -> Readiness | None:
        """How ready each document is under the parameters."""
        return self.readiness_by(self.weights) if self.measures else None

    @cached_property
    def prerequisites(self) -> pd.DataFrame:
        """What each document needs first."""
        file = self.values["prerequisites_file"]
        return read_prerequisites(self.measures.documents, located(file) if file else None)

    @cached_property
    def work(self) -> pd.DataFrame:
        """Person-days still to be worked, per document."""
        return work_to_do(self.prerequisites)

    @cached_property
    def hours_saved(self) -> pd.Series:
        """Clerk hours a year that a standard for each document would save, at the middle of what is believed of its effect and adoption."""
        return self._believed_of(hours_saved)

    @cached_property
    def hours_margin(self) -> pd.Series:
        """How far from that those of all clients may be, in a log too large to be loaded; 0 in any other."""
        return self._believed_of(hours_margin)

    def _believed_of(self, hours: Callable[..., pd.Series]) -> pd.Series:
        believed = middle(self.values)
        effect = Effect(*(float(np.clip(believed[name], 0, 1)) for name in ("standard_explain_cut", "standard_rework_cut")))
        return hours(self.times, effect, EXPLAINING) * (believed["standard_adoption"] * self.values["volume"])

    def order_under(self, budget: float, waterline: float) -> pd.DataFrame:
        """The order of work under a budget of person-days and a waterline."""
        return order_of_work(self.readiness, self.work, self.hours_saved, budget, waterline)

    @cached_property
    def order(self) -> pd.DataFrame | None:
        """The order of work under the parameters."""
        return self.order_under(self.values["budget_days"], self.values["waterline"]) if self.readiness else None

    @property
    def chosen(self) -> list[str]:
        """The documents to be standardised, in order; none where the log knows no documents."""
        return [] if self.order is None else list(self.order.loc[self.order["chosen"], "document"])

    @property
    def nothing_to_standardise(self) -> bool:
        """Whether the log knows documents and none of them was chosen."""
        return self.order is not None and not self.chosen

    @property
    def preparation(self) -> Estimate:
        """Person-days to prepare the chosen documents (0 where none is known)."""
        return total_work(self.work, self.chosen) if self.chosen else assumed(0.0, 0.0, 0.0, "person-days")

    def covered(self, part: str) -> Estimate:
        """Share of the explaining or rework hours that the chosen documents make up; all of it where the log knows no documents."""
        return self.measured.covered(part, self.chosen) if self.order is not None else assumed(1.0, 1.0, 1.0, "share")

    def people(self, weeks: float) -> pd.DataFrame:
        """Whose work the preparation is, and how many people it takes for so many weeks."""
        return people_needed(self.prerequisites[self.prerequisites["document"].isin(self.chosen)], weeks)

    def preconditions_findings(self) -> dict[str, Value]:
        """The findings of this step."""
        if self.order is None:
            return {}
        return preconditions_findings(self.readiness, self.order, self.preparation, (self.covered("explain"), self.covered("rework")))
