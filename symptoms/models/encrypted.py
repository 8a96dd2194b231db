"""Fields that the database and its back-ups cannot read: words, and JSON with words in it.

AES-256-GCM by `settings.FIELD_KEYS`: the first key encrypts, all of them decrypt. What was stored before a field was
encrypted is read as it is, until `field_keys.rewrite` has been over it.
"""

from __future__ import annotations

import base64
import hashlib
import json
import logging
import os
import re
from binascii import a2b_base64, b2a_base64
from collections.abc import Callable, Iterable
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, TypeGuard

from cryptography.exceptions import InvalidTag
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.lookups import Exact

from symptoms.clinical import terms

if TYPE_CHECKING:
    TextField = models.TextField[str, str]
    CharField = models.CharField[str, str]
    EmailField = models.EmailField[str, str]
    JSONField = models.JSONField[Any, Any]
else:
    TextField, CharField, EmailField, JSONField = (
        models.TextField,
        models.CharField,
        models.EmailField,
        models.JSONField,
    )

logger = logging.getLogger(__name__)


def _is_codes(kind: object) -> TypeGuard[type[StrEnum]]:
    return isinstance(kind, type) and issubclass(kind, StrEnum) and kind is not StrEnum


PREFIX: Final = "enc1:"
"""Stands before what is encrypted: `enc1:<key id>:<base64 of nonce and ciphertext>`."""

FERNET_PREFIX: Final = "gAAAAA"
"""What addresses were encrypted as by earlier releases."""

TOKENS: Final = (PREFIX, FERNET_PREFIX)

NONCE_LENGTH: Final = 12
UNREADABLE: Final = "(unreadable)"
"""Stands for words inside an answer when their key is gone: there was something, nobody knows what."""

ERASED: Final = "(erased)"
"""Stands for words inside an answer once the patient's record is erased."""

CODES: Final = frozenset(code for kind in vars(terms).values() if _is_codes(kind) for code in kind) | {
    terms.UNKNOWN, terms.NOT_ASKED, terms.NONE, terms.MORE_THAN_THREE,
}  # fmt: skip
"""Every code that an answer may be."""

_DAY_OR_MOMENT: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:.]{5,15}(Z|[+-][0-9]{2}:[0-9]{2})?)?")
_LOOKS_LIKE_A_CODE: Final = re.compile(r"[A-Za-z0-9_.:+-]{0,60}")


class UnreadableValue(Exception):
    """None of the keys opens this value."""


class Keys:
    """The keys of a site, prepared once. `current` names the first, which encrypts."""

    def __init__(self, secrets: Iterable[str]) -> None:
        secrets = list(secrets)
        prepared = [_prepare(secret) for secret in secrets]
        self.current, self._first = prepared[0]
        self._all = dict(prepared)
        self._head = f"{PREFIX}{self.current}:"
        self._fernets = [_fernet(secret) for secret in secrets]

    def encrypt(self, text: str) -> str:
        """The text under the first key, with a nonce of its own."""
        nonce = os.urandom(NONCE_LENGTH)
        sealed = nonce + self._first.encrypt(nonce, text.encode(), None)
        return self._head + b2a_base64(sealed, newline=False).decode("ascii")

    def decrypt(self, token: str) -> str:
        """The text of a token; text that is no token is given back. Raises UnreadableValue."""
        if token.startswith(FERNET_PREFIX):
            return self._decrypt_fernet(token)
        if not token.startswith(PREFIX):
            return token
        key_id, _, body = token[len(PREFIX) :].partition(":")
        try:
            sealed = a2b_base64(body)
            return self._all[key_id].decrypt(sealed[:NONCE_LENGTH], sealed[NONCE_LENGTH:], None).decode()
        except (KeyError, ValueError, InvalidTag) as error:
            raise UnreadableValue from error

    def is_current(self, token: str) -> bool:
        """Whether the first key encrypted it."""
        return token.startswith(self._head)

    def _decrypt_fernet(self, token: str) -> str:
        for fernet in self._fernets:
            try:
                return fernet.decrypt(token.encode()).decode()
            except InvalidToken:
                continue
        raise UnreadableValue


def _prepare(secret: str) -> tuple[str, AESGCM]:
    """A key and its id, which tells keys apart and nothing about them."""
    key = hashlib.sha256(b"symptoms.encrypted:" + secret.encode()).digest()
    return hashlib.sha256(b"id:" + key).hexdigest()[:8], AESGCM(key)


def _fernet(secret: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"alerts.fields:" + secret.encode()).digest()))


@lru_cache(maxsize=8)
def _keys_of(secrets: tuple[str, ...]) -> Keys:
    return Keys(secrets)


def site_keys() -> Keys:
    """The keys of `settings.FIELD_KEYS`."""
    return _keys_of(tuple(settings.FIELD_KEYS))


class ExactlyEmpty(Exact[Any]):
    """The one comparison that what is encrypted allows: with nothing."""

    def get_prep_lookup(self) -> Any:
        if self.rhs not in ("", None):
            raise ValueError("An encrypted field can only be compared with an empty text.")
        return super().get_prep_lookup()


