"""Keeping a consultation lawful without snuffing it out: flags, cases, rulings, complaints."""
