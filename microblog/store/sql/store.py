"""The store in SQL, one part a subject."""

from sqlalchemy import Engine

from microblog.domain.errors import MicroblogError
from microblog.store.sql.comments import SqlComments
from microblog.store.sql.corrections import SqlCorrections, SqlRequests
from microblog.store.sql.database import Database
from microblog.store.sql.engine import engine_for
from microblog.store.sql.interviews import SqlInterviews
from microblog.store.sql.journal import SqlJournal
from microblog.store.sql.materials import SqlMaterials
from microblog.store.sql.migrate import upgrade
from microblog.store.sql.outbox import SqlOutbox
from microblog.store.sql.people import SqlPeople
from microblog.store.sql.plans import SqlPlans
from microblog.store.sql.questions import SqlQuestions
from microblog.store.sql.reviews import SqlReviews


class SqlStore:
    """Everything kept, in one database; may be used from several threads and processes."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        database = Database(engine)
        self.plans = SqlPlans(database)
        self.interviews = SqlInterviews(database)
        self.outbox = SqlOutbox(database)
        self.comments = SqlComments(database)
        self.questions = SqlQuestions(database)
        self.reviews = SqlReviews(database)
        self.journal = SqlJournal(database)
        self.people = SqlPeople(database)
        self.corrections = SqlCorrections(database)
        self.requests = SqlRequests(database)
        self.materials = SqlMaterials(database)

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def open_store(url: str) -> SqlStore:
    """The store at a database address, its tables brought up to date.

    Raises InvalidInput on a bad address or a database of a newer version, StoreUnavailable when it cannot be opened.
    """
    engine = engine_for(url)
    try:
        upgrade(Database(engine))
    except MicroblogError:
        engine.dispose()
        raise
    return SqlStore(engine)
