"""Many procedure pages at once, as an import writes them: a handful of statements for a batch.

Wagtail saves page by page, with some fifty statements each. What it does beside is done here as
well: the place in the tree, a revision, and later the references and the index of the admin.
"""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import F
from modelsearch.tasks import insert_or_update_object_task
from wagtail.models import Page, Revision
from wagtail.tasks import update_reference_index_task

from catalogue import clock
from catalogue.enums import JobPriority
from catalogue.jobs import job_handler
from catalogue.models import AgencyPage, Procedure
from catalogue.services.jobs import enqueue, renew_lease

# The batch size for rows that hold long JSON. Many in one statement go to PostgreSQL as an array,
# and the driver then escapes every quote in them by itself: a fifth of the time of an import.
ROW_BY_ROW = 1
_INDEX = "catalogue.index_pages"
_PAGE_FIELDS = [field for field in Page._meta.concrete_fields if not field.primary_key]
_BY_REVISION = (
    "title",
    "draft_title",
    "latest_revision",
    "latest_revision_created_at",
    "has_unpublished_changes",
)


def save_pages(*, parent: AgencyPage, pages: Sequence[Procedure]) -> None:
    """Save `pages`, new ones under `parent`, each with a revision of what it says now.

    Runs in the caller's transaction. No page is published by it.
    """
    for page in pages:
        page._set_core_field_defaults()
    new = [page for page in pages if page.pk is None]
    if new:
        _lay_under(parent, new)
    for page in pages:
        # Raw: the row of the page itself is written by the statements around this.
        page.save_base(raw=True, force_insert=page in new, force_update=page not in new)
    _save_revisions(pages)
    enqueue(
        kind=_INDEX, payload={"pages": [page.pk for page in pages]}, priority=JobPriority.UPKEEP
    )


def _lay_under(parent: AgencyPage, pages: Sequence[Procedure]) -> None:
    """Give `pages` their places after the last one under `parent`, and their rows as pages."""
    # Whoever adds a page there at the same time waits for this one.
    place = Page.objects.select_for_update().get(pk=parent.pk)
    path = (
        place.get_last_child()._inc_path()
        if place.numchild
        else Page._get_path(place.path, place.depth + 1, 1)
    )
    for page in pages:
        page.path, page.depth = path, place.depth + 1
        page.content_type = page.cached_content_type
        page.locale_id = place.locale_id
        page.set_url_path(place)
        path = page._inc_path()
    rows = Page.objects.bulk_create(
        Page(**{field.attname: getattr(page, field.attname) for field in _PAGE_FIELDS})
        for page in pages
    )
    for page, row in zip(pages, rows, strict=True):
        page.pk = page.page_ptr_id = page.id = row.pk
    Page.objects.filter(pk=place.pk).update(numchild=F("numchild") + len(pages))


def _save_revisions(pages: Sequence[Procedure]) -> None:
    now = clock.now()
    revisions = [
        Revision(
            content_type=page.cached_content_type,
            base_content_type=page.get_base_content_type(),
            object_id=str(page.pk),
            created_at=now,
            object_str=str(page),
            content=_content(page),
        )
        for page in pages
    ]
    Revision.objects.bulk_create(revisions, batch_size=ROW_BY_ROW)
    for page, revision in zip(pages, revisions, strict=True):
        page.latest_revision, page.latest_revision_created_at = revision, now
        page.has_unpublished_changes = True
    Page.objects.bulk_update(pages, _BY_REVISION)


def _content(page: Procedure) -> dict[str, Any]:
    content: dict[str, Any] = page.serializable_data()
    return content


@job_handler(_INDEX, atomic=False)
def index_pages(payload: dict[str, Any]) -> None:
    """Bring references and the search of the admin level with the pages `payload["pages"]`.

    May be repeated: both follow from the pages as they are.
    """
    pages = Procedure.objects.filter(pk__in=payload["pages"]).values_list("pk", flat=True)
    for pk in pages:
        for task in (update_reference_index_task, insert_or_update_object_task):
            with transaction.atomic():
                task.call(Procedure._meta.app_label, Procedure._meta.model_name, str(pk))
        renew_lease()
