"""设置变更: what an office admin changed in one go (who, when, why, which rows), and taking it back."""
