"""Ids as they come: none becomes a number, a blank or another id."""


def log(*people):
    return "\n".join(["time,person,event", *(f'2026-03-0{1 + number % 9} 08:00,"{who}",read' for number, who in enumerate(people))]) + "\n"


ODD = ["007", "7", "7.0", "1-109135791", "NA", "nan", "NULL", "None", "null", "True", "1e5", "#N/A", "0x1F", "２", "12345678901234567890", "2026-03-01"]

INPUTS = [
    dict(name="ids that look like something else", content=log(*ODD), people=ODD),
    dict(name="ids with spaces around them", content=log(" a", "a "), people=["a", "a"]),
    dict(name="blank ids", content=log("a", "", "  "), people=["a", None, None]),
    dict(name="ids in other letters", content=log("王芳", "Müller", "😀", "a,b", "a'b"), people=["王芳", "Müller", "😀", "a,b", "a'b"]),
    dict(name="words for nobody stay unless told", content=log("unknown", "-", "a"), people=["unknown", "-", "a"]),
    dict(name="words for nobody, as told", content=log("unknown", "-", "a"), how=dict(nobody="Unknown, -"), people=[None, None, "a"]),
    dict(name="an id that would be a formula", content=log("=1+1", "@x"), people=["=1+1", "@x"]),
    dict(name="an id of markup", content=log("<script>alert(1)</script>"), people=["<script>alert(1)</script>"]),
    dict(name="the same row twice by its own id", content="time,person,event,id\n2026-03-01,a,read,1\n2026-03-01,a,read,1\n", people=["a"], aside={"id and content of an earlier row": (3,)}),
]
