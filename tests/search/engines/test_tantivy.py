import json
import shutil

import pytest

from search.engines import IndexUnusableError
from search.query import parse_query


@pytest.mark.parametrize("key", ["engine", "analysis", "document"])
def test_index_of_another_version_is_unusable(engine, search_dir, key):
    pointer = search_dir / "current.json"
    pointer.write_text(json.dumps(json.loads(pointer.read_text()) | {key: "other"}))

    assert not engine.is_usable()
    with pytest.raises(IndexUnusableError):
        engine.count()


@pytest.mark.parametrize("content", ["", "{", "[]", "null"])
def test_damaged_pointer_is_unusable(engine, search_dir, content):
    (search_dir / "current.json").write_text(content)

    assert not engine.is_usable()


def test_damaged_index_is_unusable(engine, search_dir):
    folder = json.loads((search_dir / "current.json").read_text())["folder"]
    (search_dir / folder / "meta.json").write_text("{")

    fresh = type(engine)(search_dir)

    with pytest.raises(IndexUnusableError):
        fresh.search(parse_query("kết hôn"))
    assert not fresh.is_usable()


def test_removed_folder_is_unusable(engine, search_dir):
    folder = json.loads((search_dir / "current.json").read_text())["folder"]
    shutil.rmtree(search_dir / folder)

    assert not engine.is_usable()


def test_swap_keeps_the_index_before_it_and_no_older_one(engine, search_dir):
    for _ in range(3):
        with engine.spare() as spare:
            spare.swap()

    assert len([path for path in search_dir.iterdir() if path.is_dir()]) == 2
