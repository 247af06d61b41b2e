"""Somebody's own log through both cases: pseudonyms that change nothing, logs that lack almost everything, and a memo at the end."""

import csv
import itertools
import json
import re
from pathlib import Path

import pandas as pd
import pytest

from helpers.decision.marketing.case import open_case as open_marketing
from helpers.decision.memo_text import markdown
from helpers.decision.paperwork.case import open_case as open_paperwork
from helpers.intake.columns.template import write_template
from helpers.intake.places import DATA
from helpers.intake.refusal import Refusal
from helpers.lesson.paperwork.ground import check_report

LEAN = {"draws": 256}
SHORT = {**LEAN, "replications": 3}


@pytest.fixture
def cut(tmp_path):
    """A function from a case, columns and rows to a file with only these of the shipped log's; renamed as asked."""

    def write(case: str, columns: dict[str, str] | None = None, rows: int = 6000, name: str = "log.csv") -> Path:
        with open(DATA / case / "events.csv", encoding="utf-8", newline="") as file:
            table = list(itertools.islice(csv.DictReader(file), rows))
        columns = columns or {column: column for column in table[0]}
        with open(tmp_path / name, "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(columns.values())
            writer.writerows([row[column] for column in columns] for row in table)
        return tmp_path / name

    return write


@pytest.fixture
def keyed(monkeypatch, tmp_path):
    """A function that puts another key in place."""
    return lambda name: monkeypatch.setenv("CASEBOOK_KEY_FILE", str(tmp_path / name))


@pytest.mark.parametrize(("case", "open_case", "given", "rows"), [("marketing", open_marketing, {**LEAN, "burn_in_days": 10}, 30_000), ("paperwork", open_paperwork, SHORT, 5000)])
def test_findings_are_the_same_under_any_key_and_show_no_id(cut, keyed, case, open_case, given, rows):
    path, told, ids = cut(case, rows=rows), [], set()
    for key in ("one", "two"):
        keyed(key)
        opened = open_case({"log_file": str(path), **given})
        memo = opened.memo() if callable(opened.memo) else opened.memo
        told.append(json.dumps(opened.findings.records()) + markdown(memo))
        frame = opened.log.events if case == "marketing" else opened.log.handlings
        ids |= set(frame["salesperson" if case == "marketing" else "case"].dropna())
    assert told[0] == told[1]
    assert all("-" in each for each in ids) and not any(raw in told[0] for raw in ("clerk 1", "C0001", "s153"))


def test_ids_stay_where_they_are_asked_to_and_in_the_shipped_log(cut, keyed):
    keyed("one")
    kept = open_paperwork({"log_file": str(cut("paperwork", rows=50)), "keep_ids": True})
    assert "C0001" in set(kept.log.handlings["case"]) and "ids are shown" in kept.findings["log_read_as"]
    assert "C0001" in set(open_paperwork({}).log.handlings["case"])


STEPS = {
    "open case": "受理", "explain standard": "说明标准", "send list": "发送清单", "prepare": "准备材料", "register": "登记", "review": "审核", "file": "归档", "give feedback": "反馈",
    "correct": "补正", "review again": "再次审核", "close case": "结案", "clear exception": "特批", "withdraw": "撤回",
}  # fmt: skip


def test_an_excel_file_with_chinese_headers_needs_no_mapping_and_shows_nobody(tmp_path, keyed):
    keyed("one")
    shipped = open_paperwork({}).log.handlings.head(2000)
    moments = {name: shipped[name].dt.tz_convert("Asia/Shanghai").dt.strftime("%Y年%m月%d日 %H:%M:%S") for name in ("start", "end")}
    clerks = dict(zip(sorted(set(shipped["resource"].dropna())), "张伟 王芳 李娜 刘洋 陈静 杨帆 赵磊 黄敏 客户".split()))
    sheet = pd.DataFrame({
        "案件编号": shipped["case"], "客户姓名": "欧阳娜娜", "手机号": "13800138000", "环节": shipped["activity"].map(STEPS), "材料名称": shipped["document"],
        "办理人": shipped["resource"].map(clerks), "开始时间": moments["start"], "完成时间": moments["end"],
    })  # fmt: skip
    sheet.to_excel(tmp_path / "办件记录.xlsx", index=False, startrow=2)
    case = open_paperwork({"log_file": str(tmp_path / "办件记录.xlsx"), "client_activities": "准备材料, 补正", "same_steps": "再次审核: 审核", **SHORT})
    own, ours = case.log.handlings, shipped.dropna(subset="resource")
    assert len(own) == len(shipped) and own["start"].tolist() == shipped["start"].tolist() and own["kind"].fillna("").tolist() == shipped["kind"].fillna("").tolist()
    assert own["resource"].nunique() == ours["resource"].nunique() and set(case.lacks) <= {"closing", "enough_clients"}
    read = case.findings["log_read_as"]
    assert "column '办理人' taken for resource" in read and "'客户姓名' (a name" in read and "'手机号' (a phone number" in read
    shown = own.to_csv() + json.dumps(case.findings.records(), ensure_ascii=False) + markdown(case.memo()) + repr(check_report(case))
    assert not any(name in shown for name in (*clerks.values(), "欧阳娜娜", "13800138000") if name != "客户")


@pytest.mark.parametrize(
    ("columns", "lacks"),
    [
        ({"time": "时间", "event": "行为"}, {"people", "salespeople", "topics", "share links", "trial"}),
        ({"time": "time", "event": "event", "person": "person"}, {"salespeople", "topics", "share links", "trial"}),
    ],
)
def test_a_share_log_that_lacks_almost_everything_comes_to_a_memo(cut, keyed, columns, lacks):
    keyed("one")
    case = open_marketing({"log_file": str(cut("marketing", columns, rows=30_000)), "burn_in_days": 30, **LEAN})
    assert set(case.lacks) == lacks
    assert case.findings["rows_read"].value == 30_000 and all(not case.findings.lacks(name) for name in case.findings)
    memo = markdown(case.memo)
    assert "Not measured but assumed" in memo and not re.search(r"\bnan\b", memo.lower())


def test_one_month_is_too_little_to_decide_from_and_the_remedy_is_said(cut, keyed):
    keyed("one")
    case = open_marketing({"log_file": str(cut("marketing", {"time": "time", "event": "event", "person": "person"}, rows=9000)), "burn_in_days": 20, **LEAN})
    with pytest.raises(Refusal, match="burn-in of 20 days only one whole month is left.*smaller burn_in_days"):
        case.findings.records()


def test_an_office_log_of_case_step_and_one_time_comes_to_a_memo(cut, keyed):
    keyed("one")
    case = open_paperwork({"log_file": str(cut("paperwork", {"case": "案件编号", "activity": "环节", "end": "时间"})), **SHORT})
    assert {"touch_time", "document", "party", "resource", "kind"} <= set(case.lacks)
    assert case.findings["handlings"].value > 5900 and case.findings["rework_share"].value >= 0
    assert "Measure first" in markdown(case.memo())


def test_a_log_of_clerks_alone_says_nothing_of_clients(cut, keyed):
    keyed("one")
    path = cut("paperwork", rows=6000)
    rows = [line for line in path.read_text(encoding="utf-8").splitlines() if ",client,client," not in line]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    case = open_paperwork({"log_file": str(path), **SHORT})
    assert set(case.lacks) == {"client_work"} and case.findings.lacks("waiting_client_share") == ("client_work",)
    assert case.findings["best_option"] and "no work of clients" in markdown(case.memo())


def test_too_few_clients_are_named_as_what_is_lacking(cut, keyed):
    keyed("one")
    case = open_paperwork({"log_file": str(cut("paperwork", rows=200)), **SHORT})
    assert set(case.lacks) >= {"enough_clients"} and "Measure first" in markdown(case.memo())


def test_the_templates_example_goes_through(tmp_path, keyed):
    keyed("one")
    case = open_paperwork({"log_file": str(write_template("paperwork", tmp_path / "log.xlsx")), **SHORT})
    assert case.findings["handlings"].value == 12


def test_a_mapping_file_answers_what_would_be_asked(cut, keyed):
    keyed("one")
    path = cut("marketing", {"time": "wann", "event": "was", "person": "wer"}, rows=30_000)
    with pytest.raises(Refusal, match="log.mapping.yaml: time: wann"):
        open_marketing({"log_file": str(path)})
    path.with_name("log.mapping.yaml").write_text("columns: {time: wann, event: was, person: wer}\n", encoding="utf-8")
    read = open_marketing({"log_file": str(path)}).findings["log_read_as"]
    assert "mapping file log.mapping.yaml" in read and "pseudonyms in person" in read
