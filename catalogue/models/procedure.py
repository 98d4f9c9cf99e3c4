"""Procedures as their ministry edits them: Wagtail pages under the page of the agency."""

from typing import Any, ClassVar, NoReturn

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.validators import RegexValidator
from django.db import models
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page, PagePermissionTester, Revision

from catalogue import blocks, enums
from catalogue.fields import ChoiceListField, LinesField, PartsField
from catalogue.forms import ProcedureForm
from catalogue.models.agency import Agency
from catalogue.models.field import Field
from catalogue.panels import EDITING_SCREEN
from catalogue.text import normalise, slugify_vi

CODE_PATTERN = r"^[0-9A-Z][0-9A-Z.\-]{2,39}$"


class CatalogueHome(Page):
    """The root of the catalogue in the page tree."""

    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = ["catalogue.AgencyPage"]
    max_count = 1

    objects: ClassVar[models.Manager["CatalogueHome"]]

    class Meta:
        verbose_name = _("catalogue")


class AgencyPage(Page):
    """The page of a publishing agency; its procedures lie under it."""

    agency = models.OneToOneField(
        Agency, models.PROTECT, related_name="page", verbose_name=_("agency")
    )

    parent_page_types: ClassVar[list[str]] = ["catalogue.CatalogueHome"]
    subpage_types: ClassVar[list[str]] = ["catalogue.Procedure"]
    content_panels = [*Page.content_panels, FieldPanel("agency", permission="superuser")]

    objects: ClassVar[models.Manager["AgencyPage"]]

    class Meta:
        verbose_name = _("agency page")

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        """Return rights that let nobody publish below, whoever asks."""
        return AgencyPagePermissionTester(user, self)


class AgencyPagePermissionTester(PagePermissionTester):
    """Rights on an agency's page: nothing is published by laying it there."""

    def can_publish_subpage(self) -> bool:
        """Refuse: a procedure is published by a decision, however it came under the page."""
        return False

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Allow while no procedure lies below."""
        return self.page.is_leaf() and super().can_delete(ignore_bulk)


class ProcedurePermissionTester(PagePermissionTester):
    """Rights on a procedure: nobody publishes it outside a publication decision (D63 art. 15)."""

    def can_publish(self) -> bool:
        """Refuse: taking effect belongs to the decision service alone."""
        return False

    def can_unpublish(self) -> bool:
        """Refuse: only a decision ends a procedure."""
        return False

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Allow while no decision names the procedure."""
        return not self.page.specific.decision_items.exists() and super().can_delete(ignore_bulk)

    def can_copy(self) -> bool:
        """Refuse: a code belongs to one procedure."""
        return False

    def can_move(self) -> bool:
        """Refuse to all but operators: the place of a procedure is the agency that publishes it."""
        return bool(self.user.is_superuser) and super().can_move()

    def can_move_to(self, destination: Page) -> bool:
        """Allow, to a superuser too, only while the procedure could still be deleted."""
        return self.can_move() and super().can_move_to(destination)


TITLE_LENGTH = 255


