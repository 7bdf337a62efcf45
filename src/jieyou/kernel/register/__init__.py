"""台账: a register is declared once; list, search, form, history and workbook are read off the declaration."""
