"""Two presses at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

from jieyou.commons.reports.models import Report
from jieyou.interfaces.citizen.tests.conftest import Resident, build


@pytest.mark.races
def test_four_presses_at_once_come_in_once_and_show_one_number(committed_db: None, tmp_path: Path) -> None:
    build(tmp_path)
    form = Resident(Client()).form()

    def press(_: int) -> str:
        try:
            return Resident.secret(Client().post("/report/sent/", form))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        secrets = set(pool.map(press, range(4)))
    assert len(secrets) == 1 and Report.objects.count() == 1
