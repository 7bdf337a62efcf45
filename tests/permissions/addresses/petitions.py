"""Petitions: residents, desk, interface."""

TABLE = """
persona                                             city   county leader town   bureau caller next   keeper admin  audit  anon   secret accused
GET  /desk/bulletins/petitions/?span=year           200    200    200    404    404    200    200    200    404    404    in     in     404
GET  /desk/petitions/new/                           200    200    404    404    404    404    200    404    404    404    in     in     404
POST /desk/petitions/new/                           422    422    404    404    404    404    422    404    404    404    in     in     404
GET  /desk/cases/{petition}/                        200    200    200    404    404    200    404    200    404    404    in     in     404
GET  /desk/cases/{petition_rota}/                   200    200    200    404    404    200    404    200    404    404    in     in     404
GET  /desk/cases/{petition_advice}/                 200    200    200    404    404    200    404    200    404    404    in     in     404
GET  /desk/cases/{petition_rule}/                   200    200    200    404    404    200    404    200    404    404    in     in     404
GET  /desk/cases/{petition_sealed}/                 404    404    404    404    404    404    404    200    404    404    in     in     404
GET  /desk/new/petition_advice/                     200    200    404    404    404    404    200    404    404    404    in     in     404
GET  /desk/new/petition_rota/                       200    200    404    404    404    404    200    404    404    404    in     in     404
GET  /api/v1/petition                               200    200    200    200    200    200    200    200    200    200    401    401    200
GET  /api/v1/petition/{petition}                    200    200    200    404    404    200    404    200    404    404    401    401    404
POST /api/v1/petition/{petition}/evidence           no     no     no     404    404    no     404    no     404    404    401    401    404
POST /api/v1/petition/{petition}/*                  no     no     no     404    404    no     404    no     404    404    401    401    404
GET  /api/v1/petition_advice                        200    200    200    200    200    200    200    200    200    200    401    401    200
GET  /api/v1/petition_advice/{petition_advice}      200    200    200    404    404    200    404    200    404    404    401    401    404
POST /api/v1/petition_advice/{petition_advice}/evidence no     no     no     404    404    no     404    no     404    404    401    401    404
POST /api/v1/petition_advice/{petition_advice}/*    no     no     no     404    404    no     404    no     404    404    401    401    404
GET  /api/v1/petition_rota                          200    200    200    200    200    200    200    200    200    200    401    401    200
GET  /api/v1/petition_rota/{petition_rota}          200    200    200    404    404    200    404    200    404    404    401    401    404
POST /api/v1/petition_rota/{petition_rota}/evidence no     no     no     404    404    no     404    no     404    404    401    401    404
POST /api/v1/petition_rota/{petition_rota}/*        no     no     no     404    404    no     404    no     404    404    401    401    404
GET  /api/v1/petition_rule                          200    200    200    200    200    200    200    200    200    200    401    401    200
GET  /api/v1/petition_rule/{petition_rule}          200    200    200    404    404    200    404    200    404    404    401    401    404
POST /api/v1/petition_rule/{petition_rule}/evidence no     no     no     404    404    no     404    no     404    404    401    401    404
POST /api/v1/petition_rule/{petition_rule}/*        no     no     no     404    404    no     404    no     404    404    401    401    404
GET  /api/v1/petition/{petition_sealed}             404    404    404    404    404    404    404    404    404    404    401    401    404
POST /api/v1/petition/{petition_sealed}/evidence    404    404    404    404    404    404    404    404    404    404    401    401    404
POST /api/v1/petition/{petition_sealed}/*           404    404    404    404    404    404    404    404    404    404    401    401    404
"""
