"""Finding the words a person typed or pasted in the text they come from."""

import re

from consult.errors import Invalid


def find(text: str, typed: str) -> tuple[int, int]:
    """Where these words stand first; spaces, line ends and capitals may differ. Nothing typed is all."""
    wanted = typed.split()
    if not wanted:
        return 0, len(text)
    exact = text.find(typed.strip())
    if exact >= 0:
        return exact, exact + len(typed.strip())
    found = re.search(r"\s+".join(re.escape(word) for word in wanted), text, re.IGNORECASE)
    if found is None:
        raise Invalid(
            "These words do not stand in the answer. Copy them from it exactly as they are."
        )
    return found.span()