class EncryptedMixin:
    """What the fields of words share. Text that no key can read is empty: a lost key stops only what needs it."""

    name: str

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return "text"

    def get_prep_value(self, value: Any) -> Any:
        text = super().get_prep_value(value)  # type: ignore[misc]  # of the Django field beside
        return site_keys().encrypt(text) if text else text

    def from_db_value(self, value: str | None, *_: object) -> str | None:
        if not value:
            return value
        try:
            return site_keys().decrypt(value)
        except UnreadableValue:
            logger.error("field_unreadable field=%s", self.name)
            return ""

    def get_lookup(self, name: str) -> Any:
        """Nothing but emptiness can be looked up: equal texts are stored as different ones."""
        if name == "exact":
            return ExactlyEmpty
        return super().get_lookup(name) if name == "isnull" else None  # type: ignore[misc]

    def renewed(self, stored: str | None) -> str | None:
        """The same under the first key, as to be stored; None when it is already. Raises UnreadableValue."""
        if not stored or site_keys().is_current(stored):
            return None
        return site_keys().encrypt(site_keys().decrypt(stored))

    def erased(self, stored: str | None) -> str | None:
        """What is stored of it once its words are erased; None when nothing has to change."""
        return "" if stored else None


class EncryptedTextField(EncryptedMixin, TextField):
    """Words of any length, encrypted."""


class EncryptedCharField(EncryptedMixin, CharField):
    """One line of words, encrypted; `max_length` holds for the words."""


class EncryptedEmailField(EncryptedMixin, EmailField):
    """An e-mail address, encrypted."""


class EncryptedJSONField(JSONField):
    """JSON, encrypted as a whole; with `words_only`, only the words in it.

    `words_only` names keys whose texts are always words. Any other text counts as words unless it is a code of the
    clinical vocabulary, a day or a moment; where patients write nothing (`has_own_codes`), unless it looks like a code.
    Codes, numbers and keys stay readable, so that the rules can judge what is stored even when a key is lost.
    """

    def __init__(
        self, *args: Any, words_only: Iterable[str] | None = None, has_own_codes: bool = False, **kwargs: Any
    ) -> None:
        self.has_own_codes = has_own_codes
        self.words_only = None if words_only is None else frozenset(map(str, words_only))
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        if self.words_only is not None:
            kwargs["words_only"] = sorted(self.words_only)
        return name, path, args, kwargs

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        if isinstance(value, models.Value):
            value = value.value
        if value is not None and not hasattr(value, "as_sql"):
            value = self._encrypted(value)
        return super().get_db_prep_value(value, connection, prepared)

    def from_db_value(self, value: Any, expression: Any, connection: BaseDatabaseWrapper) -> Any:
        stored = super().from_db_value(value, expression, connection)
        if isinstance(value, str) and not any(token in value for token in TOKENS):
            return stored  # nothing of it is encrypted
        try:
            return self._decrypted(stored)
        except UnreadableValue:
            logger.error("field_unreadable field=%s", self.name)
            return self._without_words(stored)

    def get_lookup(self, lookup_name: str) -> Any:
        if self.words_only is not None or lookup_name == "isnull":
            return super().get_lookup(lookup_name)
        return None

    def get_transform(self, lookup_name: str) -> Any:
        return super().get_transform(lookup_name) if self.words_only is not None else None

    def renewed(self, stored: str | None) -> str | None:
        """The same under the first key, as to be stored; None when it is already. Raises UnreadableValue."""
        document = json.loads(stored) if stored is not None else None
        if document is None or self._is_current(document):
            return None
        return json.dumps(self._encrypted(self._decrypted(document)))

    def erased(self, stored: str | None) -> str | None:
        """What is stored of it once its words are erased; None when nothing has to change.

        Codes and numbers stay; where there were words, it says that they were erased.
        """
        if stored is None:
            return None
        document = json.loads(stored)
        if self.words_only is None:
            rest: Any = self.get_default()
            rest = {} if rest is None else rest
        else:
            rest = _map_texts(document, lambda key, text: ERASED if self._is_word(key, text) else text)
        return None if rest == document else json.dumps(rest)

    def _encrypted(self, document: Any) -> Any:
        if self.words_only is None:
            return site_keys().encrypt(json.dumps(document, separators=(",", ":")))
        return _map_texts(document, lambda key, text: site_keys().encrypt(text) if self._is_word(key, text) else text)

    def _decrypted(self, stored: Any) -> Any:
        if isinstance(stored, str) and self.words_only is None:
            return json.loads(site_keys().decrypt(stored))
        return _map_texts(stored, lambda _, text: site_keys().decrypt(text))

    def _without_words(self, stored: Any) -> Any:
        if self.words_only is None:
            return self.get_default()

        def readable(_: str, text: str) -> str:
            try:
                return site_keys().decrypt(text)
            except UnreadableValue:
                return UNREADABLE

        return _map_texts(stored, readable)

    def _is_current(self, stored: Any) -> bool:
        if self.words_only is None:
            return isinstance(stored, str) and site_keys().is_current(stored)
        old: list[str] = []

        def look(key: str, text: str) -> str:
            if self._is_word(key, text) and not site_keys().is_current(text):
                old.append(text)
            return text

        _map_texts(stored, look)
        return not old

    def _is_word(self, key: str, text: str) -> bool:
        assert self.words_only is not None, "asked of partly encrypted documents only"
        return (
            bool(text)
            and text != ERASED
            and (key in self.words_only or text.startswith(TOKENS) or not self._is_code(text))
        )

    def _is_code(self, text: str) -> bool:
        if self.has_own_codes:
            return _LOOKS_LIKE_A_CODE.fullmatch(text) is not None
        return text in CODES or _DAY_OR_MOMENT.fullmatch(text) is not None


def _map_texts(value: Any, change: Callable[[str, str], str], key: str = "") -> Any:
    """The document with every text replaced by `change(key under which it stands, text)`."""
    if isinstance(value, str):
        return change(key, value)
    if isinstance(value, dict):
        return {name: _map_texts(inner, change, name) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_map_texts(inner, change, key) for inner in value]
    return value
