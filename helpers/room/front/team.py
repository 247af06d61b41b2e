"""What a team sees of the room: its name, its pages, and the vote."""

from helpers.room.front.visit import TEAM, Visit
from helpers.room.summary import for_team


class TeamState(Visit):
    """What there is to see now."""

    opens_to = TEAM

    async def get(self) -> None:
        """Asked for again every other second."""
        state = await self.off(for_team, self.house.roster, self.house.votes, self.visitor.team)
        self.finish(state | {"ready": self.house.pages_are_served})


class TeamVote(Visit):
    """A vote."""

    opens_to = TEAM

    async def post(self) -> None:
        """Keep it; what is said to be kept is on disk."""
        name, round_, choice = self.entry("name", str, ""), self.entry("round", int, 0), self.entry("choice", str, "")
        receipt = await self.off(self.house.votes.cast, self.visitor.team, name, round_, choice)
        self.finish({"at": receipt.at, "first": receipt.first})


class TeamName(Visit):
    """A name of the team's own choice."""

    opens_to = TEAM

    async def post(self) -> None:
        """Take it."""
        await self.off(self.house.roster.rename, self.visitor.team, self.entry("name", str, ""))
        self.finish({})


ROUTES = [(r"/room/state", TeamState), (r"/room/vote", TeamVote), (r"/room/name", TeamName)]
