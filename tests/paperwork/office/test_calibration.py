"""The office from its log: the planted truth recovered, what can't be known refused or noted."""

import numpy as np
import pytest

from helpers.intake.refusal import Refusal
from helpers.paperwork.durations import timed
from helpers.paperwork.hours import Calendar, office_calendar
from helpers.paperwork.log import SHIPPED, load_log
from helpers.paperwork.office.calibration import calibrate
from helpers.paperwork.office.measure import steps
from helpers.paperwork.office.measure.ways import ways
from helpers.paperwork.office.model import ROUTE

PLACE = {step.name: place for place, step in enumerate(ROUTE)}


@pytest.fixture(scope="module")
def planted(truth):
    return truth["planted"]


def by_kind(office, planted, field):
    """A field of the planted documents, in the order of the office's kinds."""
    of = {document["name"]: document[field] for document in planted["documents"]}
    return np.array([of[kind] for kind in office.kinds[1:]], float)


def test_people_and_hours(shipped_office, planted):
    assert (shipped_office.clerks, shipped_office.presence) == (planted["clerks"], pytest.approx(1.0, abs=0.01))
    assert shipped_office.sessions.hours_per_week == pytest.approx(40, rel=0.1), "eight hours a day, less the holidays"


def test_demand(shipped_office, truth):
    planted = truth["planted"]
    per_day = shipped_office.arrivals.rates.sum(axis=1)
    assert per_day[:5] == pytest.approx(planted["arrivals_per_day"] * np.array(planted["weekday_factors"]), rel=0.2)
    assert per_day[5:].sum() == 0 and not shipped_office.arrivals.every_day
    assert per_day[:5].mean() == pytest.approx(planted["arrivals_per_day"], rel=0.07)
    assert shipped_office.needs.per_client[1:].sum() == pytest.approx(truth["expected"]["documents_per_client"], rel=0.02)
    assert shipped_office.needs.per_client[1:] == pytest.approx(by_kind(shipped_office, planted, "needed"), abs=0.05)
    assert shipped_office.abandoned == pytest.approx(planted["abandoned"], abs=0.012)
    assert shipped_office.returned == pytest.approx(1 / 3, abs=0.12)


def test_touch_times(shipped_office, planted):
    """Minutes per kind and step, and the means of what is resampled are the means of what was observed."""
    minutes = 60 * shipped_office.durations.means[1:, :, 0]
    assert minutes[:, PLACE["explain"]] == pytest.approx(by_kind(shipped_office, planted, "explain"), rel=0.12)
    sizes = by_kind(shipped_office, planted, "size")
    for step, name in (("send", "send"), ("manage", "register"), ("review", "review")):
        assert minutes[:, PLACE[step]] == pytest.approx(planted[name] * sizes, rel=0.2)
    later = 60 * shipped_office.durations.means[1:, PLACE["feedback"], 1]
    assert np.average(later / sizes) == pytest.approx(planted["feedback"], rel=0.06)


def test_resampled_means_are_exact(shipped_times, shipped_office):
    rows = ways(shipped_times).rows
    explain = rows[(rows["step"] == PLACE["explain"]) & (rows["kind"] == 4) & rows["hours"].notna()]
    assert shipped_office.durations.means[4, PLACE["explain"], 0] == pytest.approx(explain["hours"].mean(), rel=1e-12)


def test_reviews(shipped_office, truth):
    planted, realised = truth["planted"], truth["realised"]
    right = {kind: 1 - share for kind, share in zip(shipped_office.kinds[1:], shipped_office.failure[1:, 0])}
    assert right == pytest.approx(realised["right_first_time"], abs=0.02)
    assert shipped_office.failure[1:, 1].mean() == pytest.approx(1 - planted["right_again"], abs=0.04)


def test_the_route(shipped_office, planted):
    """Held documents wait for Friday 14:00; exceptions are as rare as planted; corrections aren't registered again; all is first come first served."""
    held = [kind for kind, chance in zip(shipped_office.kinds, shipped_office.happens[:, PLACE["hold"], 0]) if chance]
    assert held == sorted(document["name"] for document in planted["documents"] if document["held"])
    assert shipped_office.batch == planted["batch_weekday"] * 24 + planted["batch_hour"]
    assert shipped_office.happens[1:, PLACE["exception"], 0] == pytest.approx(by_kind(shipped_office, planted, "exceptions"), abs=0.03)
    assert shipped_office.happens[1:, PLACE["manage"]] == pytest.approx(np.tile([1.0, 0.0], (10, 1)), abs=0.01)
    assert {step.urgency for step in shipped_office.steps} == {(0, 0)}
    assert all(step.timing == "office" for step in shipped_office.steps if step.name in ("prepare", "correct"))


def test_what_a_clients_papers_have_in_common(shipped_office, planted):
    of = {step.name: step for step in shipped_office.steps}
    assert of["review"].alike == pytest.approx(planted["client_correlation"], abs=0.06)
    assert 0.05 < of["prepare"].shared < 0.3 and 0.1 < of["explain"].shared < 0.45
    assert of["manage"].shared == 0


