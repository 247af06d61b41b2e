"""Small tables for people: words as headings, nothing unescaped."""

from dataclasses import dataclass
from html import escape

import pandas as pd


@dataclass(frozen=True)
class Table:
    """A small table with a caption. frame: its columns are the headings, its cells ready-made text."""

    frame: pd.DataFrame
    caption: str

    def _repr_html_(self) -> str:
        heads = "".join(f'<th scope="col">{escape(str(head))}</th>' for head in self.frame.columns)
        rows = "".join(f"<tr>{''.join(f'<td>{escape(str(cell))}</td>' for cell in row)}</tr>" for row in self.frame.itertuples(index=False))
        return f"<table><caption>{escape(self.caption)}</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"

    def __repr__(self) -> str:
        return f"{self.caption}\n{self.frame.to_string(index=False)}"
