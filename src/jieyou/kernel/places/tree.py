"""Finding places and reading the tree. Codes may be of today or of another day; ids never change."""

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from jieyou.kernel.places import codes
from jieyou.kernel.places.models import Place, PlaceCode, Succession
from jieyou.kernel.places.words import said
from jieyou.kernel.statements import kept

LINE = "parent__parent__parent__parent"
"""For ``select_related``: a place with all its parents in one query."""

within = codes.within


class UnknownPlace(LookupError):
    """No one place answers to that; ``sentence`` says so to a clerk."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def by_code(code: str, on: date | None = None) -> Place:
    """The place that had ``code`` on that day; without a day the place that stands today for whoever had it.

    The code may be typed loosely (610600 = 6106). The parents come with it. Raises UnknownPlace.
    """
    wanted = _plain(code)
    if on is not None:
        rows = PlaceCode.objects.filter(code=wanted).select_related(f"place__{LINE}")
        row = rows.filter(in_force(on)).first()
        if row is None:
            raise UnknownPlace(f"{said(on)}没有编码为{wanted}的辖区。")
        return row.place
    row = max(_coded(wanted), key=_newest, default=None)
    if row is None:
        raise UnknownPlace(f"没有编码为{wanted}的辖区。")
    return today(row.place)


@kept
def _coded(code: str) -> QuerySet[PlaceCode]:
    return PlaceCode.objects.filter(code=code).select_related(f"place__{LINE}")


def today(place: Place) -> Place:
    """The place itself, or the one it was merged into. Raises UnknownPlace when it was split up."""
    while place.until is not None:
        heirs = _heirs(place, place.until)
        if len(heirs) != 1:
            raise UnknownPlace(_why_nobody(place, place.until, heirs))
        place = heirs[0]
    return place


def levels_of(place: Place) -> dict[str, str]:
    """``l2`` city, ``l3`` county, ``l4`` township, ``l5`` village code; '' where not that deep. No query."""
    return codes.columns(place.code)


def chain(place: Place) -> list[Place]:
    """City first, the place itself last. At most one query; none for a place from ``by_code``."""
    if place.parent_id and not Place._meta.get_field("parent").is_cached(place):
        place = Place.objects.select_related(LINE).get(pk=place.pk)
    line = [place]
    while (parent := line[0].parent) is not None:
        line.insert(0, parent)
    return line


def full_name(place: Place) -> str:
    """延安市宝塔区桥沟街道… of today."""
    return "".join(each.name for each in chain(place))


def current() -> QuerySet[Place]:
    """All places in force."""
    return Place.objects.filter(until__isnull=True)


def children(place: Place) -> QuerySet[Place]:
    """The places in force right below, by code."""
    return current().filter(parent=place).order_by("code")


def under(place: Place) -> QuerySet[Place]:
    """The place itself and all in force below it, by code."""
    low, high = codes.within(place.code)
    return current().filter(code__gte=low, code__lt=high).order_by("code")


def code_on(place: Place, day: date) -> str:
    """The code it had on that day; '' when it was not there."""
    return place.codes.filter(in_force(day)).values_list("code", flat=True).first() or ""


def name_on(place: Place, day: date) -> str:
    """The name it had on that day."""
    later = Succession.objects.filter(before=place, kind="rename", on__gt=day)
    return later.order_by("on", "id").values_list("old_name", flat=True).first() or place.name


def in_force(day: date) -> Q:
    """Rows with ``since <= day < until``."""
    return Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gt=day))


def _plain(code: str) -> str:
    try:
        return codes.plain(code)
    except codes.BadCode as fault:
        raise UnknownPlace(fault.sentence) from fault


def _newest(row: PlaceCode) -> tuple[date, date, UUID]:
    return row.until or date.max, row.since, row.id


def _heirs(place: Place, ended: date) -> list[Place]:
    """What a place that ended on that day became: one place after a merger, several after a split."""
    steps = Succession.objects.filter(before=place, kind__in=("merge", "split"), on=ended)
    line = list(steps.select_related(f"after__{LINE}").order_by("id"))
    return [step.after for step in line if step.kind == line[-1].kind]


def _why_nobody(place: Place, ended: date, heirs: list[Place]) -> str:
    when = f"“{place.name}”（{place.code}）已于{said(ended)}撤销"
    if not heirs:
        return f"{when}。"
    return f"{when}，拆分为{'、'.join(f'“{heir.name}”（{heir.code}）' for heir in heirs)}，请改用其中之一。"
