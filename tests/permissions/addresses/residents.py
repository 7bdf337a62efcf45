"""What residents see: the report, the board, the reception, tracking; addresses of every zone."""

TABLE = """
persona                                             city   county leader town   bureau caller next   keeper admin  audit  anon   secret accused
GET  /                                              200    200    200    200    200    200    200    200    200    200    200    200    200
GET  /elder/                                        go     go     go     go     go     go     go     go     go     go     go     go     go
GET  /report/                                       200    200    200    200    200    200    200    200    200    200    200    200    200
GET  /report/check/                                 go     go     go     go     go     go     go     go     go     go     go     go     go
POST /report/check/                                 200    200    200    200    200    200    200    200    200    200    200    200    200
GET  /report/sent/                                  go     go     go     go     go     go     go     go     go     go     go     go     go
POST /report/sent/                                  200    200    200    200    200    200    200    200    200    200    200    200    200
GET  /report/places/                                200    200    200    200    200    200    200    200    200    200    200    200    200
GET  /report/outline/                               404    404    404    404    404    404    404    404    404    404    404    404    404
GET  /offline/                                      200    200    200    200    200    200    200    200    200    200    200    200    200
GET  /offline.js                                    200    200    200    200    200    200    200    200    200    200    200    200    200
GET  /board/                                        200    200    200    200    200    200    200    200    200    200    200    200    200
GET  /reception/                                    200    200    200    200    200    200    200    200    200    200    200    200    200
GET  /board/{published}/                            200    200    200    200    200    200    200    200    200    200    200    200    200
GET  /board/{key}/                                  404    404    404    404    404    404    404    404    404    404    404    404    404
GET  /track/                                        200    200    200    200    200    200    200    200    200    200    200    200    200
POST /track/                                        200    200    200    200    200    200    200    200    200    200    200    200    200
POST /track/add/                                    200    200    200    200    200    200    200    200    200    200    200    200    200
POST /track/rate/                                   200    200    200    200    200    200    200    200    200    200    200    200    200
POST /track/leave/                                  go     go     go     go     go     go     go     go     go     go     go     go     go
"""
