"""登记当事人 and what a party does by his own query number."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from jieyou.kernel.calendar import clock
from jieyou.kernel.ids import uuid7
from jieyou.kernel.ledger.canon import clean
from jieyou.kernel.loop import engine
from jieyou.kernel.loop.models import Case
from jieyou.kernel.loop.opening import open_case
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.loop.remark import remark
from jieyou.kernel.loop.situation import facts_of
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.people.posts import SYSTEM, guest
from jieyou.kernel.privacy import looks, masking, sealing, secrets
from jieyou.mechanisms.mediation import lists
from jieyou.mechanisms.mediation.models import Body, Mediation, Party
from jieyou.mechanisms.mediation.rules import SIDE_NAMES

LETTERS = "abcdef"
PUBLIC = Actor(kind="guest", person="public", name="群众")
WRONG_PARTY = "没有对上：请核对案件编号和登记时留的手机号；对不上的，请找调解委员会登记"


@dataclass(frozen=True)
class Person:
    """Who a party is, as told."""

    name: str
    phone: str = ""
    id_no: str = ""
    address: str = ""

    def wrongs(self, prefix: str = "") -> dict[str, str]:
        """What is wrong with it, by field."""
        found: dict[str, str] = {}
        if not 2 <= len(self.name) <= 40:
            found[f"{prefix}name"] = "请写姓名"
        if not 7 <= sum(c.isdigit() for c in self.phone) <= 15:
            found[f"{prefix}phone"] = "请写能联系上的电话"
        return found


@dataclass(frozen=True)
class Receipt:
    """What an applicant takes home."""

    case: Case
    secret: str


def apply(body: Body, category: str, words: str, own: Person, other: Person) -> Receipt:
    """申请调解 on the phone: the case, both parties, the applicant's own query number. He consents by applying once he
    has read the notice, in a step of his own. `Refused` with a sentence per wrong field."""
    wrongs = own.wrongs() | other.wrongs("other_") | _wrong_case(category, words)
    if not wrongs and sealing.blind(own.phone, "phone") == sealing.blind(other.phone, "phone"):
        wrongs["other_phone"] = "对方的电话不能和您的一样"
    if wrongs:
        raise Refused("；".join(wrongs.values()), errors=wrongs)
    assert body.unit is not None
    masked = masking.mask(clean(words).strip())
    for name in (own.name, other.name):
        masked = masked.replace(name, "某某")
    title = f"{dict(lists.terms('dispute'))[category]}纠纷"
    with transaction.atomic():
        case = open_case(
            "mediation", PUBLIC, title=title, place=body.place, home=body.unit,
            facts={"source": "apply", "category": category, "summary": masked},
        )  # fmt: skip
        first = add_party(case, own, PUBLIC)
        add_party(case, other, PUBLIC)
        return Receipt(case, give_secret(first))


def _wrong_case(category: str, words: str) -> dict[str, str]:
    wrongs: dict[str, str] = {}
    if category not in dict(lists.terms("dispute")):
        wrongs["category"] = "请选是哪一类纠纷"
    if not 5 <= len(words.strip()) <= 2000:
        wrongs["words"] = "请写一下是什么事，5 到 2000 个字"
    return wrongs


@transaction.atomic
def add_party(case: Case, person: Person, actor: Actor) -> Party:
    """登记当事人: the next side of the case, on the record without name or telephone."""
    facts = Mediation.objects.get(pk=case.pk)
    letter = next((x for x in LETTERS if x not in facts.sides), None)
    if letter is None or not case.open:
        raise Refused("当事人最多登记六方；办结以后不能再登记")
    party = Party(
        pk=uuid7(),
        case=case,
        side=letter,
        shown=shown(person.name),
        phone_blind=sealing.blind(person.phone, "phone"),
    )
    party.name, party.phone, party.id_no, party.address = (
        clean(one).strip() for one in (person.name, person.phone, person.id_no, person.address)
    )
    party.save(force_insert=True)
    sides = deepcopy(facts.sides) | {letter: {"party": party.pk.hex}}
    Mediation.objects.filter(pk=case.pk).update(sides=sides)
    remark(case.pk, "party", f"登记{SIDE_NAMES[letter]}", actor, {"side": letter}, clock.now())
    return party


def shown(name: str) -> str:
    """张某某: what pages show of a name."""
    return f"{name[:1]}{'某' * min(2, max(1, len(name) - 1))}"


@transaction.atomic
def give_secret(party: Party, actor: Actor = PUBLIC) -> str:
    """A query number of his own; an older one is no longer good. That it was given is on the record."""
    secret = secrets.new_secret()
    Party.objects.filter(pk=party.pk).update(secret=secrets.secret_key(secret))
    said = {"side": party.side}
    remark(party.case_id, "secret", f"{SIDE_NAMES[party.side]}领取查询编号", actor, said, clock.now())
    return secret


def join(number: str, phone: str) -> Receipt:
    """The other side comes in by the case's number and his own telephone, and gets a query number of his own, once."""
    blind = sealing.blind(phone, "phone")
    rows = Party.objects.filter(case__number=number.strip().upper(), case__loop="mediation", case__open=True)
    party = rows.filter(phone_blind=blind).select_related("case").first() if blind else None
    if party is None:
        raise Refused(WRONG_PARTY)
    if party.secret:
        raise Refused("这一方已经领过查询编号。编号丢了的，请带身份证到调解委员会重新领取")
    return Receipt(party.case, give_secret(party))


def lookup(secret: str) -> Party | None:
    """The party of a query number. Callers limit the rate."""
    rows = Party.objects.select_related("case__home", "case__place")
    return rows.filter(secret=secrets.secret_key(secret)).first()


def guest_of(party: Party) -> Actor:
    """The party by his query number: a guest who reaches this one case."""
    return guest(party.pk, SIDE_NAMES[party.side], [party.case_id])


def act(party: Party, name: str, data: dict[str, Any]) -> Case:
    """One step of the party's."""
    return engine.advance(party.case, name, guest_of(party), data)


def sign(party: Party, typed: str, secret: str, yes: bool) -> Case:
    """签名: a tick, his own name and his query number once more. The name is compared, and the comparison is on the record."""
    if secrets.secret_key(secret) != party.secret:
        raise Refused("查询编号不对，请再输一次", "code")
    told = looks.reveal(SYSTEM, party, "name", "签署协议时核对签名")
    if _letters(typed) != _letters(told):
        raise Refused("签名和登记的姓名不一样，请写登记的姓名；登记有错的请告诉调解员", "sign_name")
    return act(party, "sign", {"sign_yes": yes})


def _letters(name: str) -> str:
    return "".join(c for c in name if c.isalnum()).casefold()


def sides(case: Case) -> dict[str, Any]:
    """What each side has done, as the pages show it."""
    return facts_of(case).sides
