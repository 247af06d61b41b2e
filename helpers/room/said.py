"""What teams predicted in the cases, counted without names: choices by their words, ranges by how many of them reach where."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

FEWEST = 3  # teams among whom nobody can be told apart
PARTS = 6  # that all ranges together are cut into
BLANK = "left blank"
Answer = dict[str, Any]


def counted(answers: Iterable[Answer], seated: int) -> dict[str, int]:
    """How many answers say what, in the order in which it is to be read; empty as long as too few are in to hide who said it (three, or all who are `seated`)."""
    answers = list(answers)
    if len(answers) < min(FEWEST, seated):
        return {}
    blank = sum(not {"low", "yes", "choice"} & answer.keys() for answer in answers)
    said = _ranges([answer for answer in answers if "low" in answer]) | Counter(filter(None, map(_word, answers)))
    return said | ({BLANK: blank} if blank else {})


def _word(answer: Answer) -> str:
    """A choice, or yes or no with the half that its confidence is in."""
    if "yes" in answer:
        return f"{'yes' if answer['yes'] else 'no'}, {'75 % sure or more' if answer.get('confidence', 0) >= 0.75 else 'less than 75 % sure'}"
    return str(answer.get("choice", ""))


def _ranges(answers: list[Answer]) -> dict[str, int]:
    """For each of a few equal parts between the lowest and the highest number said: how many ranges reach into it."""
    if not answers:
        return {}
    ends = [sorted((answer["low"], answer["high"])) for answer in answers]
    least, most = min(low for low, _ in ends), max(high for _, high in ends)
    if least == most:
        return {f"{least:.4g}": len(ends)}
    edges = [*(least + (most - least) * part / PARTS for part in range(PARTS)), most]
    reached = [sum(low < b and high > a or low == high in ({a, b} & {a, most}) for low, high in ends) for a, b in zip(edges, edges[1:])]
    return {f"{a:.4g} to {b:.4g}": count for a, b, count in zip(edges, edges[1:], reached)}
