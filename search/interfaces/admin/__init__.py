"""The admin screens of search."""

from search.interfaces.admin.missing_answers import MissingAnswerViewSet
from search.interfaces.admin.promoted_answers import PromotedAnswerViewSet
from search.interfaces.admin.synonyms import SynonymViewSet

# In the order of the menu.
VIEWSETS = (
    SynonymViewSet(menu_order=30),
    PromotedAnswerViewSet(menu_order=40),
    MissingAnswerViewSet(menu_order=50),
)

__all__ = ["VIEWSETS"]