HEADER = "case,activity,kind,party,resource,document,start,end"
ONE = """
{case},open,open,clerk,{who},,2026-03-02T09:00,2026-03-02T09:10
{case},tell,explain,clerk,{who},form,2026-03-02T09:10,2026-03-02T09:40
{case},fill in,prepare,client,,form,2026-03-02T09:40,2026-03-02T11:40
{case},check,review,clerk,{who},form,2026-03-02T12:00,2026-03-02T12:15
{case},say what is wrong,feedback,clerk,{who},form,2026-03-02T12:15,2026-03-02T12:35
{case},mend,correct,client,,form,2026-03-03T08:00,2026-03-03T09:00
{case},check anew,review,clerk,{who},form,2026-03-03T10:00,2026-03-03T10:05
{case},stamp,file,clerk,{who},form,2026-03-03T10:05,2026-03-03T10:10
{case},done,close,clerk,{who},,2026-03-03T10:10,2026-03-03T10:15"""
ALL_DAY = Calendar(sessions=((8, 16),), time_zone="UTC")


def test_one_case_by_hand(small_log):
    """A form that fails once: visits, touch, the client's delays in office hours from when he could begin, outcomes."""
    found = ways(timed(small_log(HEADER + ONE.format(case="A", who="Li")), ALL_DAY))
    rows = found.rows.assign(step=[ROUTE[place].name for place in found.rows["step"]])
    assert rows["step"].tolist() == ["open", "explain", "prepare", "review", "feedback", "correct", "review", "file", "close"]
    assert rows["visit"].tolist() == [0, 0, 0, 0, 1, 1, 1, 1, 0]
    assert rows["hours"].tolist() == pytest.approx([1 / 6, 0.5, 2, 0.25, 1 / 3, 3 + 25 / 60 + 1, 1 / 12, 1 / 12, 1 / 12])
    paper = found.papers.iloc[0]
    assert (paper["reviews"], paper["filed"], paper["wrong"], paper["decided"], paper["later"], paper["later_wrong"]) == (2, True, True, True, 1, 0)
    assert steps.failure(found)[1].tolist() == [1.0, 0.0]


def test_undecided_reviews_are_not_counted(small_log):
    """Trap 7: a document sent back and not returned is wrong; one that is with its reviewer is neither right nor wrong."""
    back = "\n".join(ONE.format(case="A", who="Li").splitlines()[:6])
    with_reviewer = "\n".join(ONE.format(case="B", who="Wu").splitlines()[:5])
    papers = ways(timed(small_log(HEADER + back + with_reviewer), ALL_DAY)).papers
    assert papers["decided"].tolist() == [True, False] and papers["wrong"].tolist() == [True, False]
    assert papers["later"].tolist() == [0, 0]


def test_a_log_with_few_columns_is_noted_or_helped(small_log):
    """Without documents, resources and closing it still works, if somebody says how many clerks there are."""
    lines = [line.replace(",,", ",-,") for line in ONE.format(case="A", who="Li").strip().splitlines()[1:-1]]
    plain = "\n".join(["case,activity,kind,party,start,end", *(",".join([line.split(",")[i] for i in (0, 1, 2, 3, 6, 7)]) for line in lines)])
    times = timed(small_log(plain), ALL_DAY)
    with pytest.raises(Refusal, match="say how many clerks there are"):
        calibrate(times)
    office = calibrate(times, clerks=2)
    assert office.clerks == 2 and office.kinds == ("(case)", "documents")
    assert any("one kind" in note for note in office.notes) and any("give up" in note for note in office.notes)


def test_one_timestamp_is_refused_with_what_cannot_be_known(small_log):
    """Trap 4: with one time a row nobody knows how busy the clerks are."""
    times = timed(small_log("case,activity,time\nA,check,2026-03-02T09:00\nA,done,2026-03-02T10:00"), ALL_DAY)
    with pytest.raises(Refusal) as refusal:
        calibrate(times)
    words = str(refusal.value)
    assert "one time a row" in words and "how busy the clerks are" in words and "which step is a review" in words and "Map the missing columns" in words


def test_a_log_without_reviews_is_refused(small_log):
    lines = HEADER + "".join(f"\n{line}" for line in ONE.format(case="A", who="Li").strip().splitlines() if "review" not in line and "feedback" not in line)
    with pytest.raises(Refusal, match="no review"):
        calibrate(timed(small_log(lines), ALL_DAY))


def test_the_alias_of_a_second_review_changes_nothing(shipped_office):
    """Trap 5: reviews are known by their kind of work, so a renamed second pass is rework all the same."""
    plain = calibrate(timed(load_log(SHIPPED), office_calendar()))
    assert np.array_equal(plain.failure, shipped_office.failure)
