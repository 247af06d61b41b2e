"""The facilitator's console: what it shows, and what it does."""

from http import HTTPStatus
from io import BytesIO

import segno
from tornado.web import HTTPError

from helpers.room.ballot import asked
from helpers.room.export import as_csv, as_xlsx
from helpers.room.front.visit import Visit
from helpers.room.summary import for_console

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_TIME = 3 * 60 * 60  # seconds


class ConsoleState(Visit):
    """All that the facilitator sees."""

    async def get(self) -> None:
        """Asked for again every second."""
        self.finish(await self.off(for_console, self.house.roster, self.house.votes) | {"address": self.house.address})


class ConsoleAction(Visit):
    """What the facilitator does: the action's name is in the address, what it needs in the message."""

    async def post(self, action: str) -> None:
        """Do it, and show what has become of it."""
        await getattr(self, f"_{action}")()
        self.finish({})

    async def _open(self) -> None:
        await self.off(self.house.votes.open, self.entry("name", str, ""), self._seconds())

    async def _close(self) -> None:
        await self.off(self.house.votes.close, self.entry("name", str, ""))

    async def _reveal(self) -> None:
        await self.off(self.house.votes.reveal, self.entry("name", str, ""))

    async def _ask(self) -> None:
        choices = [choice for choice in self.entry("choices", list, []) if isinstance(choice, str)]
        await self.off(self.house.votes.prepare, [asked(self.entry("text", str, ""), choices)])

    async def _timer(self) -> None:
        await self.off(self.house.roster.set_timer, self._seconds())

    async def _end(self) -> None:
        await self.off(self.house.roster.end)
        self.house.hang_up()

    def _seconds(self) -> int | None:
        seconds = self.entry("seconds", int)
        if seconds is not None and not 0 < seconds <= LONGEST_TIME:
            raise HTTPError(HTTPStatus.BAD_REQUEST)
        return seconds


class ConsoleTokens(Visit):
    """What lets each team in: its token, and a code for a telephone's camera."""

    async def get(self) -> None:
        """The token is behind the # of the address, which no server writes into its log."""
        teams = await self.off(self.house.roster.teams)
        cards = [{"number": team.number, "name": team.name, "token": team.token, "code": qr(f"{self.house.address}/#{team.token}")} for team in teams]
        self.finish({"address": self.house.address, "teams": cards})


class ConsoleAnswers(Visit):
    """All that was committed, as a table."""

    async def get(self, kind: str) -> None:
        """As CSV or as an Excel workbook."""
        write, content_type = {"csv": (as_csv, "text/csv; charset=utf-8"), "xlsx": (as_xlsx, EXCEL)}[kind]
        self.set_header("Content-Type", content_type)
        self.set_header("Content-Disposition", f'attachment; filename="answers.{kind}"')
        self.finish(await self.off(write, self.house.roster))


class ConsoleCode(Visit):
    """The room's address as a QR code."""

    async def get(self, kind: str) -> None:
        """As a drawing, or as a picture."""
        self.set_header("Content-Type", {"svg": "image/svg+xml", "png": "image/png"}[kind])
        picture = BytesIO()
        segno.make(self.house.address, micro=False).save(picture, kind=kind, scale=8)
        self.finish(picture.getvalue())


def qr(text: str) -> str:
    """A QR code as an address that a picture may have."""
    return segno.make(text, micro=False).svg_data_uri(scale=4)


ROUTES = [
    (r"/console/state", ConsoleState),
    (r"/console/(open|close|reveal|ask|timer|end)", ConsoleAction),
    (r"/console/tokens", ConsoleTokens),
    (r"/console/answers\.(csv|xlsx)", ConsoleAnswers),
    (r"/console/address\.(svg|png)", ConsoleCode),
]
