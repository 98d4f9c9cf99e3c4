import stat
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path

from portal.kept_secret import kept_secret


def test_secret_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "key"

    first, second = (kept_secret(path, lambda: "made"), kept_secret(path, lambda: "other"))

    assert (first, second) == ("made", "made")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_callers_at_once_get_the_same_whole_secret(tmp_path: Path) -> None:
    numbers = count()

    with ThreadPoolExecutor(16) as callers:
        secrets = list(
            callers.map(
                lambda _: kept_secret(tmp_path / "key", lambda: f"secret {next(numbers)}" * 9),
                range(200),
            )
        )

    assert len(set(secrets)) == 1
    assert secrets[0] == (tmp_path / "key").read_text()
