"""Pseudonyms: each id becomes its number in order of appearance and a keyed hash.

The hash (keyed BLAKE2b) can't be undone or guessed without the key and is the same for the same id and key in whatever log it stands. The number
goes first so that ids sort as they appear: whatever is worked out in order of ids comes out the same under any key.
"""

import base64
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import blake2b

import pandas as pd

HASH_BYTES = 5  # 8 letters; within a log the number tells ids apart


@dataclass
class Pseudonyms:
    """The pseudonyms of one run: the same id has the same one in all its tables."""

    key: bytes
    known: dict[str, str] = field(default_factory=dict)

    def of(self, ids: pd.Series) -> pd.Series:
        """A column with a pseudonym in place of each id; missing stays missing."""
        codes, unique = pd.factorize(ids)
        if not len(unique):
            return ids
        words = pd.array([self._one(str(each)) for each in unique], dtype=ids.dtype)
        return pd.Series(words.take(codes, allow_fill=True), index=ids.index, name=ids.name)

    def in_columns(self, frame: pd.DataFrame, columns: Iterable[str]) -> pd.DataFrame:
        """A table with pseudonyms in these of its columns, as far as it has them."""
        return frame.assign(**{name: self.of(frame[name]) for name in columns if name in frame})

    def _one(self, identity: str) -> str:
        if identity not in self.known:
            digest = blake2b(identity.encode(), key=self.key, digest_size=HASH_BYTES).digest()
            self.known[identity] = f"{len(self.known) + 1:06d}-{base64.b32encode(digest).decode().lower()}"
        return self.known[identity]
