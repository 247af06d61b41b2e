"""The desk of one's own request: what is added to it is kept in a file, and whatever shows the request follows."""

import hashlib
import os
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

import ipywidgets as widgets
from IPython.display import HTML, display

from helpers.decision.own.case import Files, OwnCase
from helpers.decision.own.keeping import start
from helpers.intake.refusal import Refusal
from helpers.lesson.controls import display_living
from helpers.lesson.explorer import Explorer
from helpers.lesson.learner.journal import journal


class Desk:
    """A request as it stands, and who wants to know when it changes."""

    def __init__(self, case: OwnCase):
        self.case = case
        self._watching: list[Callable[[], None]] = []

    def watch(self, tell: Callable[[], None]) -> None:
        """Have `tell` called after every change."""
        self._watching.append(tell)

    def followed_by(self, explorer: Explorer) -> Explorer:
        """The explorer, drawn again after every change."""
        self.watch(lambda: explorer.follow("The request has changed, and the picture with it."))
        return explorer

    def change(self, write: Callable[[Files], None]) -> str:
        """Let `write` change the request's files, read them again and tell everybody; returns where they are, in words. Raises Refusal."""
        files = self._own_files()
        write(files)
        self.case = OwnCase.reread(self.case, files)
        for tell in self._watching:
            tell()
        return "" if journal() else f"It is in {files.options.parent}; give that folder by the parameter 'folder' to go on from there another time."

    def _own_files(self) -> Files:
        """The files of the learner's folder; the shipped example is copied first, and never written to."""
        if self.case.files != Files.of(""):
            return self.case.files
        folder = personal_folder()
        try:
            return Files.of(str(folder))
        except Refusal:
            return start(folder)


def personal_folder() -> Path:
    """Where a learner's, or a room's team's, own request is kept when no folder was given."""
    home = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "casebook" / "request"
    open_journal = journal()
    return home / hashlib.sha256(open_journal.team.encode()).hexdigest()[:16] if open_journal else home


class Living:
    """Something shown of a request, that follows when the request changes.

    name: an id, the same at every run. show: from the case to something with HTML of its own.
    """

    def __init__(self, name: str, desk: Desk, show: Callable[[OwnCase], Any]):
        self.name, self.desk, self.show = name, desk, show
        self.first = show(desk.case)
        self.now = widgets.HTML(self._living(self.first))
        desk.watch(self._follow)

    def _follow(self) -> None:
        self.now.value = self._living(self.show(self.desk.case))

    def _living(self, shown: Any) -> str:
        """What is shown, in place of the static one above it."""
        return f"<style>#{escape(self.name)} {{display: none}}</style>{html_of(shown)}"

    def _ipython_display_(self) -> None:
        display(HTML(f'<div id="{escape(self.name)}">{html_of(self.first)}</div>'))
        display_living(self.now, "")

    def __repr__(self) -> str:
        return repr(self.first)


def html_of(shown: Any) -> str:
    """What is shown as HTML."""
    return shown._repr_html_()
