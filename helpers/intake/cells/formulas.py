"""Text that a spreadsheet would reckon with instead of showing it."""

# What a spreadsheet takes for the start of a formula: as typed, as pasted from East Asian keyboards, or behind a separator that it cuts at.
STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")


def is_formula(cell: object) -> bool:
    """Whether a cell is text that a spreadsheet would take for a formula; blanks before it don't change that."""
    return isinstance(cell, str) and cell.lstrip(" ").startswith(STARTS)


def harmless(cell: object) -> object:
    """The cell; text that a spreadsheet would take for a formula has an apostrophe before it, which marks it as text."""
    return f"'{cell}" if is_formula(cell) else cell
