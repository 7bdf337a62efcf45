"""One change of the place tree: the steps every kind of change is made of. Only ``changes`` uses it.

A ``Change`` is one transaction. It takes the tree for itself first, so that two changes come one after the
other, writes each row with its record, then the record of the whole, then tells ``tree_changed``.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from jieyou.kernel.calendar import clock
from jieyou.kernel.ledger import tracked
from jieyou.kernel.ledger.chain import append
from jieyou.kernel.places import checks, codes, tree
from jieyou.kernel.places.checks import BadChange, New
from jieyou.kernel.places.models import Place, PlaceCode, Succession
from jieyou.kernel.places.signals import tree_changed
from jieyou.kernel.places.words import said


@dataclass
class Change:
    """What is done, on which day, by whom (``Actor.person``), why; and which places it has touched so far."""

    kind: str
    on: date
    by: str
    why: str
    touched: dict[UUID, Place] = field(default_factory=dict)
    recoded: list[tuple[str, str]] = field(default_factory=list)
    steps: list[Succession] = field(default_factory=list)

    def fresh(self, place: Place) -> Place:
        """The place as the database has it, with its parents; refused when it has ended or began later."""
        if place.pk in self.touched:
            return self.touched[place.pk]
        now = Place.objects.select_related(tree.LINE).get(pk=place.pk)
        if now.until is not None:
            raise BadChange(f"“{now.name}”（{now.code}）已于{said(now.until)}撤销，不能再变更。")
        if self.on < now.since:
            raise BadChange(f"“{now.name}”{said(now.since)}才设立，变更日期不能早于这一天。")
        return now

    def found(self, new: New) -> Place:
        """Begin a new place under the parent that its code names."""
        code, name = checks.code(new.code), checks.name(new.name)
        place = Place(
            name=name, level=codes.level_of(code), parent=self._parent(code), code=code, since=self.on
        )
        self._refuse_taken([code], ())
        self._save(place)
        PlaceCode.objects.create(place=place, code=code, since=self.on, note=self.why)
        self.recoded.append(("", code))
        return place

    def end(self, place: Place) -> None:
        """The place is no more from the day on. Its children must go elsewhere in the same change."""
        self._close_codes([place])
        place.until = self.on
        self._save(place)
        self.recoded.append((place.code, ""))

    def put(self, place: Place, parent: Place | None, code: str) -> None:
        """Give a place a parent and a code; all in force below it follow with their codes."""
        below = [] if code == place.code else list(tree.under(place).exclude(pk=place.pk))
        place.parent = parent
        if code != place.code:
            self._recode([place, *below], place.code, code)
        self._save(place)
        self._save_many(below)

    def rename(self, place: Place, name: str) -> None:
        place.name = name
        self._save(place)

    def step(
        self, before: Place, after: Place, kind: str = "", old_name: str = "", old_code: str = ""
    ) -> None:
        """Add a line to the history. Names and codes default to what they are now."""
        self.steps.append(
            Succession(
                before=before,
                after=after,
                on=self.on,
                kind=kind or self.kind,
                old_name=old_name or before.name,
                new_name=after.name,
                old_code=old_code or before.code,
                new_code=after.code,
                why=self.why,
            )
        )

    def place_for(self, place: Place, parent: Place, wanted: str = "") -> str:
        """The code a place gets below ``parent``: the wanted one, else its last digits or the next free."""
        self._refuse_later_code(parent)
        if wanted:
            return checks.code_below(parent, wanted, place.level)
        low, high = codes.within(parent.code)
        others = PlaceCode.objects.filter(code__gte=low, code__lt=high).exclude(place=place)
        code = codes.next_free(parent.code, place.code, set(others.values_list("code", flat=True)))
        if code is None:
            raise BadChange(f"“{parent.name}”下面已没有空余编码，请指定“{place.name}”的新编码。")
        return code

    def _parent(self, code: str) -> Place | None:
        above = codes.parent_code(code)
        if not above:
            return None
        found = tree.current().filter(code=above).select_related(tree.LINE).first()
        if found is None:
            raise BadChange(f"没有编码为{above}的上级辖区，不能设立{code}。")
        self._refuse_later_code(found)
        return found

    def _recode(self, places: list[Place], old: str, new: str) -> None:
        named = {place.pk: codes.moved(place.code, old, new) for place in places}
        self._refuse_taken(named.values(), named)
        self._close_codes(places)
        for place in places:
            self.recoded.append((place.code, named[place.pk]))
            place.code = named[place.pk]
        PlaceCode.objects.bulk_create(
            PlaceCode(place=place, code=place.code, since=self.on, note=self.why) for place in places
        )

    def _close_codes(self, places: list[Place]) -> None:
        """The codes of a place and of all below it end on the day."""
        rows = PlaceCode.objects.filter(place__in=places, until__isnull=True)
        late = rows.filter(since__gt=self.on).select_related("place").order_by("-since").first()
        if late is not None:
            raise BadChange(_too_early(late))
        self._refuse_later_change(places[0])
        rows.update(until=self.on)

    def _refuse_later_change(self, place: Place) -> None:
        """What left this territory after the day was in it on the day, and would lose its parent's code."""
        low, high = codes.within(place.code)
        left = PlaceCode.objects.filter(code__gte=low, code__lt=high, until__gt=self.on)
        if (last := left.order_by("-until").first()) is not None and last.until is not None:
            raise BadChange(f"“{place.name}”在{said(last.until)}已有变更，变更日期不能早于这一天。")

    def _refuse_later_code(self, parent: Place) -> None:
        """Nothing comes under a code before the code was there."""
        row = parent.codes.filter(until__isnull=True, since__gt=self.on).select_related("place").first()
        if row is not None:
            raise BadChange(_too_early(row))

    def _refuse_taken(self, wanted: Iterable[str], own: Iterable[UUID]) -> None:
        """A code may be in force for one place only, on the day of the change and on every day after."""
        rows = PlaceCode.objects.filter(code__in=list(wanted)).exclude(place__in=list(own))
        row = rows.filter(Q(until__isnull=True) | Q(until__gt=self.on)).select_related("place").first()
        if row is not None:
            raise BadChange(f"编码{row.code}在{said(self.on)}属于“{row.place.name}”，请换一个编码。")

    def _save(self, place: Place) -> None:
        tracked.save(place, self.by, self.why)
        self.touched[place.pk] = place

    def _save_many(self, places: list[Place]) -> None:
        Place.objects.bulk_update(places, ["code"], batch_size=500)
        tracked.adopt(places, self.by, self.why)
        self.touched.update({place.pk: place for place in places})

    def seal(self) -> None:
        """The history, the record of the whole, the signal."""
        Succession.objects.bulk_create(self.steps)
        body = {"change": self.kind, "on": self.on, "codes": self.recoded, "by": self.by}
        names = [
            [step.kind, step.old_name, step.old_code, step.new_name, step.new_code] for step in self.steps
        ]
        append("place", "places", body, {"why": self.why, "steps": names})
        tree_changed.send(Place, places=list(self.touched.values()), on=self.on, kind=self.kind)


@contextmanager
def change(kind: str, on: date, by: str, why: str) -> Iterator[Change]:
    """A change as one transaction, sealed at the end of the block."""
    if on > clock.today():
        raise BadChange(f"变更日期{said(on)}还没有到，请在当天或以后登记。")
    ground = checks.why(why)
    with transaction.atomic():
        _take_the_tree()
        made = Change(kind, on, by, ground)
        yield made
        made.seal()


def _too_early(row: PlaceCode) -> str:
    return f"“{row.place.name}”自{said(row.since)}起才用编码{row.code}，变更日期不能早于这一天。"


def _take_the_tree() -> None:
    """Hold the cities' rows: on PostgreSQL another change waits here; SQLite writers are alone anyway."""
    Place.objects.filter(level="city").update(name=F("name"))
