"""A PostgreSQL server for the length of one test run, from the system's own binaries.

As a command it runs another command against such a server:

    python tests/tools/postgres.py .venv/bin/pytest tests/onestop
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

START_SECONDS = 30
# The data is thrown away, so nothing needs to survive a crash.
SERVER_OPTIONS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "autovacuum": "off",
}


class PostgresMissing(Exception):
    """No PostgreSQL server binaries are on this machine."""


def find_binaries() -> Path:
    """Return the folder of the newest installed server; raises `PostgresMissing`."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    installed = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3])
    )
    if not installed:
        raise PostgresMissing(
            "PostgreSQL is not installed. Install it (apt-get install -y postgresql, or"
            " make system-packages) or name a server: TEST_DATABASE_URL=postgresql://…"
        )
    return installed[-1].parent


class Server:
    """A server in `folder`, owned by `account` where the caller is root; it can be restarted."""

    def __init__(
        self, folder: Path, account: pwd.struct_passwd | None, options: dict[str, str]
    ) -> None:
        self.folder, self.options = folder, {**SERVER_OPTIONS, **options}
        self.url = f"postgresql://postgres@/postgres?host={folder}"
        self._binaries = find_binaries()
        self._as_account: dict[str, Any] = (
            {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}
        )
        self._process: subprocess.Popen[bytes] | None = None

    def create(self) -> None:
        """Make the empty cluster."""
        subprocess.run(
            [
                *(str(self._binaries / "initdb"), "--pgdata", str(self.folder / "data")),
                *("--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"),
                "--no-sync",
            ],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=self.folder,
            **self._as_account,
        )

    def start(self) -> None:
        """Start, and return when it answers; raises `RuntimeError` with the log if it doesn't."""
        options = {**self.options, "unix_socket_directories": str(self.folder)}
        with (self.folder / "log").open("ab") as output:
            self._process = subprocess.Popen(
                [
                    *(str(self._binaries / "postgres"), "-D", str(self.folder / "data")),
                    *(part for item in options.items() for part in ("-c", "=".join(item))),
                ],
                stdout=output,
                stderr=output,
                cwd=self.folder,
                start_new_session=True,
                **self._as_account,
            )
        deadline = time.monotonic() + START_SECONDS
        probe = [str(self._binaries / "pg_isready"), "--quiet", "--host", str(self.folder)]
        while subprocess.run(probe).returncode:
            if self._process.poll() is not None or time.monotonic() > deadline:
                log = (self.folder / "log").read_text()
                raise RuntimeError(f"PostgreSQL didn't start:\n{log}")
            time.sleep(0.05)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop: by SIGINT open sessions are ended in order, by SIGQUIT it is as after a crash."""
        if self._process:
            self._process.send_signal(how)
            self._process.wait(timeout=START_SECONDS)
            self._process = None


@contextmanager
def controlled_server(**options: str) -> Iterator[Server]:
    """Run a server in a temporary folder; `options` are its settings beside `SERVER_OPTIONS`.

    Raises `PostgresMissing` without binaries, `RuntimeError` with the log if it doesn't start.
    """
    account = _unprivileged_account()
    folder = Path(tempfile.mkdtemp(prefix="mc-pg-"))
    try:
        if account:
            os.chown(folder, account.pw_uid, account.pw_gid)
        server = Server(folder, account, options)
        server.create()
        try:
            server.start()
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder)


@contextmanager
def temporary_server() -> Iterator[str]:
    """Run a server as `controlled_server` does and yield the address of its first database."""
    with controlled_server() as server:
        yield server.url


def _unprivileged_account() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root: name the account to use instead."""
    if os.getuid():
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise PostgresMissing("PostgreSQL can't run as root, and there is no other account to use.")


def main(command: list[str]) -> int:
    """Run `command` with TEST_DATABASE_URL naming a temporary server; return its exit code."""
    with temporary_server() as url:
        return subprocess.run(command, env={**os.environ, "TEST_DATABASE_URL": url}).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
