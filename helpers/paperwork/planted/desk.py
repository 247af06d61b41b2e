"""The planted office at work: one queue, first come first served, as many desks as there are clerks.

Time is whole seconds of office time, except for clients, who work by the clock. The one event loop pops the task that has been ready longest
and gives it to the clerk who has been free longest; what a finished task leads to is ready later, so this order is the queue's order.
"""

from dataclasses import dataclass, field
from heapq import heappop, heappush

from helpers.paperwork.planted.clients import SECONDS_PER_DAY, SECONDS_PER_HOUR, Clients, Papers
from helpers.paperwork.planted.office import Office
from helpers.paperwork.planted.wall import Wall

CASE = -1  # stands for "no document": work on the case as a whole


@dataclass
class Desk:
    """The running office.

    `rows` collects handlings: (client, paper, activity, pass, clerk, start, end), in office seconds for clerks, clock seconds for clients.
    """

    office: Office
    clients: Clients
    papers: Papers
    wall: Wall
    rows: list[tuple] = field(default_factory=list)
    queue: list[tuple] = field(default_factory=list)
    tickets: int = 0

    def __post_init__(self):
        self.free = [(0, clerk) for clerk in range(self.office.clerks)]
        self.papers_of = [[] for _ in self.clients.arrival]
        for paper, client in enumerate(self.papers.client):
            self.papers_of[client].append(paper)
        self.left = [len(papers) for papers in self.papers_of]

    def run(self) -> list[tuple]:
        """All handlings, from the first arrival until nothing is left to do."""
        for client, arrival in enumerate(self.clients.arrival):
            self._line_up(arrival, client, CASE, "open case", 0)
            self._withdraw(client)
        while self.queue:
            self._serve(*heappop(self.queue))
        return self.rows

    def _line_up(self, ready: int, client: int, paper: int, activity: str, turn: int) -> None:
        heappush(self.queue, (ready, self.tickets, client, paper, activity, turn))
        self.tickets += 1

    def _serve(self, ready: int, _ticket: int, client: int, paper: int, activity: str, turn: int) -> None:
        free, clerk = heappop(self.free)
        start = max(ready, free)
        end = start + max(1, round(self._seconds(client, paper, activity, turn) * self.office.clerk_speeds[clerk]))
        heappush(self.free, (end, clerk))
        self.rows.append((client, paper, activity, turn, clerk, start, end))
        AFTERWARDS[activity](self, end, client, paper, turn)

    def _seconds(self, client: int, paper: int, activity: str, turn: int) -> int:
        if paper == CASE:
            return (self.clients.open_case if activity == "open case" else self.clients.close_case)[client]
        steps = self.papers
        if activity in ("review", "give feedback"):
            return (steps.review if activity == "review" else steps.feedback)[paper][turn]
        single = {"explain standard": steps.explain, "send list": steps.send, "register": steps.register}
        return single.get(activity, steps.exception if activity == "clear exception" else steps.file)[paper]

    def _opened(self, now: int, client: int, _paper: int, _turn: int) -> None:
        for paper in self.papers_of[client]:
            self._line_up(now, client, paper, "explain standard", 0)

    def _explained(self, now: int, client: int, paper: int, turn: int) -> None:
        self._line_up(now, client, paper, "send list", turn)

    def _sent(self, now: int, client: int, paper: int, turn: int) -> None:
        if self.papers.returned[paper]:
            self._client_works(now, client, paper, "prepare", turn)

    def _registered(self, now: int, client: int, paper: int, turn: int) -> None:
        self._line_up(now, client, paper, "review", turn)

    def _reviewed(self, now: int, client: int, paper: int, turn: int) -> None:
        if turn + 1 < self.papers.passes[paper]:
            self._line_up(now, client, paper, "give feedback", turn)
        elif self.papers.exception[paper]:
            self._line_up(now, client, paper, "clear exception", turn)
        else:
            self._accepted(now, client, paper, turn)

    def _told(self, now: int, client: int, paper: int, turn: int) -> None:
        self._client_works(now, client, paper, "correct", turn + 1)

    def _accepted(self, now: int, client: int, paper: int, turn: int) -> None:
        held = self.office.documents[self.papers.kind[paper]].held
        self._line_up(self.wall.next_batch(now) if held else now, client, paper, "file", turn)

    def _filed(self, now: int, client: int, _paper: int, _turn: int) -> None:
        self.left[client] -= 1
        if not self.left[client]:
            self._line_up(now, client, CASE, "close case", 0)

    def _closed(self, *_case) -> None:
        """Nothing follows: the client is served."""

    def _client_works(self, now: int, client: int, paper: int, activity: str, turn: int) -> None:
        begins = now + self.papers.delay[paper][turn]
        gone = self.clients.withdraws[client]
        if 0 <= gone <= begins:
            return
        start, end, ready = self._by_the_clock(begins, self.papers.work[paper][turn], self.papers.evening[paper][turn])
        self.rows.append((client, paper, activity, turn, -1, start, end))
        self._line_up(ready, client, paper, "register" if activity == "prepare" else "review", turn)

    def _by_the_clock(self, begins: int, seconds: int, evening: bool) -> tuple[int, int, int]:
        """Clock start and end of a client's work, and the office time at which it can be taken up."""
        start = self.wall.clock(begins)
        if evening:  # done after closing time of that day, found by the office next morning
            start = self.wall.closing(begins) + SECONDS_PER_HOUR + begins % SECONDS_PER_HOUR
            return start, start + seconds, (begins // SECONDS_PER_DAY + 1) * SECONDS_PER_DAY
        return start, start + seconds, self.wall.office(start + seconds)

    def _withdraw(self, client: int) -> None:
        moment = self.clients.withdraws[client]
        if moment >= 0:
            clock = self.wall.clock(moment)
            self.rows.append((client, CASE, "withdraw", 0, -1, clock, clock))


AFTERWARDS = {
    "open case": Desk._opened,
    "explain standard": Desk._explained,
    "send list": Desk._sent,
    "register": Desk._registered,
    "review": Desk._reviewed,
    "give feedback": Desk._told,
    "clear exception": Desk._accepted,
    "file": Desk._filed,
    "close case": Desk._closed,
}
