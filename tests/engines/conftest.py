"""One log of each case in every engine: pandas, DuckDB, and Spark where it is there."""

import os
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from helpers.intake.columns.log_source import LogSource
from helpers.marketing import big_log as share_logs
from helpers.marketing.log import load_log

FOR_SMALL = {  # what plans and compiles queries costs more than such small logs do
    "spark.sql.codegen.wholeStage": "false", "spark.sql.codegen.factoryMode": "NO_CODEGEN", "spark.sql.adaptive.enabled": "false", "spark.sql.shuffle.partitions": "1",
    "spark.sql.autoBroadcastJoinThreshold": "-1", "spark.ui.showConsoleProgress": "false", "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
}  # fmt: skip
ZONE = "Europe/Berlin"  # clocks are changed within the log


def share_rows(seed: int = 5, publishes: int = 70) -> pd.DataFrame:
    """A made-up share log: ties in time, blank people, a link sent twice and one whose way back is lost, fine times, an event of nobody's."""
    rng = np.random.default_rng(seed)
    start, rows = pd.Timestamp("2026-01-03 22:15:00.123457", tz="UTC"), []
    for publish in range(publishes):
        seller, begin = f"s{rng.integers(6)}", start + pd.Timedelta(hours=float(publish * 40))
        about = {"article": f"a{publish % 23}", "salesperson": seller, "topic": ["x", "é", "税"][publish % 3], "channel": "chat" if publish % 2 else None}
        links = [(f"h{publish}", None, begin)]
        rows.append({"time": begin, "person": seller, "event": "publish", "share": f"h{publish}", **about})
        for number in range(rng.integers(0, 6)):
            parent, _, sent = links[rng.integers(len(links))]
            sent += pd.Timedelta(hours=int(rng.integers(1, 30)))
            links.append((f"h{publish}.{number}", parent, sent))
            rows.append({"time": sent, "person": f"c{rng.integers(160)}", "event": "forward", "share": f"h{publish}.{number}", "parent_share": parent, **about})
        for share, _, sent in links:
            for _ in range(rng.integers(0, 7)):
                who = None if rng.random() < 0.06 else seller if rng.random() < 0.03 else f"c{rng.integers(160)}"
                rows.append({"time": sent + pd.Timedelta(hours=int(rng.integers(1, 9))), "person": who, "event": "read", "share": share, **about})
                if who and rng.random() < 0.1:
                    rows.append({"time": sent + pd.Timedelta(hours=30), "person": who, "event": "register", "share": share, **about})
    rows += [rows[0] | {"time": rows[0]["time"] + pd.Timedelta(days=1)}, rows[1] | {"event": "forward", "share": "odd", "parent_share": "lost"}]
    rows.append(rows[2] | {"event": "ping"})
    return pd.DataFrame(rows).sample(frac=1, random_state=3).reset_index(drop=True)


@pytest.fixture(scope="session")
def share_file(tmp_path_factory):
    """That log as two Parquet files in a folder, and as one CSV file."""
    folder, frame = tmp_path_factory.mktemp("share") / "log", share_rows()
    folder.mkdir()
    half = len(frame) // 2
    frame[:half].to_parquet(folder / "a.parquet")
    frame[half:].to_parquet(folder / "b.parquet")
    whole = folder.parent / "log.csv"
    frame.assign(time=frame["time"].map(lambda time: time.isoformat())).to_csv(whole, index=False)
    return SimpleNamespace(folder=folder, csv=whole, rows=len(frame))


@pytest.fixture(scope="session")
def loaded(share_file):
    """The log as pandas holds it."""
    return load_log(share_file.csv, time_zone=ZONE)


@pytest.fixture(scope="session")
def scanned(share_file):
    """The log as DuckDB scans it."""
    return share_logs.load_big_log(share_file.folder, LogSource(time_zone=ZONE))


def _workers() -> str:
    """Two workers with memory of their own, as on a cluster, where CASEBOOK_SPARK asks for "workers"; else two threads, which start sooner."""
    if os.environ.get("CASEBOOK_SPARK") != "workers":
        return "local[2]"
    import pyspark

    os.environ.setdefault("SPARK_HOME", str(Path(pyspark.__file__).parent))
    return "local-cluster[2,1,1024]"


@pytest.fixture(scope="session")
def spark():
    """One Spark session for all tests; they skip by its name where it isn't there, unless CASEBOOK_SPARK ("required", "workers") says that it must be."""
    required = os.environ.get("CASEBOOK_SPARK") in ("required", "workers")
    try:
        from helpers.intake.engine.spark import session

        opened = session(_workers(), FOR_SMALL)
    except Exception as missing:
        if required:
            raise
        pytest.skip(f"Spark isn't here: {missing}")
    opened.sparkContext.setLogLevel("ERROR")
    yield opened
    opened.stop()


@pytest.fixture(scope="session")
def on_spark(share_file, spark):
    """The log as Spark holds it."""
    return share_logs.load_big_log(f"local[2]#{share_file.folder}", LogSource(time_zone=ZONE))


def office_rows(seed: int = 9, cases: int = 60) -> pd.DataFrame:
    """A made-up office log: ties, renamed second passes, work on the case as a whole, lost resources and ends, one row that ends before it began."""
    rng = np.random.default_rng(seed)
    start, rows = pd.Timestamp("2026-03-20 07:00", tz="UTC"), []
    for case in range(cases):
        begin = start + pd.Timedelta(hours=7 * case)
        rows.append({"case": f"k{case}", "activity": "open", "kind": "open", "start": begin, "resource": "r0"})
        for document in range(rng.integers(1, 4)):
            steps = ["explain", "send", "review"] + ["feedback", "review again"] * rng.integers(0, 3) + ["file"] * (rng.random() < 0.9)
            for number, step in enumerate(steps):
                who = None if rng.random() < 0.1 else f"r{rng.integers(3)}"
                moment = begin + pd.Timedelta(hours=int(number + rng.integers(0, 2)))
                rows.append({"case": f"k{case}", "activity": step, "document": f"d{document}", "kind": step.split()[0], "start": moment, "resource": who})
    frame = pd.DataFrame(rows)
    frame["end"] = (frame["start"] + pd.to_timedelta(rng.integers(0, 90, len(frame)), unit="min")).where(rng.random(len(frame)) > 0.03)
    frame.loc[5, "end"] = frame.loc[5, "start"] - pd.Timedelta(hours=1)
    return frame.sample(frac=1, random_state=1).reset_index(drop=True)


@pytest.fixture(scope="session")
def office_file(tmp_path_factory):
    """That log as a Parquet file."""
    file = tmp_path_factory.mktemp("office") / "office.parquet"
    office_rows().to_parquet(file)
    return file
