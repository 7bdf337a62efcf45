"""The demo city: Yan'an's real place tree, invented people and matters, made by walking through the real doors."""
