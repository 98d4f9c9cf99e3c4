import pytest

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
