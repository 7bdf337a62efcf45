"""The door by which a person gets into the directory: found again by identity number, else by name and telephone."""

from __future__ import annotations

from typing import Any

from jieyou.commons.directory import rules
from jieyou.commons.directory.models import Person
from jieyou.kernel.ledger import tracked
from jieyou.kernel.loop.declare import Ask
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.privacy import masking
from jieyou.kernel.privacy.sealing import blind

NAME = Ask("name", "姓名", at_most=40)
PHONE = Ask("phone", "电话", at_most=30)
ID_NO = Ask(
    "id_no",
    "证件号码",
    required=False,
    at_most=30,
    help="工作用不着的不填；填了的密封保存，只用来认出是同一个人",
)

SHORTEST_PHONE = 7


def keep(said: dict[str, Any], by: str, why: str) -> Person | None:
    """The person of these answers (``name``, ``phone``, ``id_no``), new or known; ``None`` when nothing was said of anybody.

    Raises :class:`Refused` for a bad number, and for a known number under another name.
    """
    name, phone = said.get("name") or "", said.get("phone") or ""
    if not (name or phone or said.get("id_no")):
        return None
    if len(name) < 2:
        raise Refused("请写姓名", "name")
    id_no = _identity(said.get("id_no") or "")
    if not (phone or id_no):
        raise Refused("请写电话，同名的人靠它分清", "phone")
    if phone and (digits := sum(sign.isdecimal() for sign in phone)) < SHORTEST_PHONE:
        raise Refused(f"电话不对：只有 {digits} 位数字", "phone")
    person = _known(name, phone, id_no)
    return _renewed(person, name, phone, id_no, by, why)


def _identity(text: str) -> str:
    try:
        return rules.identity_number(text) if text else ""
    except Refused as no:
        raise Refused(no.sentence, "id_no") from None


def _known(name: str, phone: str, id_no: str) -> Person:
    """The person who has this number (or, without one, this name and telephone); a new one otherwise."""
    if id_no and (found := Person.objects.filter(id_blind=blind(id_no, "idcard")).first()):
        if found.name_blind != blind(name, "name"):
            raise Refused(f"这个证件号码登记的是{found.shown}，请核对姓名", "name")
        return found
    same = Person.objects.filter(phone_blind=blind(phone, "phone"), name_blind=blind(name, "name"))
    found = same.exclude(phone_blind="").order_by("id_blind", "id").first()
    if found is None or (id_no and found.id_blind):
        return Person()  # two people of one name at one telephone, told apart by their numbers
    return found


def _renewed(person: Person, name: str, phone: str, id_no: str, by: str, why: str) -> Person:
    """With what is new about him: saved only where something is."""
    before = (person.name_blind, person.phone_blind, person.id_blind)
    if person._state.adding:
        person.name, person.shown, person.name_blind = name, masking.mask_name(name), blind(name, "name")
    if phone and blind(phone, "phone") != person.phone_blind:
        person.phone, person.phone_blind = phone, blind(phone, "phone")
        person.phone_shown = masking.mask_phone(phone)[:20]
    if id_no and not person.id_blind:
        person.id_no, person.id_blind = id_no, blind(id_no, "idcard")
    if before != (person.name_blind, person.phone_blind, person.id_blind):
        tracked.save(person, by, why)
    return person


def filled(person: Any) -> dict[str, str]:
    """What may be shown of him, by sealed column: masked."""
    return {"name": person.shown, "phone": person.phone_shown, "id_no": "已登记" if person.id_blind else ""}


def sought(words: str) -> dict[str, str]:
    """By which blind index he is found: a telephone, else a whole name."""
    phone = sum(sign.isdecimal() for sign in words) >= SHORTEST_PHONE
    return {"phone_blind": blind(words, "phone")} if phone else {"name_blind": blind(words, "name")}
