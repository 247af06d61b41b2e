"""What a team, a stranger or another site's page might try: each attempt by name, and refused."""

import json
import struct

import pytest

from helpers.room.roster import Roster
from helpers.room.store import Store

KERNEL = "00000000-0000-0000-0000-00000000000{}"
V1 = "v1.kernel.websocket.jupyter.org"
REFUSED, GONE = 4403, 4404
CONSOLE = ["/console/state", "/console/tokens", "/console/answers.csv", "/console/answers.xlsx", "/console/address.svg"]
TEAM = ["/room/state", "/case/one", "/voila/static/voila.js"]


def message(kind: str, content: dict | None = None, channel: str = "shell", **more) -> str:
    return json.dumps({"channel": channel, "header": {"msg_type": kind, "msg_id": "1"}, "parent_header": {}, "metadata": {}, "content": content or {}, **more})


def v1(kind: str, content: dict | None = None, channel: str = "shell", buffers: tuple[bytes, ...] = ()) -> bytes:
    parts = [channel.encode(), *(json.dumps(part).encode() for part in ({"msg_type": kind, "msg_id": "1"}, {}, {}, content or {})), *buffers]
    offsets = [8 * (len(parts) + 2)]
    for part in parts:
        offsets.append(offsets[-1] + len(part))
    return struct.pack(f"<{len(offsets) + 1}Q", len(offsets), *offsets) + b"".join(parts)


async def next_message(line) -> str | bytes | None:
    return await line.read_message()


@pytest.fixture
def with_kernel(door):
    """Team 1 with a kernel of its own, whose reading stays open; and the door."""
    door.house.kernels[KERNEL.format(1)] = door.key(1)
    return door


@pytest.mark.parametrize("path", [*CONSOLE, *TEAM])
def test_a_stranger_reads_nothing(door, path):
    assert door.stranger.ask(path).status == 403
    assert door.behind.seen == []


@pytest.mark.parametrize("path", ["/", "/console", "/vote"])
def test_a_stranger_is_asked_for_a_token_and_told_nothing_else(door, path):
    reply = door.stranger.ask(path)
    assert b"token" in reply.body and b"Build it" not in reply.body and door.behind.seen == []


@pytest.mark.parametrize("path", CONSOLE)
def test_a_team_does_not_read_the_console(door, path):
    assert door.team(1).ask(path).status == 403


@pytest.mark.parametrize("action", ["open", "close", "reveal", "ask", "timer", "end"])
def test_a_team_does_not_do_what_the_facilitator_does(door, action):
    assert door.team(1).tell(f"/console/{action}", {"name": "build"}).status == 403
    assert door.stranger.tell(f"/console/{action}", {"name": "build"}).status == 403
    assert door.house.votes.showing() is None


def test_a_team_that_asks_for_the_console_is_sent_home(door):
    reply = door.team(1).ask("/console")
    assert reply.status == 302 and reply.headers["Location"] == "/"


@pytest.mark.parametrize("edit", [lambda cookie: "", lambda cookie: cookie[:-1], lambda cookie: cookie + "x", lambda cookie: cookie.swapcase(), lambda cookie: "' OR 1=1 --", lambda cookie: "../../x"])
def test_an_edited_cookie_opens_nothing(door, edit):
    edited = door.team(1).__class__(door.port, edit(door.team(1).cookie))
    assert edited.ask("/room/state").status == 403


def test_a_team_key_or_a_token_is_no_cookie(door):
    for guess in (door.key(1), door.house.roster.teams()[0].token, door.house.roster.room):
        assert type(door.stranger)(door.port, guess).ask("/room/state").status == 403


def test_a_cookie_of_another_room_opens_nothing(door, tmp_path):
    elsewhere = Roster.open(Store.open(str(tmp_path / "other.sqlite")), 3)
    cookie = elsewhere.enter(elsewhere.teams()[0].token)
    assert type(door.stranger)(door.port, cookie).ask("/room/state").status == 403


def test_a_token_of_another_room_lets_nobody_in(door, tmp_path):
    elsewhere = Roster.open(Store.open(str(tmp_path / "other.sqlite")), 3)
    assert door.stranger.tell("/room/enter", {"token": elsewhere.facilitator_token}).status == 403


def test_a_cookie_kept_after_leaving_is_worthless(door):
    team = door.team(1)
    assert team.tell("/room/leave", {}).status == 200
    assert team.ask("/room/state").status == 403


def test_cookies_and_tokens_are_worthless_once_the_room_has_ended(door):
    team, facilitator = door.team(1), door.facilitator
    token = door.house.roster.teams()[0].token
    assert facilitator.tell("/console/end", {}).status == 200
    assert {team.ask("/room/state").status, facilitator.ask("/console/state").status, door.stranger.tell("/room/enter", {"token": token}).status} == {403}


