"""交办任务: one resolution makes one or more; each is a child case with its own unit, clock and evidence."""
