"""First-time-right: planted shares recovered, unknown outcomes left out, rolled through by the product."""

import pandas as pd
import pytest

from helpers.intake.refusal import Refusal
from helpers.paperwork.log import SHIPPED, load_log
from helpers.paperwork.pain.first_time_right import first_time_right, first_time_right_of, outcomes, rolled_by_client, rolled_throughput_yield


def test_published_rolled_throughput_yield(published):
    case = published("rolled_throughput_yield")
    yields = case["inputs"]["yields"]
    assert rolled_throughput_yield(yields) == pytest.approx(case["expected"]["rty"], abs=1e-9)
    assert sum(yields) / len(yields) == pytest.approx(case["expected"]["mean"], abs=1e-9)


def test_planted_shares_are_recovered(shipped, truth):
    """Ten 95 % intervals: eight at least hold the planted share, and every figure is that of all documents reviewed."""
    known = outcomes(shipped)
    table = first_time_right_of(known, "document", "review").set_index("document")
    planted = {row["name"]: row["right_first_time"] for row in truth["planted"]["documents"]}
    assert sum(table["low"][name] <= share <= table["high"][name] for name, share in planted.items()) >= 8
    for name, share in truth["realised"]["right_first_time"].items():
        assert table["right"][name] == pytest.approx(share, abs=0.01)


def test_without_kinds_a_renamed_pass_looks_right(shipped, tmp_path):
    """Trap 5: in a log that knows no kinds, the second pass under its own name makes documents look right the first time."""
    plain = tmp_path / "plain.csv"
    pd.read_csv(SHIPPED, dtype=str).drop(columns="kind").to_csv(plain, index=False)
    naive = first_time_right(outcomes(load_log(plain)), "review").value
    declared = first_time_right(outcomes(load_log(plain, aliases="review again: review")), "review").value
    honest = first_time_right(outcomes(shipped), "review").value
    assert declared == pytest.approx(honest, abs=0.01) and naive > honest + 0.2


def test_what_nobody_knows_is_left_out(small_log):
    """A review that is the last thing seen may still be sent back; a document sent back isn't right, whatever comes."""
    log = small_log("""
        case, document, activity, kind, time
        1, A, review, review, 2026-01-05 10:00
        2, A, review, review, 2026-01-05 10:00
        2, A, tell,   feedback, 2026-01-05 11:00
        3, A, review, review, 2026-01-05 10:00
        3, A, file,   file, 2026-01-05 11:00
    """)
    known = outcomes(log)
    assert known[known["step"] == "review"].set_index("case")["right"].to_dict() == {"2": False, "3": True}
    with pytest.raises(Refusal, match="file"):
        first_time_right(known, "file")


def test_clients_right_first_time(shipped, truth):
    """Observed lies above the product, as clients are alike in themselves, and far below the documents' mean."""
    found = rolled_by_client(outcomes(shipped), "review")
    assert found.if_independent == pytest.approx(truth["expected"]["rolled_first_time_right"], abs=0.02)
    assert found.if_independent < found.observed.low and found.observed.high < found.mean_share / 2
