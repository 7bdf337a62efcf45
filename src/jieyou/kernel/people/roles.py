"""Roles that the software itself must know apart. Which person holds which is rows (:class:`Post`)."""

CLERK = "经办人"
HEAD = "部领导"
MEETING_CLERK = "会务人员"
CALLER = "回访人员"
OFFICER = "承办人"
UNIT_HEAD = "单位负责人"
CLEARED = "密件专办"
LEADER = "领导"
MEDIATOR = "调解员"
ADMIN = "系统管理员"
AUDITOR = "安全审计员"

#: Roles that do business and therefore see cases. 系统管理员 and 安全审计员 keep the machine and the record, not the cases.
BUSINESS = frozenset({CLERK, HEAD, MEETING_CLERK, CALLER, OFFICER, UNIT_HEAD, CLEARED, LEADER, MEDIATOR})
ALL = (CLERK, HEAD, MEETING_CLERK, CALLER, OFFICER, UNIT_HEAD, CLEARED, LEADER, MEDIATOR, ADMIN, AUDITOR)

#: Which posts a kind of unit has: an office runs the loops; every other unit is given tasks, and some keep loops of their
#: own (a 信访局, a 人民调解委员会).
OF_OFFICE = (CLERK, HEAD, MEETING_CLERK, CALLER, LEADER, CLEARED, ADMIN, AUDITOR)
OF_UNIT = (OFFICER, UNIT_HEAD, MEDIATOR, CLERK, HEAD, LEADER, CLEARED)


def of_kind(unit_kind: str) -> tuple[str, ...]:
    """The posts that somebody can be given in a unit of this kind."""
    return OF_OFFICE if unit_kind == "office" else OF_UNIT
