"""Views of the accounts that allauth does not have as we need them."""

from typing import Any

from allauth.account.views import LogoutView
from django.http import HttpResponse


class LogOutView(LogoutView):
    """Ends the session by POST and has the browser forget what it saw."""

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """Log out; on a shared computer the back button shows nothing afterwards."""
        response: HttpResponse = super().post(*args, **kwargs)
        response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
        return response
