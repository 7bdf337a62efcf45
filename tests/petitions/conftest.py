"""The small city with its 信访局."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from support.city import PASSWORD, Town, _look_again

from jieyou.interfaces.demo import petitions
from petitions.letters import Letters


@pytest.fixture
def letters(town: Town) -> Iterator[Letters]:
    """The petition offices beside the small city's; gone after the test."""
    bureaus = petitions.found(town.city, PASSWORD)
    _look_again()
    yield Letters(town, bureaus)
    _look_again()
