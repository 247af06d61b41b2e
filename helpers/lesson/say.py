"""Prose that quotes findings: every number in it comes from a documented finding, never from the keyboard."""

from dataclasses import dataclass
from html import escape
from string import Formatter

from helpers.evidence.findings import Findings
from helpers.lesson import words


@dataclass(frozen=True)
class Said:
    """A paragraph for a notebook: shown as text in every reader."""

    text: str

    def _repr_html_(self) -> str:
        return f"<p>{escape(self.text)}</p>"

    def __repr__(self) -> str:
        return self.text


def say(template: str, findings: Findings) -> Said:
    """The template with each {finding_name} told in words: number, interval, basis; {name:bare} tells the number alone.

    A finding that this log can't give is told as what the log lacks. Raises KeyError for a name that is not documented.
    """
    parts = ((before, _told(name, form, findings) if name else "") for before, name, form, _ in Formatter().parse(template))
    return Said("".join(before + told for before, told in parts))


def lacking(findings: Findings, names: tuple[str, ...]) -> list[str]:
    """What the log would have to hold for the findings `names`, and does not, each once."""
    return sorted({need for name in names for need in findings.lacks(name)})


def _told(name: str, form: str | None, findings: Findings) -> str:
    lacks = findings.lacks(name)
    if lacks:
        return f"(this log can't tell: it holds no {words.listed([lack.replace('_', ' ') for lack in lacks])})"
    value = findings.get(name)
    if value is None and name in findings.entries:
        return "(nothing in this log to tell it from)"
    value = findings[name]
    return value if isinstance(value, str) else words.estimate(value, bare=form == "bare")
