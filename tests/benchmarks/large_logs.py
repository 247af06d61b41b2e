"""Made-up logs of any size as Parquet folders, written by DuckDB piece by piece from one seed: the same number of events, the same bytes of fact.

Case 1: salespeople publish, links are read and forwarded in random recursive trees, few people read most, some rows name nobody, some readers
register. Case 2: cases of several documents, each explained, sent, reviewed and sometimes sent back, some by other people.

They are kept in the folder that CASEBOOK_LARGE_LOGS names, else in the temporary folder. python tests/benchmarks/large_logs.py [millions ...] makes them.
"""

import os
import sys
import tempfile
from pathlib import Path

import duckdb

CACHE = Path(os.environ.get("CASEBOOK_LARGE_LOGS") or Path(tempfile.gettempdir()) / "casebook-large-logs")
PIECE = 1_500_000  # events in a file
FIRST = 1_735_660_800_000_000  # 2025-01-01 00:00 in Shanghai, in microseconds


def even(*keys: object) -> str:
    """An even draw from 0 to 1, the same for the same keys."""
    return f"(hash({', '.join(map(str, keys))}) % 2147483647) / 2147483647.0"


def marketing(events: int) -> Path:
    """A folder with a log of case 1 of about so many events."""
    publishes = int(events / 22.4)
    return _written("marketing", events, publishes, 22.4, lambda low, high: _marketing(low, high, publishes, events))


def paperwork(events: int) -> Path:
    """A folder with a log of case 2 of about so many handlings."""
    cases = int(events / 26.2)
    return _written("paperwork", events, cases, 26.2, lambda low, high: _paperwork(low, high, cases))


def as_csv(folder: Path) -> Path:
    """The log of a folder as one CSV file beside it."""
    file = folder.with_suffix(".csv")
    if not file.exists():
        within = duckdb.connect(config={"memory_limit": "1GB", "threads": 2, "temp_directory": str(CACHE / "spill")})
        within.execute(f"COPY (FROM read_parquet('{folder}/*.parquet')) TO '{file}.part' (FORMAT CSV, HEADER)")
        file.with_name(f"{file.name}.part").rename(file)
    return file


def _written(case: str, events: int, units: int, each: float, rows) -> Path:
    folder = CACHE / f"{case}-{events}"
    if (folder / "_done").exists():
        return folder
    folder.mkdir(parents=True, exist_ok=True)
    within, step = duckdb.connect(config={"memory_limit": "2GB", "threads": 2, "temp_directory": str(CACHE / "spill")}), max(int(PIECE / each), 1)
    for piece, low in enumerate(range(0, units, step)):
        within.execute(f"COPY ({rows(low, min(low + step, units))}) TO '{folder}/{piece:04d}.parquet' (FORMAT PARQUET)")
    (folder / "_done").touch()
    return folder


