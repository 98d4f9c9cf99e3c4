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


@contextmanager
def temporary_server() -> Iterator[str]:
    """Run a server in a temporary folder and yield the address of its `postgres` database.

    Raises `PostgresMissing` without binaries, `RuntimeError` with the log if it doesn't start.
    """
    binaries = find_binaries()
    account = _unprivileged_account()
    folder = Path(tempfile.mkdtemp(prefix="mc-pg-"))
    try:
        if account:
            os.chown(folder, account.pw_uid, account.pw_gid)
        with _running(binaries, folder, account):
            yield f"postgresql://postgres@/postgres?host={folder}"
    finally:
        shutil.rmtree(folder)


@contextmanager
def _running(binaries: Path, folder: Path, account: pwd.struct_passwd | None) -> Iterator[None]:
    as_account = (
        {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}
    )
    data, log = folder / "data", folder / "log"
    subprocess.run(
        [
            *(str(binaries / "initdb"), "--pgdata", str(data), "--username=postgres"),
            *("--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"),
        ],
        check=True,
        stdout=subprocess.DEVNULL,
        cwd=folder,
        **as_account,
    )
    options = {**SERVER_OPTIONS, "unix_socket_directories": str(folder)}
    with log.open("wb") as output:
        server = subprocess.Popen(
            [
                *(str(binaries / "postgres"), "-D", str(data)),
                *(part for name, value in options.items() for part in ("-c", f"{name}={value}")),
            ],
            stdout=output,
            stderr=output,
            cwd=folder,
            start_new_session=True,
            **as_account,
        )
    try:
        _wait_until_ready(binaries, folder, server, log)
        yield
    finally:
        server.send_signal(signal.SIGINT)  # fast shutdown: open sessions are ended
        server.wait(timeout=START_SECONDS)


def _wait_until_ready(
    binaries: Path, folder: Path, server: "subprocess.Popen[bytes]", log: Path
) -> None:
    deadline = time.monotonic() + START_SECONDS
    probe = [str(binaries / "pg_isready"), "--quiet", "--host", str(folder)]
    while subprocess.run(probe).returncode:
        if server.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"PostgreSQL didn't start:\n{log.read_text()}")
        time.sleep(0.05)


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
