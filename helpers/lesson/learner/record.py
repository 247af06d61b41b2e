"""The calibration record: how well a learner's predictions held, over all cases, in plain words."""

import pandas as pd

from helpers.lesson.learner.journal import Journal, journal
from helpers.lesson.say import Said
from helpers.lesson.table import Table
from helpers.room.calibration import BELIEVED, Calibration, brier, hit

NONE_YET = "Your predictions are recorded in the app (`casebook app`), over all cases. Here nothing is kept."


def in_words(record: Calibration) -> str:
    """The record in sentences."""
    if not record.ranges and not record.answers:
        return "You have revealed no predictions yet. Next time, say a range: being wrong costs nothing here, and teaches most."
    return " ".join(filter(None, [_ranges(record), _answers(record)]))


def record() -> Table | Said:
    """Every revealed prediction of this learner, with what came out and what it says about them."""
    kept = journal()
    if kept is None:
        return Said(NONE_YET.replace("`", ""))
    rows = _rows(kept)
    return Table(pd.DataFrame(rows, columns=["Case", "Question", "You said", "It was", "Held"]), in_words(kept.record())) if rows else Said(in_words(kept.record()))


def _rows(kept: Journal) -> list[tuple[str, ...]]:
    rows = []
    for question, (answer, outcome) in kept.pairs().items():
        said, was, held = _told(answer, outcome)
        case, _, name = question.split("/", 2) if question.count("/") == 2 else (question, "", question)
        rows.append((case, name.replace("_", " "), said, was, held))
    return rows


def _told(answer: dict, outcome: dict) -> tuple[str, str, str]:
    if "value" in outcome:
        held = hit(answer, outcome)
        return (f"{answer['low']:g} to {answer['high']:g}" if "low" in answer else "blank", f"{outcome['value']:.3g}", {True: "✓ hit", False: "✗ miss", None: ""}[held])
    if "yes" in outcome:
        score = brier(answer, outcome)
        said = f"{'yes' if answer['yes'] else 'no'}, {100 * answer['confidence']:.0f} % sure" if "yes" in answer else "blank"
        mark = "" if score is None else f"{'✓ right' if answer['yes'] == outcome['yes'] else '✗ wrong'}, Brier {score:.2f}"
        return said, "yes" if outcome["yes"] else "no", mark
    said, was = answer.get("choice", ""), outcome.get("choice", "")
    return said or "blank", was, "" if not said else "✓ hit" if said == was else "✗ miss"


def _ranges(record: Calibration) -> str:
    if not record.ranges:
        return ""
    share, of = record.hits / record.ranges, f"{record.hits} of your {record.ranges} ranges held the outcome"
    if record.ranges < 4:
        return f"{of}; with ranges believed at {BELIEVED:.0%}, about four in five should in the long run."
    lesson = "they are too narrow: widen them" if share < BELIEVED - 0.15 else "they could be narrower" if share > 0.97 else "that is about what you promised"
    return f"{of}, {share:.0%} where you promised {BELIEVED:.0%}: {lesson}."


def _answers(record: Calibration) -> str:
    if not record.answers:
        return ""
    lesson = "better than tossing a coin" if record.brier < 0.24 else "about a coin toss" if record.brier <= 0.26 else "worse than a coin toss: you were sure of the wrong thing"
    return f"Over {record.answers} yes-or-no answer{'s' if record.answers > 1 else ''} your mean Brier score is {record.brier:.2f} (0 is perfect, 0.25 a coin toss): {lesson}."
