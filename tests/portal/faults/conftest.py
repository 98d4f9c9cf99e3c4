"""The product's web server on a database that can be taken away."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.citizen import Site
from tools.databases import ROOT, databases_at
from tools.live_site import running_web
from tools.postgres import PostgresMissing, Server, controlled_server

PREPARATION = Path(__file__).with_name("prepare_site.py")


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A PostgreSQL server of the tests' own, whose commits survive a crash."""
    try:
        with controlled_server(synchronous_commit="on") as server:
            yield server
    except PostgresMissing as missing:
        pytest.skip(f"not run: {missing}")


@pytest.fixture(params=["postgresql"])
def engine(request: pytest.FixtureRequest) -> str:
    """The engine of the site; a test may name another."""
    return request.param


@pytest.fixture
def site(
    request: pytest.FixtureRequest, engine: str, number_of_drafts: int, tmp_path: Path
) -> Iterator[Site]:
    server_url = "sqlite" if engine == "sqlite" else request.getfixturevalue("server").url
    databases = databases_at(server_url, tmp_path)
    url = databases.clone("away")
    prepared = subprocess.run(
        [sys.executable, str(PREPARATION), str(number_of_drafts)],
        cwd=ROOT,
        env={
            **os.environ,
            "DATABASE_URL": url,
            "VAR_DIR": str(tmp_path),
            "DJANGO_SETTINGS_MODULE": "portal.settings",
            "PYTHONPATH": os.pathsep.join(str(ROOT / part) for part in ("", "site", "tests")),
        },
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    with running_web(database_url=url, var_dir=tmp_path) as port:
        yield Site(port, url, prepared.stdout.split())
    databases.drop("away")
