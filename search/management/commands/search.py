"""`manage.py search evaluate | rebuild | check | explain | tune`."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.engines import IndexUnusableError, current_engine
from search.evaluation import (
    Evaluation,
    compare,
    evaluate,
    fall_lines,
    read_baseline,
    read_judged_queries,
    score_table,
    write_baseline,
)
from search.query import SearchQuery, parse_query
from search.selectors import settle
from search.services import build_lexicon, check_index, rebuild_index
from search.tuning import cross_validate, observe, tune, write_ranking

# A file of queries that nobody tunes on: what becomes of single ones is not shown.
_HELD_OUT = "held_out"


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn what is wrong with a file into a message that names it."""
    try:
        yield
    except (OSError, ValueError) as error:
        raise CommandError(f"{path}: {error}") from error


class Command(BaseCommand):
    """Look after the search index and measure its answers."""

    help = "Rebuild, check, measure and explain search."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the five subcommands."""
        commands = parser.add_subparsers(dest="action", required=True)
        commands.add_parser("rebuild", help="Build index and lexicon anew; searching goes on.")
        commands.add_parser(
            "check", help="Compare the index with the catalogue; fails if not equal."
        )
        measured = commands.add_parser("evaluate", help="Measure the answers to judged queries.")
        measured.add_argument("file", type=Path, help="JSON lines of judged queries.")
        measured.add_argument(
            "--compare",
            type=Path,
            metavar="BASELINE",
            dest="baseline",
            help="Fail where a class fell behind it.",
        )
        measured.add_argument(
            "--save", type=Path, metavar="BASELINE", help="Keep what was reached in this file."
        )
        explained = commands.add_parser("explain", help="Tell why a procedure ranks where it does.")
        explained.add_argument("query")
        explained.add_argument("code")
        tuned = commands.add_parser("tune", help="Choose the weights of ranking anew.")
        tuned.add_argument("files", type=Path, nargs="+", help="JSON lines of judged queries.")
        tuned.add_argument("--folds", type=int, default=5, help="Parts, each kept back once.")
        tuned.add_argument("--write", action="store_true", help="Keep the weights in the product.")

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        """Run one subcommand."""
        try:
            getattr(self, f"_{action}")(**options)
        except IndexUnusableError as error:
            raise CommandError(f"{error}. Run: manage.py search rebuild") from error

    def _rebuild(self, **_options: Any) -> None:
        count = rebuild_index(report=lambda done: self.stdout.write(f"{done} indexed"))
        build_lexicon()
        self.stdout.write(f"The index holds {count} procedures.")

    def _check(self, **_options: Any) -> None:
        check = check_index()
        self.stdout.write(
            f"{check.documents} procedures in the index, {check.waiting} changes wait."
        )
        for name in ("missing", "outdated", "surplus"):
            codes = getattr(check, name)
            self.stdout.write(f"{name}: {len(codes)} {' '.join(codes[:20])}".rstrip())
        if check.differing:
            raise CommandError("The index differs from the catalogue.")

    def _evaluate(
        self, *, file: Path, baseline: Path | None, save: Path | None, **_options: Any
    ) -> None:
        with _told(file):
            judged = read_judged_queries(file)
        evaluation = evaluate(judged)
        for line in score_table(evaluation.scores()):
            self.stdout.write(line)
        if baseline:
            self._compare(evaluation, baseline, with_queries=not file.name.startswith(_HELD_OUT))
        if save:
            with _told(save):
                write_baseline(save, evaluation)

    def _compare(self, evaluation: Evaluation, baseline: Path, *, with_queries: bool) -> None:
        with _told(baseline):
            falls = compare(evaluation, read_baseline(baseline))
        for line in fall_lines(falls, with_queries=with_queries):
            self.stdout.write(line)
        if falls:
            raise CommandError(f"The answers are worse than {baseline}.")

    def _tune(self, *, files: list[Path], folds: int, write: bool, **_options: Any) -> None:
        judged = []
        for file in files:
            with _told(file):
                judged += read_judged_queries(file)
        observations = observe(judged)
        if len({observation.group for observation in observations}) < max(folds, 2):
            raise CommandError("There are fewer procedures with judged queries than folds.")
        self.stdout.write(f"{'fold':<10}{'nDCG@10':>9}{'S@1':>9}{'kept back':>11}{'S@1':>9}")
        own = []
        for number, (used, kept_back) in enumerate(cross_validate(observations, folds=folds), 1):
            own.append(kept_back)
            self.stdout.write(
                f"{number:<10}{used.ndcg:>9.3f}{used.first:>9.3f}"
                f"{kept_back.ndcg:>11.3f}{kept_back.first:>9.3f}"
            )
        weights = tune(observations)
        for name, weight in weights.items():
            self.stdout.write(f"{name:<20}{weight:>9.2f}")
        if write:
            write_ranking(weights, files=[file.name for file in files], kept_back=own)

    def _explain(self, *, query: str, code: str, **_options: Any) -> None:
        asked = settle(parse_query(query))
        self._tell(asked)
        explanation = current_engine().explain(asked, code)
        if not explanation.matches:
            raise CommandError(f"{code} is not among the answers.")
        self.stdout.write(f"score {explanation.score:.3f}")
        self.stdout.write(json.dumps(explanation.details, indent=1, ensure_ascii=False))

    def _tell(self, asked: SearchQuery) -> None:
        self.stdout.write(f"words: {asked.text}")
        self.stdout.write(f"codes: {' '.join(asked.codes) or '-'}")
        self.stdout.write(f"at least {asked.needed} of:")
        for group in asked.groups:
            self.stdout.write("  " + " | ".join(" ".join(words) for words in group))
        for term in sorted(asked.scores, key=lambda term: (term.term, term.field)):
            self.stdout.write(f"  {term.term} in {term.field} × {term.boost:g}")
