import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tools.databases import ROOT
from tools.live_site import LiveSite, answers, processes_below

pytestmark = pytest.mark.both_databases


def worker_of(site: LiveSite) -> int | None:
    for pid, name in processes_below(site.pid).items():
        if name == "worker":
            return pid
    return None


def wait_for(condition, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.1)


def test_home_page_fits_a_phone(phone: Page) -> None:
    phone.goto("/")

    expect(phone.get_by_role("searchbox")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") == 360


def test_killed_worker_comes_back(live_site: LiveSite) -> None:
    wait_for(lambda: worker_of(live_site), 20)
    killed = worker_of(live_site)

    os.kill(killed, signal.SIGKILL)

    wait_for(lambda: worker_of(live_site) not in (None, killed), 20)


def test_taken_port_is_told_in_words(live_site: LiveSite) -> None:
    second = subprocess.run(
        [sys.executable, "manage.py", "serve"],
        cwd=ROOT,
        env=live_site.environment,
        capture_output=True,
        text=True,
    )

    port = live_site.environment["PORT"]
    assert second.returncode == 1
    assert second.stderr.startswith(f"CommandError: Port {port} is taken")


def test_second_preparation_has_nothing_to_do(live_site: LiveSite) -> None:
    assert live_site.manage("prepare") == "  everything is up to date\n"


def test_show_names_address_and_log_ins(live_site: LiveSite) -> None:
    shown = live_site.manage("show")

    assert live_site.url in shown
    assert (live_site.var_dir / "demo-password").read_text() in shown
    assert "canbo.dienbienphu@vidu.gov.vn" in shown


def test_interrupt_leaves_no_process_behind(live_site: LiveSite) -> None:
    port = int(live_site.environment["PORT"]) + 1
    second = subprocess.Popen(
        [sys.executable, "manage.py", "serve"],
        cwd=ROOT,
        env={**live_site.environment, "PORT": str(port)},
        stdout=subprocess.DEVNULL,
    )
    wait_for(lambda: answers(port), 60)
    started = processes_below(second.pid)

    second.send_signal(signal.SIGINT)

    assert second.wait(timeout=10) == 0
    assert set(started.values()) == {"web", "worker"}
    wait_for(lambda: not any(Path(f"/proc/{pid}").exists() for pid in started), 5)
