"""The app's server behind a front door: known readers alone, their own kernels alone, and nothing but its pages."""

import asyncio
import json
import os
import subprocess
import sys
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import pytest
from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.websocket import websocket_connect

from helpers.app.recognise import TEAM
from helpers.room.mine import STORE
from helpers.room.pages_server import SECRET
from helpers.room.store import Store

DOOR = "the front door's secret"


@pytest.fixture(scope="module")
def door(tmp_path_factory):
    """A function from an address and a team to (status, text), as the front door asks; the server ends with its standard input."""
    home = tmp_path_factory.mktemp("app")
    store = Store.open(str(home / "store.sqlite"))
    teams = [store.learner()]
    environment = os.environ | {SECRET: DOOR, STORE: str(home / "store.sqlite"), "XDG_DATA_HOME": str(home)}
    command = [sys.executable, "-m", "helpers.app.behind", "--ready", "1"]
    server = subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    address = json.loads(server.stdout.readline())["address"].rstrip("/")

    def ask(path: str, team: str | None = teams[0], secret: str = DOOR, method: str = "GET") -> tuple[int, str]:
        headers = {"Authorization": f"token {secret}"} | ({TEAM: team} if team else {})
        try:
            with urllib.request.urlopen(urllib.request.Request(address + path, headers=headers, method=method), timeout=60) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    ask.address, ask.team = address, teams[0]
    yield ask
    server.stdin.close()
    assert server.wait(timeout=60) == 0  # however the front door ends, the pages end with it
    store.close()


def test_pages_are_for_known_readers(door):
    assert door("/")[0] == 200 and "The marketing-module request" in door("/")[1]
    for stranger in ({"team": None}, {"secret": "guessed"}, {"secret": ""}):
        for path in ("/", "/case/1_marketing_module", "/api/kernels", "/nowhere"):
            status, words = door(path, **stranger)
            assert status == 403 and "This page is private" in words


def test_a_page_holds_no_outcome_and_no_code(door):
    status, page = door("/case/1_marketing_module")
    assert status == 200 and "31.7" not in page and "opening.predict" not in page and "notebook-only" not in page


@pytest.mark.parametrize("path", [
    "/case/nowhere", "/case/..", "/case/0_start_here", "/voila/render/1_marketing_module.ipynb", "/voila/tree", "/voila/files/1_marketing_module.ipynb",
    "/voila/api/contents/1_marketing_module.ipynb", "/api/contents", "/api/sessions", "/api/terminals", "/lab", "/voila/query/0",
    "/voila/templates/casebook/static/../case.html", "/voila/templates/casebook/static/%2e%2e/%2e%2e/%2e%2e/%2e%2e/server.py", "/voila/static/..%2f..%2f..%2fetc/passwd",
    "/voila/templates/lab/static/x.js", "/voila/labextensions/jupyterlab_pygments/package.json",
])  # fmt: skip
def test_nothing_else_is_served(door, path):
    status, words = door(path)
    assert status in (403, 404) and "parameters" not in words and "root:" not in words


def test_nothing_can_be_sent_but_by_the_pages_own_lines(door):
    for path in ("/", "/case/1_marketing_module", "/api/kernels"):
        assert door(path, method="POST")[0] in (403, 405)


def test_a_kernel_is_its_readers_alone(door):
    async def reading() -> None:
        lines = door.address.replace("http", "ws")
        own = {"Authorization": f"token {DOOR}", TEAM: door.team}
        line = await websocket_connect(HTTPRequest(f"{lines}/run/1_marketing_module", headers=own, request_timeout=120))
        kernel = json.loads(await line.read_message())["kernel"]
        for headers in (own | {TEAM: "another team"}, {TEAM: door.team}, {}):
            with pytest.raises(HTTPClientError) as refused:
                await websocket_connect(HTTPRequest(f"{lines}/api/kernels/{kernel}/channels", headers=headers))
            assert refused.value.code in (403, 404)
        assert (await asyncio.to_thread(door, f"/api/kernels/{kernel}"))[0] == 200
        assert (await asyncio.to_thread(door, f"/api/kernels/{kernel}", "another team"))[0] == 404
        assert kernel not in (await asyncio.to_thread(door, "/api/kernels", "another team"))[1]
        line.close()

    with ThreadPoolExecutor(1) as apart:  # the browser tests keep a loop running in this thread
        apart.submit(asyncio.run, reading()).result()
