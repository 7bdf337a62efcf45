"""名录: people once and organisations once, for all registers that speak of them."""
