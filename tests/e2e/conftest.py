"""A running site and a real browser. No ORM here: the browser's event loop forbids it."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    expect,
    sync_playwright,
)
from playwright.sync_api import Error as PlaywrightError

from tools.databases import databases_at
from tools.live_site import LiveSite, running_site
from tools.pytest_environment import SERVER_URL

ON_POSTGRES = SERVER_URL.startswith("postgres")
ENGINES = ["sqlite", "postgresql"] if ON_POSTGRES else ["sqlite"]
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    # Containers and clean roots often have a shared memory of 64 MB.
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Milliseconds; a picture of a long page on a busy machine.
SLOW = 120_000
PHONE = {"width": 360, "height": 780}
DESKTOP = {"width": 1280, "height": 900}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "live_site" in metafunc.fixturenames:
        both = metafunc.definition.get_closest_marker("both_databases")
        engines = ENGINES if both else ENGINES[-1:]
        metafunc.parametrize("live_site", engines, indirect=True, scope="session")


@pytest.fixture(scope="session")
def live_site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LiveSite]:
    folder = tmp_path_factory.mktemp(f"site-{request.param}")
    databases = databases_at("sqlite" if request.param == "sqlite" else SERVER_URL, folder)
    name = f"site_{os.getpid()}"
    url = databases.clone(name)
    with running_site(engine=request.param, database_url=url, var_dir=folder / "var") as site:
        yield site
    databases.drop(name)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=CHROMIUM_ARGUMENTS
        )
        yield chromium
        chromium.close()


@pytest.fixture
def phone(browser: Browser, live_site: LiveSite) -> Iterator[Page]:
    with_touch = browser.new_context(**context_options(live_site, PHONE), has_touch=True)
    yield from open_page(with_touch)


@pytest.fixture
def desktop(browser: Browser, live_site: LiveSite) -> Iterator[Page]:
    yield from open_page(browser.new_context(**context_options(live_site, DESKTOP)))


def context_options(site: LiveSite, viewport: dict[str, int]) -> dict[str, object]:
    return {
        "base_url": site.url,
        "viewport": viewport,
        "locale": "vi-VN",
        "timezone_id": "Asia/Ho_Chi_Minh",
    }


def open_page(context: BrowserContext) -> Iterator[Page]:
    """Yield a page; at its end fail on script errors and on what the content policy refused."""
    complaints: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            complaints.append(message.text)

    page = context.new_page()
    page.on("console", note)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []


def log_in(page: Page, site: LiveSite, email: str) -> None:
    """Log a person of the sample country in."""
    page.goto("/tai-khoan/dang-nhap")
    page.locator("main input[name=login]").fill(email)
    page.locator("main input[name=password]").fill((site.var_dir / "demo-password").read_text())
    page.locator("main button[type=submit]").click()
    expect(page).not_to_have_url(re.compile("dang-nhap"))


def photograph(page: Page, path: Path, *, full_page: bool = True) -> None:
    """Take a picture of a page at rest; one behind another, or on its way, may never paint."""
    page.bring_to_front()
    page.wait_for_load_state("load")
    try:
        page.screenshot(path=path, full_page=full_page, timeout=SLOW)
    except PlaywrightError:
        # Chromium refuses a capture now and then just after a page came to the front.
        page.wait_for_timeout(1000)
        page.screenshot(path=path, full_page=full_page, timeout=SLOW)


@pytest.fixture(scope="session")
def pictures() -> Path:
    """Folder for the screenshots of a run."""
    folder = Path(__file__).resolve().parents[2] / "build" / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def log_in_as(browser: Browser, live_site: LiveSite) -> Iterator[Callable[[str], Page]]:
    """Open a desktop page of its own for a person of the sample country."""
    with ExitStack() as stack:

        def log_in_as(email: str) -> Page:
            context = browser.new_context(**context_options(live_site, DESKTOP))
            page = stack.enter_context(contextmanager(open_page)(context))
            log_in(page, live_site, email)
            return page

        yield log_in_as
