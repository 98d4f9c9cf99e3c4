"""Which pages and questions of a form the answers lead to."""

from collections.abc import Iterator, Mapping
from typing import Any

from formbuilder.compiler import CompiledForm
from formbuilder.conditions import holds

Answers = Mapping[str, Any]


def visible_pages(form: CompiledForm, answers: Answers) -> list[dict[str, Any]]:
    """Return the pages whose condition is met, in order, that have anything to show."""
    return [
        page
        for page in form.ui["pages"]
        if holds(page.get("shown_if"), answers) and any(visible_items(page, answers))
    ]


def visible_items(page: Mapping[str, Any], answers: Answers) -> Iterator[dict[str, Any]]:
    """Yield what stands on `page` for these answers."""
    for item in page["items"]:
        if holds(item.get("shown_if"), answers):
            yield item


def without_hidden(form: CompiledForm, answers: Answers) -> dict[str, Any]:
    """Return `answers` without those of questions that are not asked (F1): hidden means absent.

    Conditions read earlier questions only, so going through the pages once settles all of them.
    """
    kept: dict[str, Any] = {}
    for page in form.ui["pages"]:
        if not holds(page.get("shown_if"), kept):
            continue
        for item in page["items"]:
            key = item["key"]
            if key in answers and key in form.items and holds(item.get("shown_if"), kept):
                kept[key] = answers[key]
    return kept
