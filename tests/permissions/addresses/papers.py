"""Papers and meetings: drafts, templates, the screen of a meeting."""

TABLE = """
persona                                             city   county leader town   bureau caller next   keeper admin  audit  anon   secret accused
GET  /desk/papers/                                  200    200    200    200    200    200    200    200    200    200    in     in     200
GET  /desk/papers/zip/                              go     go     go     go     go     go     go     go     go     go     in     in     go
GET  /desk/papers/settings/                         200    200    200    404    404    404    200    404    200    404    in     in     404
POST /desk/papers/settings/rule/                    404    404    404    404    404    404    404    404    404    404    in     in     404
POST /desk/papers/settings/template/                422    422    422    404    404    404    422    404    422    404    in     in     404
POST /desk/papers/settings/template/{template}/withdraw/ 404    go     go     404    404    404    404    404    404    404    in     in     404
POST /desk/papers/of/{mine}/                        go     go     go     go     go     go     404    go     404    404    in     in     404
POST /desk/papers/of/{sealed}/                      404    404    404    404    404    404    404    go     404    404    in     in     404
POST /desk/papers/meeting/{meeting}/                go     go     go     404    404    go     404    go     404    404    in     in     404
GET  /desk/papers/{paper}/                          404    200    200    404    404    200    404    404    404    404    in     in     404
POST /desk/papers/{paper}/                          404    409    409    404    404    409    404    404    404    404    in     in     404
GET  /desk/papers/{paper_out}/                      200    200    200    404    200    200    404    200    404    404    in     in     404
GET  /desk/papers/{paper_sealed}/                   404    404    404    404    404    404    404    200    404    404    in     in     404
GET  /desk/papers/{paper}/file.docx                 404    200    200    404    404    200    404    404    404    404    in     in     404
GET  /desk/papers/{paper_out}/file.docx             200    200    200    404    200    200    404    200    404    404    in     in     404
GET  /desk/papers/{paper_sealed}/file.docx          404    404    404    404    404    404    404    200    404    404    in     in     404
POST /desk/papers/{paper}/void/                     404    422    422    404    404    422    404    404    404    404    in     in     404
POST /desk/papers/{paper_sealed}/send/              404    404    404    404    404    404    404    go     404    404    in     in     404
GET  /desk/meetings/                                200    200    200    200    200    200    200    200    200    200    in     in     200
GET  /desk/meetings/new/                            200    200    404    404    404    404    200    404    404    404    in     in     404
POST /desk/meetings/new/                            422    422    404    404    404    404    422    404    404    404    in     in     404
GET  /desk/meetings/{meeting}/screen/               200    200    200    404    404    200    404    200    404    404    in     in     404
GET  /desk/meetings/{mine}/screen/                  404    404    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/meetings/{called}/list/signing_in/       200    200    200    404    404    200    404    200    404    404    in     in     404
GET  /desk/meetings/{called}/list/attendees/        200    200    200    404    404    200    404    200    404    404    in     in     404
GET  /desk/meetings/{called}/list/minutes/          404    404    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/meetings/replies/{reply_key}/phone/      404    200    404    404    404    404    404    404    404    404    in     in     404
POST /desk/meetings/replies/{reply_key}/phone/      404    200    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/meetings/replies/{key}/phone/            404    404    404    404    404    404    404    404    404    404    in     in     404
"""
