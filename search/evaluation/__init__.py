"""How good the answers are, measured on judged queries."""

from search.evaluation.baseline import Baseline, Fall, compare, read_baseline, write_baseline
from search.evaluation.queries import JudgedQuery, read_judged_queries
from search.evaluation.scores import ClassScore, Evaluation, evaluate
from search.evaluation.tables import fall_lines, score_table

__all__ = [
    "Baseline",
    "ClassScore",
    "Evaluation",
    "Fall",
    "JudgedQuery",
    "compare",
    "evaluate",
    "fall_lines",
    "read_baseline",
    "read_judged_queries",
    "score_table",
    "write_baseline",
]
