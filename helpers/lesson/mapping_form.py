"""A form that proposes which of a log's columns plays which part, says why, and keeps what was settled beside the log."""

from collections.abc import Mapping
from html import escape
from pathlib import Path

import ipywidgets as widgets
import pandas as pd

from helpers.intake.columns.mapping_file import MappingFile, beside, read_mapping_file, write_mapping_file
from helpers.intake.columns.names import known_names
from helpers.intake.columns.proposal import Proposal, propose_columns, propose_words
from helpers.intake.dictionary import Column, read_dictionary
from helpers.intake.places import located
from helpers.intake.reading.source import read_table
from helpers.intake.reading.table import Options
from helpers.intake.refusal import Refusal
from helpers.lesson.controls import LETTER, display_living, status
from helpers.lesson.say import Said

WORDS_OF = {"marketing": "event", "paperwork": "activity"}  # the column whose words are told apart
SECTION = {"marketing": "events", "paperwork": "kinds"}
ONE_OF = {"marketing": (), "paperwork": ("time", "start", "end")}
MOST_WORDS = 30


def map_columns(case: str, log_file: str, **options: str) -> "MappingForm | Said":
    """The form for a log of a case ("marketing", "paperwork"); options as for reading it (sheet, encoding, ...). Says what to do where no file is named."""
    if not log_file:
        return Said("Put the path of your log between the quotation marks and run this cell: a form shows which of its columns seems to be what.")
    path = located(log_file)
    return MappingForm(case, read_table(path, options=Options(**options)).frame, beside(path))


class MappingForm:
    """The form. case: whose columns; frame: the log as text; file: where the mapping is kept, and from where one that is kept already is taken up."""

    def __init__(self, case: str, frame: pd.DataFrame, file: Path):
        self.case, self.frame, self.file = case, frame, file
        self.known = read_dictionary(case).table("events")
        self.kept = read_mapping_file(file) if file.is_file() else MappingFile()
        self.proposal = propose_columns(frame, self.known, known_names(case, "column"), ONE_OF[case], known_names(case, "event"))
        chosen = dict(self.kept.columns) or self.proposal.mapping()
        self.columns = {ours: self._field(_asked(ours, column), list(map(str, frame.columns)), chosen.get(ours, "")) for ours, column in self.known.items()}
        self.words: dict[str, widgets.Combobox] = {}
        self.words_box, self.says = widgets.VBox(), widgets.HTML(status("Nothing is kept yet."))
        self.columns[WORDS_OF[case]].observe(lambda _: self._show_words(), names="value")
        self.button = widgets.Button(description="Keep the mapping", tooltip=f"Keep it in {file.name}", layout={"width": "auto"})
        self.button.on_click(lambda _: self.keep())
        self._show_words()

    @staticmethod
    def _field(label: str, options: list[str], value: str) -> widgets.Combobox:
        """A line of text with the possible words to choose from; unlike a list it leaves JupyterLab's keys alone."""
        return widgets.Combobox(description=label, tooltip=label, options=options, value=value, placeholder="none", layout={"width": "30em", "max_width": "100%"})

    def _show_words(self) -> None:
        """A field for each of the words in the column of events or activities, with what it seems to stand for."""
        column, known = self.columns[WORDS_OF[self.case]].value, known_names(self.case, "event")
        found = self.frame[column].dropna().value_counts().index[:MOST_WORDS].tolist() if column in self.frame else []
        proposed = {pair.theirs: pair for pair in propose_words(found, known).pairs}
        kept = _by_theirs(self.case, self.kept)
        self.words = {word: self._field(word, list(known), kept.get(word) or (proposed[word].ours if word in proposed else "")) for word in found}
        _align(self.words.values())
        head = widgets.HTML(f"<p>What its words stand for ({escape(', '.join(known))}); blank: something else.</p>") if found else widgets.HTML("")
        self.words_box.children = [head, *(self._line(field, proposed[word].reason if word in proposed else "") for word, field in self.words.items())]

    @staticmethod
    def _line(field: widgets.Widget, reason: str) -> widgets.HBox:
        return widgets.HBox([field, widgets.HTML(f'<span style="margin-left:.6em">{escape(reason)}</span>')], layout={"flex_flow": "row wrap"})

    def mapping(self) -> MappingFile:
        """What the form says. Raises Refusal for a column or word that isn't there, or where a required column has none."""
        columns = {ours: field.value.strip() for ours, field in self.columns.items() if field.value.strip()}
        odd = next((name for name in columns.values() if name not in self.frame), None)
        if odd is not None:
            raise Refusal(f"the log has no column '{odd}'", remedy="choose one of those that are offered")
        lacking = [ours for ours, column in self.known.items() if column.required and ours not in columns]
        if lacking or (ONE_OF[self.case] and not set(ONE_OF[self.case]) & set(columns)):
            raise Refusal(f"nothing is chosen for {', '.join(lacking) or ' or '.join(ONE_OF[self.case])}", remedy="choose its column")
        words = {word: field.value.strip() for word, field in self.words.items() if field.value.strip()}
        unknown = next((ours for ours in words.values() if ours not in known_names(self.case, "event")), None)
        if unknown is not None:
            raise Refusal(f"'{unknown}' is none of ours", remedy=f"use one of {', '.join(known_names(self.case, 'event'))}")
        return MappingFile(columns, **{SECTION[self.case]: _to_keep(self.case, words)}, reading=self.kept.reading)

    def keep(self) -> None:
        """Write the mapping beside the log, whole or not at all, and say so; what can't be kept is said too."""
        try:
            write_mapping_file(self.file, self.mapping())
        except Refusal as refusal:
            self.says.value = status(f"Not kept: {refusal.words()}")
            return
        self.says.value = status(f"Kept in {self.file.name}. Give the notebook log_file and run it: the mapping is found beside the log.")

    @property
    def box(self) -> widgets.VBox:
        """The form as one widget."""
        _align(self.columns.values())
        reasons = {pair.ours: pair.reason + ("" if pair.certain else ": please check") for pair in self.proposal.pairs} if not self.kept.columns else {}
        lines = [self._line(field, reasons.get(ours) or self.known[ours].meaning) for ours, field in self.columns.items()]
        return widgets.VBox([*lines, self.words_box, widgets.HBox([self.button]), self.says])

    def _ipython_display_(self) -> None:
        display_living(self.box, f"Run the notebook to map the columns. Proposed: {_in_words(self.proposal)}.")


def _asked(ours: str, column: Column) -> str:
    return f"{ours} (required)" if column.required else ours


def _by_theirs(case: str, kept: MappingFile) -> dict[str, str]:
    """The file's words -> ours, whichever way round the section is written."""
    if SECTION[case] == "kinds":
        return dict(kept.kinds)
    return {word.strip(): ours for ours, theirs in kept.events.items() for word in theirs.split("|")}


def _to_keep(case: str, words: Mapping[str, str]) -> dict[str, str]:
    if SECTION[case] == "kinds":
        return dict(words)
    return {ours: " | ".join(word for word, each in words.items() if each == ours) for ours in dict.fromkeys(words.values())}


def _align(fields) -> None:
    """Give all labels the width of the longest, so that none is cut and the fields stand below each other."""
    fields = list(fields)
    width = max((LETTER * len(field.description) for field in fields), default=0) + 2
    for field in fields:
        field.style.description_width = f"{min(width, 20):.1f}em"


def _in_words(proposal: Proposal) -> str:
    return proposal.text() or "nothing, no name is known"
