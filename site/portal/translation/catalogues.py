"""Where the message catalogues lie, how they are read, written and compiled."""

from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

LANGUAGE = "vi"
ROOT = Path(__file__).resolve().parents[3]
PACKAGES = ("catalogue", "formbuilder", "onestop", "plugins", "search", "site/portal")
NOT_OURS = ("plugins/contrib",)


def catalogue_paths(root: Path = ROOT) -> list[Path]:
    """Return the `.po` file of each package, whether or not it exists yet."""
    nested = {
        path.parent
        for package in PACKAGES
        for path in (root / package).rglob("locale")
        if not _is_foreign(path, root)
    }
    owners = sorted(nested | {root / package for package in PACKAGES})
    return [owner / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po" for owner in owners]


def owner_of(catalogue: Path) -> Path:
    """Return the package folder whose messages the `.po` file `catalogue` holds."""
    return catalogue.parents[3]


def sources_of(catalogue: Path, root: Path = ROOT) -> Iterator[Path]:
    """Yield the Python files and templates whose messages belong in `catalogue`."""
    owner = owner_of(catalogue)
    others = {owner_of(path) for path in catalogue_paths(root)} - {owner}
    inner = [other for other in others if other.is_relative_to(owner)]
    for path in sorted([*owner.rglob("*.py"), *owner.glob("**/templates/**/*")]):
        if not path.is_file() or "migrations" in path.parts or _is_foreign(path, root):
            continue
        if not any(path.is_relative_to(other) for other in inner):
            yield path


def read_catalogue(path: Path) -> Catalog:
    """Return the catalogue stored at `path`, an empty one if there is no file."""
    if not path.exists():
        return Catalog(locale=LANGUAGE, project="mot-cua", charset="utf-8", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=LANGUAGE, abort_invalid=True)


def write_catalogue(path: Path, catalogue: Catalog) -> None:
    """Store `catalogue` at `path`, sorted and without line numbers so that diffs stay small."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(
            file,
            catalogue,
            width=100,
            sort_output=True,
            ignore_obsolete=True,
            include_lineno=False,
        )


def compile_catalogues(root: Path = ROOT) -> list[Path]:
    """Build the `.mo` file beside each `.po` file that is newer; return those built."""
    stale = [path for path in catalogue_paths(root) if path.exists() and _is_stale(path)]
    for path in stale:
        built = path.with_suffix(".mo")
        unfinished = built.with_suffix(".mo-unfinished")
        with unfinished.open("wb") as file:
            write_mo(file, read_catalogue(path))
        unfinished.replace(built)
    return stale


def _is_stale(path: Path) -> bool:
    built = path.with_suffix(".mo")
    return not built.exists() or built.stat().st_mtime <= path.stat().st_mtime


def _is_foreign(path: Path, root: Path) -> bool:
    return any(path.is_relative_to(root / folder) for folder in NOT_OURS)
