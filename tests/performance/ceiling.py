"""The bare ceiling: what an empty, a one-query and a one-write view reach on each database.

The load runs on the same machine as the server, so these are figures for comparison.
"""

import os
import tempfile
import time
from pathlib import Path
from statistics import median

from performance.load import Measurement, measure
from tools.databases import databases_at
from tools.live_site import running_web

SETTINGS = "performance.ceiling_settings"
ADDRESSES = ("/empty", "/one-query", "/one-write")
ROUNDS = 3
SECONDS = 4.0
WARM_UP_SECONDS = 1.0


def median_of_rounds(port: int, address: str) -> Measurement:
    """Measure several times, after a warm-up, and return the median of each figure."""
    measure(port, [address], WARM_UP_SECONDS)
    rounds = [measure(port, [address], SECONDS) for _ in range(ROUNDS)]
    return Measurement(
        per_second=median(each.per_second for each in rounds),
        median_ms=median(each.median_ms for each in rounds),
        p95_ms=median(each.p95_ms for each in rounds),
        p99_ms=median(each.p99_ms for each in rounds),
    )


def main(server_urls: dict[str, str]) -> None:
    """Measure on each engine and print one line per address."""
    print("database    address       answers/s  median ms    p99 ms")
    for engine, server_url in server_urls.items():
        with tempfile.TemporaryDirectory(prefix="mc-ceiling-") as name:
            folder = Path(name)
            databases = databases_at(server_url, folder)
            database = f"ceiling_{time.monotonic_ns()}"
            url = databases.clone(database)
            with running_web(database_url=url, var_dir=folder, settings=SETTINGS) as port:
                for address in ADDRESSES:
                    result = median_of_rounds(port, address)
                    print(
                        f"{engine:<11} {address:<12} {result.per_second:10.0f}"
                        f" {result.median_ms:10.2f} {result.p99_ms:9.2f}",
                        flush=True,
                    )
            databases.drop(database)


if __name__ == "__main__":
    main({"sqlite": "sqlite", "postgresql": os.environ["TEST_DATABASE_URL"]})
