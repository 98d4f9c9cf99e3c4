"""The product as a real process group, on a database and a VAR_DIR of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from tools.databases import ROOT

START_SECONDS = 240
STOP_SECONDS = 15


@dataclass(frozen=True)
class LiveSite:
    """A running site: where it answers, where it writes, its environment and first process."""

    url: str
    engine: str
    var_dir: Path
    environment: dict[str, str]
    pid: int

    @property
    def mails(self) -> list[str]:
        """The mails sent so far, in the order in which they were sent."""
        files = sorted((self.var_dir / "mail").glob("*"), key=lambda path: path.stat().st_mtime_ns)
        return [path.read_text() for path in files]

    def manage(self, *arguments: str) -> str:
        """Run a management command against the site's data and return what it printed."""
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            check=True,
            capture_output=True,
            text=True,
        ).stdout


@contextmanager
def running_site(*, engine: str, database_url: str, var_dir: Path) -> Iterator[LiveSite]:
    """Serve the product with its samples until the block ends.

    Raises `RuntimeError` with the server's output if it doesn't answer or doesn't stop in time.
    """
    port = free_port()
    environment = {
        **{name: value for name, value in os.environ.items() if name != "SECRET_KEY"},
        "VAR_DIR": str(var_dir),
        "DATABASE_URL": database_url,
        "PORT": str(port),
        "EMAIL_URL": f"filemail:///{var_dir / 'mail'}",
    }
    (var_dir / "mail").mkdir(parents=True, exist_ok=True)
    log = var_dir / "serve.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-u", "manage.py", "serve"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_until_healthy(port, process, log)
        yield LiveSite(f"http://127.0.0.1:{port}", engine, var_dir, environment, process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        code = process.wait(timeout=STOP_SECONDS)
    if code:
        raise RuntimeError(f"The site ended with {code}:\n{log.read_text()}")


@contextmanager
def running_web(
    *,
    database_url: str,
    var_dir: Path,
    settings: str = "portal.settings",
    variables: Mapping[str, str] | None = None,
) -> Iterator[int]:
    """Run the product's web server alone, on a database as it is, and yield its port.

    `variables` are added to its environment.
    """
    port = free_port()
    environment = {
        **os.environ,
        **(variables or {}),
        "VAR_DIR": str(var_dir),
        "DATABASE_URL": database_url,
        "PORT": str(port),
        "DJANGO_SETTINGS_MODULE": settings,
        "PYTHONPATH": os.pathsep.join(str(ROOT / part) for part in ("", "site", "tests")),
    }
    log = var_dir / "web.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "--config", "python:portal.serving.web"],
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_until_healthy(port, process, log)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=STOP_SECONDS)


def wait_until_healthy(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    """Return when the site at `port` says that it is healthy."""
    deadline = time.monotonic() + START_SECONDS
    while not answers(port):
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"The site doesn't answer:\n{log.read_text()}")
        time.sleep(0.1)


def answers(port: int) -> bool:
    """Return whether /healthz at `port` answers 200."""
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def processes_below(pid: int) -> dict[int, str]:
    """Return the names of all processes that `pid` started, by their ids."""
    found: dict[int, str] = {}
    for task in Path(f"/proc/{pid}/task").glob("*"):
        for child in map(int, (task / "children").read_text().split()):
            found[child] = Path(f"/proc/{child}/comm").read_text().strip()
            found |= processes_below(child)
    return found


def free_port() -> int:
    """Return a port on which nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]
