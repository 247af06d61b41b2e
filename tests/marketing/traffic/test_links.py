"""Where links lie in their cascades."""

import pandas as pd

from helpers.marketing.traffic.links import share_table


def _table(*links):
    rows = [{"share": share, "parent_share": parent, "event": "forward" if parent else "publish"} for share, parent in links]
    frame = pd.DataFrame(rows).assign(salesperson="s", article="a", time=pd.Timestamp("2026-03-01", tz="UTC"), row=range(len(rows)))
    frame["parent_share"] = frame["parent_share"].astype("str").where(frame["parent_share"].notna())
    return share_table(frame).set_index("share")


def test_depth_root_and_first_forward(small):
    table = share_table(small.events).set_index("share")
    assert table["depth"].to_dict() == {"h1": 0, "h2": 1, "h3": 2, "h4": 3}
    first, second = table["link"]["h1"], table["link"]["h2"]
    assert set(table["root"]) == {first} and table["top"].fillna(-1).to_dict() == {"h1": -1, "h2": second, "h3": second, "h4": second}
    assert table["forwarded"].to_dict() == {"h1": 0, "h2": 1, "h3": 1, "h4": 1}


def test_a_link_without_its_way_back_is_forwarded_but_of_unknown_depth():
    table = _table(("h1", None), ("h5", "lost"), ("h6", "h5"))
    assert table["depth"].to_dict() == {"h1": 0, "h5": -1, "h6": -1} and table["forwarded"].to_dict() == {"h1": 0, "h5": 1, "h6": 1}


def test_a_link_twice_counts_once_and_a_circle_ends():
    table = _table(("h1", None), ("h2", "h1"), ("h2", "h1"), ("h8", "h9"), ("h9", "h8"))
    assert table["depth"].to_dict() == {"h1": 0, "h2": 1, "h8": -1, "h9": -1}