def _marketing(low: int, high: int, publishes: int, events: int) -> str:
    people, sellers, articles = max(events // 4, 50), max(events // 5000, 20), max(events // 2000, 40)
    return f"""
    WITH publish AS (
        SELECT p, (hash(p, 1) % {sellers})::INT AS seller, (hash(p, 2) % {articles})::INT AS article,
            {FIRST} + (p::DOUBLE / {publishes} * 540 * 86400e6)::BIGINT AS moment, (-ln(1e-9 + {even('p', 3)}) * 4)::INT AS forwards
        FROM range({low}, {high}) t(p)),
    link AS (SELECT p, seller, article, unnest(range(0, forwards + 1)) AS r, moment FROM publish),
    placed AS (
        SELECT *, moment + (r * {even('p', 'r', 4)} * 2 * 86400e6)::BIGINT AS sent, CASE WHEN r > 0 THEN floor({even('p', 'r', 5)} * r)::INT END AS parent,
            (-ln(1e-9 + {even('p', 'r', 6)}) * (CASE WHEN r = 0 THEN 8 ELSE 2.3 END))::INT AS reads
        FROM link),
    reader AS (SELECT *, unnest(range(0, reads)) AS k FROM placed),
    event AS (
        SELECT sent AS moment, CASE WHEN r = 0 THEN 's' || seller ELSE 'c' || floor({people} * pow({even('p', 'r', 7)}, 2))::INT END AS person,
            CASE WHEN r = 0 THEN 'publish' ELSE 'forward' END AS event, article, seller, p || '.' || r AS share,
            CASE WHEN r > 0 THEN p || '.' || parent END AS parent_share, p, r, -1 AS k
        FROM placed
        UNION ALL
        SELECT sent + ({even('p', 'r', 'k', 8)} * 3 * 86400e6)::BIGINT,
            CASE WHEN hash(p, r, k, 9) % 33 = 0 THEN NULL WHEN hash(p, r, k, 11) % 200 = 0 THEN 's' || seller
                ELSE 'c' || floor({people} * pow({even('p', 'r', 'k', 10)}, 2))::INT END,
            'read', article, seller, p || '.' || r, NULL, p, r, k
        FROM reader
        UNION ALL
        SELECT sent + 3 * 86400000000, 'c' || floor({people} * pow({even('p', 'r', 'k', 10)}, 2))::INT, 'register', article, seller, p || '.' || r, NULL, p, r, k
        FROM reader WHERE hash(p, r, k, 12) % 60 = 0)
    SELECT make_timestamp(moment // 1000000 * 1000000)::TIMESTAMPTZ AS time, person, event, 'a' || article AS article, 's' || seller AS salesperson,
        share, parent_share, 'topic ' || (article % 12) AS topic, ['chat', 'group', 'moments'][1 + (hash(p, r, 14) % 3)::INT] AS channel
    FROM event ORDER BY moment, p, r, k"""


STEPS = ("explain", "send", "prepare", "review", "file")


def _paperwork(low: int, high: int, cases: int) -> str:
    return f"""
    WITH client AS (
        SELECT c, {FIRST} + (c::DOUBLE / {cases} * 500 * 86400e6)::BIGINT AS opened, 2 + (hash(c, 1) % 4)::INT AS documents FROM range({low}, {high}) t(c)),
    document AS (SELECT *, unnest(range(0, documents)) AS d FROM client),
    round AS (SELECT *, unnest(range(0, 1 + least((-ln(1e-9 + {even('c', 'd', 2)}) * 0.55)::INT, 4))) AS again FROM document),
    step AS (SELECT *, unnest(range(0, CASE WHEN again = 0 THEN 5 ELSE 4 END)) AS s FROM round),
    handling AS (
        SELECT c, d, again, s, opened + ((again * 6 + s + 2 * {even('c', 'd', 'again', 's', 3)}) * 9 * 3600e6)::BIGINT AS start,
            CASE WHEN again = 0 THEN CASE s WHEN 0 THEN 'explain' WHEN 1 THEN 'send' WHEN 2 THEN 'prepare' WHEN 3 THEN 'review' ELSE 'file' END
                ELSE CASE s WHEN 0 THEN 'feedback' WHEN 1 THEN 'correct' WHEN 2 THEN 'prepare' ELSE 'review' END END AS activity,
            CASE WHEN s = 2 THEN NULL WHEN again > 0 AND hash(c, d, again, s, 4) % 2 = 0 THEN hash(c, d, 5) ELSE hash(c, d, again, s, 6) END AS who FROM step
        UNION ALL
        SELECT c, NULL, 0, 9, opened - 3600000000, 'open', hash(c, 7) FROM client
        UNION ALL
        SELECT c, NULL, 0, 99, opened + 300 * 3600000000, 'close', hash(c, 8) FROM client)
    SELECT 'client ' || c AS "case", activity, 'paper ' || d AS document, 'clerk ' || (who % 40) AS resource,
        make_timestamp(start // 1000000 * 1000000)::TIMESTAMPTZ AS start,
        make_timestamp((start + ({even('c', 'd', 'again', 's', 9)} * 3 * 3600e6)::BIGINT) // 1000000 * 1000000)::TIMESTAMPTZ AS "end"
    FROM handling ORDER BY start, c, d, again, s"""


if __name__ == "__main__":
    for millions in sys.argv[1:]:
        print(marketing(int(float(millions) * 1e6)), paperwork(int(float(millions) * 1e6)), flush=True)