def test_scripts_cannot_read_the_cookie_and_other_sites_cannot_send_it(door):
    flags = door.stranger.tell("/room/enter", {"token": door.house.roster.teams()[0].token}).headers["Set-Cookie"].lower()
    assert "httponly" in flags and "samesite=strict" in flags


def test_the_store_holds_no_cookie_that_could_be_used(door):
    team = door.team(1)
    with door.house.roster.store.engine.connect() as connection:
        assert team.cookie not in str(connection.exec_driver_sql("SELECT * FROM sessions").all())


def test_guessing_tokens_is_slowed_down_and_even_the_right_one_waits(door):
    tries = [door.stranger.tell("/room/enter", {"token": f"AAAA-{number:04}"}).status for number in range(12)]
    assert tries[:10] == [403] * 10 and tries[10:] == [429] * 2


@pytest.mark.parametrize("headers", [
    {"Origin": "http://evil.example"}, {"Origin": "null"}, {"Origin": ""}, {"Origin": "http://127.0.0.1:1"},
    {"Content_Type": "text/plain"}, {"Content_Type": "application/x-www-form-urlencoded"},
])  # fmt: skip
def test_what_another_sites_page_sends_changes_nothing(door, headers):
    door.house.votes.open("build")
    assert door.team(1).tell("/room/vote", {"name": "build", "round": 1, "choice": "Yes"}, **headers).status == 403
    assert door.facilitator.tell("/console/close", {"name": "build"}, **headers).status == 403
    assert door.house.roster.store.answers("vote: build") == [] and door.house.votes.showing().state == "open"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "evil.example:8600", ""])
def test_a_foreign_name_for_this_machine_is_refused(door, host):
    assert door.team(1).ask("/room/state", Host=host).status in (400, 421)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS"])
def test_other_methods_do_nothing(door, method):
    for path in ("/room/state", "/case/one", "/room/vote"):
        assert door.team(1).ask(path, method, "{}", Origin=f"http://127.0.0.1:{door.port}", Content_Type="application/json").status == 405
    assert door.behind.seen == []


def test_a_team_cannot_say_that_it_is_another(door):
    reply = door.team(1).ask(f"/case/one?team={door.key(2)}", X_Casebook_Team=door.key(2), Authorization="token x")
    assert reply.body.startswith(f"<html><body>pages of {door.key(1)}".encode())
    assert door.behind.seen == [("/case/one", door.key(1))]


def test_neither_cookies_nor_what_a_browser_says_reach_the_pages_server(door):
    door.team(1).ask("/case/one", X_Forwarded_For="1.2.3.4", User_Agent="me")
    sent = {name.lower() for name in door.behind.headers[0]}
    assert sent.isdisjoint({"cookie", "x-forwarded-for", "origin", "referer"}) and "authorization" in sent


@pytest.mark.parametrize("path", [
    "/voila/files/1_marketing_module.ipynb", "/voila/render/1_marketing_module.ipynb", "/voila/tree", "/voila/api/contents", "/voila/api/shutdown/x", "/files/x", "/api/contents",
    "/api/kernels/", "/api/kernels/x", "/api/kernelspecs", "/api/sessions", "/lab", "/tree", "/login", "/voila/static/", "/voila/static/../files/x.ipynb", "/voila/static/%2e%2e/files/x", "/voila/static/..%2ffiles",
    "/voila/static//etc/passwd", "/voila/static/.hidden", "/case/../voila/tree", "/case/one/two", "/case/%6fne", "//voila/tree", "/room/static/../serve.py", "/room/static/..%2fserve.py",
    "/room/static/%2e%2e/serve.py", "/room/static/", "/room/static/console.html", "/console/../console/state", "/metrics", "/.git/config", "/CASE/one",
])  # fmt: skip
def test_no_folder_no_file_and_no_other_address_is_reached(door, path):
    assert door.team(1).ask(path).status in (403, 404)
    assert door.behind.seen == []


def test_a_team_does_not_reach_another_teams_kernel(with_kernel):
    with pytest.raises(Exception, match="404"):
        with_kernel.line(f"/api/kernels/{KERNEL.format(1)}/channels", with_kernel.team(2).cookie)
    assert with_kernel.behind.seen == []


def test_its_own_kernel_is_reached(with_kernel):
    path = f"/api/kernels/{KERNEL.format(1)}/channels"
    closed, heard = with_kernel.line(f"{path}?session_id=a-1&team={with_kernel.key(2)}", with_kernel.team(1).cookie, [message("kernel_info_request")], 1)
    assert with_kernel.behind.seen == [(f"{path}?session_id=a-1", with_kernel.key(1))]
    assert closed is None and json.loads(heard[0])["header"]["msg_type"] == "kernel_info_request"


