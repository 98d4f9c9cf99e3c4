"""Telling the applicant what happened, in plain words and without personal data in the subject."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from formbuilder.selectors.submissions import applicant_email
from onestop.enums import EventKind
from onestop.models import Dossier
from onestop.scopes import every_dossier

TELL_APPLICANT = "onestop.tell_applicant"
_TEMPLATES = {EventKind.RECEIVED: "onestop/mail/received.txt"}


def tell_applicant(*, dossier_pk: int, kind: str) -> bool:
    """Mail the applicant of a dossier about an event; return False when no address is known.

    Sent by a job, at least once: the message identifier is the same each time, so that mail
    readers show a repeated message once.
    """
    with every_dossier():
        dossier = Dossier.objects.select_related("agency", "submission__user").get(pk=dossier_pk)
    address = applicant_email(dossier.submission)
    if not address:
        return False
    user = dossier.submission.user
    with translation.override(user.language if user else settings.LANGUAGE_CODE):
        domain = urlsplit(settings.PUBLIC_URL).hostname
        url = settings.PUBLIC_URL + reverse("onestop:track", args=[dossier.code])
        EmailMessage(
            subject=_("Your dossier has been received"),
            body=render_to_string(_TEMPLATES[EventKind(kind)], {"dossier": dossier, "url": url}),
            to=[address],
            headers={"Message-ID": f"<dossier-{dossier.pk}-{kind}@{domain}>"},
        ).send()
    return True
