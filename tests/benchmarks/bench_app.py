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

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
STEM, PRESSES, FIELDS = "1_marketing_module", 10, 4
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


def presses(page: Page, fields) -> list[float]:
    """Milliseconds from each key press to the new picture."""
    took = []
    for place in range(min(FIELDS, fields.count())):
        field = fields.nth(place)
        field.scroll_into_view_if_needed()
        for press in range(PRESSES):
            field.evaluate(WATCH)
            field.focus()
            field.press("ArrowUp" if press % 2 else "ArrowDown")
            page.wait_for_function("window.took !== null", timeout=10_000)
            took.append(page.evaluate("window.took"))
    return took


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
    page.wait_for_timeout(2_000)
    page.get_by_text("| Idle").wait_for()
    took = presses(page, page.locator(".jp-Cell .widget-vbox:has(figure) input[type=number]"))
    server.terminate()
    return took


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
    page.evaluate("show(6)")
    page.wait_for_function("!document.querySelector('main > section:not([hidden]) .waiting')")
    took = presses(page, page.locator("main > section:not([hidden]) input[type=number]"))
    server.terminate()
    return first, living, took


def main() -> None:
    """Print medians and the slowest of twenty."""
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as home:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        first, living, app = in_app(browser, Path(home))
        lab = in_lab(browser, Path(home))
    print(f"first screen {first:.2f} s, first living control {living:.2f} s after the case was opened")
    for where, took in (("the app", app), ("JupyterLab", lab)):
        print(f"key press to new picture in {where}: median {median(took):.0f} ms, slowest {max(took):.0f} ms of {len(took)}")


if __name__ == "__main__":
    main()
