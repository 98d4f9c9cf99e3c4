"""What search keeps: words of the editors, what readers asked and missed, the lexicon."""

from search.models.asked_query import AskedQuery
from search.models.editors_change import EditorsChange
from search.models.lexicon import StoredLexicon
from search.models.missing_answer import MissingAnswer
from search.models.promoted_answer import PromotedAnswer
from search.models.synonym import Synonym

__all__ = [
    "AskedQuery",
    "EditorsChange",
    "MissingAnswer",
    "PromotedAnswer",
    "StoredLexicon",
    "Synonym",
]
