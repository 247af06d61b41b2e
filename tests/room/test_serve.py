"""Where a room listens, what it calls itself, and what keeps its pages served."""

import asyncio
import json
import os
import signal
import socket
import sys
from collections import namedtuple

import psutil
import pytest

from helpers.intake.refusal import Refusal
from helpers.room import serve
from helpers.room.pages_server import SECRET, PagesServer

Card = namedtuple("Card", "family address")
State = namedtuple("State", "isup")
CARDS = {"lo": "127.0.0.1", "wifi": "192.168.7.5", "down": "10.1.1.1", "public": "8.8.8.8", "cable": "10.0.0.9"}
PAGES = f"""
import json, os, sys
print("some noise")
print(json.dumps({{"address": "http://127.0.0.1:1/", "pid": os.getpid(), "secret": os.environ["{SECRET}"], "arguments": sys.argv}}), flush=True)
print(json.dumps({{"warm": True}}), flush=True)
sys.stdin.read()
"""


@pytest.fixture
def cards(monkeypatch):
    monkeypatch.setattr(psutil, "net_if_addrs", lambda: {name: [Card(socket.AF_INET, address), Card(socket.AF_INET6, "fe80::1")] for name, address in CARDS.items()})
    monkeypatch.setattr(psutil, "net_if_stats", lambda: {name: State(name != "down") for name in CARDS})
    monkeypatch.setattr(serve, "_way_out", lambda: "192.168.7.5")


def test_a_room_is_this_machines_alone_unless_it_is_asked_for(cards):
    (listening,) = serve._listening(serve.Wanted(port=0))
    with listening:
        assert listening.getsockname()[0] == "127.0.0.1"
    assert serve._hosts(serve.Wanted()) == {"127.0.0.1", "localhost"}


def test_in_a_local_network_it_is_known_by_its_own_addresses_only(cards):
    (listening,) = serve._listening(serve.Wanted(port=0, lan=True))
    with listening:
        assert listening.getsockname()[0] == "0.0.0.0"
    assert serve._address(serve.Wanted(lan=True), 8600) == "http://192.168.7.5:8600"
    hosts = serve._hosts(serve.Wanted(lan=True))
    assert {"192.168.7.5", "10.0.0.9"} <= hosts and hosts.isdisjoint({"8.8.8.8", "10.1.1.1", "", "0.0.0.0"})


def test_without_a_network_that_is_said(cards, monkeypatch):
    monkeypatch.setattr(psutil, "net_if_stats", lambda: {"lo": State(True)})
    with pytest.raises(Refusal, match="no local network"):
        serve._address(serve.Wanted(lan=True), 1)


def test_a_port_that_is_taken_is_said():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(Refusal, match="--port"):
            serve._listening(serve.Wanted(port=other.getsockname()[1]))


async def until(true) -> None:
    while not true():
        await asyncio.sleep(0.01)


def test_pages_are_served_again_after_their_server_died_and_end_with_us(do, tmp_path, monkeypatch):
    monkeypatch.setattr("helpers.room.pages_server.AGAIN", 0.01)
    pages, started = PagesServer([sys.executable, "-c", PAGES], "store", tmp_path / "log"), []

    async def live_twice() -> int:
        start = pages._start

        async def noted():
            started.append(await start())
            return started[-1]

        pages._start = noted
        keeping = asyncio.create_task(pages.keep_up())
        await until(lambda: pages.warm)
        os.kill(started[0].pid, signal.SIGKILL)
        await until(lambda: not pages.address)
        await until(lambda: pages.warm)
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)
        return started[1].returncode

    assert do(live_twice()) == 0 and pages.address == ""


def test_the_secret_is_in_the_environment_and_not_in_the_command(do, tmp_path):
    async def told() -> dict:
        pages = PagesServer([sys.executable, "-c", PAGES], "store", tmp_path / "log")
        process = await pages._start()
        await process.stdout.readline()
        said = json.loads(await process.stdout.readline())
        process.stdin.close()
        await process.wait()
        return said | {"expected": pages.secret}

    said = do(told())
    assert said["secret"] == said["expected"] and said["secret"] not in str(said["arguments"])
