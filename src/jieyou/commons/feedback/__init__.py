"""反馈来件单位: whoever sent a concern in (12345, a leader, another office) learns at its end what came of it."""
