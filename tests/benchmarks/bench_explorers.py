"""How long every explorer takes to answer: compute plus drawing from the moved control to the new picture.

Moves each control of each explorer to its ends and back on the shipped data; prints medians in ms and the slowest answer. Run by name.
"""

import inspect
import pkgutil
from importlib import import_module
from statistics import median
from time import perf_counter

from helpers.decision.marketing.case import open_case as open_marketing
from helpers.decision.paperwork.case import open_case as open_paperwork
from helpers.lesson.chapter import settled
from helpers.lesson.explorer import Explorer

LIMIT_MS = 150
ROUNDS = 5


def explorers(room: str, case) -> dict[str, Explorer]:
    """Every explorer that the chapters of a case offer, by name."""
    package = import_module(f"helpers.lesson.{room}")
    modules = [import_module(f"helpers.lesson.{room}.{found.name}") for found in pkgutil.iter_modules(package.__path__)]
    shows = [show for module in modules for _, show in inspect.getmembers(module, inspect.isfunction) if show.__module__ == module.__name__]
    made = [show(case) for show in shows if "Explorer" in str(inspect.signature(show).return_annotation)]
    return {explorer.name: explorer for explorer in made if isinstance(explorer, Explorer)}


def ends(control) -> list:
    """The values to move a control to: the ends of a slider, the options of a list, and where it was."""
    widget = control.widget
    options = [option[1] if isinstance(option, tuple) else option for option in widget.options] if hasattr(widget, "options") else [widget.min, widget.max]
    return [*(option for option in options if option != control.value), control.value]


def answers(explorer: Explorer) -> list[float]:
    """Milliseconds from each move to its picture, the first round left out."""
    took = []
    for _ in range(ROUNDS + 1):
        for control in explorer.controls.values():
            for value in ends(control):
                start = perf_counter()
                control.widget.value = value
                took.append(1000 * (perf_counter() - start))
    return took[len(took) // (ROUNDS + 1) :]


def main() -> None:
    """Print each explorer's median and slowest answer, and whether all medians keep the limit."""
    medians = {}
    for room, case in (("marketing", open_marketing({})), ("paperwork", open_paperwork({}))):
        for name, explorer in explorers(room, settled(case)).items():
            took = answers(explorer)
            medians[name] = median(took)
            print(f"{room:10} {name:36} median {median(took):5.0f} ms   slowest {max(took):5.0f} ms")
    over = [name for name, took in medians.items() if took > LIMIT_MS]
    print(f"all medians under {LIMIT_MS} ms" if not over else f"over {LIMIT_MS} ms: {', '.join(over)}")


if __name__ == "__main__":
    main()
