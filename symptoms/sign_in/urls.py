"""Every page of signing in. What the library offers besides, such as signing up, has no address here."""

from __future__ import annotations

from allauth.account.views import login, logout, reauthenticate
from allauth.mfa.base import views as base
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import path
from django.views.i18n import set_language

from symptoms.sign_in import views

urlpatterns = [
    path("", login, name="account_login"),
    path("out/", logout, name="account_logout"),
    path("language/", set_language, name="set_language"),
    path("stay/", views.stay, name="account_stay"),
    path("address/<str:token>/", views.keep_own_address, name="account_keep_address"),
    path("confirm/", reauthenticate, name="account_reauthenticate"),
    path("code/", views.ShowFactor.as_view(), name="mfa_authenticate"),
    path("code/confirm/", views.ShowFactorAgain.as_view(), name="mfa_reauthenticate"),
    path("factors/", base.index, name="mfa_index"),
    path("factors/app/", views.SetUpApp.as_view(), name="mfa_activate_totp"),
    path("factors/app/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("factors/passkeys/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("factors/passkeys/add/", views.SetUpPasskey.as_view(), name="mfa_add_webauthn"),
    path("factors/passkeys/confirm/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("factors/passkeys/<int:pk>/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path("factors/passkeys/<int:pk>/remove/", views.RemovePasskey.as_view(), name="mfa_remove_webauthn"),
    path("factors/codes/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("factors/codes/new/", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("factors/codes/file/", recovery_codes.download_recovery_codes, name="mfa_download_recovery_codes"),
]
