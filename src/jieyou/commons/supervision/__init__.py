"""督办: reminders by software, work that nobody owns, letters that are signed before they go, escalation that is proposed and never made."""
