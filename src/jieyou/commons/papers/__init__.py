"""公文: every paper comes out of the records, is declared once, and goes out signed and numbered or not at all."""
