"""A number declared once: meaning, unit, and the records behind it."""
