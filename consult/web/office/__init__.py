"""Pages for policy teams, analysts and moderators."""
