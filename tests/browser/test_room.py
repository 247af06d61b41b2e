"""A room in a real browser: the facilitator's way and the teams', by keyboard, from the command that opens it."""

import os
import re
import secrets
import signal
import subprocess
import sys
import time
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

PATIENCE = 60
SCREEN, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 800}
EVIL = "<img src=x onerror=document.title='taken'>"


@dataclass(frozen=True)
class Room:
    """A room that was opened by the command, as it announced itself."""

    url: str
    console: str
    tokens: list[str]


@pytest.fixture(scope="module")
def room(browser, tmp_path_factory):
    """A room for two teams with everything in it."""
    home = tmp_path_factory.mktemp("room")
    said = home / "said"
    command = [sys.executable, "-m", "helpers", "room", "--teams", "2", "--port", "0", "--store", str(home / "room.sqlite")]
    with said.open("w") as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, env=os.environ | {"XDG_DATA_HOME": str(home)})
    try:
        yield announced(said, process)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=PATIENCE)


def announced(said, process) -> Room:
    until = time.monotonic() + PATIENCE
    while "Answers are kept" not in said.read_text():
        assert process.poll() is None and time.monotonic() < until, said.read_text()
        time.sleep(0.1)
    console = re.search(r"(http://\S+)/console#\S+", said.read_text())
    return Room(console[1], console[0], re.findall(r"^    (\w{4}-\w{4})    ", said.read_text(), re.MULTILINE))


@pytest.fixture
def visit(browser, room):
    """A function from an address to a page of a browser of its own; nobody but the room may be asked for anything."""
    contexts, strangers = [], []

    def open_(address: str, screen: dict[str, int] = SCREEN) -> Page:
        context = browser.new_context(viewport=screen)
        contexts.append(context)
        context.set_default_timeout(PATIENCE * 1000)
        context.on("request", lambda request: None if request.url.startswith((room.url, "data:", "blob:")) else strangers.append(request.url))
        page = context.new_page()
        page.goto(address)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert strangers == []


def press(page: Page, name: str) -> None:
    """Reach a button by the tabulator key alone, and press it."""
    wanted = page.get_by_role("button", name=name, exact=True)
    expect(wanted).to_be_enabled()
    for _ in range(80):
        if wanted.evaluate("node => node === document.activeElement"):
            return page.keyboard.press("Enter")
        page.keyboard.press("Tab")
    raise AssertionError(f"{name} can't be reached by keyboard")


def ask_something(console: Page) -> str:
    """A question of its own for each test, put on the list and chosen."""
    text = fill_in_a_question(console)
    press(console, "Put it on the list")
    expect(console.get_by_role("heading", name=text)).to_be_visible()
    return text


def fill_in_a_question(console: Page) -> str:
    text = f"What now, {secrets.token_hex(3)}?"
    console.get_by_text("Ask something else").click()
    console.get_by_label("Question").fill(text)
    console.get_by_label("Choices").fill("Hire\nStandardise\nNeither")
    return text


def vote(team: Page, choice: str) -> None:
    """Choose by arrow keys, commit by Enter."""
    team.get_by_role("radio").first.focus()
    team.keyboard.press("Space")
    while not team.get_by_role("radio", name=choice).is_checked():
        team.keyboard.press("ArrowDown")
    press(team, "Commit our vote")
    expect(team.get_by_role("status")).to_contain_text(f"Your vote: {choice}. It is kept.")


def test_a_vote_a_discussion_a_second_vote_and_the_reveal_by_keyboard(room, visit, grave):
    console = visit(room.console)
    teams = [visit(f"{room.url}/vote#{token}", screen) for token, screen in zip(room.tokens, (SCREEN, PHONE), strict=True)]
    text = ask_something(console)
    for round_, choices in enumerate((("Hire", "Neither"), ("Standardise", "Standardise")), 1):
        press(console, "Vote again" if round_ > 1 else "Open the vote")
        for team, choice in zip(teams, choices, strict=True):
            expect(team.get_by_role("group", name=text)).to_be_visible()
            vote(team, choice)
        expect(console.get_by_role("status").first).to_contain_text("2 of 2 teams voted")
        press(console, "Close it")
    expect(console.get_by_role("row", name="Standardise")).to_have_text("Standardise02")
    press(console, "Reveal to the teams")
    expect(teams[0].get_by_role("row", name="Standardise")).to_have_text("Standardise02")
    assert [grave(page) for page in (console, *teams)] == [[], [], []]


