"""The facts of both cases as somebody who knows DuckDB would ask for them: the yardstick for what we generate.

Each function returns the tables that our own functions are held against; nothing here is used by the product.
"""

import duckdb
import pandas as pd

BURN_IN, SETTLE, DAY = 90, 7, 86_400


def connection(memory: str = "2GB") -> duckdb.DuckDBPyConnection:
    """DuckDB as our engine sets it, two threads and order given up, with half a gigabyte more memory."""
    within = duckdb.connect(config={"memory_limit": memory, "threads": 2, "preserve_insertion_order": False})
    within.execute("SET TimeZone = 'UTC'")
    return within


def traffic(folder, within: duckdb.DuckDBPyConnection) -> dict[str, pd.DataFrame]:
    """New and known by salesperson, cascade, article, month, depth, topic, channel; left-censoring; forwards by newcomers; spread of forwards."""
    within.execute(f"""CREATE VIEW event AS SELECT *, epoch_us(time) // 1000000 AS second, file_index * 1099511627776 + file_row_number AS row
        FROM read_parquet('{folder}/*.parquet')""")
    [(start, last)] = within.execute("SELECT epoch(date_trunc('day', min(time) AT TIME ZONE 'Asia/Shanghai'))::BIGINT - 28800, max(second) FROM event").fetchall()
    _links(within)
    within.execute("""CREATE TABLE person AS SELECT person, f.second AS second, f.row AS row FROM
        (SELECT person, min({'second': second, 'row': row}) AS f FROM event WHERE person IS NOT NULL GROUP BY person)""")
    within.execute(f"""CREATE TABLE read AS SELECT e.article, e.salesperson, e.topic, e.channel, l.link, l.root, coalesce(l.depth, -1) AS depth,
            e.person IS NULL AS blank, coalesce(e.person = e.salesperson, FALSE) AS own, coalesce(e.row = p.row, FALSE) AS first,
            (e.second - {start}) / {DAY} AS day, date_trunc('month', make_timestamp((e.second + 28800) * 1000000)) AS month, coalesce(l.forwarded, -1) AS forwarded
        FROM event e LEFT JOIN person p ON e.person = p.person LEFT JOIN link l ON e.share = l.share WHERE e.event = 'read'""")
    found = {"left_out": within.execute(f"""SELECT count(*) FILTER (day < {BURN_IN}) AS early, count(*) FILTER (day >= {BURN_IN} AND blank) AS blank,
        count(*) FILTER (day >= {BURN_IN} AND own) AS own FROM read WHERE forwarded = 1""").df()}
    counted = f"FROM read WHERE forwarded = 1 AND NOT blank AND day >= {BURN_IN}"
    for by in ("salesperson", "root", "article"):
        kinds = f"SELECT count(*) AS reads, count(*) FILTER (first) AS new {counted} AND {by} IS NOT NULL GROUP BY {by}"
        found[f"clusters {by}"] = within.execute(f"SELECT reads, new, count(*) AS clusters FROM ({kinds}) GROUP BY reads, new ORDER BY reads, new").df()
    for by in ("month", "depth", "topic", "channel"):
        found[by] = within.execute(f"""SELECT {by}, salesperson, count(*) AS reads, count(*) FILTER (first) AS new {counted} AND salesperson IS NOT NULL
            GROUP BY ALL ORDER BY ALL""").df()
    found["salesperson"] = within.execute(f"SELECT salesperson, count(*) AS reads, count(*) FILTER (first) AS new {counted} AND salesperson IS NOT NULL GROUP BY ALL ORDER BY ALL").df()
    found["censoring"] = within.execute("""SELECT (day // 30)::BIGINT AS period, salesperson, count(*) AS reads, count(*) FILTER (first) AS new FROM read
        WHERE forwarded = 1 AND NOT blank AND salesperson IS NOT NULL GROUP BY ALL ORDER BY ALL""").df()
    found["brought"] = within.execute(f"""SELECT salesperson, count(*) AS reads, count(*) FILTER (first AND forwarded = 1) AS brought FROM read
        WHERE day >= {BURN_IN} GROUP BY ALL ORDER BY ALL""").df()
    found["newcomers"] = within.execute(f"""SELECT salesperson, count(*) AS reads, count(*) FILTER (e.second - p.second <= {DAY}) AS new FROM event e JOIN person p USING (person)
        WHERE event = 'forward' AND (e.second - {start}) / {DAY} >= {BURN_IN} AND salesperson IS NOT NULL GROUP BY ALL ORDER BY ALL""").df()
    return found | _spread(within, last - SETTLE * DAY)


