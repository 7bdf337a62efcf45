"""Publication and the answers owed to a source."""

TABLE = """
persona                                             city   county leader town   bureau caller next   keeper admin  audit  anon   secret accused
GET  /desk/cases/{feedback}/                        200    200    200    404    404    200    404    200    404    404    in     in     404
GET  /desk/cases/{publication}/                     200    200    200    404    404    200    404    200    404    404    in     in     404
GET  /desk/cases/{feedback}/send/                   403    200    403    404    404    403    404    403    404    404    in     in     404
GET  /desk/cases/{publication}/take_down/           403    200    200    404    404    403    404    403    404    404    in     in     404
POST /desk/cases/{publication}/take_down/           409    409    409    404    404    409    404    409    404    404    in     in     404
GET  /desk/publish/{mine}/                          404    200    404    404    404    404    404    404    404    404    in     in     404
POST /desk/publish/{mine}/                          404    422    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/publish/{sealed}/                        404    404    404    404    404    404    404    404    404    404    in     in     404
GET  /api/v1/feedback                               200    200    200    200    200    200    200    200    200    200    401    401    200
GET  /api/v1/feedback/{feedback}                    200    200    200    404    404    200    404    200    404    404    401    401    404
POST /api/v1/feedback/{feedback}/evidence           no     no     no     404    404    no     404    no     404    404    401    401    404
POST /api/v1/feedback/{feedback}/*                  no     no     no     404    404    no     404    no     404    404    401    401    404
GET  /api/v1/publication                            200    200    200    200    200    200    200    200    200    200    401    401    200
GET  /api/v1/publication/{publication}              200    200    200    404    404    200    404    200    404    404    401    401    404
POST /api/v1/publication/{publication}/evidence     no     no     no     404    404    no     404    no     404    404    401    401    404
POST /api/v1/publication/{publication}/*            no     no     no     404    404    no     404    no     404    404    401    401    404
"""
