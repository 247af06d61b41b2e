"""A room for teams."""

import sys
from pathlib import Path

import click


@click.command()
@click.option("--teams", default=6, show_default=True, help="How many teams take part.")
@click.option("--lan", is_flag=True, help="Let other machines of the local network in, not this one alone.")
@click.option("--port", default=8600, show_default=True, help="Where the room is served.")
@click.option("--store", help="Where answers are kept: a file, or postgresql://…  [default: a file of your own]")
@click.option("--votes", "ballot", type=click.Path(path_type=Path), help="A file with questions to vote on.  [default: data/room/votes.yaml]")
@click.option("--new", "anew", is_flag=True, help="Begin another room, where one hasn't been ended.")
def room(ballot: Path | None, **wanted) -> None:
    """Open a room: the cases for every team, votes, and a console for the facilitator."""
    from helpers.room.serve import Wanted, open_room

    open_room(Wanted(**wanted, **({"ballot": ballot} if ballot else {}), pages=[sys.executable, "-m", "helpers.app.behind"]))
