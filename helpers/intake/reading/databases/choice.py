"""Which of a database's tables is meant."""

from collections.abc import Callable, Collection, Mapping, Sequence

from helpers.intake.refusal import Refusal

MOST_ROWS = 5_000_000  # as text cells more don't fit a laptop's memory


def chosen(tables: Sequence[str], asked: str, mapping: Mapping[str, str], columns: Callable[[str], Collection[str]], where: str) -> str:
    """The table asked for; else the only one there is, or the only one with all the mapped columns. columns: a table's, by its name.

    A name is only ever compared with those that the database lists. Raises Refusal where there is none, or several could be meant.
    """
    if asked:
        if asked not in tables:
            raise Refusal(f"there is no table '{asked}'", where, f"the tables are: {_some(tables)}")
        return asked
    wanted = set(mapping.values())
    fitting = [table for table in tables if wanted and wanted <= set(columns(table))] or list(tables)
    if not fitting:
        raise Refusal("there is no table in it", where, "name another database")
    if len(fitting) > 1:
        raise Refusal(f"there are {len(fitting)} tables that could be meant", where, f"name one of: {_some(fitting)}")
    return fitting[0]


def few_enough(rows: int, where: str) -> None:
    """Raises Refusal where so many rows can't be held in memory as text."""
    if rows > MOST_ROWS:
        raise Refusal(f"{rows:,} rows are more than are read into memory", where, "export it to Parquet, which is read where it lies at any size")


def _some(names: Sequence[str], most: int = 20) -> str:
    return (", ".join(names[:most]) or "none") + (", ..." if len(names) > most else "")
