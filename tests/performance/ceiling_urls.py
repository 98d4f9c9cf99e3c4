"""Three views that do the least a view can do: answer, read one row, write one row."""

from datetime import timedelta
from secrets import token_hex

from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse
from django.urls import path

from catalogue import clock


def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse("empty")


def one_query(request: HttpRequest) -> HttpResponse:
    return HttpResponse(ContentType.objects.get(app_label="contenttypes", model="contenttype").name)


def one_write(request: HttpRequest) -> HttpResponse:
    session = Session.objects.create(
        session_key=token_hex(16), session_data="", expire_date=clock.now() + timedelta(days=1)
    )
    return HttpResponse(session.pk)


urlpatterns = [
    path("healthz", empty),
    path("empty", empty),
    path("one-query", one_query),
    path("one-write", one_write),
]
