"""The app in a real browser with nothing but loopback: each case by keyboard alone, nothing revealed before its commit, every screen accessible."""

import os
import re
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

SCREEN, PATIENCE = {"width": 1366, "height": 768}, 120_000
SHOWN = "main > section:not([hidden])"
READY = f"typeof state === 'object' && !!state.manager && !document.querySelector('{SHOWN} .waiting')"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:[\d.]+Z")  # when a message was sent, which may hold any number
OUTCOMES = {  # what a prediction must not be told before its commit, by case, one after the other
    "1_marketing_module": (["31.7", "29.8 to 33.8"], ["561 weeks", "73,500"]),
    "2_paperwork_standardisation": (["70.9", "63.3"], ["7.69 days"]),
    "3_your_own_request": (["34.6 to 43.5", "7.82 days"],),
}


@dataclass
class Served:
    """The app as a learner starts it: `casebook app`, with a home of its own."""

    home: Path
    process: subprocess.Popen | None = None
    link: str = ""

    def start(self) -> None:
        port = re.search(r":(\d+)/", self.link)
        command = [sys.executable, "-m", "helpers", "app", "--no-browser", "--port", port[1] if port else "0"]
        environment = os.environ | {"XDG_DATA_HOME": str(self.home), "PYTHONUNBUFFERED": "1"}
        self.process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=(self.home / "log").open("a"), text=True)
        self.link = next(line.strip() for line in self.process.stdout if "?token=" in line)

    def stop(self, by: int = signal.SIGTERM) -> None:
        self.process.send_signal(by)
        self.process.wait(timeout=30)


@pytest.fixture(scope="module")
def app(browser, tmp_path_factory):
    served = Served(tmp_path_factory.mktemp("app"))
    served.start()
    yield served
    served.stop()


@dataclass
class Reader:
    """A page, everything that was ever sent to it, and whoever else it asked."""

    page: Page
    told: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def press_to(self, target: str) -> None:
        """Tab until the element that `target` selects has the focus."""
        for _ in range(80):
            if self.page.evaluate("target => document.activeElement?.matches(target)", target):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{target} is not reached by Tab")

    def next(self) -> None:
        self.press_to("#next")
        self.page.keyboard.press("Enter")
        self.page.wait_for_function(READY, timeout=PATIENCE)

    def knows(self, outcome: str) -> bool:
        """Whether the outcome is anywhere in the page, or in anything that was sent to it."""
        return outcome in self.page.content() or any(outcome in message for message in self.told)

    def predict(self) -> None:
        """Fill in the first field or choose the first answer, then commit: by keyboard alone."""
        self.press_to(f"{SHOWN.replace(' > ', ' ')} input:enabled, {SHOWN.replace(' > ', ' ')} .widget-toggle-buttons button:nth-of-type(2)")
        if self.page.evaluate("document.activeElement.tagName") == "INPUT":
            for number in ("20", "40"):
                self.page.keyboard.type(number)
                self.page.keyboard.press("Tab")
        else:
            self.page.keyboard.press("Enter")
        self.press_to(".jupyter-button.mod-primary")
        expect(self.page.locator(f"{SHOWN} .mod-primary")).to_have_text("Commit my prediction")
        self.page.keyboard.press("Enter")
        self.page.wait_for_function("!state.locked", timeout=PATIENCE)


@pytest.fixture
def reader(browser, app):
    """A new reader at the private link, on a small laptop's screen."""
    context = browser.new_context(viewport=SCREEN)
    context.set_default_timeout(PATIENCE)
    opened = Reader(context.new_page())
    base = app.link.split("?")[0]
    context.on("request", lambda request: None if request.url.startswith((base, "data:", "blob:")) else opened.strangers.append(request.url))
    opened.page.on("pageerror", lambda error: opened.faults.append(str(error)))
    opened.page.on("websocket", lambda line: line.on("framereceived", lambda frame: opened.told.append(MOMENT.sub("", frame if isinstance(frame, str) else frame.decode("utf-8", "replace")))))
    opened.page.goto(app.link)
    yield opened
    context.close()


@pytest.mark.parametrize("stem", list(OUTCOMES))
def test_from_start_to_take_away_by_keyboard(stem, reader, grave):
    page, outcomes, found = reader.page, list(OUTCOMES[stem]), grave(reader.page)
    reader.press_to(f"a[href$='{stem}']")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/case/{stem}**")
    page.wait_for_function(READY)
    for step in range(1, page.locator("main > section").count() + 1):
        assert page.evaluate("state.at") == step and page.url.endswith(f"#step-{step}" if step > 1 else f"{stem}#step-1")
        assert step == 1 or page.evaluate("document.activeElement.id") == f"title-{step}"  # read aloud at once
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        found += [f"step {step}: {finding}" for finding in grave(page)]
        if page.get_attribute(SHOWN, "data-kind") == "predict":
            page.wait_for_function("state.locked")
            told = outcomes.pop(0)
            assert not any(map(reader.knows, told))
            reader.predict()
        if step < page.locator("main > section").count():
            reader.next()
            if page.get_attribute(SHOWN, "data-kind") == "reveal":
                assert any(map(reader.knows, told))
    assert outcomes == [] and found == [] and reader.faults == [] and reader.strangers == []
    assert page.locator(".fault").count() == 0
    for ending in (".docx", ".xlsx"):
        with page.expect_download() as file:
            page.locator(f"a[download$='{ending}']").evaluate("link => link.click()")
        assert Path(file.value.path()).read_bytes()[:2] == b"PK"
    assert "ranges held the outcome" in page.content()  # the record


def test_what_was_committed_outlives_reload_and_restart(reader, app):
    page, stem = reader.page, "1_marketing_module"
    case = f"{app.link.split('?')[0]}case/{stem}"
    page.goto(f"{case}#step-3")
    page.wait_for_function(READY)

    def locked() -> str:
        expect(page.locator(f"{SHOWN} .mod-primary")).to_have_text("Committed")
        field = page.locator(f"{SHOWN} input[type=text]").first
        expect(field).to_be_disabled()
        return field.input_value()

    said = locked()  # by the test before, in another browser
    page.reload()
    page.wait_for_function(READY)
    assert page.evaluate("state.at") == 3 and locked() == said == "20"
    app.stop(signal.SIGKILL)
    app.start()
    page.goto(app.link)
    expect(page.locator(f"a[href$='{stem}']")).to_contain_text("step 3 of")
    page.locator(f"a[href$='{stem}']").press("Enter")
    page.wait_for_function(READY)
    assert page.evaluate("state.at") == 3 and locked() == said


def test_nobody_comes_in_without_the_link(browser, app):
    context = browser.new_context()
    page = context.new_page()
    response = page.goto(app.link.split("?")[0])
    assert response.status == 403
    expect(page.get_by_role("heading")).to_have_text("This page is private")
    context.close()
