"""The base of every admin screen of ours: it shows the objects of the user's agencies, or 404."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from catalogue.selectors.naming import named
from catalogue.spreadsheets import csv_text

ACTIONS = ("view", "add", "change", "delete")
View = Callable[..., HttpResponse]


class ScopedIndexView(generic.IndexView):
    """A list of the objects that the policy gives the user, searched without accents."""

    search_without_accents: ClassVar[tuple[str, ...]] = ()

    def get_base_queryset(self) -> models.QuerySet[Any]:
        """Return the objects of the user's agencies."""
        return self.permission_policy.instances_user_has_any_permission_for(
            self.request.user, ACTIONS
        )

    @cached_property
    def allowed(self) -> frozenset[str]:
        """The actions that the user may do to some object, asked once for all rows."""
        policy, user = self.permission_policy, self.request.user
        return frozenset(each for each in ACTIONS if policy.user_has_permission(user, each))

    def user_has_permission(self, permission: str) -> bool:
        """Whether the user may do `permission` to some object."""
        return permission in self.allowed

    def user_has_any_permission(self, permissions: Iterable[str]) -> bool:
        """Whether the user may do any of `permissions` to some object."""
        return not self.allowed.isdisjoint(permissions)

    def title_column(self, accessor: Any, *, label: Any, sort_key: str) -> Column:
        """Return a first column that carries the buttons and leads to the object."""
        column_class = self._get_title_column_class(TitleColumn)
        return column_class(
            "title", label=label, accessor=accessor, sort_key=sort_key, get_url=self.url_of
        )

    def url_of(self, instance: models.Model) -> str | None:
        """Return where the title of `instance` leads."""
        return self.get_edit_url(instance) or self.get_inspect_url(instance)

    @property
    def no_results_message(self) -> str:
        """Return what stands in place of an empty list."""
        if self.is_searching or self.is_filtering:
            return _("Nothing here is like that. Search for another word, or show all.")
        return _("There is nothing here yet.")

    @property
    def is_searchable(self) -> bool:
        """Whether there are fields to search in."""
        return bool(self.search_without_accents)

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        """Return what a spreadsheet gets: text that one would run as a formula stays text."""
        exported = super().preprocess_field_value(field, value, export_format)
        if isinstance(exported, str) and export_format == self.FORMAT_CSV:
            return csv_text(exported)
        return exported

    def search_queryset(self, queryset: models.QuerySet[Any]) -> models.QuerySet[Any]:
        """Return the objects of which some field holds the query, with or without its marks."""
        if not self.is_searching:
            return queryset
        return named(queryset, self.search_query, fields=self.search_without_accents)


class ServiceFormMixin(generic.WagtailAdminTemplateMixin):
    """Saves through a service: what it refuses is shown at the form, nothing is half done."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Run the service; its `ValidationError` becomes an error of the form."""
        try:
            response: HttpResponse = super().form_valid(form)
        except ValidationError as refusal:
            form.add_error(None, refusal)
            self.produced_error_message = self.get_error_message()
            return self.form_invalid(form)
        return response

    def get_form_kwargs(self) -> dict[str, Any]:
        """Tell the form who asks."""
        return {**super().get_form_kwargs(), "by": self.request.user}

    def save_instance(self) -> models.Model:
        """Let the form call its service and return the object."""
        return self.form.save()


class AgencyScopedViewSet(ModelViewSet):
    """A viewset whose every address answers 404 for objects outside the user's agencies.

    The rights are those of the policy registered for the model, an
    `AgencyScopedPermissionPolicy`. `shown` names the addresses that exist.
    """

    shown: ClassVar[frozenset[str]] = frozenset({"index", "index_results", "inspect"})
    index_view_class = ScopedIndexView
    inspect_view_enabled = True
    copy_view_enabled = False
    add_to_reference_index = False
    add_to_admin_menu = True
    # Read-only unless a viewset brings its own form: Wagtail builds every view, `shown` or not.
    exclude_form_fields: ClassVar[list[str]] = []
    list_per_page = 50

    def construct_view(self, view_class: type, **kwargs: Any) -> View:
        """Return the view behind the guard of the user's agencies."""
        return self.guarded(super().construct_view(view_class, **kwargs))

    def guarded(self, view: View) -> View:
        """Return `view`, which answers 404 when its object is outside the user's agencies."""

        @wraps(view)
        def scoped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if (
                "pk" in kwargs
                and not self.objects_of(request.user).filter(pk=kwargs["pk"]).exists()
            ):
                raise Http404
            return view(request, *args, **kwargs)

        return scoped

    def objects_of(self, user: Any) -> models.QuerySet[Any]:
        """Return the objects of which `user` may see anything."""
        return self.permission_policy.instances_user_has_any_permission_for(user, ACTIONS)

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Leave out the names of addresses that do not exist."""
        values = super().get_common_view_kwargs(**kwargs)
        for name in ("history", "usage", "add", "edit", "delete", "inspect", "copy"):
            if name not in self.shown:
                values[f"{name}_url_name"] = self.UNDEFINED
        return values

    def get_urlpatterns(self) -> list[URLPattern]:
        """Return the addresses in `shown`."""
        return [pattern for pattern in super().get_urlpatterns() if pattern.name in self.shown]

    def register_admin_url_finder(self) -> None:
        """Offer the edit page to Wagtail only where there is one."""
        if "edit" in self.shown:
            super().register_admin_url_finder()
