"""Small tables for people: words as headings, nothing unescaped."""

from dataclasses import dataclass
from html import escape

import pandas as pd


@dataclass(frozen=True)
class Table:
    """A small table with a caption. frame: its columns are the headings, its cells ready-made text. folded: shown when asked for."""

    frame: pd.DataFrame
    caption: str
    folded: bool = False

    def _repr_html_(self) -> str:
        heads = "".join(_cell("th", head, ' scope="col"') for head in self.frame.columns)
        rows = "".join(f"<tr>{''.join(_cell('td', cell) for cell in row)}</tr>" for row in self.frame.itertuples(index=False))
        table = f"<table><caption>{escape(self.caption)}</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
        return f"<details><summary>{escape(self.caption)}</summary>{table}</details>" if self.folded else table

    def __repr__(self) -> str:
        return f"{self.caption}\n{self.frame.to_string(index=False)}"


def _cell(tag: str, text: object, more: str = "") -> str:
    """A cell with its words to the left, said to each one: JupyterLab sets all cells to the right as if they were numbers."""
    return f'<{tag}{more} style="text-align:left">{escape(str(text))}</{tag}>'
