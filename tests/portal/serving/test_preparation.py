from io import StringIO
from pathlib import Path

import pytest
from django.core.management.base import OutputWrapper

from portal.serving.preparation import Stage, Stamps, files_below, fingerprint, prepare


@pytest.fixture
def stamps(tmp_path: Path) -> Stamps:
    return Stamps(tmp_path / "prepared.json")


@pytest.fixture
def output() -> OutputWrapper:
    return OutputWrapper(StringIO())


def stage(name: str, *words: str, needs: tuple[str, ...] = ()) -> Stage:
    return Stage(name, lambda: words, lambda: None, needs)


def test_stage_runs_once_for_the_same_inputs(stamps: Stamps, output: OutputWrapper) -> None:
    first = prepare([stage("a", "1")], stamps, output)
    second = prepare([stage("a", "1")], stamps, output)
    third = prepare([stage("a", "2")], stamps, output)

    assert (first, second, third) == (["a"], [], ["a"])


def test_stage_runs_again_after_one_it_needs(stamps: Stamps, output: OutputWrapper) -> None:
    prepare([stage("a", "1"), stage("b", needs=("a",)), stage("c")], stamps, output)

    ran = prepare([stage("a", "2"), stage("b", needs=("a",)), stage("c")], stamps, output)

    assert ran == ["a", "b"]


def test_failed_stage_is_not_remembered(stamps: Stamps, output: OutputWrapper) -> None:
    def fail() -> None:
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        prepare([Stage("a", lambda: (), fail)], stamps, output)

    assert stamps.get("a") is None


def test_stage_that_makes_its_own_input_runs_once(
    tmp_path: Path, stamps: Stamps, output: OutputWrapper
) -> None:
    made = tmp_path / "made"
    making = Stage("a", lambda: [str(made.exists())], lambda: made.write_text("x"))

    assert prepare([making], stamps, output) == ["a"]
    assert prepare([making], stamps, output) == []


def test_fingerprint_follows_the_content_of_files(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("before")
    before = fingerprint([file])

    file.write_text("after")

    assert fingerprint([file]) != before


def test_files_below_leaves_out_byte_code(tmp_path: Path) -> None:
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "a.pyc").touch()
    (tmp_path / "a.py").touch()

    assert list(files_below(tmp_path)) == [tmp_path / "a.py"]
