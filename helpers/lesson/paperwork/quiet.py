"""For the second thing that a cell shows: silent where the first has already said what the log lacks."""

from collections.abc import Callable
from functools import wraps

from helpers.lesson.say import Said, lacking

NOTHING = Said("")


def beside(*names: str) -> Callable[[Callable], Callable]:
    """Mark a chapter function as showing the findings `names`; where the log lacks what they need it shows nothing."""

    def mark(show: Callable) -> Callable:
        @wraps(show)
        def shown(case, *arguments, **options):
            return NOTHING if lacking(case.findings, names) else show(case, *arguments, **options)

        return shown

    return mark
