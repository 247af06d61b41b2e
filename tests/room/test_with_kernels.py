"""The room as the command opens it, with real kernels: whoever speaks to one past the page's own ways is refused."""

import json
import os
import re
import signal
import subprocess
import sys
import time

import pytest
from tornado.httpclient import HTTPRequest
from tornado.websocket import websocket_connect

CASE = "2_paperwork_standardisation"
PATIENCE = 120  # seconds; kernels start slowly where all cores are busy
KERNEL_INFO = json.dumps({"channel": "shell", "header": {"msg_type": "kernel_info_request", "msg_id": "1", "session": "x"}, "parent_header": {}, "metadata": {}, "content": {}})
RUN_CODE = json.dumps({"channel": "shell", "header": {"msg_type": "execute_request", "msg_id": "2", "session": "x"}, "parent_header": {}, "metadata": {}, "content": {"code": "1+1"}})


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    """The address of a room for two teams, and their tokens."""
    home = tmp_path_factory.mktemp("room")
    said = home / "said"
    command = [sys.executable, "-m", "helpers", "room", "--teams", "2", "--port", "0", "--store", str(home / "room.sqlite")]
    with said.open("w") as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, env=os.environ | {"XDG_DATA_HOME": str(home)})
    until = time.monotonic() + PATIENCE
    while "The cases are ready" not in said.read_text():
        assert process.poll() is None and time.monotonic() < until, said.read_text()
        time.sleep(0.1)
    yield re.search(r"http://\S+:(\d+)/console#", said.read_text())[1], re.findall(r"^    (\w{4}-\w{4})    ", said.read_text(), re.MULTILINE)
    process.send_signal(signal.SIGINT)
    process.wait(timeout=PATIENCE)


async def opened(port: str, path: str, cookie: str):
    headers = {"Cookie": f"casebook-{port}={cookie}", "Origin": f"http://127.0.0.1:{port}"}
    return await websocket_connect(HTTPRequest(f"ws://127.0.0.1:{port}{path}", headers=headers))


async def heard(line, kind: str) -> dict | None:
    """The next message of a kind; None where the line is closed before."""
    while (said := await line.read_message()) is not None:
        if json.loads(said)["header"]["msg_type"] == kind:
            return json.loads(said)
    return None


async def tried(port: str, mine: str, other: str) -> dict:
    """What comes of talking to one's own kernel, of running code in it, and of reaching for it as another team."""
    reading = await opened(port, f"/run/{CASE}", mine)
    kernel = json.loads(await reading.read_message())["kernel"]
    address = f"/api/kernels/{kernel}/channels"
    line = await opened(port, address, mine)
    await line.write_message(KERNEL_INFO)
    found = {"own": await heard(line, "kernel_info_reply")}
    await line.write_message(RUN_CODE)
    found["code"] = await heard(line, "execute_reply")
    found["closed with"] = line.close_code
    try:
        await opened(port, address, other)
    except Exception as refusal:
        found["other"] = str(refusal)
    reading.close()
    return found


def test_a_kernel_answers_its_team_runs_no_code_for_it_and_is_not_there_for_another(room, stranger, do):
    port, tokens = room
    one, two = (stranger(int(port)).enter(token) for token in tokens)
    found = do(tried(port, one.cookie, two.cookie))
    assert found["own"]["content"]["status"] == "ok"
    assert found["code"] is None and found["closed with"] == 4403
    assert "404" in found["other"]
    assert [two.ask(path).status for path in ("/voila/files/x.png", f"/voila/render/{CASE}.ipynb", "/login")] == [404] * 3


def test_each_team_meets_its_own_pages(room, stranger):
    port, tokens = room
    team = stranger(int(port)).enter(tokens[0])
    for path in ("/", f"/case/{CASE}"):
        page = team.ask(path)
        assert page.status == 200 and b"/room/static/bar.js" in page.body and b"token=" not in page.body
