"""What the server imports: first what a kernel needs and our notebooks use, then what a command line needs that runs them; the shipped logs, read; the cases, gone through."""

import importlib
import os
import pkgutil
from collections.abc import Callable, Iterator
from functools import partial

KERNEL = ("ipykernel.kernelapp", "ipykernel.ipkernel", "ipykernel.debugger", "IPython.core.completerlib", "IPython.core.oinspect", "IPython.extensions.storemagic",
          "tornado.platform.asyncio", "psutil", "pandas", "matplotlib.pyplot", "matplotlib.backends.backend_agg", "ipywidgets")  # fmt: skip
NOTEBOOKS = ("helpers.lesson.start", "helpers.lesson.marketing", "helpers.lesson.paperwork", "helpers.lesson.own", "helpers.room.mine")
COMMANDS = ("papermill", "nbconvert", "yaml", "helpers.command.line", "helpers.command.run", "helpers.batch.order", "helpers.batch.run", "helpers.kernel.client", "helpers.kernel.record")
PREPARED = ("helpers.decision.marketing.case", "helpers.decision.paperwork.case", "helpers.lesson.picture", "helpers.batch.page")  # each has a prepare()
REHEARSED = "helpers.lesson.rehearsal"
INLINE = "module://matplotlib_inline.backend_inline"


def preload() -> None:
    """Import what kernels need, as a kernel would: with the backend for figures in cells chosen before matplotlib is there."""
    from helpers.kernel.slim import without_iri_checks

    without_iri_checks()
    chosen = os.environ.setdefault("MPLBACKEND", INLINE)
    for name in (*KERNEL, *NOTEBOOKS):
        _import(name)
    if chosen == INLINE:
        del os.environ["MPLBACKEND"]


def preparations() -> list[Callable[[], None]]:
    """What all runs share, to be done when nobody waits: shipped logs, letters of figures, templates of pages; and what command lines import."""
    return [*(partial(_prepared, name) for name in PREPARED), *(partial(_import, name) for name in COMMANDS)]


def rehearsals() -> Iterator[Callable[[], None]]:
    """The shipped cases part by part, to be done when nobody runs anything: every run after that finds at hand what doesn't hang on its parameters."""
    yield from importlib.import_module(REHEARSED).rehearsal()


def _prepared(name: str) -> None:
    importlib.import_module(name).prepare()


def _import(name: str) -> None:
    """The module, and where it is a package all that is in it."""
    package = importlib.import_module(name)
    if name in NOTEBOOKS and hasattr(package, "__path__"):
        for module in pkgutil.iter_modules(package.__path__, f"{name}."):
            importlib.import_module(module.name)