def test_a_team_is_told_of_its_own_kernels_only(with_kernel):
    with_kernel.house.kernels[KERNEL.format(2)] = with_kernel.key(2)
    assert with_kernel.team(2).ask("/api/kernels").data == [{"id": KERNEL.format(2)}]
    assert with_kernel.team(2).ask(f"/api/kernels/{KERNEL.format(2)}").data == {"id": KERNEL.format(2)}
    assert with_kernel.team(2).ask(f"/api/kernels/{KERNEL.format(1)}").status == 404
    assert with_kernel.team(2).ask(f"/api/kernels/{KERNEL.format(9)}").status == 404


@pytest.mark.parametrize("kernel", [KERNEL.format(9), "x", "..", KERNEL.format(1) + "/../" + KERNEL.format(1), KERNEL.format(1).upper() + "x"])
def test_a_guessed_kernel_is_not_there(with_kernel, kernel):
    with pytest.raises(Exception, match=r"404|400"):
        with_kernel.line(f"/api/kernels/{kernel}/channels", with_kernel.team(1).cookie)


@pytest.mark.parametrize("who", ["stranger", "facilitator"])
def test_only_a_team_opens_a_line(with_kernel, who):
    with pytest.raises(Exception, match="403"):
        with_kernel.line(f"/api/kernels/{KERNEL.format(1)}/channels", getattr(with_kernel, who).cookie)


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:1", ""])
def test_another_sites_page_opens_no_line(with_kernel, origin):
    with pytest.raises(Exception, match="403"):
        with_kernel.line(f"/api/kernels/{KERNEL.format(1)}/channels", with_kernel.team(1).cookie, origin=origin)


def test_a_page_cannot_claim_another_teams_kernel(with_kernel):
    with_kernel.behind.gives.append(KERNEL.format(2))
    cookie = with_kernel.team(2).cookie
    with_kernel.line("/run/one", cookie, [json.dumps({"kernel": KERNEL.format(1)})], 2)
    assert with_kernel.house.kernels[KERNEL.format(1)] == with_kernel.key(1)


def test_a_kernel_is_nobodys_once_its_reading_has_closed(door):
    door.behind.gives.append(KERNEL.format(3))
    _, heard = door.line("/run/one", door.team(3).cookie, replies=1)
    assert json.loads(heard[0]) == {"kernel": KERNEL.format(3)}
    with pytest.raises(Exception, match="404"):
        door.line(f"/api/kernels/{KERNEL.format(3)}/channels", door.team(3).cookie)


@pytest.mark.parametrize("attempt", [
    message("execute_request", {"code": "1"}), message("complete_request"), message("inspect_request"), message("history_request"), message("shutdown_request"), message("debug_request"),
    message("comm_msg", channel="control"), message("shutdown_request", channel="control"), message("input_reply", {"value": "1"}, channel="stdin"), message("comm_msg", channel="iopub"),
    message("comm_open", {"target_name": "jupyter.widget"}), message("comm_open", {"target_name": ["jupyter.widget.control"]}), message("comm_open"), message("comm_msg", buffers=["x"]),
    '{"channel": "shell", "header": {"msg_type": "comm_msg", "msg_type": "execute_request"}, "content": {"code": "1"}}',
    "", "[]", "null", "{}", '"x"', "[" * 100_000, '{"channel": "shell", "header": null, "content": {}}', '{"channel": {}, "header": {"msg_type": []}, "content": {}}',
])  # fmt: skip
def test_no_message_that_runs_code_reaches_a_kernel(with_kernel, attempt):
    closed, _ = with_kernel.line(f"/api/kernels/{KERNEL.format(1)}/channels", with_kernel.team(1).cookie, [attempt])
    assert closed == REFUSED and with_kernel.behind.heard == []


@pytest.mark.parametrize("attempt", [
    v1("execute_request", {"code": "1"}), v1("shutdown_request", channel="control"), v1("comm_open", {"target_name": "x"}), b"", b"\xff" * 8, b"\xff" * 4096, bytes(8), v1("comm_msg")[:-1], v1("comm_msg") + b"x",
    v1("comm_msg", buffers=(b"x",) * 80), struct.pack("<3Q", 7, 64, 0), v1("comm_msg").replace(b"comm_msg", b"\xff\xfeomm_ms"),
])  # fmt: skip
def test_no_packed_message_that_runs_code_reaches_a_kernel(with_kernel, attempt):
    closed, _ = with_kernel.line(f"/api/kernels/{KERNEL.format(1)}/channels", with_kernel.team(1).cookie, [attempt], protocol=V1)
    assert closed == REFUSED and with_kernel.behind.heard == []


