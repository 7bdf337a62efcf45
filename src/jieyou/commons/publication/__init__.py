"""信息公开: what the public board shows of a matter, after a second person's 保密审查; never a name, a telephone or a door."""
