"""Names of runs: safe as a file's name on any system, different from each other even where case doesn't count."""

import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from hashlib import sha256

from helpers.intake.refusal import Refusal

LONGEST = 60  # bytes
RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³")}


def safe(text: str) -> str:
    """`text` as a name that can't leave its folder; with a fingerprint at its end if something had to be changed."""
    kept = "".join(letter if letter.isalnum() or letter in "-_." else "_" for letter in unicodedata.normalize("NFC", text))
    kept = kept.replace("..", "__").strip("._- ")
    kept = f"run_{kept}" if kept.split(".")[0].lower() in RESERVED else kept
    cut = kept.encode()[:LONGEST].decode(errors="ignore").rstrip("._- ")
    return cut if cut and cut == text else f"{cut.encode()[: LONGEST - 9].decode(errors='ignore') or 'run'}-{fingerprint(text)}"


def fingerprint(text: str) -> str:
    """Eight letters that stand for the text."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def told(parameters: Mapping[str, object]) -> str:
    """Parameters as a name: in full if that is short, else their fingerprint."""
    full = "_".join(f"{name}-{value}" for name, value in parameters.items())
    short = 0 < len(full.encode()) <= LONGEST and all(letter.isalnum() or letter in "-_." for letter in full)
    return full if short else f"run-{fingerprint(repr(sorted(parameters.items())))}"


def distinct(wanted: Sequence[str]) -> list[str]:
    """A safe name for each one wanted. Raises Refusal where two are the same to the letter."""
    twice = next((name for name, count in Counter(wanted).items() if count > 1), None)
    if twice is not None:
        raise Refusal(f"two scenarios are called '{twice[:60]}'", remedy="give each a name of its own")
    names = [safe(name) for name in wanted]
    alike = Counter(name.casefold() for name in names)
    return [name if alike[name.casefold()] == 1 else f"{name[: LONGEST - 9]}-{fingerprint(text)}" for name, text in zip(names, wanted, strict=True)]
