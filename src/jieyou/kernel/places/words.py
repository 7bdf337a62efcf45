"""Days as a clerk writes them."""

from datetime import date


def said(day: date) -> str:
    """2025年3月1日."""
    return f"{day.year}年{day.month}月{day.day}日"
