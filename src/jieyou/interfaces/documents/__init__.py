"""周报、月报、年报 and the workbook of all figures: a text with figures named in it, drawn as page, Word or PDF."""
