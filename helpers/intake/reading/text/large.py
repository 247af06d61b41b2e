"""Text files of any size: told and cut as smaller ones are, a piece at a time."""

import codecs
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from helpers.intake.reading.header import Header
from helpers.intake.reading.table import Options
from helpers.intake.reading.text.encoding import encoding_of, half_a_letter, refused
from helpers.intake.reading.text.read import Beginning, beginning, cells_of, delimiter_of, from_row, names_of, sample_of, without_nul
from helpers.intake.reading.text.records import Odd
from helpers.intake.refusal import Refusal

PIECE = 16 << 20  # bytes of text that are in memory at a time
LONGEST = 8  # pieces that one record may take; what is longer has a quotation mark that is never closed


@dataclass
class LargeText:
    """A text file being read. path: the file; wanted: columns that a mapping names; encoding and begin: how it is written and cut, known from the first
    piece on; notes: what was assumed, complete once all pieces are read."""

    path: Path
    wanted: Collection[str] = ()
    options: Options = Options()
    piece: int = PIECE
    notes: tuple[str, ...] = ()
    encoding: str = ""
    begin: Beginning | None = None

    def __iter__(self) -> Iterator[pd.DataFrame]:
        """Its rows as frames of text under the file's own column names, the index counting the sheet's rows. Raises Refusal as `read_text` does."""
        name, begin, names, odd, row = self.path.name, None, None, Odd(), 1
        self.encoding, said = encoding_of(self.path, self.options.encoding)
        for text in whole_records(decoded_pieces(self.path, self.encoding, self.piece)):
            if begin is None:
                sample = sample_of(text)
                delimiter = delimiter_of(sample, self.options)
                without_nul(text, delimiter, name)
                begin = self.begin = beginning(sample, delimiter, self.wanted, self.options, name)
                text, row = from_row(text, sample, begin), begin.header.row
            else:
                without_nul(text, begin.delimiter, name, row - 1)
            header = Header(row, begin.header.names and names is None, ())
            cells, more = cells_of(text, begin.delimiter, header, name, len(names or ()))
            odd, row, below = odd + more, cells.attrs["next"], cells
            self.notes = (*said, *begin.notes, *odd.notes())
            if names is None:
                names, below = names_of(cells, begin.header, name), cells.iloc[1:] if header.names else cells
            yield below.set_axis(names, axis=1)
        if begin is None:
            raise Refusal("the file is empty", name, "check the export that wrote it")


def decoded_pieces(path: Path, encoding: str, size: int) -> Iterator[bytes]:
    """A file's text as UTF-8 without byte-order mark, about so many bytes of the file at a time. Raises Refusal at a letter that isn't in the encoding."""
    decoder, lines, begun = codecs.getincrementaldecoder(encoding)(), 0, False
    with open(path, "rb") as file:
        while True:
            content = file.read(size)
            try:
                text = decoder.decode(content, final=not content)
            except UnicodeDecodeError as error:
                raise refused(error, encoding, path.name, lines, at_end=len(content) < size and error.end >= len(error.object)) from error
            text, begun = (text if begun else text.removeprefix("\ufeff")), begun or bool(text)
            piece = _encoded(text, path.name, lines)
            lines += piece.count(b"\n")
            if piece:
                yield piece
            if not content:
                return


def _encoded(text: str, name: str, lines: int) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise half_a_letter(text, error, name, lines) from error


def whole_records(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The same text in pieces that end where a record does: at a line's end outside quotation marks."""
    rest, longest = b"", 0
    for piece in pieces:
        rest, longest = rest + piece, max(longest, len(piece))  # the last piece may be a few bytes
        end = _last_end(rest, closed=len(rest) < LONGEST * longest)
        if end:
            yield rest[:end]
            rest = rest[end:]
    if rest:
        yield rest


def _last_end(text: bytes, closed: bool) -> int:
    """Where the last whole record ends; 0 where none does. closed: whether quotation marks are heeded. A carriage return at the very end may be half a line's end."""
    signs = np.frombuffer(text, np.uint8)
    ends = np.flatnonzero(signs == 10) if b"\n" in text else np.flatnonzero(signs[:-1] == 13)
    if closed and b'"' in text and len(ends):
        quotes = np.flatnonzero(signs == 34)
        ends = ends[np.searchsorted(quotes, ends) % 2 == 0]
    return int(ends[-1]) + 1 if len(ends) else 0
