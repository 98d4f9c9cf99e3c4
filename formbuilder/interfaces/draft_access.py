"""Opening a draft for the one who holds it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from formtools.wizard.views import NamedUrlWizardView

from formbuilder.enums import DraftState
from formbuilder.interfaces.visitor import remember_device, visitor_of
from formbuilder.models import Draft
from formbuilder.selectors.drafts import draft_locked_out, draft_of


class DraftAccess(NamedUrlWizardView):
    """A wizard on one draft: 404 for strangers, log-in first when a session has ended.

    Sets `draft`, `visitor`, `by` (who saves) and `locked_out`: then what is typed may be saved,
    and nothing is shown (R14).
    """

    draft: Draft
    request: HttpRequest

    def dispatch(
        self, request: HttpRequest, *args: Any, draft_id: UUID, **kwargs: Any
    ) -> HttpResponse:
        """Open the draft, or send to its confirmation once it is submitted."""
        self.visitor = visitor_of(request)
        own = draft_of(self.visitor, draft_id)
        draft = own or draft_locked_out(self.visitor, draft_id)
        if draft is None:
            raise Http404
        if own and draft.state == DraftState.SUBMITTED:
            return redirect("formbuilder:done", draft_id=draft.pk)
        if not draft.is_open:
            raise Http404
        self.locked_out = own is None
        self.by = draft.user if self.locked_out else self.visitor.user
        # Formtools hands its storage nothing but the request.
        self.draft = request.draft = draft  # type: ignore[attr-defined]
        if self.locked_out and request.method != "POST":
            return redirect_to_login(request.get_full_path())
        return super().dispatch(request, *args, **kwargs)

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """Answer, and keep the device's secret for as long as the draft."""
        response = super().render_to_response(context, **kwargs)
        return remember_device(response, self.visitor)

    @property
    def language(self) -> str:
        """The language of the page."""
        return (get_language() or "vi")[:2]

    def log_in_again(self) -> HttpResponse:
        """Ask to log in; what was typed is kept already."""
        messages.warning(self.request, _("You were logged out. What you typed is kept: log in."))
        return redirect_to_login(self.request.get_full_path())
