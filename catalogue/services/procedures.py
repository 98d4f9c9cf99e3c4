"""Procedure pages and the tree that they lie in."""

from typing import Any

from django.db.models import QuerySet
from wagtail.models import Page, Site

from catalogue.documents import page_values
from catalogue.enums import Level
from catalogue.models import Agency, AgencyPage, CatalogueHome, Field, Procedure
from catalogue.services.legal_acts import keep_acts
from catalogue.services.rights import sync_page_rights
from catalogue.text import slugify_vi


def publishing_agencies() -> QuerySet[Agency]:
    """Return the agencies that publish procedures: every one but the communes."""
    return Agency.objects.exclude(level=Level.COMMUNE)


def write_procedure(
    *, document: dict[str, Any], parent: AgencyPage, procedure: Procedure | None, by: Any = None
) -> Procedure:
    """Write `document` into a new or an existing page and save it as the latest revision.

    `by` is who wrote it, None for the system.
    """
    acts = keep_acts(document["legal_bases"], agency=parent.agency)
    field, _created = Field.objects.get_or_create(name=document["field"]["name"])
    page = procedure or Procedure(live=False)
    for name, value in {**page_values(document, acts), "field": field}.items():
        setattr(page, name, value)
    if page.pk is None:
        parent.add_child(instance=page)
    else:
        page.save()
    page.save_revision(user=by, clean=False)
    return page


def agency_page(agency: Agency) -> AgencyPage:
    """Return the page under which the procedures of `agency` lie, made when it is missing."""
    page = AgencyPage.objects.filter(agency=agency).first()
    if page is None:
        page = AgencyPage(
            title=agency.name, slug=slugify_vi(f"{agency.code} {agency.name}"), agency=agency
        )
        catalogue_home().add_child(instance=page)
        sync_page_rights(agency=agency)
    return page


def catalogue_home() -> CatalogueHome:
    """Return the root page of the catalogue, made with its site when it is missing."""
    home = CatalogueHome.objects.first()
    if home is None:
        root = Page.objects.get(depth=1)
        home = CatalogueHome(title="Danh mục thủ tục hành chính", slug="danh-muc")
        root.add_child(instance=home)
        Site.objects.update_or_create(
            is_default_site=True,
            defaults={"hostname": "localhost", "root_page": home, "site_name": "Một Cửa"},
        )
    return home