def test_what_widgets_say_passes_with_its_buffers(with_kernel):
    said = [v1("comm_msg", {"comm_id": "1", "data": {"state": {"value": 3}}}, buffers=(b"\x00\xff", b"")), v1("comm_open", {"target_name": "jupyter.widget.control"})]
    closed, heard = with_kernel.line(f"/api/kernels/{KERNEL.format(1)}/channels", with_kernel.team(1).cookie, said, 2, protocol=V1)
    assert closed is None and heard == said


@pytest.mark.parametrize(("who", "path"), [("facilitator", "/console/end"), ("team", "/room/leave")])
def test_a_line_is_cut_when_its_visit_ends(with_kernel, who, path):
    team, facilitator = with_kernel.team(1), with_kernel.facilitator
    line = with_kernel.do(with_kernel.opened(f"/api/kernels/{KERNEL.format(1)}/channels", team.cookie))
    assert (facilitator if who == "facilitator" else team).tell(path, {}).status == 200
    assert with_kernel.do(next_message(line)) is None and line.close_code == 4401
    with pytest.raises(Exception, match="403"):
        with_kernel.line("/run/one", team.cookie)


def test_a_team_votes_for_itself_whatever_else_it_says(door):
    door.house.votes.open("build")
    door.team(1).tell("/room/vote", {"name": "build", "round": 1, "choice": "Yes", "team": door.key(2)})
    assert [kept.team for kept in door.house.roster.store.answers("vote: build")] == [door.key(1)]


@pytest.mark.parametrize("sent", [
    {"name": "build", "round": 2, "choice": "Yes"}, {"name": "build", "round": 1, "choice": "Perhaps"}, {"name": "hire", "round": 0, "choice": "Yes"}, {"name": "hire", "round": 1, "choice": "Yes"},
    {"name": "' OR '1'='1", "round": 1, "choice": "Yes"},
])  # fmt: skip
def test_a_vote_that_is_not_open_counts_nothing(door, sent):
    door.house.votes.open("build")
    assert door.team(1).tell("/room/vote", sent).status == 409
    assert door.house.roster.store.answers_of(door.key(1)) == []


@pytest.mark.parametrize("sent", ["[]", "x", "[" * 5_000, '{"name": ["build"], "round": 1, "choice": "Yes"}', '{"name": "build", "round": true, "choice": "Yes"}', '{"name": "build", "round": "1"}', '{"x": "' + "x" * 20_000 + '"}'])
def test_a_message_of_another_form_is_refused(door, sent):
    door.house.votes.open("build")
    own = {"Content_Type": "application/json", "Origin": f"http://127.0.0.1:{door.port}"}
    assert door.team(1).ask("/room/vote", "POST", sent, **own).status == 400


def test_a_team_is_told_neither_what_others_voted_nor_the_answer_before_the_reveal(door):
    door.house.votes.open("build")
    door.team(2).tell("/room/vote", {"name": "build", "round": 1, "choice": "Later"})
    while_open = door.team(1).ask("/room/state").data["vote"]
    door.house.votes.close("build")
    closed = door.team(1).ask("/room/state").data["vote"]
    for told in (while_open, closed):
        assert told["mine"] is None and told.keys().isdisjoint({"tally", "borne_out", "why", "committed"})
    door.house.votes.reveal("build")
    assert door.team(1).ask("/room/state").data["vote"]["tally"] == [{"Yes": 0, "No": 0, "Later": 1}]


def test_the_facilitator_is_told_who_has_voted_and_not_what(door):
    door.house.votes.open("build")
    door.team(2).tell("/room/vote", {"name": "build", "round": 1, "choice": "Later"})
    told = door.facilitator.ask("/console/state").data["votes"][0]
    assert told["committed"] == [2] and told["tally"] == []


@pytest.mark.parametrize("words", ["'); DROP TABLE answers; --", '{"$ne": null}', "\0", "新‮", "=1+1"])
def test_words_stay_words_in_the_store(door, words):
    store = door.house.roster.store
    store.commit(door.key(1), "why", {"why": words})
    assert [kept.answer for kept in store.answers("why")] == [{"why": words}]


@pytest.mark.parametrize("name", ["", " ", "x" * 41, "a\0b", "a‮b"])
def test_a_name_that_is_none_is_refused(door, name):
    assert door.team(1).tell("/room/name", {"name": name}).status == 409


def test_every_page_forbids_framing_sniffing_and_what_comes_from_elsewhere(door):
    for reply in (door.stranger.ask("/"), door.facilitator.ask("/console"), door.team(1).ask("/room/state"), door.team(1).ask("/nothing"), door.stranger.ask("/room/static/room.js")):
        assert "frame-ancestors" in reply.headers["Content-Security-Policy"] and reply.headers["X-Content-Type-Options"] == "nosniff"
        assert "Server" not in reply.headers and "Traceback" not in reply.body.decode()
