"""A learner's journal: what was committed and what came of it. Outside the app there is none, and nothing is kept."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from helpers.room.calibration import Calibration, calibration

if TYPE_CHECKING:
    from helpers.room.store import Store  # it takes a third of a second to load, and only the app needs it

Kept = dict[str, Any]


@dataclass(frozen=True)
class Journal:
    """One learner's or team's own pages in a store."""

    store: "Store"
    team: str

    def answer(self, question: str) -> Kept | None:
        """What was committed to a question; None where nothing was."""
        found = self.store.answer(self.team, question)
        return found.answer if found else None

    def commit(self, question: str, answer: Kept) -> None:
        """Keep an answer for good. Raises Refusal where another one is kept already."""
        self.store.commit(self.team, question, answer)

    def reveal(self, question: str, outcome: Kept) -> None:
        """Keep what came out of a question that was answered."""
        if self.answer(question) is not None:
            self.store.reveal(self.team, question, outcome)

    def pairs(self) -> dict[str, tuple[Kept, Kept]]:
        """All that was revealed, by question: the answer and what came out."""
        answers = {each.question: each.answer for each in self.store.answers_of(self.team)}
        return {question: (answers[question], outcome) for question, outcome in self.store.outcomes_of(self.team).items() if question in answers}

    def record(self) -> Calibration:
        """How well this learner's predictions held so far, over all cases."""
        return calibration(self.pairs().values())


_open: list[Journal] = []


def begin() -> None:
    """Open the journal that this process was started for; the app calls it before the first cell."""
    from helpers.room.mine import mine

    found = mine()
    _open[:] = [Journal(found.store, found.team)] if found else []


def journal() -> Journal | None:
    """The open journal; None outside the app."""
    return _open[0] if _open else None
