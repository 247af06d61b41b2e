"""The process map: readable labels, moves that go back told without colour, the same picture every time."""

import numpy as np
import pandas as pd
import pytest
from fontTools.ttLib import TTFont

from helpers.lesson.fonts import FILE
from helpers.lesson.process_map_figure import map_picture, map_table
from helpers.lesson.process_map_layout import lay_out, wrapped
from helpers.paperwork.log import load_log
from helpers.paperwork.process.process_map import END, START, ProcessMap, process_map
from helpers.paperwork.process.visible import visible

MOVES = [
    (START, "receive", 100), ("receive", "check the certificate of incorporation", 130), ("check the certificate of incorporation", "补正通知", 40),
    ("补正通知", "receive", 30), ("check the certificate of incorporation", "check the certificate of incorporation", 9),
    ("check the certificate of incorporation", "archive", 81), ("补正通知", "archive", 10), ("archive", END, 91),
]  # fmt: skip


@pytest.fixture(scope="module")
def shown() -> ProcessMap:
    edges = pd.DataFrame(MOVES, columns=["source", "target", "count"])
    edges = edges.assign(items=edges["count"], median_h=[np.nan, 2.0, 0.25, 30.0, 1.0, 3.0, 4.0, np.nan])
    nodes = edges.groupby("target", sort=False)["count"].sum().drop(END).rename_axis("step").reset_index()
    return ProcessMap(nodes, edges, 100)


def _crowded(steps: int = 25) -> ProcessMap:
    names = [f"step number {number} with a long name" for number in range(steps)]
    pairs = [(START, names[0]), *zip(names, names[1:]), (names[-1], END), *zip(names[4::4], names[::4]), *zip(names[::5], names[3::5])]
    edges = pd.DataFrame(pairs, columns=["source", "target"]).assign(count=np.arange(len(pairs), 0, -1) ** 2, median_h=1.5)
    return ProcessMap(pd.DataFrame({"step": names, "count": 1_234, "items": 100, "median_h": 0.4}), edges, 100)


def test_what_goes_back_is_found(shown):
    back = {(move.source, move.target) for move in lay_out(shown).moves if move.goes_back}
    check = "check the certificate of incorporation"
    assert back == {("补正通知", "receive"), (check, check)}
    assert map_picture(shown).title.startswith("39 of 300 moves between steps (13.0 %) go back")


def test_what_goes_back_is_dashed_not_only_coloured(shown):
    moves = lay_out(shown).moves
    dashes = map_picture(shown).figure.axes[0].collections[1].get_linestyles()
    assert [dash is not None for _, dash in dashes] == [move.goes_back for move in moves]


def test_lines_are_the_wider_the_more_often(shown):
    widths = map_picture(shown).figure.axes[0].collections[1].get_linewidths()
    assert list(np.argsort(widths)) == list(np.argsort([count for _, _, count in MOVES]))


@pytest.mark.parametrize("steps", [4, 25])
def test_labels_cover_no_box_and_no_other_label(steps):
    layout = lay_out(_crowded(steps))
    labels = np.array([move.label.sides for move in layout.moves])
    boxes = np.array([box.sides for box in layout.boxes])
    assert not _overlap(labels, boxes).any()
    assert _overlap(labels, labels).sum() == len(labels)  # each with itself


def _overlap(some: np.ndarray, others: np.ndarray) -> np.ndarray:
    left, top, right, bottom = some.T[:, :, None]
    return (left < others[:, 2]) & (right > others[:, 0]) & (top < others[:, 3]) & (bottom > others[:, 1])


def test_all_that_is_drawn_is_on_the_sheet():
    whole = _crowded()
    figure, layout = map_picture(whole).figure, lay_out(whole)
    axes = figure.axes[0]
    left, top, right, bottom = layout.bounds
    assert axes.get_xlim()[0] < left and right < axes.get_xlim()[1] and axes.get_ylim()[1] < top and bottom < axes.get_ylim()[0]
    corners = np.vstack([path.vertices for collection in axes.collections for path in collection.get_paths()])
    assert corners[:, 0].min() >= axes.get_xlim()[0] and corners[:, 0].max() <= axes.get_xlim()[1]
    assert corners[:, 1].min() >= axes.get_ylim()[1] and corners[:, 1].max() <= axes.get_ylim()[0]


def test_the_legend_fits_on_a_narrow_map():
    axes = map_picture(_crowded(2), "median_h").figure.axes[0]
    legend = axes.collections[0].get_paths()
    assert len(legend) == 2 and max(path.vertices[:, 0].max() for path in legend) <= axes.get_xlim()[1]


def test_the_same_map_gives_the_same_picture(shown):
    assert map_picture(shown).html() == map_picture(shown).html()


def test_labels_tell_counts_or_durations(shown):
    def told(label):
        return {move.label.lines[0] for move in lay_out(shown, label).moves}

    assert {"100", "130", "9"} <= told("count")
    assert told("median_h") == {"", "2.00 h", "15 min", "30.0 h", "1.00 h", "3.00 h", "4.00 h"}


def test_the_table_says_what_the_picture_shows(shown):
    table = map_table(shown, most=6).frame
    assert table.iloc[0].tolist() == ["receive", "check the certificate of incorporation", "130", "2.00 h", "forward"]
    assert table.iloc[1]["From"] == "start" and table.iloc[-1]["Direction"] == "back"
    assert len(table) == 6 and "same step again" in map_table(shown).frame["Direction"].tolist()


def test_the_alt_text_names_the_busiest_moves(shown):
    assert "receive to check the certificate of incorporation 130 times" in map_picture(shown).alt


@pytest.mark.parametrize("name", ["Explain required standard to client by phone", "编辑回复-不在查证范围", "a", "营业执照副本 and seal"])
def test_a_wrapped_name_loses_nothing(name):
    lines = wrapped(name)
    assert "".join(lines).replace(" ", "") == name.replace(" ", "")
    assert max(map(len, lines)) <= 19 and len(lines) <= 3


def test_a_very_long_name_is_cut_and_says_so():
    assert len(wrapped("word " * 40)) == 3 and wrapped("word " * 40)[-1].endswith("…")


def test_no_word_stands_alone_on_the_last_line():
    assert wrapped("编辑回复-不在查证范围") == ("编辑回复-不", "在查证范围")


def test_the_chinese_log_is_drawn_with_its_own_names(real_log):
    log = load_log(real_log("cofacts_handling_log_derived_20190414.csv"), "case: case_id, time: timestamp")
    whole = process_map(log)
    written = "".join("".join(box.lines) for box in lay_out(visible(whole, 1.0)).boxes)
    assert all(step in written for step in whole.nodes["step"])
    shipped = TTFont(FILE).getBestCmap()
    assert [character for character in written if ord(character) > 0x2000 and ord(character) not in shipped] == []
    assert map_picture(visible(whole, 1.0)).html()
