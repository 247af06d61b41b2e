"""Mappings as they come: by known names, by a file beside the log, or refused with what could be pasted."""

ROWS = "2026-03-01 08:00,a,read\n2026-03-01 09:00,b,read\n"

INPUTS = [
    dict(name="Chinese names", content="时间,用户ID,行为类型\n2026-03-01 08:00,a,阅读\n2026-03-01 09:00,b,转发\n", people=["a", "b"], says="column '行为类型' taken for event"),
    dict(name="names of the event-log standard", content="time:timestamp,org:resource,concept:name\n" + ROWS, people=["a", "b"]),
    dict(name="names in capitals with spaces", content="Event Time,User ID,Action\n" + ROWS.replace("read", "READ"), people=["a", "b"]),
    dict(name="names that say nothing", content="x,y,z\n" + ROWS * 3, refused=["log.csv: there is no column for 'time' and 'event'", "log.mapping.yaml: time: x", "it holds times", "the columns are: x, y, z"]),
    dict(name="two columns of the same meaning", content="时间,timestamp,event\n2026-03-01,2026-03-01,read\n", refused=["'time'", "so is that of 'timestamp'"]),
    dict(name="no column of times", content="who,what\na,read\n", refused=["'time'", "the columns are: who, what"]),
    dict(name="events that are only alike", content="time,person,event\n2026-03-01,a,read_feedback\n2026-03-01,b,share_request\n", refused=["no row is a read", "event_map: read: read_feedback, forward: share_request"]),
    dict(name="several events of one meaning", content="time,person,event\n2026-03-01,a,阅读\n2026-03-01,b,打开\n", people=["a", "b"], says="event '打开' taken for read"),
    dict(name="several events of one meaning by the mapping", content="time,person,event\n2026-03-01,a,x\n2026-03-01,b,y\n", event_map="read: x | y", people=["a", "b"]),
    dict(name="a mapping file beside it", content="x,y,z\n" + ROWS, beside="columns: {time: x, person: y, event: z}\n", people=["a", "b"], says="mapping file log.mapping.yaml"),
    dict(name="a mapping file of another log", content="x,y,z\n" + ROWS, beside="columns: {time: wann}\n", refused=["no column 'wann' (mapped to time)"]),
    dict(name="a mapping file that is a list", content="x,y,z\n" + ROWS, beside="- time\n", refused=["log.mapping.yaml", "isn't pairs"]),
    dict(name="a mapping file that repeats itself without end", content="x,y,z\n" + ROWS, beside="columns: &a {time: x}\nevents: *a\n", refused=["log.mapping.yaml", "more than sections"]),
    dict(name="a mapping file that wants to run something", content="x,y,z\n" + ROWS, beside="columns: !!python/object/apply:os.system ['ls']\n", refused=["log.mapping.yaml"]),
    dict(name="a mapping file with an unknown section", content="x,y,z\n" + ROWS, beside="colums: {time: x}\n", refused=["no section 'colums'"]),
    dict(name="a mapping to a column that isn't ours", content="time,person,event\n" + ROWS, column_map="reader: person", refused=["'reader' is no column of this case"]),
    dict(name="one column for two parts", content="time,person,event\n" + ROWS, column_map="time: time, time: person", refused=["'time' is given twice"]),
]
