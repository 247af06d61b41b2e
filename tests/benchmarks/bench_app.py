"""How long a learner waits: from a key press to the new picture, in JupyterLab and in the app; to the first screen, and to the first living control.

Run by name: python tests/benchmarks/bench_app.py. Needs a browser (Chromium).
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import nbformat
from playwright.sync_api import Page, sync_playwright

from helpers.app.screens import screens

ROOT = Path(__file__).resolve().parents[2]
STEM, PRESSES = "1_marketing_module", 10
SCREENS = ("Would you notice that your log has a beginning?", "One person, two phones", "Can it be known in time?", "How much marketing do readers bear?")  # with an explorer each
FLAGS = ["--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
WATCH = """field => {
    let box = field;
    while (!box.querySelector('[role=status]') || !box.querySelector('figure img')) box = box.parentElement;
    const before = box.querySelector('.widget-html figure img')?.src;
    window.took = null;
    field.addEventListener('keydown', () => (window.pressed = performance.now()), { once: true });
    new MutationObserver((_, observer) => {
        const now = box.querySelector('.widget-html figure img')?.src;
        if (now && now !== before) (window.took = performance.now() - window.pressed), observer.disconnect();
    }).observe(box, { subtree: true, childList: true, attributes: true });
}"""


def started(command: list[str], home: Path, mark: str) -> tuple[subprocess.Popen, str]:
    """A server, and the first address with `mark` that it prints."""
    places = {name: str(home / name) for name in ("XDG_DATA_HOME", "JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "JUPYTERLAB_SETTINGS_DIR", "JUPYTERLAB_WORKSPACES_DIR")}
    server = subprocess.Popen(command, env=os.environ | places | {"PYTHONUNBUFFERED": "1"}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return server, next(found[0] for line in server.stdout if (found := re.search(rf"http://127\S*{mark}\S*", line)))


def presses(page: Page, field) -> list[float]:
    """Milliseconds from each key press in a field to the new picture; the first one, which has fonts and code to load, is left out."""
    took = []
    field.scroll_into_view_if_needed()
    for press in range(PRESSES + 1):
        field.evaluate(WATCH)
        field.focus()
        field.press("ArrowUp" if press % 2 else "ArrowDown")
        page.wait_for_function("window.took !== null")
        took.append(page.evaluate("window.took"))
        page.wait_for_timeout(100)  # a person looks before the next one
    return took[1:]


def in_lab(browser, home: Path) -> list[float]:
    """Key presses in JupyterLab, all cells run."""
    shutil.copy(ROOT / "notebooks" / f"{STEM}.ipynb", home)
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ip=127.0.0.1", f"--ServerApp.root_dir={home}", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"]
    server, link = started(command, home, "token=")
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    page.set_default_timeout(120_000)
    page.goto(re.sub(r"/(?:lab|tree)\?", f"/lab/tree/{STEM}.ipynb?", link))
    page.wait_for_selector(".jp-Notebook .jp-Cell")
    page.get_by_text("| Idle").wait_for()
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    page.locator(".jp-InputPrompt:text-is('[*]:')").first.wait_for()
    page.locator(".jp-InputPrompt:text-is('[*]:')").first.wait_for(state="detached")
    found = [screen for screen in screens(nbformat.read(home / f"{STEM}.ipynb", as_version=4)) if screen.title in SCREENS]
    took = [each for screen in found for each in presses(page, in_cell(page, screen.cells[-1]))]
    server.terminate()
    return took


def in_cell(page: Page, index: int):
    """The first field of a cell's explorer; JupyterLab draws it once the cell is in view."""
    cell = page.locator(".jp-Notebook .jp-Cell").nth(index)
    cell.scroll_into_view_if_needed()
    field = cell.locator(".widget-vbox:has(figure) input[type=number]").first
    field.wait_for()
    return field


def in_app(browser, home: Path) -> tuple[float, float, list[float]]:
    """Seconds to the first screen and to the first living control; key presses in the app."""
    server, link = started([sys.executable, "-m", "helpers", "app", "--no-browser", "--port", "0"], home, r"\?token=")
    time.sleep(10)  # somebody opens the link
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    page.set_default_timeout(120_000)
    page.goto(link)
    began = time.perf_counter()
    page.goto(f"{link.split('?')[0]}case/{STEM}#step-3")
    page.locator("h1:visible").wait_for()
    first = time.perf_counter() - began
    page.get_by_role("button", name="Go on without a prediction").click()
    living = time.perf_counter() - began
    page.wait_for_function("!state.locked")
    took = [each for title in SCREENS for each in on_screen(page, title)]
    server.terminate()
    return first, living, took


def on_screen(page: Page, title: str) -> list[float]:
    """Key presses on the app's screen of that title; predictions on the way there are left blank."""
    number = int(page.locator("main > section", has=page.locator("h1", has_text=title)).get_attribute("data-number"))
    while page.evaluate("state.at") != number:
        page.evaluate(f"show({number})")
        page.wait_for_function("state.locked === state.at || !document.querySelector('main > section:not([hidden]) .waiting')")
        if page.evaluate("state.locked"):
            page.locator("main > section:not([hidden]) .mod-primary").click()
            page.wait_for_function("!state.locked")
    field = page.locator("main > section:not([hidden]) .widget-vbox:has(figure) input[type=number]").first
    field.wait_for()
    return presses(page, field)


def main() -> None:
    """Print the medians, and the slowest."""
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as home:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        first, living, app = in_app(browser, Path(home))
        lab = in_lab(browser, Path(home))
    print(f"first screen {first:.2f} s, first living control {living:.2f} s after the case was opened")
    for where, took in (("the app", app), ("JupyterLab", lab)):
        print(f"key press to new picture in {where}: median {median(took):.0f} ms, slowest {max(took):.0f} ms, of {len(took)} in {len(SCREENS)} explorers")


if __name__ == "__main__":
    main()
