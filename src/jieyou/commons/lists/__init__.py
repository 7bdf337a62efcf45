"""职责清单: what a bureau, a township or a village has to do, as dated rows; and the judgement whether a task is on the list."""
