"""The cases gone through with nobody watching: what is worked out once in a process is there when somebody does watch."""

import contextlib
import io
import pkgutil
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from inspect import isfunction, signature

from IPython.core.formatters import DisplayFormatter
from ipywidgets import Widget

CASES = ("marketing", "paperwork")


def rehearsal() -> Iterator[Callable[[], None]]:
    """What is to be done, in pieces of less than a second: of each case as shipped, every part of the lesson that needs the case alone."""
    show = DisplayFormatter().format
    for name in CASES:
        case = import_module(f"helpers.decision.{name}.case").open_case({})
        for part in parts(f"helpers.lesson.{name}"):
            yield partial(_shown, part, case, show)
        yield Widget.close_all  # nobody has seen them


def parts(room: str) -> Iterator[Callable]:
    """The functions of the room's modules that take a case and nothing else."""
    for found in pkgutil.iter_modules(import_module(room).__path__, f"{room}."):
        module = import_module(found.name)
        for name, thing in vars(module).items():
            if isfunction(thing) and thing.__module__ == found.name and not name.startswith("_") and list(signature(thing).parameters) == ["case"]:
                yield thing


def _shown(part: Callable, case: object, show: Callable) -> None:
    """Make of the part what a page would get."""
    with contextlib.redirect_stdout(io.StringIO()):
        show(part(case))
