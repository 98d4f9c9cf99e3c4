"""Words and answers of search editors for tests."""

from typing import Any

from catalogue.models import Agency
from factories.catalogue import make_ministry, make_operator
from factories.search import make_document
from search.documents import build_search_document
from search.engines import Operation, SearchEngine
from search.models import EditorsChange, PromotedAnswer, Synonym
from search.selectors.editors_version import forget_editors_version
from search.services.editors_changes import keep_change

MARRIAGE = "1.000001"
LICENCE = "1.000002"


def index_names(engine: SearchEngine, **names: str) -> None:
    """Index procedures by name; keys are `p1`, `p2` … for the codes 1.000001, 1.000002 …"""
    engine.apply(
        [
            Operation(code, 1, build_search_document(make_document(code, name), sha256=code))
            for key, name in names.items()
            if (code := f"1.{int(key[1:]):06}")
        ]
    )


def make_synonym(agency: Agency | None = None, *, by: Any = None, **values: Any) -> Synonym:
    """Store a synonym of `agency` (a new ministry) with its history, untried."""
    agency = agency or make_ministry("G99", "Bộ Thử")
    row = Synonym(**{"says": "bùm bum", "query": "bùm bum", "finds": MARRIAGE} | values)
    return _stored(row, agency, by)


def make_promoted(agency: Agency | None = None, *, by: Any = None, **values: Any) -> PromotedAnswer:
    """Store a promoted answer of `agency` (a new ministry) with its history, unchecked."""
    agency = agency or make_ministry("G99", "Bộ Thử")
    shown = {"phrases": "nghỉ tết", "answers": "/linh-vuc Mọi lĩnh vực", "reason": "Tết"}
    return _stored(PromotedAnswer(**shown | values), agency, by)


def changes() -> list[tuple[str, Any, Any]]:
    """Return the history of everything: the kind of row, its state before and after."""
    return list(EditorsChange.objects.order_by("pk").values_list("kind", "before", "after"))


def _stored(row: Any, agency: Agency, by: Any) -> Any:
    row.agency = agency
    row.save()
    by = by or make_operator()
    keep_change(by=by, row=row, before=None, agency=agency)
    forget_editors_version()
    return row
