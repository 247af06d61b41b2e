"""One form for every share log, and what it can bear."""

import pytest

from helpers.intake.refusal import Refusal
from helpers.marketing.log import SHIPPED, load_log

ALL = {"people", "salespeople", "articles", "topics", "channels", "publishes", "forwards", "registrations", "share_links", "customer_dates"}


@pytest.fixture
def written(tmp_path):
    def write(text):
        (tmp_path / "log.csv").write_text(text, encoding="utf-8")
        return tmp_path / "log.csv"

    return write


def test_the_shipped_log_holds_everything(shipped):
    assert shipped.capabilities == ALL
    assert len(shipped.events) == shipped.report.rows_kept >= 50_000
    assert shipped.events["salesperson"].nunique() >= 200
    assert (shipped.end - shipped.start).days >= 364


def test_the_real_log_says_what_it_lacks(share_log):
    assert share_log.capabilities == ALL - {"topics", "registrations", "share_links", "customer_dates"}
    assert share_log.events["event"].value_counts().to_dict() == {"read": 74012, "forward": 38888 - 37, "publish": 28038 - 34}


def test_the_real_log_shows_its_quirks(share_log):
    report = share_log.report
    assert (report.rows_read, report.duplicates, report.rows_kept) == (140938, 99, 140938 - 71)
    assert report.blanks["person"] == 7617 and report.blanks["time"] == 71
    assert report.dominance["salesperson"] == pytest.approx(0.60, abs=0.005)
    assert report.out_of_order > 0 and report.partial_first and report.partial_last


def test_columns_and_events_under_other_names(written):
    path = written("when,who,what\n2026-03-01 08:00,007,opened\n2026-03-01 09:00,,sent\n2026-03-01 09:00,a,liked\n")
    log = load_log(path, "time: when, person: who, event: what", "read: opened, forward: sent")
    assert log.events[["event", "person", "row"]].fillna("").values.tolist() == [["read", "007", 2], ["forward", "", 3]]
    assert [(aside.reason, aside.count, aside.rows) for aside in log.report.set_aside] == [("another event: liked", 1, (4,))]
    assert log.capabilities == {"people", "forwards"} and log.start.isoformat() == "2026-03-01T00:00:00+00:00"


def test_an_event_may_take_another_ones_name(written):
    path = written("time,person,event\n2026-03-01,a,forward\n2026-03-01,b,read\n")
    log = load_log(path, event_map="read: forward, publish: read")
    assert log.events["event"].tolist() == ["read", "publish"]


@pytest.mark.parametrize(
    "columns, events, words",
    [
        ("reader: person", "", "'reader' is no column of this case.*person, event, article"),
        ("person: user", "", "no column 'user' \\(mapped to person\\).*the file has: time, person, event"),
        ("", "view: read", "'view' is no event of this case"),
        ("", "read: opened", "no row has the event 'opened'.*are: read, seen"),
        ("", "publish: read", "no row is a read.*event_map: read: read"),
        ("time: person", "", "column 'person': 'a' is not a time"),
    ],
)
def test_a_wrong_mapping_is_refused(written, columns, events, words):
    path = written("time,person,event\n2026-03-01,a,read\n2026-03-01,b,seen\n")
    with pytest.raises(Refusal, match=words):
        load_log(path, columns, events)


def test_no_such_file_zone_or_column(written):
    with pytest.raises(Refusal, match="no such file"):
        load_log(SHIPPED.with_name("absent.csv"))
    with pytest.raises(Refusal, match="no time zone"):
        load_log(time_zone="Asia/Nowhere")
    with pytest.raises(Refusal, match="no column for 'event'"):
        load_log(written("time,person\n2026-03-01,a\n"))


def test_a_customer_listed_twice_counts_from_the_earlier_day(written, tmp_path):
    (tmp_path / "customers.csv").write_text("person,customer_since\na,2026-02-03\na,2026-02-01\n", encoding="utf-8")
    log = load_log(written("time,person,event\n2026-03-01,a,read\n"), customers=tmp_path / "customers.csv")
    assert log.customers["since"].astype(str).tolist() == ["2026-01-31 16:00:00+00:00"]
    assert "customer_dates" in log.capabilities
