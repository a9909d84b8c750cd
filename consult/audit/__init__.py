"""Who did what: append-only, and chained by hashes so that a later change shows."""

from consult.audit.models import Action, Entry
from consult.audit.service import first_break, record, record_each, seal

__all__ = ["Action", "Entry", "first_break", "record", "record_each", "seal"]
