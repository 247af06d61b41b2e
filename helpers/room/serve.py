"""Opens a room: the store, the teams, the front door, the pages behind it; and says how to come in."""

import asyncio
import errno
import signal
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

import click
import psutil
import segno
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets

from helpers.intake.refusal import Refusal
from helpers.room.ballot import PREPARED, read_ballot
from helpers.room.database import default_url
from helpers.room.front.door import front_door
from helpers.room.front.house import House
from helpers.room.front.upstream import Upstream
from helpers.room.pages_server import PagesServer
from helpers.room.roster import Roster
from helpers.room.store import Store
from helpers.room.votes import Votes

LOOPBACK = "127.0.0.1"
OUTSIDE = "192.0.2.1"  # an address that is nobody's (RFC 5737): nothing is sent there


@dataclass(frozen=True)
class Wanted:
    """What kind of room is to be opened. pages: the command that serves the teams' pages; without it there are votes only."""

    teams: int = 6
    lan: bool = False
    port: int = 8600
    store: str | None = None
    ballot: Path = PREPARED
    anew: bool = False
    pages: Sequence[str] = ()


def open_room(wanted: Wanted) -> None:
    """Serve a room until stopped. Raises Refusal where that can't be."""
    asyncio.run(_serve(wanted))


async def _serve(wanted: Wanted) -> None:
    url = wanted.store or default_url()
    store = Store.open(url)
    roster = Roster.open(store, wanted.teams, wanted.anew)
    votes = Votes(roster)
    votes.prepare(read_ballot(wanted.ballot))
    sockets = _listening(wanted)
    pages = PagesServer(_command(wanted, roster), url, _log(url))
    house = House(roster, votes, _address(wanted, sockets[0].getsockname()[1]), _hosts(wanted), Upstream(lambda: pages.address, pages.secret))
    server = HTTPServer(front_door(house), max_body_size=100_000, max_header_size=32_000)
    server.add_sockets(sockets)
    _announce(house, store)
    await _until_stopped(pages)
    server.stop()
    house.hang_up()
    store.close()


async def _until_stopped(pages: PagesServer) -> None:
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    keeping, telling = asyncio.create_task(pages.keep_up()), asyncio.create_task(_tell_warm(pages))
    await stop.wait()
    click.echo("\nThe room stops. Nothing is lost: the same command goes on where it stopped.")
    for task in (keeping, telling):
        task.cancel()
    await asyncio.gather(keeping, telling, return_exceptions=True)


async def _tell_warm(pages: PagesServer) -> None:
    while pages.command and not pages.warm:
        await asyncio.sleep(0.2)
    click.echo("The cases are ready." if pages.command else "Votes only: no cases are served.")


def _command(wanted: Wanted, roster: Roster) -> Sequence[str]:
    return [*wanted.pages, "--ready", str(len(roster.teams()))] if wanted.pages else ()


def _log(url: str) -> Path:
    """Where the pages' server writes what went wrong: beside the learner's own answers."""
    return Path(default_url()).parent / "room.log" if "://" in url else Path(url).expanduser().absolute().parent / "room.log"


def _listening(wanted: Wanted) -> list[socket.socket]:
    try:
        return bind_sockets(wanted.port, "0.0.0.0" if wanted.lan else LOOPBACK, family=socket.AF_INET)
    except OSError as error:
        taken = error.errno in (errno.EADDRINUSE, errno.EACCES)
        remedy = "Stop the other one, or give another port by --port" if taken else ""
        raise Refusal(f"port {wanted.port} can't be used ({error.strerror})", where="--port", remedy=remedy) from error


def _address(wanted: Wanted, port: int) -> str:
    return f"http://{_own_addresses()[0] if wanted.lan else LOOPBACK}:{port}"


def _hosts(wanted: Wanted) -> frozenset[str]:
    """The names that a browser may know this machine by; any other one is somebody's trick."""
    name = socket.gethostname().lower()
    return frozenset({LOOPBACK, "localhost", *([*_own_addresses(), name, f"{name}.local"] if wanted.lan else [])})


def _own_addresses() -> list[str]:
    """This machine's addresses in local networks, the one that it would go out by first. Raises Refusal where it has none."""
    up = [name for name, state in psutil.net_if_stats().items() if state.isup]
    found = [card.address for name in up for card in psutil.net_if_addrs().get(name, []) if card.family == socket.AF_INET]
    local = [address for address in found if ip_address(address).is_private and not ip_address(address).is_loopback]
    if not local:
        raise Refusal("this machine is in no local network", where="--lan", remedy="Join one, or leave --lan out")
    return sorted(local, key=lambda address: address != _way_out())


def _way_out() -> str:
    """The address that a packet to elsewhere would bear; none is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((OUTSIDE, 9))
        except OSError:
            return ""
        return probe.getsockname()[0]


def _announce(house: House, store: Store) -> None:
    teams = house.roster.teams()
    committed = len(store.answers_in(house.roster.room))
    begun = f"The room goes on where it stopped: {len(teams)} teams, {committed} answers. (--new begins another.)" if committed else f"The room is open for {len(teams)} teams."
    click.echo(f"{begun}\n\nYou, the facilitator (this link is yours alone):\n\n    {house.address}/console#{house.roster.facilitator_token}\n\nTeams go to:\n\n    {house.address}\n")
    segno.make(house.address, micro=False).terminal(compact=True, border=2)
    click.echo("\nEach team comes in by its own token (the console prints them as cards):\n")
    for team in teams:
        click.echo(f"    {team.token}    {team.name}")
    kept = store.engine.url.render_as_string(hide_password=True).removeprefix("sqlite:///")
    click.echo(f"\nAnswers are kept in {kept}. Stop with Ctrl+C; the same command goes on where it stopped.\n")
