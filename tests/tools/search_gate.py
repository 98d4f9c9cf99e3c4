"""Measures the judged queries on the real procedures, as the gate does.

    PYTHONPATH=site:tests python -m tools.search_gate [--save]

With `--save` the figures become the baselines that no change may fall behind.
"""

import argparse
import os
import tempfile
from pathlib import Path

import django

JUDGED = Path(__file__).parents[1] / "search" / "judged"
SHARED = Path(__file__).parents[3] / "shared"

# Tuned on, never tuned on, and labelled by others.
HALVES = {name: JUDGED / f"{name}.jsonl" for name in ("tuning", "held_out")}
LISTS = HALVES | {"dev": SHARED / "data" / "queries" / "dev.jsonl"}


def baseline_of(name: str) -> Path:
    """Return the file that keeps what a list of queries has reached."""
    return JUDGED / f"baseline-{name}.json"


def main(*, save: bool) -> None:
    """Print the table of each list, and keep what it reached when asked to."""
    from factories.real_corpus import index_real_corpus, use_index_at, without_editors
    from search.evaluation import evaluate, read_judged_queries, score_table, write_baseline

    with tempfile.TemporaryDirectory(prefix="mc-gate-") as folder:
        index = index_real_corpus(Path(folder))
        with use_index_at(index), without_editors():
            for name, path in LISTS.items():
                evaluation = evaluate(read_judged_queries(path))
                print(name, *score_table(evaluation.scores()), sep="\n")
                if save:
                    write_baseline(baseline_of(name), evaluation)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--save", action="store_true")
    main(save=parser.parse_args().save)
