"""The marketing notebook by papermill: default, the opposite decision, the real log by parameters alone, and bad input."""

import json

import nbformat
import pytest

from helpers.batch.order import NOTEBOOKS, orders
from helpers.batch.run import run
from helpers.decision.marketing.case import open_case
from helpers.intake.refusal import Refusal
from helpers.lesson.scraps import scraps_of

NOTEBOOK = NOTEBOOKS / "1_marketing_module.ipynb"
REAL = {
    "column_map": "time: event_time, person: user_id, event: event_type, article: item_id, salesperson: sharer_id, channel: client",
    "event_map": "publish: reply_posted, read: read_feedback, forward: share_request",
    "time_zone": "Asia/Taipei",
    "burn_in_days": 0,
}


def ran(folder, parameters):
    """A run's folder, and its findings by name."""
    done = run(NOTEBOOK, parameters, folder, progress=False)
    return done, {each["name"]: each for each in json.loads((done.folder / "findings.json").read_text(encoding="utf-8"))}


@pytest.fixture(scope="module")
def default(tmp_path_factory):
    """The run with no parameter given, and its findings by name."""
    return ran(tmp_path_factory.mktemp("default"), {})


def test_by_default_it_leads_to_content_first(default):
    done, found = default
    assert found["recommendation"]["value"] == "content first"
    assert [path.name for path in done.paths] == [NOTEBOOK.name, "1_marketing_module.html", "findings.json", "memo.html", "memo.docx", "findings.xlsx"]
    assert found == {each["name"]: each for each in json.loads(json.dumps(open_case({}).findings.records()))}  # the same without a kernel
    page = (done.folder / "1_marketing_module.html").read_text(encoding="utf-8")
    assert page.count("<img") >= 17 and page.count("alt=") >= 17 and page.count('id="key-figure"') == 1 and "http" not in page.split("<main>")[1]


def test_by_default_it_comes_out_as_committed(default, outputs_of):
    """To the last byte, pictures included, though its kernel came from the warm server."""
    assert outputs_of(nbformat.read(default[0].folder / NOTEBOOK.name, as_version=4)) == outputs_of(nbformat.read(NOTEBOOK, as_version=4))


@pytest.mark.parametrize(("name", "decision"), [("marketing_build", "build as asked"), ("marketing_pilot", "pilot with holdout")])
def test_scenarios_lead_elsewhere(name, decision, root, tmp_path):
    (order,) = orders([], {}, root / "data" / "scenarios" / f"{name}.yaml")
    done, found = ran(tmp_path, order.parameters)
    assert found["recommendation"]["value"] == decision
    assert decision.capitalize() in (done.folder / "memo.html").read_text(encoding="utf-8")


def test_the_real_log_by_parameters_alone(real_log, tmp_path):
    done, found = ran(tmp_path, REAL | {"log_file": str(real_log("cofacts_share_log_derived_20190414.csv"))})
    assert round(100 * found["new_share"]["value"], 2) == 28.97 and found["reads_counted"]["value"] == 74012
    assert "registration_rate" not in found and "trial_effect" not in found
    text = (done.folder / "memo.html").read_text(encoding="utf-8")
    assert "no registrations" in text and "Not measured but assumed" in text
    assert scraps_of(nbformat.read(done.folder / NOTEBOOK.name, as_version=4))["new_share"]["unit"] == "share"


@pytest.mark.parametrize(("given", "words"), [({"log_file": "nowhere.csv"}, "nowhere.csv"), ({"burnin_days": 3}, "did you mean 'burn_in_days'")])
def test_a_refused_run_leaves_nothing(given, words, tmp_path):
    with pytest.raises(Refusal, match=words):
        run(NOTEBOOK, given, tmp_path, progress=False)
    assert list(tmp_path.iterdir()) == []
