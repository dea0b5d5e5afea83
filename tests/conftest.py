import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from cleaner import Restorer

settings.register_profile("repeatable", deadline=None, derandomize=True)
settings.load_profile("repeatable")

# Jobs that a shell starts in the background ignore it, and so would every process that a test starts and interrupts.
signal.signal(signal.SIGINT, signal.default_int_handler)

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture(scope="session")
def restorer() -> Restorer:
    """One restorer for all tests: loading is what takes time."""
    return Restorer()


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., None]:
    """Writes files of a folder from bytes or texts by name."""

    def write(files: dict[str, bytes | str]) -> None:
        for name, data in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data if isinstance(data, bytes) else data.encode())

    return write


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A real browser; tests that need one are left out where none is installed."""
    api = pytest.importorskip("playwright.sync_api")
    if BROWSER is None:
        pytest.skip("no Chromium installed")
    with api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def visit(browser: Any) -> Iterator[Callable[..., Any]]:
    """Opens an address; fails on script errors, dialogs, breaches of the page's policy, and requests to elsewhere."""
    complaints: list[str] = []

    def opened(url: str, **options: Any) -> Any:
        page = browser.new_page(**({"viewport": {"width": 1400, "height": 900}} | options))
        home = url if url.startswith("file:") else url.split("?")[0]
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: complaints.append(message.text))
        page.on("dialog", lambda dialog: complaints.append("dialog") or dialog.dismiss())
        page.on(
            "request",
            lambda request: request.url.startswith((home, "blob:")) or complaints.append(request.url),
        )
        page.goto(url)
        return page

    yield opened
    for context in browser.contexts:
        context.close()
    assert complaints == []
