"""系统设置: the pages with which an office admin runs the office. Each change goes through ``commons.changes``."""
