"""Deliveries: who is told of a step, written in the step's own transaction, carried out afterwards."""
