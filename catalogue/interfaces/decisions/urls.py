"""Addresses of the decision screens, under `/quan-tri/quyet-dinh/`."""

from django.urls import path

from catalogue.interfaces.decisions import items, lags, views

app_name = "catalogue_decisions"
urlpatterns = [
    path("", views.decision_list, name="list"),
    path("moi/", views.decision_new, name="new"),
    path("dinh-chinh/", views.correction_new, name="new_correction"),
    path("do-tre/", lags.entry_lag_page, name="lags"),
    path("<int:pk>/", views.decision_detail, name="detail"),
    path("<int:pk>/sua/", views.decision_change, name="change"),
    path("<int:pk>/them/", items.item_add, name="add_item"),
    path("<int:pk>/them-nhieu/", items.items_choose, name="choose_items"),
    path("<int:pk>/dan-ma/", items.codes_paste, name="paste_codes"),
    path("<int:pk>/muc/<int:item_pk>/", items.item_change, name="change_item"),
    path("<int:pk>/muc/<int:item_pk>/bo/", items.item_remove, name="remove_item"),
    path("<int:pk>/tep/", views.signed_file, name="signed_file"),
    path("<int:pk>/nop-tep/", views.signed_file_keep, name="keep_signed_file"),
    path("<int:pk>/trinh/", views.decision_submit, name="submit"),
    path("<int:pk>/tra-lai/", views.decision_return, name="return"),
    path("<int:pk>/duyet/", views.decision_approve, name="approve"),
    path("<int:pk>/dua-vao-danh-muc/", views.decision_enter, name="enter"),
    path("<int:pk>/tien-do/", views.decision_step, name="step"),
    path("<int:pk>/dung/", views.decision_stop, name="stop"),
    path("<int:pk>/rut/", views.decision_withdraw, name="withdraw"),
]
