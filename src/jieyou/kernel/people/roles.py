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
