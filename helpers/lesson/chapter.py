"""What a chapter's functions share: they show a case, and say plainly what its log can't answer."""

import gc
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from IPython.display import Markdown

from helpers.intake.parameters import Parameter, check, given_in
from helpers.lesson import words
from helpers.lesson.say import Said, lacking

DATA = Path(__file__).resolve().parents[2] / "data"


def answers(*names: str) -> Callable[[Callable], Callable]:
    """Mark a chapter function as showing the findings `names`: where the log lacks what they need, it says so instead of drawing."""

    def mark(show: Callable) -> Callable:
        @wraps(show)
        def shown(case: Any, *arguments, **options):
            lacks = lacking(case.findings, names)
            if not lacks:
                return show(case, *arguments, **options)
            return Said(f"This log can't answer it: it holds no {words.listed([lack.replace('_', ' ') for lack in lacks])}.")

        return shown

    return mark


def parameters_of(namespace: dict, declared: list[Parameter]) -> dict:
    """The checked parameters of the notebook whose `globals()` are given. Raises Refusal for an unknown name or a value out of range."""
    return check(given_in(namespace, declared), declared)


def settled(case: Any) -> Any:
    """The case, with all that is in memory by now left out of later garbage collection, which would hold up a slider's answer."""
    gc.freeze()
    return case


def received(name: str) -> Markdown:
    """The request `name` as it was received."""
    return Markdown((DATA / "requests" / f"{name}_request.md").read_text(encoding="utf-8"))
