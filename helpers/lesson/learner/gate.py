"""What must be committed before the next thing is shown. It matters in the app alone: a notebook shows everything at once."""

from IPython.display import display

COMMITTED = "application/vnd.casebook.committed+json"
_awaited: set[str] = set()


def asked(name: str) -> None:
    """A prediction was asked for and isn't committed yet."""
    _awaited.add(name)


def committed(name: str) -> None:
    """A prediction is committed; who runs the app's cells is told."""
    if name in _awaited:
        _awaited.discard(name)
        display({COMMITTED: {"name": name}, "text/plain": ""}, raw=True)


def is_open() -> bool:
    """Whether nothing is waited for."""
    return not _awaited
