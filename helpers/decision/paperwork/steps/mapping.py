"""Step i, the map."""

from functools import cached_property

import pandas as pd

from helpers.decision.paperwork.findings.mapping import map_findings
from helpers.decision.paperwork.steps.start import Start
from helpers.evidence.estimate import Estimate
from helpers.evidence.findings import Value
from helpers.paperwork.process.communication import Communication, communication
from helpers.paperwork.process.documents import documents_per_client, time_per_client, time_per_document
from helpers.paperwork.process.process_map import ProcessMap, process_map
from helpers.paperwork.process.variants import Variants, variants


class MapStep(Start):
    """What is prepared, in which order, by whom, how long."""

    @cached_property
    def process(self) -> ProcessMap:
        """The whole process map with median times."""
        return process_map(self.log, self.calendar)

    @cached_property
    def ways(self) -> Variants:
        """The ways through the office, most frequent first."""
        return variants(self.log)

    @cached_property
    def per_document(self) -> pd.DataFrame | None:
        """Hours per document and party."""
        return time_per_document(self.times) if self.can("touch_time", "document") else None

    @cached_property
    def per_client(self) -> dict[str, Estimate]:
        """Hours per client by party; empty where the log has no touch time."""
        return time_per_client(self.times) if self.can("touch_time") else {}

    @cached_property
    def talk(self) -> Communication | None:
        """The share of clerk time that is communication."""
        return communication(self.times) if self.can("touch_time", "party", "kinds_of_communication") else None

    @property
    def clerk_steps(self) -> list[str]:
        """The steps that take clerks' time (all steps where the log doesn't say whose), in the order in which they first occur."""
        frame = self.log.handlings
        return list(frame.loc[frame["party"] != "client" if self.can("party") else slice(None), "step"].unique())

    def map_findings(self) -> dict[str, Value]:
        """The findings of this step."""
        documents = documents_per_client(self.log) if self.can("document") else None
        return map_findings(self.log, documents, self.per_client, self.per_document, self.talk, self.ways, self.process)
