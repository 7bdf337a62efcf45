"""docs/add-a-mechanism.md: what two lines bring a register."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.db import models
from django.test.utils import isolate_apps

from jieyou.commons.sheets import going, reading
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.register import asking
from jieyou.kernel.register.declare import Column, Register
from jieyou.kernel.register.models import Row

PAGE = Path(__file__).parents[2] / "docs/add-a-mechanism.md"


def lines() -> list[str]:
    """The two lines as they stand on the page."""
    chapter = PAGE.read_text("utf-8").split("## A register, and one more column in it")[1]
    return [block.strip() for block in re.findall(r"```python\n(.*?)```", chapter, re.S)]


@pytest.mark.pure
@isolate_apps("jieyou.commons.directory")
def test_two_lines_give_form_check_list_and_workbook() -> None:
    in_model, in_register = lines()
    name, text = in_model.split(" = ", 1)
    union: Any = eval(text, {"models": models})
    meta = type("Meta", (), {"app_label": "directory"})
    fields = {"name": models.CharField("名称", max_length=40), name: union}
    model = type("Shop", (Row,), {"__module__": __name__, "Meta": meta, **fields})
    column = eval(in_register.rstrip(","), {"Column": Column})
    register = Register("shops", "店铺", "店铺", "", model, (Column("name"), column))
    ask = asking.asks(register)[1]
    assert (ask.label, ask.kind, ask.required, ask.choices) == (
        "工会",
        "choice",
        False,
        (("yes", "已建"), ("no", "未建")),
    )
    assert reading.headings(register)["union"] == ("工会", "是否建会")
    assert going.heads(register)[1] == "工会"
    assert register.words(model(name="甲", union="yes"), column) == "已建"
    with pytest.raises(Refused) as no:
        asking.clean(register, {"name": "甲", "union": "也许"})
    assert "可选：已建、未建" in no.value.errors["union"]
