"""Case 2: what is believed, what can be chosen, and what is settled: the unknowns, the options and the plan."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from helpers.decision.money import Convention
from helpers.decision.uncertainty import Assumption, measured
from helpers.evidence.estimate import Estimate

ASSUMPTIONS = (
    Assumption("growth_per_year", 0.05, 0.25, "share", "growth of clients per year", floor=-0.9),
    Assumption("margin_per_client", 800, 2000, "CNY", "margin of one more client served, before clerks' wages", shape="lognormal"),
    Assumption("kept_per_day", 0.0, 0.008, "share", "clients kept for each day that the lead time is shorter", floor=0.0),
    Assumption("clerk_cost", 9_000, 12_000, "CNY", "one clerk per month, all told", floor=0.0),
    Assumption("hiring_cost", 5_000, 15_000, "CNY", "finding and teaching one new clerk", shape="lognormal"),
    Assumption("day_rate", 1_100, 1_700, "CNY", "one person-day of development or preparation", floor=0.0),
    Assumption("excel_days", 10, 30, "person-days", "putting the Excel sheets online", shape="lognormal"),
    Assumption("excel_run", 400, 1_200, "CNY", "running the online sheets, per month", shape="lognormal"),
    Assumption("excel_explain_cut", -0.02, 0.08, "share", "explaining time that online sheets save", ceiling=1.0),
    Assumption("excel_rework_cut", -0.08, 0.08, "share", "rework that online sheets save", ceiling=1.0),
    Assumption("excel_adoption", 0.45, 0.80, "share", "clients who use online sheets once settled", floor=0.0, ceiling=1.0),
    Assumption("standard_days", 50, 130, "person-days", "developing templates, checks and upload", shape="lognormal"),
    Assumption("prerequisite_days", 25, 60, "person-days", "preparing what the chosen documents need first", shape="lognormal"),
    Assumption("standard_run", 1_500, 4_000, "CNY", "running and owning the standards, per month", shape="lognormal"),
    Assumption("standard_explain_cut", 0.40, 0.75, "share", "explaining time that a standardised document saves", ceiling=1.0),
    Assumption("standard_rework_cut", 0.30, 0.65, "share", "rework that a standardised document saves", ceiling=1.0),
    Assumption("standard_adoption", 0.50, 0.85, "share", "clients who use the standards once settled", floor=0.0, ceiling=1.0),
)


def measured_unknowns(clients_per_month: Estimate, clerk_hours: Estimate, explain_hours: Estimate, rework_hours: Estimate) -> tuple[Assumption, ...]:
    """What the log tells, as unknowns: clients per month, and per client the clerk hours in all, explaining and sending, and in rework."""
    return (
        measured("clients_per_month", clients_per_month, "clients per month today", floor=0.0),
        measured("clerk_hours", clerk_hours, "clerk hours per client", floor=0.0),
        measured("explain_hours", explain_hours, "clerk hours per client spent explaining and sending", floor=0.0),
        measured("rework_hours", rework_hours, "clerk hours per client spent on rework", floor=0.0),
    )


@dataclass(frozen=True)
class PaperworkOption:
    """One option: clerks hired and in which month; the month in which Excel online or standardising is begun (None: never).

    follow_demand: hire further whole clerks whenever the work asks for them.
    """

    name: str
    hire: int = 0
    hire_from: int = 0
    excel_from: int | None = None
    standard_from: int | None = None
    follow_demand: bool = False

    @property
    def changes_work(self) -> bool:
        """Whether documents are done in a new way, rather than by more people."""
        return self.excel_from is not None or self.standard_from is not None


NOTHING = PaperworkOption("do nothing")
OPTIONS = (
    NOTHING,
    PaperworkOption("hire one clerk", hire=1),
    PaperworkOption("hire two clerks", hire=2),
    PaperworkOption("Excel online", excel_from=0),
    PaperworkOption("standardise", standard_from=0),
    PaperworkOption("hire one and standardise", hire=1, standard_from=0),
    PaperworkOption("Excel online, then standardise", excel_from=0, standard_from=9),
)


@dataclass(frozen=True)
class PaperworkPlan:
    """What is settled. Months, clerks, and hours of one clerk per month; shares of 1.

    max_utilisation: beyond it clients are turned away. service_margin: clerks kept above the load, times the load's square root.
    may_release: the most clerks who would leave without being replaced. *_live: months from the start to going live; *_ramp: from there to
    settled adoption. *_covered: share of the explaining and of the rework hours that the chosen documents make up. training_hours: per clerk
    when a new way goes live. lead_days_saved: simulated, by way ("hire": per clerk hired; "excel", "standard": once settled).
    """

    months: int = 36
    annual_rate: float = 0.08
    convention: Convention = "period 0"
    clerks: int = 8
    hours_per_clerk: float = 165.0
    max_utilisation: float = 0.95
    service_margin: float = 0.4
    may_release: int = 3
    onboarding: int = 3
    excel_live: int = 2
    excel_ramp: int = 3
    standard_live: int = 5
    standard_ramp: int = 6
    training_hours: float = 12.0
    explain_covered: float = 0.85
    rework_covered: float = 0.85
    lead_days_saved: Mapping[str, float] = field(default_factory=dict)
