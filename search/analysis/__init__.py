"""Vietnamese text as search sees it: one analysis in Python for every engine."""

from search.analysis.accents import restore_accents
from search.analysis.codes import find_codes, normalise_code
from search.analysis.lexicon import Lexicon
from search.analysis.repair import Repair
from search.analysis.terms import folded_pairs, has_accents
from search.analysis.tokens import Token, folded_terms, tokenize

# Stored with every index; an index of another version is rebuilt, never searched.
ANALYSIS_VERSION = 2

__all__ = [
    "ANALYSIS_VERSION",
    "Lexicon",
    "Repair",
    "Token",
    "find_codes",
    "folded_pairs",
    "folded_terms",
    "has_accents",
    "normalise_code",
    "restore_accents",
    "tokenize",
]
