"""Views of the accounts that allauth does not have as we need them."""

from typing import Any, cast

from allauth.account.views import LogoutView
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from catalogue.models import Membership
from portal.accounts.models import User
from portal.middleware import has_second_step


@login_required
def overview(request: HttpRequest) -> HttpResponse:
    """Show people their account: who they are, the roles they hold, and what they can change."""
    user = cast("User", request.user)
    memberships = Membership.objects.active().filter(user=user).select_related("agency")
    context = {"memberships": memberships, "has_second_step": has_second_step(user)}
    return render(request, "account/overview.html", context)


class LogOutView(LogoutView):
    """Ends the session by POST and has the browser forget what it saw."""

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """Log out; on a shared computer the back button shows nothing afterwards."""
        response: HttpResponse = super().post(*args, **kwargs)
        response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
        return response
