"""Sealed text: AES-256-GCM at rest, “已封存” where it is read by accident, plain only by `looks.reveal`.

A token is ``k1.<base64url of nonce and ciphertext>``. ``about`` is bound in as associated data: a token
moved to another row or field does not open there.
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from os import urandom
from typing import Any, Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from jieyou.kernel.privacy import keys
from jieyou.kernel.privacy.plain import plain

SHOWN = "已封存"
_NONCE = 12


class Unopenable(Exception):
    """The token is damaged, belongs elsewhere, or its key is gone."""


def seal(text: str, about: str) -> str:
    """A token of ``text`` that opens only with the same ``about``; "" stays ""."""
    if not text:
        return ""
    key_id, key = keys.sealing_key()
    nonce = urandom(_NONCE)
    sealed = nonce + AESGCM(key).encrypt(nonce, text.encode(), about.encode())
    return f"{key_id}.{urlsafe_b64encode(sealed).decode().rstrip('=')}"


def open_sealed(token: str, about: str) -> str:
    """The plain text. Unopenable when it was changed, moved, or sealed with a key that is no longer there."""
    if not token:
        return ""
    key_id, _, text = token.partition(".")
    try:
        _, key = keys.sealing_key(key_id)
        raw = urlsafe_b64decode(text + "=" * (-len(text) % 4))
        return AESGCM(key).decrypt(raw[:_NONCE], raw[_NONCE:], about.encode()).decode()
    except KeyError:
        raise Unopenable(f"找不到密钥 {key_id}，请检查 JIEYOU_SEALING_KEY") from None
    except (InvalidTag, ValueError):
        raise Unopenable("密文已损坏，或不属于这条记录") from None


def blind(value: str, kind: Literal["phone", "name", "idcard"]) -> str:
    """Blind index of a telephone, name or identity number, however it was typed; "" for nothing.

    138 1234-6021, ＋86 13812346021 and 13812346021 give one index; so do 买买提·艾力 and 买买提 艾力.
    """
    normal = _NORMAL[kind](plain(value))
    return keys.fingerprint(f"blind:{kind}", normal) if normal else ""


def _phone(text: str) -> str:
    digits = re.sub(r"\D", "", text)
    mobile = re.fullmatch(r"(?:0{0,2}86|0)?(1[3-9]\d{9})", digits)
    return mobile[1] if mobile else digits


_NORMAL = {
    "phone": _phone,
    "name": lambda text: re.sub(r"[\s·•・.]", "", text).casefold(),
    "idcard": lambda text: re.sub(r"[\s\-]", "", text).upper(),
}


class Sealed(str):
    """What a sealed attribute reads as: the words “已封存” (or "" for nothing), never the text.

    ``about`` is the row and field that the token belongs to.
    """

    __slots__ = ("about", "token")
    token: str
    about: str

    def __new__(cls, token: str, about: str = "") -> Sealed:
        self = super().__new__(cls, SHOWN if token else "")
        self.token, self.about = token, about
        return self

    def __repr__(self) -> str:
        return f"<{self}>"

    def __reduce__(self) -> tuple[Any, ...]:
        return Sealed, (self.token, self.about)

    def moved_to(self, about: str) -> Sealed:
        """The same content for another row or field, sealed anew."""
        return (
            self if self.about == about else Sealed(seal(open_sealed(self.token, self.about), about), about)
        )


class _Attribute(DeferredAttribute):
    """Seals on assignment; the row's key must be known by then (ours are made at birth)."""

    def __set__(self, row: models.Model, value: str | None) -> None:
        about = self.field.about_row(row)
        if isinstance(value, Sealed):
            value.about = value.about or about
        elif value == SHOWN:
            raise ValueError(f"“{SHOWN}”是占位文字，不能存入“{self.field.verbose_name}”")
        else:
            value = Sealed(seal(value or "", about), about)
        vars(row)[self.field.attname] = value


class SealedTextField(models.TextField):
    """A text column that holds a token. Assign plain text; read with `looks.reveal` and nothing else.

    It cannot be searched (keep a `blind` index beside it) nor set by ``QuerySet.update``. ``about`` is what
    the tokens are bound to, by default ``app.model.field``: give the old name when the field is renamed.
    """

    descriptor_class = _Attribute

    def __init__(self, *args: Any, about: str = "", **kwargs: Any) -> None:
        self.about = about
        super().__init__(*args, **{"blank": True, "default": "", **kwargs})

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, **({"about": self.about} if self.about else {})}

    def about_row(self, row: models.Model) -> str:
        """What the token of this row is bound to."""
        if row.pk is None:
            raise TypeError(f"{row._meta.label}: a sealed field is set after the row's key")
        name = self.about or f"{self.model._meta.label_lower}.{self.name}"
        return f"{name}:{row._meta.pk.to_python(row.pk)}"

    def from_db_value(self, value: str | None, *_: Any) -> Sealed:
        return Sealed(value or "")

    def to_python(self, value: Any) -> Any:
        return value

    def pre_save(self, model_instance: models.Model, add: bool) -> Sealed:
        value = getattr(model_instance, self.attname).moved_to(self.about_row(model_instance))
        vars(model_instance)[self.attname] = value
        return value

    def get_prep_value(self, value: Any) -> str:
        if isinstance(value, Sealed):
            return value.token
        if value in (None, ""):
            return ""
        raise TypeError(f"{self.name} is sealed: set it on the row, find it by its blind index")

    def get_lookup(self, lookup_name: str) -> Any:
        return super().get_lookup(lookup_name) if lookup_name in ("exact", "isnull") else None

    def value_to_string(self, obj: models.Model) -> str:
        return self.value_from_object(obj).token


def sealed_fields(model: type[models.Model]) -> list[SealedTextField]:
    """The sealed columns of a model."""
    return [field for field in model._meta.concrete_fields if isinstance(field, SealedTextField)]


def open_field(row: models.Model, name: str) -> str:
    """Plain text of one sealed field, unlogged: for `looks` alone."""
    value: Sealed = getattr(row, name)
    return open_sealed(value.token, value.about)


def rotate(model: type[models.Model]) -> int:
    """Seal anew, under today's key, every value of the model that lies under an older one; returns how many.

    May be stopped and run again, and works while others write: a value that changed meanwhile is left alone.
    """
    today, done = keys.sealing_key()[0] + ".", 0
    for field in sealed_fields(model):
        for row in model._base_manager.only("pk", field.name).iterator(chunk_size=500):
            value: Sealed = getattr(row, field.attname)
            if value and not value.token.startswith(today):
                text = open_sealed(value.token, value.about)
                there = model._base_manager.filter(**{"pk": row.pk, field.name: value})
                done += there.update(**{field.name: Sealed(seal(text, value.about), value.about)})
    return done
