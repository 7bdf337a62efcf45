"""A person's own desk: login, password, posts, notices, lists, searches, views, what is done to many at once."""

TABLE = """
persona                                             city   county leader town   bureau caller next   keeper admin  audit  anon   secret accused
GET  /desk/                                         200    200    200    200    200    200    200    200    200    200    in     in     200
GET  /desk/offline/                                 200    200    200    200    200    200    200    200    200    200    200    200    200
GET  /desk/offline.js                               200    200    200    200    200    200    200    200    200    200    200    200    200
GET  /desk/login/                                   go     go     go     go     go     go     go     go     go     go     200    200    go
POST /desk/logout/                                  in     in     in     in     in     in     in     in     in     in     in     in     in
POST /desk/theme/                                   go     go     go     go     go     go     go     go     go     go     go     go     go
GET  /desk/password/                                200    200    200    200    200    200    200    200    200    200    in     in     200
POST /desk/password/                                200    200    200    200    200    200    200    200    200    200    in     in     200
GET  /desk/posts/                                   200    200    200    200    200    200    200    200    200    200    in     in     200
POST /desk/posts/{post}/deputy/                     404    422    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/posts/{post}/hand-over/                  404    404    404    404    404    404    404    404    200    404    in     in     404
POST /desk/posts/{post}/hand-over/                  404    404    404    404    404    404    404    404    422    404    in     in     404
GET  /desk/notices/                                 200    200    200    200    200    200    200    200    200    200    in     in     200
POST /desk/notices/seen/                            go     go     go     go     go     go     go     go     go     go     in     in     go
GET  /desk/notices/{notice}/                        404    go     404    404    404    404    404    404    404    404    in     in     404
POST /desk/new/jieyou/                              404    404    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/new/jieyou/                              404    404    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/search/                                  200    200    200    200    200    200    200    200    200    200    in     in     200
POST /desk/search/                                  go     go     go     go     go     go     go     go     go     go     in     in     go
GET  /desk/looks/                                   404    404    404    404    404    404    404    404    404    200    in     in     404
POST /desk/views/                                   404    404    404    404    404    404    404    404    404    404    in     in     404
POST /desk/views/{key}/remove/                      404    404    404    404    404    404    404    404    404    404    in     in     404
POST /desk/columns/                                 404    404    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/together/                                go     go     go     go     go     go     go     go     go     go     in     in     go
POST /desk/together/                                go     go     go     go     go     go     go     go     go     go     in     in     go
POST /desk/export/                                  200    200    200    200    200    200    200    200    200    200    in     in     200
GET  /desk/cases/                                   200    200    200    200    200    200    200    200    200    200    in     in     200
"""
