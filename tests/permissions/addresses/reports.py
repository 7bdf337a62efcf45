"""What was told and what lies with it: reports, files, imports of messages and of running ledgers, assessing, triage."""

TABLE = """
persona                                             city   county leader town   bureau caller next   keeper admin  audit  anon   secret accused
GET  /desk/assess/                                  200    200    404    404    404    404    200    404    404    404    in     in     404
POST /desk/assess/                                  404    404    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/triage/models/                           200    200    200    404    404    200    200    200    200    200    in     in     404
POST /desk/triage/models/train/                     404    404    404    404    404    404    404    404    422    404    in     in     404
GET  /desk/triage/models/progress/                  go     go     go     404    404    go     go     go     go     go     in     in     404
POST /desk/triage/models/1/use/                     404    404    404    404    404    404    404    404    422    404    in     in     404
GET  /desk/reports/new/                             200    200    404    404    404    404    200    404    404    404    in     in     404
POST /desk/reports/new/                             422    422    404    404    404    404    422    404    404    404    in     in     404
GET  /desk/reports/{mine_report}/phone/             200    200    200    200    200    200    404    200    404    404    in     in     404
GET  /desk/reports/{next_report}/phone/             200    404    404    404    404    404    200    200    404    404    in     in     404
GET  /desk/reports/{sealed_report}/phone/           404    404    404    404    404    404    404    200    404    404    in     in     404
GET  /desk/reports/{sealed_report}/accused_words/   404    404    404    404    404    404    404    200    404    404    in     in     404
GET  /desk/reports/{key}/phone/                     404    404    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/places/                                  200    200    404    404    404    404    200    404    404    404    in     in     404
GET  /desk/reckon/                                  200    200    200    200    200    200    200    200    200    200    in     in     200
POST /desk/files/to/{mine}/                         go     go     go     go     go     go     404    go     404    404    in     in     404
POST /desk/files/to/{next}/                         go     404    404    404    404    404    go     go     404    404    in     in     404
POST /desk/files/to/{sealed}/                       404    404    404    404    404    404    404    go     404    404    in     in     404
POST /desk/files/to/{task}/                         go     go     go     404    go     go     404    go     404    404    in     in     404
POST /desk/files/to/{no}/                           404    404    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/files/{mine_file}/                       200    200    200    200    200    200    404    200    404    404    in     in     404
GET  /desk/files/{next_file}/                       200    404    404    404    404    404    200    200    404    404    in     in     404
GET  /desk/files/{sealed_file}/                     404    404    404    404    404    404    404    200    404    404    in     in     404
GET  /desk/files/{task_file}/                       200    200    200    404    200    200    404    200    404    404    in     in     404
GET  /desk/files/{key}/                             404    404    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/import/                                  200    200    404    404    404    404    200    404    404    404    in     in     404
POST /desk/import/                                  422    422    404    404    404    404    422    404    404    404    in     in     404
GET  /desk/import/preview/0123/                     404    404    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/import/preview/0123/returned/            404    404    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/import/{batch}/                          200    200    200    404    404    200    404    200    404    404    in     in     404
GET  /desk/import/{mine}/                           404    404    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/import/{sealed}/                         404    404    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/import/{batch}/progress/                 go     go     go     404    404    go     404    go     404    404    in     in     404
GET  /desk/import/{batch}/returned/                 200    200    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/ledger/                                  200    200    404    404    404    404    200    404    404    404    in     in     404
POST /desk/ledger/                                  422    422    404    404    404    404    422    404    404    404    in     in     404
GET  /desk/ledger/kept/                             200    200    404    404    404    404    200    404    404    404    in     in     404
GET  /desk/ledger/kept/{headings}/                  404    200    404    404    404    404    404    404    404    404    in     in     404
POST /desk/ledger/kept/{headings}/                  404    422    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/ledger/file/0123/                        404    404    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/ledger/file/0123/columns/                404    404    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/ledger/file/0123/values/                 404    404    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/ledger/file/0123/returned/               404    404    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/ledger/{ledger}/                         200    200    200    404    404    200    404    200    404    404    in     in     404
GET  /desk/ledger/{mine}/                           404    404    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/ledger/{sealed}/                         404    404    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/ledger/{ledger}/progress/                go     go     go     404    404    go     404    go     404    404    in     in     404
GET  /desk/ledger/{ledger}/returned/                200    200    404    404    404    404    404    404    404    404    in     in     404
"""
