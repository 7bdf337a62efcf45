"""Proposals: residents, desk, interface."""

TABLE = """
persona                                             city   county leader town   bureau caller next   keeper admin  audit  anon   secret accused
GET  /proposals/                                    200    200    200    200    200    200    200    200    200    200    200    200    200
GET  /proposals/new/                                200    200    200    200    200    200    200    200    200    200    200    200    200
POST /proposals/new/                                200    200    200    200    200    200    200    200    200    200    200    200    200
GET  /desk/cases/{proposal}/                        200    200    200    404    404    200    404    200    404    404    in     in     404
GET  /desk/cases/{proposal}/register/               403    200    403    404    404    403    404    403    404    404    in     in     404
GET  /desk/cases/{proposal_topic}/                  200    200    200    404    404    200    404    200    404    404    in     in     404
GET  /desk/cases/{proposal_sealed}/                 404    404    404    404    404    404    404    200    404    404    in     in     404
GET  /desk/new/proposal/                            200    200    404    404    404    404    200    404    404    404    in     in     404
GET  /desk/new/proposal_topic/                      200    200    404    404    404    404    200    404    404    404    in     in     404
GET  /desk/proposals/new/                           200    200    404    404    404    404    200    404    404    404    in     in     404
POST /desk/proposals/new/                           422    422    404    404    404    404    422    404    404    404    in     in     404
GET  /api/v1/proposal                               200    200    200    200    200    200    200    200    200    200    401    401    200
GET  /api/v1/proposal/{proposal}                    200    200    200    404    404    200    404    200    404    404    401    401    404
POST /api/v1/proposal/{proposal}/evidence           no     no     no     404    404    no     404    no     404    404    401    401    404
POST /api/v1/proposal/{proposal}/*                  no     no     no     404    404    no     404    no     404    404    401    401    404
GET  /api/v1/proposal_topic                         200    200    200    200    200    200    200    200    200    200    401    401    200
GET  /api/v1/proposal_topic/{proposal_topic}        200    200    200    404    404    200    404    200    404    404    401    401    404
POST /api/v1/proposal_topic/{proposal_topic}/evidence no     no     no     404    404    no     404    no     404    404    401    401    404
POST /api/v1/proposal_topic/{proposal_topic}/*      no     no     no     404    404    no     404    no     404    404    401    401    404
GET  /api/v1/proposal/{proposal_sealed}             404    404    404    404    404    404    404    404    404    404    401    401    404
POST /api/v1/proposal/{proposal_sealed}/evidence    404    404    404    404    404    404    404    404    404    404    401    401    404
POST /api/v1/proposal/{proposal_sealed}/*           404    404    404    404    404    404    404    404    404    404    401    401    404
"""
