import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from factories.real_corpus import index_real_corpus, use_index_at
from search.engines import current_engine


@pytest.fixture
def search_dir(settings, tmp_path):
    """Keep the index of a test in a folder of its own."""
    settings.SEARCH_DIR = tmp_path / "search"
    return settings.SEARCH_DIR


@pytest.fixture
def engine(search_dir):
    """The engine of this installation over an empty index."""
    engine = current_engine()
    with engine.spare() as spare:
        spare.swap()
    return engine


@pytest.fixture(scope="session")
def corpus_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of all real procedures, made once for all processes of a run; only for reading.

    A test that asks for it stands under `if IS_THERE:` of `factories.real_corpus`.
    """
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder = shared / "corpus"
    with (shared / "corpus.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return folder if (folder / "current.json").exists() else index_real_corpus(folder)


@pytest.fixture
def corpus(corpus_dir: Path) -> Iterator[Path]:
    """Search in the real procedures."""
    with use_index_at(corpus_dir):
        yield corpus_dir
