"""Times as they come: each with the moments that must be read (UTC), or with the words by which the column must be refused."""


def log(*times, head="time,person,event"):
    return "\n".join([head, *(f'"{time}",p{number},read' for number, time in enumerate(times))]) + "\n"


GOOD = ["2026-03-01 08:00"] * 40
NOON = "2026-03-31T04:00:00+00:00"

INPUTS = [
    dict(name="day first, shown by a later row", content=log("04/05/2026 12:00", "23/05/2026 12:00"), times=["2026-05-04T04:00:00+00:00", "2026-05-23T04:00:00+00:00"], says="time: dates day first, as row 3 shows"),
    dict(name="month first, shown by a later row", content=log("04/05/2026 12:00", "05/23/2026 12:00"), times=["2026-04-05T04:00:00+00:00", "2026-05-23T04:00:00+00:00"], says="dates month first"),
    dict(name="either order, nothing tells", content=log("04/05/2026", "05/06/2026"), refused=["log.csv, row 2, column 'time'", "4 May 2026", "5 April 2026", "date_order"]),
    dict(name="either order, told by the parameter", content=log("04/05/2026 12:00"), how=dict(date_order="month first"), times=["2026-04-05T04:00:00+00:00"]),
    dict(name="both orders in one column", content=log("23/05/2026", "05/23/2026"), refused=["row 2", "'05/23/2026' in row 3", "date_order"]),
    dict(name="a year of two digits", content=log("31/03/26"), refused=["row 2", "two digits", "date_order"]),
    dict(name="a year of two digits, told by the parameter", content=log("31/03/26 12:00"), how=dict(date_order="day first"), times=[NOON]),
    dict(name="Chinese", content=log("2026年3月31日 12:00", "2026年3月31日 上午12:00", "2026年3月31日 下午12:00"), times=[NOON, "2026-03-30T16:00:00+00:00", NOON]),
    dict(name="full-width", content=log("２０２６－０３－３１　１２：００"), times=[NOON]),
    dict(name="Unix seconds", content=log("1774929600"), times=[NOON], says="1 cell read as Unix seconds"),
    dict(name="Unix milliseconds", content=log("1774929600000"), times=[NOON], says="Unix milliseconds"),
    dict(name="a spreadsheet's day numbers", content=log("46112.5"), times=[NOON], says="a spreadsheet's day numbers"),
    dict(name="offsets of several zones", content=log("2026-03-31T12:00+08:00", "2026-03-31T04:00Z", "2026-03-31T09:30:00+0530"), times=[NOON] * 3),
    dict(name="offsets on some rows only", content=log("2026-03-31T04:00:00Z", "2026-03-31 12:00"), times=[NOON] * 2, says="1 time without an offset taken as local in Asia/Shanghai"),
    dict(name="an hour that summer time skips", content=log("2026-03-29 02:30"), how=dict(time_zone="Europe/Berlin"), times=["2026-03-29T01:00:00+00:00"], says="that summer time skips"),
    dict(name="an hour that the clocks show twice", content=log("2026-10-25 02:30"), how=dict(time_zone="Europe/Berlin"), times=["2026-10-25T01:30:00+00:00"], says="show twice"),
    dict(name="one cell of another kind", content=log(*GOOD, "soon"), times=["2026-03-01T00:00:00+00:00"] * 40, aside={"time can't be read": (42,)}),
    dict(name="one blank cell", content=log(*GOOD, " "), times=["2026-03-01T00:00:00+00:00"] * 40, aside={"blank time": (42,)}),
    dict(name="many cells of another kind", content=log(*GOOD, *["soon"] * 9), refused=["row 42, column 'time'", "'soon' is not a time (and 8 more)", "2026-03-31 14:05"]),
    dict(name="many blank cells", content=log(*GOOD, *[""] * 9), refused=["9 of 49 rows have no time", "row 42"]),
    dict(name="days that don't exist", content=log(*GOOD, "2026-02-30 08:00"), times=["2026-03-01T00:00:00+00:00"] * 40, aside={"time can't be read": (42,)}),
    dict(name="words that mean today", content=log("now", "today"), refused=["'now' is not a time"]),
    dict(name="years only", content=log("2026", "2025"), refused=["'2026' is not a time"]),
    dict(name="clocks only", content=log("14:05", "14:06"), refused=["'14:05' is not a time"]),
    dict(name="a zone that doesn't exist", content=log(*GOOD), how=dict(time_zone="Asia/Atlantis"), refused=["no time zone 'Asia/Atlantis'", "Asia/Shanghai"]),
    dict(name="a cell without end in the column of times", content=log("9" * 1_000_000), refused=["row 2, column 'time'", "is not a time"]),
    dict(name="years of the Republic of China", content=log("115/03/31", "115/04/01"), refused=["'115/03/31' is not a time"]),
]
