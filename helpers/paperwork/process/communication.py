"""The claim that at least two thirds of a clerk's time per client is explaining: the share, in both readings, against the threshold."""

from dataclasses import dataclass

import pandas as pd

from helpers.evidence.estimate import Estimate
from helpers.evidence.fixed_share import share_against
from helpers.intake.held import held
from helpers.intake.refusal import Refusal
from helpers.paperwork.durations import Timed, settled_cases
from helpers.paperwork.office_log import COMMUNICATION
from helpers.paperwork.needs import require

CLAIMED = 2 / 3


@dataclass(frozen=True)
class Communication:
    """What share of clerk time is communication.

    ratio_of_means: of all clerk hours (long clients count more); mean_of_ratios: of a client's clerk time, on average over clients. They
    answer different questions and differ where long clients need more or less explaining than short ones. above_ratio, above_mean:
    one-sided p-values against the claimed share or less, clustered by client. claimed: the threshold. clients: how many bear it.
    """

    ratio_of_means: Estimate
    mean_of_ratios: Estimate
    above_ratio: float
    above_mean: float
    claimed: float
    clients: int

    @property
    def borne_out(self) -> bool:
        """Whether both readings lie above the claimed share with all of their intervals."""
        return min(self.ratio_of_means.low, self.mean_of_ratios.low) > self.claimed


@held
def communication(times: Timed, kinds: tuple[str, ...] = COMMUNICATION, claimed: float = CLAIMED) -> Communication:
    """The share of clerk time that goes into these kinds of work, over the settled cases.

    Raises Refusal where the log can't tell work, party or kind.
    """
    hours = clerk_hours(times, kinds)
    ratios = hours["talk"] / hours["all"]
    of_hours, of_clients = share_against(hours["talk"], hours["all"], claimed), share_against(ratios, ratios * 0 + 1, claimed)
    return Communication(
        ratio_of_means=of_hours.estimate,
        mean_of_ratios=of_clients.estimate,
        above_ratio=of_hours.p_at_most,
        above_mean=of_clients.p_at_most,
        claimed=claimed,
        clients=len(hours),
    )


def clerk_hours(times: Timed, kinds: tuple[str, ...] = COMMUNICATION) -> pd.DataFrame:
    """Clerk hours of each settled client: `all`, and `talk` spent on these kinds of work. Clients without clerk time are left out."""
    require(times.log, "touch_time", "party", "kind")
    frame = times.frame[(times.frame["party"] == "clerk") & times.frame["case"].isin(settled_cases(times))]
    if not frame["kind"].isin(kinds).any():
        raise Refusal(f"no clerk's work is of kind {', '.join(kinds)}", times.log.source, "say which activities are of these kinds")
    talk = frame["touch_h"].where(frame["kind"].isin(kinds), 0.0)
    hours = pd.DataFrame({"all": frame["touch_h"], "talk": talk}).groupby(frame["case"]).sum()
    return hours[hours["all"] > 0]
