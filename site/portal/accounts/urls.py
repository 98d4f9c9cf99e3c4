"""Addresses of the accounts under their own names; allauth finds its views by these names."""

from allauth.account import views
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.socialaccount import views as social
from django.urls import include, path, re_path

from portal.accounts.views import LogOutView, overview

urlpatterns = [
    path("", overview, name="account_overview"),
    path("dang-nhap", views.login, name="account_login"),
    path("dang-xuat", LogOutView.as_view(), name="account_logout"),
    path("dang-ky", views.signup, name="account_signup"),
    path("ngung-hoat-dong", views.account_inactive, name="account_inactive"),
    path("nhap-lai-mat-khau", views.reauthenticate, name="account_reauthenticate"),
    path("email", views.email, name="account_email"),
    path("email/da-gui", views.email_verification_sent, name="account_email_verification_sent"),
    path("email/xac-nhan/<str:key>", views.confirm_email, name="account_confirm_email"),
    path("mat-khau/doi", views.password_change, name="account_change_password"),
    path("mat-khau/dat", views.password_set, name="account_set_password"),
    path("mat-khau/quen", views.password_reset, name="account_reset_password"),
    path("mat-khau/da-gui", views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^mat-khau/moi/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "mat-khau/xong",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("hai-buoc", mfa.index, name="mfa_index"),
    path("hai-buoc/ma", mfa.authenticate, name="mfa_authenticate"),
    path("hai-buoc/nhap-lai", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("hai-buoc/bat", totp.activate_totp, name="mfa_activate_totp"),
    path("hai-buoc/tat", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("hai-buoc/ma-du-phong", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "hai-buoc/ma-du-phong/moi",
        recovery.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "hai-buoc/ma-du-phong/tai",
        recovery.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("lien-ket/huy", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("lien-ket/loi", social.login_error, name="socialaccount_login_error"),
    path("lien-ket/dang-ky", social.signup, name="socialaccount_signup"),
    path("lien-ket", social.connections, name="socialaccount_connections"),
]

# Registered with identity providers, so the same in every language.
provider_urlpatterns = [
    path("", include("allauth.socialaccount.providers.openid_connect.urls")),
]
