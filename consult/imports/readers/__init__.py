"""Pure readers: what a file or a network holds, in neutral shapes; no database, no pages."""