def test_a_question_is_shown_even_if_what_went_before_it_comes_in_after_it(room, visit):
    console, late = visit(room.console), []

    def answer(route):
        route.continue_() if late else late.append((route, route.fetch()))

    text = fill_in_a_question(console)
    console.route("**/console/state", answer)
    while not late:
        console.wait_for_timeout(50)
    with console.expect_response("**/console/ask"):
        press(console, "Put it on the list")
    [(route, before)] = late
    route.fulfill(response=before)
    expect(console.get_by_role("heading", name=text)).to_be_visible()


def test_the_pages_on_the_way_in_serve_everybody(room, visit, grave):
    stranger, console = visit(room.url), visit(room.console)
    console.get_by_role("button", name="Tokens and codes").click()
    expect(console.get_by_alt_text("QR code that lets Team 2 in")).to_be_visible()
    assert grave(stranger) == grave(console) == []
    press(console, "Hide")
    stranger.get_by_label("Your team's token").fill("ABCD-2345")
    stranger.keyboard.press("Enter")
    expect(stranger.get_by_role("status")).to_contain_text("isn't known here")


def test_nothing_can_be_pressed_before_the_page_listens(room, visit):
    console, held = visit(room.console), []
    console.get_by_role("heading", name="Console").wait_for()
    console.route("**/static/console.js", lambda route: held.append(route))
    console.reload(wait_until="commit")
    button = console.locator("#show-tokens")
    with pytest.raises(PlaywrightTimeout):
        button.click(timeout=1000)
    held[0].continue_()
    button.click()
    expect(console.get_by_alt_text("QR code that lets Team 2 in")).to_be_visible()


def test_tokens_that_cannot_be_had_are_said_to_be(room, visit):
    console = visit(room.console)
    console.route("**/console/tokens", lambda route: route.abort())
    console.get_by_role("button", name="Tokens and codes").click()
    expect(console.get_by_role("alert")).to_contain_text("can't be reached")


def test_a_token_does_not_stay_in_the_address(room, visit):
    team = visit(f"{room.url}/#{room.tokens[0]}")
    expect(team.get_by_label("Room")).to_contain_text("Team 1")
    assert team.url == f"{room.url}/" and team.evaluate("document.cookie") == ""


def test_html_in_a_name_or_a_question_stays_text(room, visit):
    console, team = visit(room.console), visit(f"{room.url}/vote#{room.tokens[1]}")
    team.get_by_text("Name your team").click()
    team.get_by_label("Name", exact=True).fill(EVIL[:40])
    team.keyboard.press("Enter")
    expect(team.get_by_role("heading", name=EVIL[:40])).to_be_visible()
    ask_something(console)
    console.get_by_label("Question").fill(EVIL)
    console.get_by_label("Choices").fill(f"{EVIL}\nno")
    press(console, "Put it on the list")
    press(console, "Open the vote")
    expect(console.get_by_role("list", name="Teams")).to_contain_text(EVIL[:40])
    expect(team.get_by_role("radio", name=EVIL)).to_be_visible()
    assert "taken" not in {console.title(), team.title()}
    press(console, "Close it")


def test_a_team_reads_a_case_with_the_rooms_bar_on_top(room, visit, grave):
    team, found = visit(f"{room.url}/#{room.tokens[0]}", PHONE), []
    expect(team.get_by_label("Room")).to_contain_text("Team 1")
    found += grave(team)
    team.get_by_role("link", name="The paperwork request").press("Enter")
    for step in range(1, 4):  # to the first prediction
        team.wait_for_function("typeof state === 'object' && !!state.manager && !document.querySelector('main > section:not([hidden]) .waiting')")
        expect(team.get_by_label("Room")).to_contain_text("Team 1")
        found += [f"step {step}: {each}" for each in grave(team)]
        below = team.locator("header").bounding_box()["y"] - team.get_by_label("Room").bounding_box()["height"]
        assert below >= 0 and team.evaluate("document.documentElement.scrollWidth <= innerWidth")
        press(team, "Next")
    assert found == [] and team.evaluate("state.at") == 3
