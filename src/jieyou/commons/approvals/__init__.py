"""签批: a chain of opinions on one paper. Leaders sign on paper; the signature may be entered afterwards (线下签批补录)."""
