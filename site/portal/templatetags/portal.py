"""Template tags of the public pages: paths per language, form widgets, page numbers."""

from collections.abc import Iterator
from typing import Any

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.forms import BoundField
from django.forms.boundfield import BoundWidget
from django.urls import NoReverseMatch, reverse
from django.utils.encoding import iri_to_uri
from django.utils.safestring import SafeString
from django.utils.translation import get_language, override

from portal.release import release_number

register = template.Library()
register.simple_tag(release_number)

WIDGET_CLASSES = {"textarea": "textarea", "select": "select", "file": "input input--file"}
GROUP_WIDGETS = {"radioselect", "checkboxselectmultiple"}
PAGES_AROUND_CURRENT = 1


@register.simple_tag
def site_path(path: str) -> str:
    """Return a public path (`/tim-kiem`) in the language of the page; needs no request."""
    language = get_language() or settings.LANGUAGE_CODE
    return path if language == settings.LANGUAGE_CODE else f"/{language}{path}"


@register.simple_tag(takes_context=True)
def translate_url(context: template.Context, language: str) -> str:
    """Return the address of this page in `language`, or the home page when there is none."""
    home = "/" if language == settings.LANGUAGE_CODE else f"/{language}/"
    request = context.get("request")
    if request is None or request.resolver_match is None:
        return home
    # The address is resolved already, which is half of what Django's own `translate_url` does.
    match = request.resolver_match
    try:
        with override(language):
            path = reverse(match.view_name, args=match.args, kwargs=match.kwargs)
    except NoReverseMatch:
        return str(request.get_full_path())
    query = iri_to_uri(request.META.get("QUERY_STRING", ""))
    return f"{path}?{query}" if query else path


@register.simple_tag
def widget(field: BoundField) -> SafeString:
    """Render the control of a bound field with the class of its kind added to its own classes."""
    own = field.field.widget.attrs.get("class", "")
    kind = WIDGET_CLASSES.get(_kind(field), "input")
    return field.as_widget(attrs={"class": f"{kind} {own}".strip()})


@register.simple_tag
def choice(option: BoundWidget) -> SafeString:
    """Render the control of one radio button or checkbox; the group carries `aria-invalid`."""
    option.data["attrs"].pop("aria-invalid", None)
    return option.tag()


@register.filter
def layout_of(field: BoundField) -> str:
    """Tell how a field is laid out: `hidden`, `group`, `checkbox` or `single`."""
    if field.is_hidden:
        return "hidden"
    if _kind(field) in GROUP_WIDGETS:
        return "group"
    return "checkbox" if _kind(field) == "checkbox" else "single"


@register.filter
def error_target(field: BoundField) -> str:
    """Return the id of the control that an error message should lead to."""
    return f"{field.auto_id}_0" if _kind(field) in GROUP_WIDGETS else field.id_for_label


@register.filter
def page_numbers(page: Page) -> Iterator[str | int]:
    """Yield the page numbers to link to, with an ellipsis where some are left out."""
    return page.paginator.get_elided_page_range(
        page.number, on_each_side=PAGES_AROUND_CURRENT, on_ends=1
    )


def _kind(field: BoundField) -> Any:
    kind = field.widget_type
    return "file" if kind == "clearablefile" else kind
