"""The server is killed with -9 while forty teams vote, and started again: nothing that was acknowledged is lost, and the console is right."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager

import pytest

from helpers.room.roster import Roster
from helpers.room.store import Store

TEAMS, ROUNDS, CHOICES = 40, 3, ("Hire", "Standardise")
SERVE = "import sys; from helpers.room.serve import Wanted, open_room; open_room(Wanted(teams=int(sys.argv[1]), port=int(sys.argv[2]), store=sys.argv[3]))"
PATIENCE = 60  # seconds


@contextmanager
def served(port: int, address: str, home):
    """The room, as a process of its own; votes only."""
    own = os.environ | {"XDG_DATA_HOME": str(home)}
    process = subprocess.Popen([sys.executable, "-c", SERVE, str(TEAMS), str(port), address], env=own, stdout=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until(work):
    """What `work` gives, once the server is there."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return work()
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)


class Team(threading.Thread):
    """Votes in each round as soon as it is open, again and again until that is acknowledged."""

    def __init__(self, browser, token: str, place: int):
        super().__init__(daemon=True)
        self.browser, self.token, self.place, self.acknowledged = browser, token, place, {}

    def run(self) -> None:
        browser = until(lambda: self.browser.enter(self.token))
        while len(self.acknowledged) < ROUNDS:
            vote = until(lambda: browser.ask("/room/state")).data["vote"]
            if vote and vote["state"] == "open" and vote["round"] not in self.acknowledged:
                choice = CHOICES[(self.place + vote["round"]) % 2]
                reply = until(lambda: browser.tell("/room/vote", {"name": vote["name"], "round": vote["round"], "choice": choice}))
                if reply.status == 200:
                    self.acknowledged[vote["round"]] = choice
            time.sleep(0.05)


@pytest.mark.parametrize("address", ["sqlite", "postgresql"], indirect=True)
def test_nothing_acknowledged_is_lost_when_the_server_is_killed(address, stranger, tmp_path):
    port = free_port()
    roster = Roster.open(Store.open(address), TEAMS)
    browser = stranger(port)
    teams = [Team(browser, team.token, team.number) for team in roster.teams()]
    with served(port, address, tmp_path) as first:
        facilitator = until(lambda: browser.enter(roster.facilitator_token))
        facilitator.tell("/console/ask", {"text": "What now?", "choices": list(CHOICES)})
        name = facilitator.ask("/console/state").data["votes"][-1]["name"]
        facilitator.tell("/console/open", {"name": name})
        for team in teams:
            team.start()
        wait_for(teams, TEAMS // 2)
        first.send_signal(signal.SIGKILL)
        first.wait()
        before = {team.place: dict(team.acknowledged) for team in teams}
    with served(port, address, tmp_path):
        shown = until(lambda: facilitator.ask("/console/state")).data["votes"][-1]
        assert {team for team, acknowledged in before.items() if acknowledged} <= set(shown["committed"]) and shown["state"] == "open"
        for round_ in range(1, ROUNDS + 1):
            wait_for(teams, TEAMS * round_)
            facilitator.tell("/console/close", {"name": name})
            if round_ < ROUNDS:
                facilitator.tell("/console/open", {"name": name})
        shown = facilitator.ask("/console/state").data["votes"][-1]
    said = [[team.acknowledged[round_] for team in teams] for round_ in range(1, ROUNDS + 1)]
    assert 0 < sum(map(len, before.values())) < TEAMS * ROUNDS
    assert shown["tally"] == [{choice: round_.count(choice) for choice in CHOICES} for round_ in said]
    assert {(kept.team, kept.round): kept.answer["choice"] for kept in roster.store.answers_in(roster.room)} == {
        (key.key, round_): choice for key, team in zip(roster.teams(), teams, strict=True) for round_, choice in team.acknowledged.items()
    }
    roster.store.close()


def wait_for(teams: list[Team], acknowledged: int) -> None:
    """Wait until so many votes were acknowledged in all."""
    end = time.monotonic() + PATIENCE
    while sum(len(team.acknowledged) for team in teams) < acknowledged:
        assert time.monotonic() < end, "the votes don't come in"
        time.sleep(0.01)
