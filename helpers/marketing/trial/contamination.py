"""What forwards that run both ways do to a test: controls who are exposed all the same, and how much of the effect is left to see."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

Unit = Literal["reader", "salesperson"]


@dataclass(frozen=True)
class Contamination:
    """Shares of reads exposed to the module: controls, treated, and everybody once it is rolled out; kept: share of the effect a test sees."""

    controls: float
    treated: float
    rolled_out: float

    @property
    def kept(self) -> float:
        """What the difference between the arms is of the effect of a roll-out, if each exposure works alike."""
        return (self.treated - self.controls) / self.rolled_out if self.rolled_out > 0 else 1.0


def contamination(forwarded: float, two_way: float, crossing: float, view_share: float, unit: Unit = "salesperson", split: float = 0.5) -> Contamination:
    """Exposure in both arms when lots are drawn by reader or by salesperson.

    forwarded: share of reads that come by a forward; two_way: share of forwards that carry along what the sender saw; crossing: share of
    those that land with another salesperson; view_share: share of readers who look at the module where it is shown;
    split: share treated. A forward's sender is in the same arm by salesperson unless it crosses, in any arm by reader.
    Exposure e satisfies e = view + (1 - view) · forwarded · two_way · e(sender), solved for both arms at once.
    """
    passed = forwarded * two_way
    stays = 0.0 if unit == "reader" else 1 - crossing
    mixed = (1 - stays) * np.array([1 - split, split])
    sender = mixed + stays * np.eye(2)  # rows: arm of the receiver; columns: arm of the sender (control, treated)
    view = np.array([0.0, view_share])
    controls, treated = np.linalg.solve(np.eye(2) - (1 - view)[:, None] * passed * sender, view)
    return Contamination(float(controls), float(treated), float(view_share / (1 - (1 - view_share) * passed)))
