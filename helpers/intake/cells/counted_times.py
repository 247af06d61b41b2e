"""Times as numbers: seconds, milliseconds, ... since 1970, and a spreadsheet's days since 1900, told apart by how large they are."""

import numpy as np
import pandas as pd

SECOND_2000, SECOND_2100 = 946_684_800, 4_102_444_800
DAY_2000, DAY_2100 = 36_526, 73_051
UNIX = {"Unix seconds": 1, "Unix milliseconds": 1_000, "Unix microseconds": 1_000_000, "Unix nanoseconds": 1_000_000_000}
SPREADSHEET = "a spreadsheet's day numbers"
FORMS = (SPREADSHEET, *UNIX)
SHEET_EPOCH = np.datetime64("1899-12-30", "us")
NUMBER = r"\d{5}(?:\.\d+)?|\d{9,10}(?:\.\d+)?|\d{12,13}|\d{15,16}|\d{18,19}"


def read_counted(text: pd.Series) -> tuple[pd.Series, pd.Series, tuple[tuple[str, int], ...]]:
    """Local times, UTC times (each missing where the cell is of the other kind, or no time), and how many cells are of which form, of a column of filled text cells.

    Only moments from 2000 to 2100 are taken for times: other numbers are something else.
    """
    numeric = text.str.fullmatch(NUMBER).fillna(False).astype(bool)
    exact = pd.to_numeric(text.where(numeric), errors="coerce").to_numpy(float)
    local, utc = np.full(len(text), np.datetime64("NaT", "us")), np.full(len(text), np.datetime64("NaT", "us"))
    days = (exact >= DAY_2000) & (exact < DAY_2100)
    local[days] = SHEET_EPOCH + np.rint(exact[days] * 86_400_000).astype("timedelta64[ms]").astype("timedelta64[us]")
    found = {SPREADSHEET: days}
    for name, per_second in UNIX.items():
        found[name] = (exact >= SECOND_2000 * per_second) & (exact < SECOND_2100 * per_second)
        if found[name].any():
            utc[found[name]] = _since_1970(text[found[name]], per_second)
    forms = tuple((name, int(mask.sum())) for name, mask in found.items() if mask.any())
    return pd.Series(local, index=text.index), pd.Series(utc, index=text.index).dt.tz_localize("UTC"), forms


def _since_1970(text: pd.Series, per_second: int) -> np.ndarray:
    """Whole microseconds, without the rounding of floating numbers where there is no fraction."""
    parts = text.str.partition(".")
    whole, fraction = parts[0].astype("int64").to_numpy(), pd.to_numeric("0." + parts[2]).to_numpy(float)
    micros = whole * (1_000_000 // per_second) if per_second <= 1_000_000 else whole // (per_second // 1_000_000)
    return (micros + np.rint(fraction * 1_000_000 / per_second).astype("int64")).astype("datetime64[us]")