def _links(within: duckdb.DuckDBPyConnection) -> None:
    """Every link with its depth, root and top, level by level in a recursive query."""
    within.execute("""CREATE TABLE sent AS SELECT share, arg_min(parent_share, row) AS parent_share, arg_min(salesperson, row) AS salesperson, arg_min(second, row) AS second,
            arg_min((event = 'forward')::INT, row) AS forwarded, min(row) AS link FROM event WHERE event IN ('publish', 'forward') AND share IS NOT NULL GROUP BY share""")
    within.execute("CREATE TABLE sent_from AS SELECT s.share, s.salesperson, s.second, s.forwarded, s.link, p.link AS parent FROM sent s LEFT JOIN sent p ON s.parent_share = p.share")
    within.execute("""CREATE TABLE link AS WITH RECURSIVE level AS (
            SELECT link, 0 AS depth, link AS root, NULL::BIGINT AS top FROM sent_from WHERE forwarded = 0
            UNION ALL SELECT s.link, l.depth + 1, l.root, CASE WHEN l.depth = 0 THEN s.link ELSE l.top END
            FROM level l JOIN sent_from s ON s.parent = l.link WHERE s.forwarded = 1 AND l.depth < 59)
        SELECT s.*, l.depth, l.root, l.top FROM sent_from s LEFT JOIN level l USING (link)""")


def _spread(within: duckdb.DuckDBPyConnection, until: int) -> dict[str, pd.DataFrame]:
    """What became of settled forwards, by salesperson: readers, unread ones, forwards of them; sizes and depths of cascades."""
    within.execute(f"""CREATE TABLE settled AS SELECT f.salesperson, f.depth, coalesce(r.reads, 0) AS reads, coalesce(c.children, 0) AS children FROM link f
        LEFT JOIN (SELECT link, count(*) AS reads FROM read WHERE link IS NOT NULL GROUP BY link) r USING (link)
        LEFT JOIN (SELECT parent, count(*) AS children FROM link WHERE parent IS NOT NULL GROUP BY parent) c ON c.parent = f.link
        WHERE f.forwarded = 1 AND f.second <= {until}""")
    forwards = within.execute("""SELECT salesperson, count(*) AS forwards, sum(reads)::BIGINT AS reads, count(*) FILTER (reads = 0) AS unread, sum(children)::BIGINT AS children
        FROM settled GROUP BY ALL ORDER BY ALL""").df()
    generations = within.execute("SELECT depth, salesperson, count(*) AS forwards, sum(children)::BIGINT AS children FROM settled WHERE depth > 0 GROUP BY ALL ORDER BY ALL").df()
    trees = within.execute(f"""SELECT salesperson, size, depth, count(*) AS cascades FROM
        (SELECT top, count(*) AS size, max(depth) - 1 AS depth FROM link WHERE top IS NOT NULL GROUP BY top)
        JOIN (SELECT top, salesperson FROM link WHERE depth = 1 AND second <= {until}) USING (top) GROUP BY ALL ORDER BY ALL""").df()
    return {"forwards": forwards, "generations": generations, "trees": trees}


def office_map(folder, within: duckdb.DuckDBPyConnection) -> dict[str, pd.DataFrame]:
    """The map of documents: how often each step and each move, in how many documents, with how many hours between; beginnings, ends, variants; repeats."""
    within.execute(f"""CREATE VIEW handling AS SELECT "case" AS k, document AS d, activity AS step, resource AS who, epoch_us(start) AS start, epoch_us("end") AS ends,
        file_index * 1099511627776 + file_row_number AS row FROM read_parquet('{folder}/*.parquet')""")
    within.execute("""CREATE TABLE move AS SELECT k, d, step, lag(step) OVER item AS source, (start - lag(ends) OVER item) // 1000000 AS seconds
        FROM handling WHERE d IS NOT NULL WINDOW item AS (PARTITION BY k, d ORDER BY start, row)""")
    edges = within.execute("""SELECT source, step AS target, count(*) AS count, count(DISTINCT (k, d)) AS items, count(seconds) AS moves, sum(seconds)::BIGINT AS seconds
        FROM move GROUP BY ALL ORDER BY ALL""").df()
    nodes = within.execute("SELECT step, count(*) AS count, count(DISTINCT (k, d)) AS items FROM move GROUP BY ALL ORDER BY ALL").df()
    within.execute("DROP TABLE move")
    within.execute("CREATE TABLE letter AS SELECT step, chr(64 + row_number() OVER (ORDER BY step)::INT) AS letter FROM (SELECT DISTINCT step FROM handling)")
    ways = within.execute("""SELECT steps, count(*) AS items FROM
        (SELECT string_agg(letter, '' ORDER BY start, row) AS steps FROM handling JOIN letter USING (step) WHERE d IS NOT NULL GROUP BY k, d)
        GROUP BY steps ORDER BY ALL""").df()
    again = within.execute("""SELECT handlings, repeats, count(*) AS cases FROM (SELECT k, sum(n)::BIGINT AS handlings, sum(CASE WHEN who IS NULL THEN 0 ELSE n - 1 END)::BIGINT AS repeats
        FROM (SELECT k, d, step, who, count(*) AS n FROM handling GROUP BY ALL) GROUP BY k) GROUP BY ALL ORDER BY ALL""").df()
    return {"edges": edges, "nodes": nodes, "ways": ways, "again": again}
