"""Addresses of forms; those that lead to them are printed and bookmarked."""

from django.urls import path

from formbuilder.interfaces import views
from formbuilder.interfaces.wizard import fill_in

app_name = "formbuilder"
urlpatterns = [
    path("thu-tuc/<str:code>/nop", views.start, name="start"),
    path("to-khai", views.drafts, name="drafts"),
    path("to-khai/<uuid:draft_id>", views.go_on, name="go_on"),
    path("to-khai/<uuid:draft_id>/xong", views.done, name="done"),
    path("to-khai/<uuid:draft_id>/xoa", views.discard, name="discard"),
    path(
        "to-khai/<uuid:draft_id>/giay-tiep-nhan.pdf",
        views.acknowledgement,
        name="acknowledgement",
    ),
    path("to-khai/<uuid:draft_id>/tep/<uuid:attachment_id>", views.attachment, name="attachment"),
    path("to-khai/<uuid:draft_id>/<slug:step>", fill_in, name="page"),
]
