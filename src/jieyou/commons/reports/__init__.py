"""反映: what a resident said. Reports and cases are n to 1: residents are joined without losing anybody's own answer."""
