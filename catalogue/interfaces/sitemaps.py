"""What search engines may know: every procedure in force, its agency, its field, the lists."""

from datetime import date
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from catalogue import clock
from catalogue.models import Agency, Field, ProcedureVersion
from catalogue.selectors.listing import listing


class TranslatedSitemap(Sitemap[Any]):
    """Addresses in both languages, each naming the other."""

    i18n = True
    alternates = True
    # Far below the 50,000 that the protocol allows, so that a page takes no thread for long.
    limit = 5_000


class ProcedureSitemap(TranslatedSitemap):
    """The procedures in force, each since the day of its version."""

    def items(self) -> list[tuple[str, date | None]]:
        """Return code and first day of every version in force, in order of code."""
        versions = ProcedureVersion.objects.in_force_on(clock.today()).order_by("code")
        return list(versions.values_list("code", "valid_from"))

    def location(self, item: tuple[str, date | None]) -> str:
        """Return the page of a procedure."""
        return reverse("catalogue:procedure", args=[item[0]])

    def lastmod(self, item: tuple[str, date | None]) -> date | None:
        """Return the day from which the version holds."""
        return item[1]


class AgencySitemap(TranslatedSitemap):
    """The agencies that publish procedures in force."""

    def items(self) -> list[Agency]:
        """Return the agencies in order of code."""
        return sorted(listing().agencies.values(), key=lambda agency: agency.code)

    def location(self, item: Agency) -> str:
        """Return the page of an agency."""
        return reverse("catalogue:agency", args=[item.code])


class FieldSitemap(TranslatedSitemap):
    """The fields that have procedures in force."""

    def items(self) -> list[Field]:
        """Return the fields in order of their names."""
        return sorted(listing().fields.values(), key=lambda field: field.sort_key)

    def location(self, item: Field) -> str:
        """Return the page of a field."""
        return reverse("catalogue:field", args=[item.address_key])


class ListSitemap(TranslatedSitemap):
    """The pages from which everything else is reached."""

    def items(self) -> list[str]:
        """Return the names of the pages."""
        return [
            "home",
            "catalogue:procedures",
            "catalogue:agencies",
            "catalogue:fields",
            "catalogue:open_data",
        ]

    def location(self, item: str) -> str:
        """Return the address of a page."""
        return reverse(item)


SITEMAPS: dict[str, type[Sitemap[Any]]] = {
    "danh-sach": ListSitemap,
    "thu-tuc": ProcedureSitemap,
    "co-quan": AgencySitemap,
    "linh-vuc": FieldSitemap,
}
