"""How long the product takes to start, the first time and again, and how much memory it holds."""

import tempfile
import time
from pathlib import Path
from statistics import median

from tools.live_site import LiveSite, processes_below, running_site

AGAIN = 3


def main() -> None:
    """Start on an empty folder, then again, and print seconds and megabytes."""
    with tempfile.TemporaryDirectory(prefix="mc-start-") as name:
        var_dir = Path(name)
        first, _ = start(var_dir)
        again = [start(var_dir) for _ in range(AGAIN)]
    print(f"first start, packages installed: {first:.1f} s")
    print(f"second start: {median(seconds for seconds, _ in again):.1f} s")
    print(f"memory of all processes: {median(megabytes for _, megabytes in again):.0f} MB")


def start(var_dir: Path) -> tuple[float, float]:
    """Return the seconds until the product answers, and the megabytes that it holds then."""
    url = f"sqlite:///{var_dir / 'mot-cua.sqlite3'}"
    started = time.monotonic()
    with running_site(engine="sqlite", database_url=url, var_dir=var_dir) as site:
        return time.monotonic() - started, megabytes(site)


def megabytes(site: LiveSite) -> float:
    """Return the memory of the whole group; what processes share counts once."""
    return (
        sum(_proportional_kilobytes(pid) for pid in (site.pid, *processes_below(site.pid))) / 1024
    )


def _proportional_kilobytes(pid: int) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


if __name__ == "__main__":
    main()
