"""Mediation: residents, desk, interface."""

TABLE = """
persona                                             city   county leader town   bureau caller next   keeper admin  audit  anon   secret accused
GET  /mediation/                                    200    200    200    200    200    200    200    200    200    200    200    200    200
GET  /mediation/apply/                              200    200    200    200    200    200    200    200    200    200    200    200    200
POST /mediation/apply/                              200    200    200    200    200    200    200    200    200    200    200    200    200
GET  /mediation/join/                               200    200    200    200    200    200    200    200    200    200    200    200    200
POST /mediation/join/                               200    200    200    200    200    200    200    200    200    200    200    200    200
GET  /mediation/mine/                               200    200    200    200    200    200    200    200    200    200    200    200    200
POST /mediation/mine/                               200    200    200    200    200    200    200    200    200    200    200    200    200
POST /mediation/act/                                200    200    200    200    200    200    200    200    200    200    200    200    200
POST /mediation/leave/                              go     go     go     go     go     go     go     go     go     go     go     go     go
GET  /mediation/paper/agreement.pdf                 200    200    200    200    200    200    200    200    200    200    200    200    200
GET  /mediation/photo/{mediator}/                   404    404    404    404    404    404    404    404    404    404    404    404    404
GET  /desk/mediation/visits/                        404    404    404    404    404    404    404    404    404    404    in     in     404
POST /desk/mediation/visits/                        404    404    404    404    404    404    404    404    404    404    in     in     404
POST /desk/mediation/visits/{key}/                  404    404    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/mediation/bodies/                        200    200    200    200    200    200    200    200    404    404    in     in     200
GET  /desk/mediation/people/                        404    404    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/mediation/people/new/                    404    404    404    404    404    404    404    404    404    404    in     in     404
POST /desk/mediation/people/new/                    404    404    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/mediation/people/{mediator}/             404    404    404    404    404    404    404    404    404    404    in     in     404
POST /desk/mediation/people/{mediator}/             404    404    404    404    404    404    404    404    404    404    in     in     404
POST /desk/mediation/{mediation}/party/             404    404    404    404    404    404    404    404    404    404    in     in     404
POST /desk/mediation/{mediation}/secret/a/          404    404    404    404    404    404    404    404    404    404    in     in     404
POST /desk/mediation/{mediation}/agreement.pdf      404    404    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/new/mediation/                           404    404    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/cases/{mediation}/                       200    200    200    404    404    200    404    200    404    404    in     in     404
GET  /desk/cases/{mediation}/draft/                 403    403    403    404    404    403    404    403    404    404    in     in     404
GET  /api/v1/mediation                              200    200    200    200    200    200    200    200    200    200    401    401    200
GET  /api/v1/mediation/{mediation}                  200    200    200    404    404    200    404    200    404    404    401    401    404
POST /api/v1/mediation/{mediation}/evidence         no     no     no     404    404    no     404    no     404    404    401    401    404
POST /api/v1/mediation/{mediation}/*                no     no     no     404    404    no     404    no     404    404    401    401    404
"""
