"""Pages for MPs and committees."""
