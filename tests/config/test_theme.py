"""What is written anew of the theme and of the sign-in library: after an upgrade somebody looks whether it fits."""

from __future__ import annotations

import hashlib
from pathlib import Path

import allauth
import pytest
import unfold
from django.conf import settings

OWN = Path(settings.BASE_DIR) / "config" / "templates"
LIBRARIES = [Path(str(one.__file__)).parent / "templates" for one in (unfold, allauth)]
ORIGINALS = {
    "account/base_reauthenticate.html": "3c03c732d9f8e91f",
    "account/login.html": "bc38debd2f3c6560",
    "account/reauthenticate.html": "9e2a69f8965f618e",
    "admin/base.html": "2ce9250b3c649e3a",
    "admin/index.html": "9fdb849b7da18ccd",
    "admin/nav_sidebar.html": "d61d8a2fd3fe3115",
    "admin/search_form.html": "32c57965802858bd",
    "admin/submit_line.html": "7a195a7b8beeda11",
    "allauth/elements/button.html": "4261ec646c26be91",
    "allauth/elements/button_group.html": "13576c602173d51b",
    "allauth/elements/field.html": "e3a64f1e4ca35d95",
    "allauth/elements/fields.html": "08181a5248d6f5d3",
    "allauth/elements/form.html": "a1401cefffdd6d55",
    "allauth/elements/h1.html": "db3711a14daeb9d4",
    "allauth/elements/h2.html": "d515812fe508f3f0",
    "allauth/elements/hr.html": "0070878e334b94c3",
    "allauth/elements/img.html": "16d54ea7399b56e9",
    "allauth/elements/p.html": "87dde4f3349e6efa",
    "allauth/elements/panel.html": "7e5807456bb1b338",
    "allauth/layouts/base.html": "f7fc39128d98000f",
    "allauth/layouts/entrance.html": "ecd4689ec73372a9",
    "allauth/layouts/manage.html": "ecd4689ec73372a9",
    "mfa/authenticate.html": "37e688fdef8f7452",
    "mfa/index.html": "ae4ccf604a9a4746",
    "mfa/reauthenticate.html": "22fc22425c3fa7e5",
    "mfa/recovery_codes/generate.html": "76d405d12d01311c",
    "mfa/recovery_codes/index.html": "33303ef4ae6a58a2",
    "mfa/totp/activate_form.html": "c7268f27735c6513",
    "mfa/totp/deactivate_form.html": "02c44a3278e662d0",
    "mfa/webauthn/add_form.html": "7e774d06b5f69e3d",
    "mfa/webauthn/authenticator_confirm_delete.html": "54f42d04a4fd3e7c",
    "mfa/webauthn/authenticator_list.html": "e8be87b8c97b408e",
    "mfa/webauthn/base.html": "390ee9bf17306c80",
    "mfa/webauthn/edit_form.html": "abbddae26b24e949",
    "mfa/webauthn/reauthenticate.html": "b2c9d327d8f24be4",
    "unfold/helpers/app_list_all.html": "a4dd606ef6971d65",
    "unfold/helpers/boolean.html": "ccaf312fe7efd6b9",
    "unfold/helpers/empty_results.html": "5f4727a37a99da76",
    "unfold/helpers/header_title.html": "b126ed2ab9ca1680",
    "unfold/helpers/language_switch.html": "f3ad5b63f6f9908b",
    "unfold/helpers/navigation_header.html": "35139b9d94580be9",
    "unfold/helpers/navigation_user.html": "4c9ba58b3f215326",
    "unfold/helpers/pagination_default.html": "a6c793aea686e443",
    "unfold/helpers/tab_actions.html": "2883f8c5b35d3085",
    "unfold/helpers/theme_switch.html": "c8e659df65f5aa78",
    "unfold/helpers/unauthenticated_header.html": "904c823eb0d85052",
    "unfold/helpers/welcomemsg.html": "e8eab02522ba2319",
    "unfold/layouts/skeleton.html": "66af9f0bb45f98ba",
}


def overridden() -> dict[str, Path]:
    """The templates of the libraries that have one of the same name here."""
    names = sorted(str(path.relative_to(OWN)) for path in OWN.rglob("*.html"))
    return {name: theirs / name for theirs in LIBRARIES for name in names if (theirs / name).exists()}


def test_the_list_of_the_originals_is_whole() -> None:
    assert sorted(overridden()) == sorted(ORIGINALS)


@pytest.mark.parametrize(("name", "digest"), ORIGINALS.items())
def test_the_original_is_the_one_that_was_written_anew(name: str, digest: str) -> None:
    """Compare the library's new template with ours, bring over what is worth it, then write its digest here."""
    assert hashlib.sha256(overridden()[name].read_bytes()).hexdigest()[:16] == digest
