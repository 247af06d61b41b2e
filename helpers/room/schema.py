"""The store's tables. All state of a room is in them, so that a server that died begins again where it was."""

import sqlalchemy as sa

metadata = sa.MetaData()

rooms = sa.Table(
    "rooms",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("secret", sa.String(64), nullable=False),  # tokens are derived from it, so that a restart prints the same ones
    sa.Column("begun", sa.Float, nullable=False),  # all times: seconds since 1970, UTC
    sa.Column("ended", sa.Float),
    sa.Column("timer", sa.Float),  # when the time for what the room does now is up
)

teams = sa.Table(
    "teams",
    metadata,
    sa.Column("key", sa.String(64), primary_key=True),
    sa.Column("room", sa.ForeignKey("rooms.id")),  # none: a learner alone
    sa.Column("number", sa.Integer),
    sa.Column("name", sa.String(80), nullable=False),
    sa.UniqueConstraint("room", "number"),
)

sessions = sa.Table(
    "sessions",
    metadata,
    sa.Column("digest", sa.String(64), primary_key=True),  # of the cookie; the cookie itself is kept nowhere
    sa.Column("room", sa.ForeignKey("rooms.id"), nullable=False),
    sa.Column("team", sa.ForeignKey("teams.key")),  # none: the facilitator
    sa.Column("begun", sa.Float, nullable=False),
    sa.Column("ended", sa.Float),
)

answers = sa.Table(
    "answers",
    metadata,
    sa.Column("team", sa.ForeignKey("teams.key"), primary_key=True),
    sa.Column("question", sa.String(200), primary_key=True),
    sa.Column("round", sa.Integer, primary_key=True),
    sa.Column("answer", sa.Text, nullable=False),  # JSON in ASCII: the same in every database
    sa.Column("at", sa.Float, nullable=False),
)

outcomes = sa.Table(
    "outcomes",
    metadata,
    sa.Column("team", sa.ForeignKey("teams.key"), primary_key=True),
    sa.Column("question", sa.String(200), primary_key=True),
    sa.Column("outcome", sa.Text, nullable=False),  # JSON in ASCII
    sa.Column("at", sa.Float, nullable=False),
)

progress = sa.Table(
    "progress",
    metadata,
    sa.Column("team", sa.ForeignKey("teams.key"), primary_key=True),
    sa.Column("state", sa.Text, nullable=False),  # JSON in ASCII
    sa.Column("at", sa.Float, nullable=False),
)

votes = sa.Table(
    "votes",
    metadata,
    sa.Column("room", sa.ForeignKey("rooms.id"), primary_key=True),
    sa.Column("question", sa.String(200), primary_key=True),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("choices", sa.Text, nullable=False),  # JSON in ASCII: a list of words
    sa.Column("borne_out", sa.Integer),  # the choice that the evidence bears out, where there is one
    sa.Column("why", sa.Text, nullable=False),
    sa.Column("round", sa.Integer, nullable=False),
    sa.Column("state", sa.String(16), nullable=False),  # waiting, open, closed, revealed
    sa.Column("closes", sa.Float),  # the timer's end
)
