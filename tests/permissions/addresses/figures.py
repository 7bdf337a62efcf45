"""Figures: cockpit, bulletins, indicators, readings, supervision."""

TABLE = """
persona                                             city   county leader town   bureau caller next   keeper admin  audit  anon   secret accused
GET  /desk/supervision/                             200    200    200    404    404    200    200    200    404    404    in     in     404
GET  /desk/hot/                                     200    200    200    404    404    200    200    200    200    200    in     in     404
GET  /desk/cockpit/                                 200    200    200    404    404    200    200    200    404    404    in     in     404
GET  /desk/cockpit/?place=610602&wall=1             200    200    200    404    404    200    404    200    404    404    in     in     404
GET  /desk/cockpit/instruct/                        404    404    200    404    404    404    404    404    404    404    in     in     404
GET  /desk/cockpit/instruct/?case={mine}            404    404    200    404    404    404    404    404    404    404    in     in     404
GET  /desk/cockpit/instruct/?case={sealed}          404    404    404    404    404    404    404    404    404    404    in     in     404
POST /desk/cockpit/instruct/                        404    404    422    404    404    404    404    404    404    404    in     in     404
GET  /desk/bulletins/weekly/?span=week              200    200    200    404    404    200    200    200    404    404    in     in     404
GET  /desk/bulletins/annual/                        200    200    200    404    404    200    200    200    404    404    in     in     404
GET  /desk/bulletins/daily/                         404    404    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/bulletins/monthly/file.docx              200    200    200    404    404    200    200    200    404    404    in     in     404
GET  /desk/bulletins/monthly/file.odt               404    404    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/figures/book.xlsx                        200    200    200    404    404    200    200    200    404    404    in     in     404
GET  /desk/figures/                                 200    200    200    404    404    200    200    200    404    404    in     in     404
GET  /desk/figures/?place=610603                    200    404    404    404    404    404    200    200    404    404    in     in     404
GET  /desk/figures/jieyou.received/                 200    200    200    404    404    200    200    200    404    404    in     in     404
GET  /desk/figures/tasks.in_time/?part=over&span=year 200    200    200    404    404    200    200    200    404    404    in     in     404
GET  /desk/figures/jieyou.nothing/                  404    404    404    404    404    404    404    404    404    404    in     in     404
GET  /desk/new/reading/                             200    200    404    404    404    404    200    404    404    404    in     in     404
POST /desk/new/reading/                             422    422    404    404    404    404    422    404    404    404    in     in     404
"""
