"""Which board an analyst sees: the stand taken, with its corrections, and the tree that grows behind it."""

from microblog.domain.interview import Interview
from microblog.service.board import Board
from microblog.service.corrections import maker, outline_under, standing_of
from microblog.service.office import Office
from microblog.service.plan import working_interviews
from microblog.service.polling import COLLECTING

PATIENCE = 0.3
"""Seconds a page waits for a tree that is being grown before it is shown without."""


def board_of(office: Office, interview: Interview, *, fresh: bool = False) -> Board | None:
    """The desk as it stands; None while the first tree is being grown. fresh: take what waits.

    Other words stored than the tree was grown from make another one grow in the background.
    """
    trees, number = office.trees, interview.id
    stand = trees.take(number) if fresh else trees.now(number)
    if stand is None:
        trees.make_soon(number, maker(office, interview))
        trees.wait(number, PATIENCE)
        stand = trees.now(number)
    if stand is None:
        return None
    corrections = tuple(office.store.corrections.of(number))
    held, pulse = standing_of(corrections), office.store.comments.pulse(number)
    newest = trees.newest(number)
    if newest is None or (newest.pulse, newest.excluded) != (pulse, held.excluded):
        trees.make_soon(number, maker(office, interview))
    outline = outline_under(stand, held)
    making, waiting = trees.making(number), trees.next(number)
    return Board(interview, stand, outline, corrections, held, pulse, making, waiting, office.segmenter)


def version_of(office: Office, interview: Interview) -> str:
    """Changes whenever the desk has something new to say."""
    pulse, trees = office.store.comments.pulse(interview.id), office.trees
    held = standing_of(office.store.corrections.of(interview.id)).ids
    now, after = trees.now(interview.id), trees.next(interview.id)
    serials = "-".join(str(stand.serial) if stand else "0" for stand in (now, after))
    return f"{pulse.count}.{pulse.deleted}.{pulse.edited}_{serials}_{len(held)}.{sum(held)}"


def warm_up(office: Office) -> None:
    """Grow the trees of every interview that collects, in the background, before an analyst asks for them."""
    for interview in working_interviews(office):
        if interview.state in COLLECTING:
            office.trees.make_soon(interview.id, maker(office, interview))
