import importlib
import sys
from importlib.metadata import packages_distributions
from pathlib import Path
from zipfile import ZipFile

import pytest
from hatchling.builders.wheel import WheelBuilder

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = {
    "catalogue": ROOT / "catalogue",
    "formbuilder": ROOT / "formbuilder",
    "onestop": ROOT / "onestop",
    "plugins": ROOT / "plugins",
    "portal": ROOT / "site" / "portal",
    "search": ROOT / "search",
}


@pytest.fixture(scope="module")
def wheel_names(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    folder = tmp_path_factory.mktemp("wheel")
    (wheel,) = WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])
    with ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.mark.parametrize("package", PACKAGES)
def test_no_other_distribution_shadows_our_package(package: str) -> None:
    assert set(packages_distributions().get(package, [])) <= {"mot-cua"}


@pytest.mark.parametrize(("package", "folder"), PACKAGES.items())
def test_package_is_imported_from_this_tree(package: str, folder: Path) -> None:
    module = importlib.import_module(package)

    assert Path(module.__path__[0]) == folder


def test_folder_site_is_no_package() -> None:
    assert not (ROOT / "site" / "__init__.py").exists()
    assert sys.modules["site"].__file__ != str(ROOT / "site")


def test_wheel_holds_every_package(wheel_names: set[str]) -> None:
    top_level = {name.partition("/")[0] for name in wheel_names}

    assert {name for name in top_level if not name.endswith(".dist-info")} == set(PACKAGES)


@pytest.mark.parametrize(("package", "folder"), PACKAGES.items())
def test_wheel_holds_every_file_of_a_package(
    package: str, folder: Path, wheel_names: set[str]
) -> None:
    expected = {
        f"{package}/{path.relative_to(folder)}"
        for path in folder.rglob("*")
        if path.is_file()
        and "__pycache__" not in path.parts
        and not path.is_relative_to(ROOT / "plugins" / "contrib")
    }

    assert expected - wheel_names == set()


def test_wheel_leaves_out_tests_plugins_of_others_and_byte_code(wheel_names: set[str]) -> None:
    unwanted = {
        name
        for name in wheel_names
        if name.startswith(("tests/", "plugins/contrib/")) or "__pycache__" in name
    }

    assert unwanted == set()
