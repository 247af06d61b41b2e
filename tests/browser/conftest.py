"""A real browser on a real JupyterLab: what the browser tests share.

Without a browser these tests skip, saying so; where the environment says CASEBOOK_BROWSER=required they fail instead.
"""

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = """--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking
           --disable-component-update --disable-sync""".split()
LOOPBACK_ONLY = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
SCREEN = {"width": 1366, "height": 768}
QUIET = {"@jupyterlab/apputils-extension/notification": {"checkForUpdates": False, "fetchNews": "false"}}
PATIENCE = 60_000  # ms; a kernel starts slowly where all cores are busy
AXE = "axe.run({resultTypes: ['violations'], elementRef: false, preload: false})"

expect.set_options(timeout=PATIENCE)


@dataclass(frozen=True)
class Lab:
    """A running JupyterLab: its address, its token, and the folder it serves."""

    url: str
    token: str
    folder: Path


@pytest.fixture(scope="session")
def browser():
    """A headless browser. Skips by name where this machine has none."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        sorry = f"no browser here (looked for {', '.join(BROWSERS)})"
        pytest.fail(sorry) if os.environ.get("CASEBOOK_BROWSER") == "required" else pytest.skip(sorry)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=found, headless=True, args=[*FLAGS, LOOPBACK_ONLY])
        yield running
        running.close()


@pytest.fixture(scope="session")
def grave():
    """A function from a page to what axe-core finds serious or critical on it."""
    script = Axe().axe_script

    def found(page: Page) -> list[str]:
        if not page.evaluate("'axe' in window"):
            page.evaluate(script)
        violations = page.evaluate(AXE)["violations"]
        return [f"{each['id']}: {node['html'][:160]}" for each in violations if each["impact"] in ("serious", "critical") for node in each["nodes"]]

    return found


@pytest.fixture(scope="session")
def lab(browser, tmp_path_factory):
    """A JupyterLab of its own on a free loopback port, with settings of its own, that asks nobody for news."""
    folder, home = tmp_path_factory.mktemp("lab"), tmp_path_factory.mktemp("home")
    for name, settings in QUIET.items():
        file = home / "settings" / f"{name}.jupyterlab-settings"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(settings))
    started = Lab(f"http://127.0.0.1:{_free_port()}", secrets.token_hex(16), folder)
    server = subprocess.Popen(_command(started), env=_environment(home), stdout=(home / "log").open("w"), stderr=subprocess.STDOUT)
    try:
        _wait_for(started, server, home / "log")
        yield started
    finally:
        server.terminate()
        server.wait(timeout=20)


@dataclass(frozen=True)
class Notebook:
    """A notebook open in a page; strangers: the addresses other than the lab's that it asked for, in vain."""

    page: Page
    strangers: list[str]

    def run_all(self) -> None:
        """Run > Run All Cells, as a user would, and wait until all have run."""
        self.page.get_by_role("menuitem", name="Run", exact=True).click()
        self.page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        self.wait_idle()

    def wait_idle(self) -> None:
        """Wait until the kernel is idle and no cell is waiting for it."""
        expect(self.page.locator("#jp-main-statusbar")).to_contain_text("| Idle")
        expect(self.page.locator(".jp-InputPrompt", has_text="[*]")).to_have_count(0)


@pytest.fixture(scope="module")
def open_notebook(browser, lab):
    """A function from a notebook's path within the lab's folder to that Notebook, its kernel ready, on a small laptop's screen."""
    contexts = []

    def open_(path: str) -> Notebook:
        context = browser.new_context(viewport=SCREEN)
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        opened = Notebook(context.new_page(), _strangers(context, lab))
        opened.page.goto(f"{lab.url}/lab/workspaces/{secrets.token_hex(4)}/tree/{path}?token={lab.token}&reset")
        opened.page.wait_for_selector(".jp-Notebook .jp-Cell")
        opened.wait_idle()
        return opened

    yield open_
    for context in contexts:
        context.close()


def _strangers(context: BrowserContext, lab: Lab) -> list[str]:
    """A list that grows by each address other than the lab's that is asked for."""
    strangers = []
    context.on("request", lambda request: None if request.url.startswith((lab.url, "data:", "blob:")) else strangers.append(request.url))
    return strangers


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _command(lab: Lab) -> list[str]:
    port = lab.url.rpartition(":")[2]
    server = ["--no-browser", "--ip=127.0.0.1", f"--port={port}", f"--IdentityProvider.token={lab.token}", f"--ServerApp.root_dir={lab.folder}"]
    return [sys.executable, "-m", "jupyterlab", *server, "--allow-root", "--LabApp.extension_manager=readonly"]


def _environment(home: Path) -> dict[str, str]:
    places = {"JUPYTER_CONFIG_DIR": "config", "JUPYTER_DATA_DIR": "data", "JUPYTER_RUNTIME_DIR": "runtime", "JUPYTERLAB_SETTINGS_DIR": "settings"}
    return os.environ | {name: str(home / place) for name, place in places.items()} | {"JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces")}


def _wait_for(lab: Lab, server: subprocess.Popen, log: Path, seconds: int = 60) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until and server.poll() is None:
        try:
            return urllib.request.urlopen(f"{lab.url}/api?token={lab.token}", timeout=2).close()
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"JupyterLab did not start:\n{log.read_text()[-2000:]}")
