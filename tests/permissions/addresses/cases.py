"""The pages of a concern, its tasks, meetings, approvals, hand-overs, letters and escalations, and their steps."""

TABLE = """
persona                                             city   county leader town   bureau caller next   keeper admin  audit  anon   secret accused
GET  /desk/cases/{letter}/                          200    200    200    404    404    200    404    200    404    404    in     in     404
GET  /desk/cases/{escalation}/                      200    200    200    404    404    200    404    200    404    404    in     in     404
GET  /desk/cases/{escalation}/approve/              403    403    200    404    404    403    404    403    404    404    in     in     404
GET  /desk/cases/{letter}/send/                     403    200    403    404    404    403    404    403    404    404    in     in     404
GET  /desk/cases/{mine}/                            200    200    200    200    200    200    404    200    404    404    in     in     404
GET  /desk/cases/{next}/                            200    404    404    404    404    404    200    200    404    404    in     in     404
GET  /desk/cases/{sealed}/                          404    404    404    404    404    404    404    200    404    404    in     in     404
GET  /desk/cases/{task}/                            200    200    200    404    200    200    404    200    404    404    in     in     404
GET  /desk/cases/{meeting}/                         200    200    200    404    404    200    404    200    404    404    in     in     404
GET  /desk/cases/{approval}/                        200    200    200    404    404    200    404    200    404    404    in     in     404
GET  /desk/cases/{reading}/                         200    200    200    404    404    200    404    200    404    404    in     in     404
GET  /desk/cases/{batch}/                           go     go     go     404    404    go     404    go     404    404    in     in     404
GET  /desk/cases/{no}/                              404    404    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/cases/{mine}/urge/                       403    200    403    403    403    403    404    403    404    404    in     in     404
GET  /desk/cases/{next}/register/                   403    404    404    404    404    404    200    403    404    404    in     in     404
GET  /desk/cases/{sealed}/pass_discipline/          404    404    404    404    404    404    404    200    404    404    in     in     404
GET  /desk/cases/{mine}/nothing/on-paper/           404    404    404    404    404    404    404    404    404    404    in     in     404
POST /desk/cases/{mine}/nothing/on-paper/           404    404    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/cases/{task}/progress/                   403    403    403    404    200    403    404    403    404    404    in     in     404
GET  /desk/cases/{meeting}/issue/                   403    403    403    404    404    403    404    403    404    404    in     in     404
GET  /desk/cases/{called}/                          200    200    200    404    404    200    404    200    404    404    in     in     404
GET  /desk/cases/{called}/invite/                   403    200    403    404    404    403    404    403    404    404    in     in     404
GET  /desk/cases/{reply}/                           200    200    200    404    200    200    404    200    404    404    in     in     404
GET  /desk/cases/{reply}/change/                    403    200    403    404    200    403    404    403    404    404    in     in     404
GET  /desk/cases/{reply}/withdraw/                  403    200    403    404    403    403    404    403    404    404    in     in     404
GET  /desk/cases/{approval}/sign/                   403    403    403    404    404    403    404    403    404    404    in     in     404
GET  /desk/cases/{mine}/nothing/                    404    404    404    404    404    404    404    404    404    404    in     in     404
POST /desk/cases/{mine}/urge/                       409    409    409    409    409    409    404    409    404    404    in     in     404
POST /desk/cases/{next}/register/                   409    404    404    404    404    404    409    409    404    404    in     in     404
POST /desk/cases/{sealed}/pass_discipline/          404    404    404    404    404    404    404    409    404    404    in     in     404
POST /desk/cases/{task}/progress/                   409    409    409    404    409    409    404    409    404    404    in     in     404
"""
