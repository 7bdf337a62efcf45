"""Who reported, as ledgers write it: name and telephone in one cell or in two, or half of it. Nothing is lost. Pure."""

from __future__ import annotations

import re

from jieyou.commons.reports.checking import is_phone

_TELEPHONE = re.compile(
    r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)|(?<!\d)(?:0\d{2,3}[- ]?)?[2-8]\d{6,7}(?!\d)"
)
_EDGES = " \n\t,，、;；/／（）()：:"


def contact(name: str, phone: str) -> tuple[str, str]:
    """``(name, telephones)`` from the two cells; what is no whole telephone stays with the name, which is sealed as well."""
    told = "\n".join(dict.fromkeys(filter(None, (name, phone))))
    found = [hit for hit in _TELEPHONE.findall(told) if is_phone(hit)]
    for hit in found:
        told = told.replace(hit, " ")
    rest = " ".join(part for line in told.split("\n") if (part := line.strip(_EDGES)))
    return re.sub(r"\s*[（(]\s*[)）]", "", rest), "、".join(found)
