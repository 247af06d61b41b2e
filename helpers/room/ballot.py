"""Questions to vote on: prepared ones in a file, or what the facilitator asks on the spot."""

import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from helpers.intake.refusal import Refusal

PREPARED = Path(__file__).resolve().parents[2] / "data" / "room" / "votes.yaml"
FEWEST, MOST = 2, 6  # choices


@dataclass(frozen=True)
class Question:
    """A question with its choices. borne_out: the place (from 0) of the choice that the evidence bears out, where there is one; why: shown with it at the reveal."""

    name: str
    text: str
    choices: tuple[str, ...]
    borne_out: int | None = None
    why: str = ""


def asked(text: str, choices: list[str]) -> Question:
    """A question asked on the spot. Raises Refusal where it can't be voted on."""
    return _checked(Question(f"asked {secrets.token_hex(4)}", *_clean(text, choices)), "the question")


def read_ballot(file: Path = PREPARED) -> list[Question]:
    """The questions of a YAML file: a list of name, text, choices and, where there is one, `borne_out` (one of the choices) and `why`. Raises Refusal naming what can't be used."""
    try:
        entries = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise Refusal(f"it can't be read ({error})", where=str(file)) from error
    if not isinstance(entries, list):
        raise Refusal("it is no list of questions", where=str(file), remedy="Each entry: - name: …, text: …, choices: […]")
    questions = [_question(entry, f"{file.name}, entry {place}") for place, entry in enumerate(entries, 1)]
    if len({question.name for question in questions}) < len(questions):
        raise Refusal("two questions have the same name", where=str(file))
    return questions


def _question(entry: Any, where: str) -> Question:
    if not isinstance(entry, dict) or not {"name", "text", "choices"} <= entry.keys() <= {"name", "text", "choices", "borne_out", "why"}:
        raise Refusal("an entry has name, text and choices, and may have borne_out and why", where=where)
    if not isinstance(entry["choices"], list):
        raise Refusal("choices is no list", where=where)
    text, choices = _clean(entry["text"], entry["choices"])
    right = entry.get("borne_out")
    if right is not None and str(right) not in choices:
        raise Refusal(f"borne_out, “{right}”, is none of the choices", where=where)
    place = None if right is None else choices.index(str(right))
    return _checked(Question(str(entry["name"]), text, choices, place, str(entry.get("why", ""))), where)


def _clean(text: Any, choices: list) -> tuple[str, tuple[str, ...]]:
    """Text and choices without stray spaces and empty lines."""
    return " ".join(str(text).split()), tuple(filter(None, (" ".join(str(choice).split()) for choice in choices)))


def _checked(question: Question, where: str) -> Question:
    if not 0 < len(question.name) <= 100 or not question.name.isprintable():
        raise Refusal("its name must have 1 to 100 printable characters", where=where)
    if not 0 < len(question.text) <= 300:
        raise Refusal("it must have 1 to 300 characters", where=where)
    if not FEWEST <= len(set(question.choices)) == len(question.choices) <= MOST or max(map(len, question.choices)) > 120:
        raise Refusal(f"it needs {FEWEST} to {MOST} different choices of at most 120 characters", where=where)
    return question
