"""Plain text → document: every line as it stands; tables hidden in lines are found later."""

from microblog.plans.document import Document


def read_text(text: str) -> Document:
    """One block a line, tabs and blank lines kept: they are the layout."""
    return Document(tuple(text.replace("\r\n", "\n").replace("\r", "\n").split("\n")))
