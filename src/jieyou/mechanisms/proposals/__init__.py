"""人民建议征集: solicited topics and everyday proposals, evaluated, adopted in four kinds, answered in time, turned into a document,
a project, a rule or a 解忧 item, rewarded after public notice (信访工作条例第二十九条; links with 周“解忧” both ways)."""
