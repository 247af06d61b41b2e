"""What is odd about a share log, planted by hand."""

import pandas as pd

from helpers.marketing.flaws import odd_share_log


def _frame(rows):
    frame = pd.DataFrame(rows, columns=["time", "person", "event", "salesperson"])
    return frame.assign(time=pd.to_datetime(frame["time"], utc=True))


def test_self_reads_absent_events_and_nobody():
    rows = [("2026-01-01", "s", "publish", "s"), ("2026-01-02", "s", "read", "s"), ("2026-01-03", "unknown", "read", None), ("2026-01-04", None, "read", "s")]
    told = {odd.what: odd.size for odd in odd_share_log(_frame(rows))}
    assert told["Reads of one's own article"] == "1" and told["Events that never occur"] == "forward, register"
    assert told["Rows with a blank person"] == "1" and told["Rows with a blank salesperson"] == "1" and told["Names that may stand for nobody: person"] == "1"


def test_a_beginning_that_is_cut_off():
    rows = [(f"2026-{month:02d}-{day:02d}", f"p{day}", "read", "s") for month in (1, 2, 3) for day in range(1, 20)]
    odd = next(odd for odd in odd_share_log(_frame(rows)) if "never seen before" in odd.what)
    assert odd.size == "100%" and odd.remark.startswith("against 0% later")
