"""Registers and their workbooks: pages, interface."""

TABLE = """
persona                                             city   county leader town   bureau caller next   keeper admin  audit  anon   secret accused
GET  /desk/registers/                                    200    200    200    200    404    200    200    200    404    404    in     in     200
GET  /desk/registers/organisations/                      200    200    200    200    404    200    200    200    404    404    in     in     200
GET  /desk/registers/organisations/?q=鲜果&kind=individual&place=610602 200 200 200 200 404 200 200 200 404 404 in in 200
GET  /desk/registers/organisations/?gone=1               200    200    200    200    404    200    200    200    404    404    in     in     200
GET  /desk/registers/none/                               404    404    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/registers/organisations/new/                  200    200    404    200    404    404    200    404    404    404    in     in     200
POST /desk/registers/organisations/new/                  422    422    404    422    404    404    422    404    404    404    in     in     422
GET  /desk/registers/organisations/{organisation}/       200    200    200    200    404    200    404    200    404    404    in     in     200
GET  /desk/registers/organisations/{key}/                404    404    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/registers/organisations/{organisation}/edit/  200    200    404    200    404    404    404    404    404    404    in     in     200
POST /desk/registers/organisations/{organisation}/edit/  422    422    404    422    404    404    404    404    404    404    in     in     422
POST /desk/registers/organisations/{organisation}/off/   go     go     404    go     404    404    404    404    404    404    in     in     go
POST /desk/registers/organisations/{organisation}/undo/  go     go     404    go     404    404    404    404    404    404    in     in     go
GET  /desk/registers/organisations/{organisation}/look/contact-phone/ 200 200 200 200 404 200 404 200 404 404 in in 200
POST /desk/registers/organisations/{organisation}/look/contact-phone/ 200 200 200 200 404 200 404 200 404 404 in in 200
GET  /desk/registers/organisations/{organisation}/look/nothing/ 404 404 404 404 404 404 404 404 404 404 in in 404
GET  /desk/registers/organisations/import/               200    200    404    200    404    404    200    404    404    404    in     in     200
POST /desk/registers/organisations/import/               422    422    404    422    404    404    422    404    404    404    in     in     422
GET  /desk/registers/organisations/import/blank.xlsx     200    200    404    200    404    404    200    404    404    404    in     in     200
GET  /desk/registers/organisations/import/0123/          404    404    404    404    404    404    404    404    404    404    in     in     404
POST /desk/registers/organisations/import/0123/          404    404    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/registers/organisations/import/0123/returned/ 404    404    404    404    404    404    404    404    404    404    in     in     404
POST /desk/registers/organisations/export/               go     go     go     go     404    go     go     go     404    404    in     in     go
POST /desk/registers/organisations/find/ 200 200 200 200 404 200 200 200 404 404 in in 200
POST /desk/registers/workers/find/ 200 200 200 200 404 200 200 200 404 404 in in 200
GET  /desk/registers/organisations/sheets/{register_sheet}/ 404    200    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/registers/organisations/sheets/{register_sheet}/progress/ 404 go 404 404 404 404 404 404 404 404 in in 404
GET  /desk/registers/organisations/sheets/{register_sheet}/file/ 404 200 404 404 404 404 404 404 404 404 in in 404
POST /desk/registers/organisations/sheets/{register_sheet}/back/ 404 go 404 404 404 404 404 404 404 404 in in 404
GET  /desk/registers/organisations/sheets/{key}/         404    404    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/registers/workers/                            200    200    200    200    404    200    200    200    404    404    in     in     200
GET  /desk/registers/workers/new/                        200    200    404    200    404    404    200    404    404    404    in     in     200
GET  /api/v1/registers                              200    200    200    200    200    200    200    200    200    200    401    401    200
GET  /api/v1/registers/organisations                200    200    200    200    404    200    200    200    404    404    401    401    200
POST /api/v1/registers/organisations                no     no     no     no     no     no     no     no     no     no     401    401    no
GET  /api/v1/registers/organisations/{organisation} 200    200    200    200    404    200    404    200    404    404    401    401    200
POST /api/v1/registers/organisations/{organisation} no     no     no     no     404    no     404    no     404    404    401    401    no
GET  /api/v1/registers/organisations/{key}          404    404    404    404    404    404    404    404    404    404    401    401    404
GET  /api/v1/registers/workers                      200    200    200    200    404    200    200    200    404    404    401    401    200
POST /api/v1/registers/workers                      no     no     no     no     no     no     no     no     no     no     401    401    no
GET  /api/v1/registers/workers/{key}                404    404    404    404    404    404    404    404    404    404    401    401    404
POST /api/v1/registers/workers/{key}                404    404    404    404    404    404    404    404    404    404    401    401    404
"""