class Procedure(Page):
    """An administrative procedure in the making; `ProcedureVersion` is what was published."""

    # Official names run to 900 characters; the page title is the name, cut where it must be.
    name = models.TextField(_("name"))
    code = models.CharField(
        _("code"),
        max_length=40,
        unique=True,
        validators=[RegexValidator(CODE_PATTERN, _("A code looks like 1.004873."))],
        help_text=_("The code is the identity of the procedure; it never changes."),
    )
    field = models.ForeignKey(
        Field, models.PROTECT, related_name="procedures", verbose_name=_("field")
    )
    levels = ChoiceListField(_("levels"), values=enums.Level.choices)
    audiences = ChoiceListField(_("whom it is for"), values=enums.Audience.choices, blank=True)
    applicants = LinesField(_("applicants"), help_text=_("One per line."))
    implementing = LinesField(_("implementing agencies"), blank=True, help_text=_("One per line."))
    competent = LinesField(_("deciding agencies"), blank=True, help_text=_("One per line."))
    delegated = LinesField(_("delegated agencies"), blank=True, help_text=_("One per line."))
    coordinating = LinesField(_("coordinating agencies"), blank=True, help_text=_("One per line."))
    receiving_places = LinesField(_("receiving places"), blank=True, help_text=_("One per line."))
    sets = models.PositiveSmallIntegerField(
        _("number of sets"), null=True, blank=True, help_text=_("How many sets of the dossier.")
    )
    steps = PartsField([("step", blocks.StepBlock())], verbose_name=_("steps"), blank=True)
    channels = PartsField(
        [("channel", blocks.ChannelBlock())],
        verbose_name=_("channels, time limits and fees"),
        blank=True,
    )
    document_groups = PartsField(
        [("document_group", blocks.DocumentGroupBlock())], verbose_name=_("dossier"), blank=True
    )
    requirements = PartsField(
        [("requirement", blocks.RequirementBlock())],
        verbose_name=_("requirements and conditions"),
        blank=True,
    )
    results = PartsField(
        [("result", blocks.ProcedureResultBlock())], verbose_name=_("results"), blank=True
    )
    legal_bases = PartsField(
        [("legal_basis", blocks.LegalBasisBlock())], verbose_name=_("legal bases"), blank=True
    )
    keywords = LinesField(
        _("keywords"), blank=True, help_text=_("Words that citizens use, one per line.")
    )
    online_scheme = models.CharField(_("scheme of the service level"), max_length=8, default="C32")
    online_value = models.CharField(_("online service level"), max_length=8, default="2")
    source_decision = models.CharField(_("source decision"), max_length=80, blank=True)
    source_url = models.URLField(_("source address"), max_length=500, blank=True)

    parent_page_types: ClassVar[list[str]] = ["catalogue.AgencyPage"]
    subpage_types: ClassVar[list[str]] = []

    # Wagtail ships no types; its manager is told here to those who read procedures.
    objects: ClassVar[models.Manager["Procedure"]]
    _default_manager: ClassVar[models.Manager["Procedure"]]
    base_form_class = ProcedureForm

    edit_handler = EDITING_SCREEN

    class Meta:
        verbose_name = _("procedure")
        verbose_name_plural = _("procedures")

    def _set_core_field_defaults(self) -> None:
        self.title = truncated(normalise(self.name))
        self.draft_title = self.title
        self.slug = slugify_vi(self.code)
        # Wagtail's schedule would publish and end without a decision.
        self.go_live_at = self.expire_at = None
        super()._set_core_field_defaults()

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        """Return rights without publishing, whoever asks."""
        return ProcedurePermissionTester(user, self)

    def save_revision(self, *args: Any, **kwargs: Any) -> Revision:
        """Save a revision; one that a decision has pinned is never overwritten by autosave."""
        overwritten = kwargs.get("overwrite_revision")
        if overwritten and self.decision_items.filter(revision=overwritten).exists():
            kwargs["overwrite_revision"] = None
        return super().save_revision(*args, **kwargs)

    def publish(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse, whoever calls: only a publication decision publishes (D63 art. 15)."""
        raise PermissionDenied(_("A procedure is published by a decision only."))

    def unpublish(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse, whoever calls: only a publication decision ends a procedure."""
        raise PermissionDenied(_("A procedure is ended by a decision only."))

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str] | None:
        """Return the public address, which is by code and not by place in the tree."""
        parts = super().get_url_parts(request)
        if parts is None:
            return None
        # Wagtail knows no host: its own addresses of pages are not mounted.
        return parts[0], settings.PUBLIC_URL, reverse("catalogue:procedure", args=[self.code])

    @property
    def preview_sizes(self) -> list[dict[str, Any]]:
        """Return the sizes of the preview: the narrowest phone first, which is shown at once."""
        phone, *wider = super().preview_sizes
        return [phone | {"device_width": 360}, *wider]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> Any:
        """Show the public page of what is being written."""
        # The view reads this model, so it cannot be imported above.
        from catalogue.interfaces.preview import preview_procedure  # noqa: PLC0415

        return preview_procedure(request, self)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Send a reader to the public page of the version in force."""
        return redirect("catalogue:procedure", code=self.code)


def truncated(name: str) -> str:
    """Return `name` as a page title, cut at a word where it is longer than a title may be."""
    if len(name) <= TITLE_LENGTH:
        return name
    return name[: TITLE_LENGTH - 1].rsplit(" ", 1)[0] + "…"
