"""The store in memory, one part a subject, all under one lock."""

from threading import RLock

from microblog.store.memory.comments import MemoryComments
from microblog.store.memory.corrections import MemoryCorrections, MemoryRequests
from microblog.store.memory.interviews import MemoryInterviews
from microblog.store.memory.journal import MemoryJournal
from microblog.store.memory.materials import MemoryMaterials
from microblog.store.memory.outbox import MemoryOutbox
from microblog.store.memory.people import MemoryPeople
from microblog.store.memory.plans import MemoryPlans
from microblog.store.memory.questions import MemoryQuestions
from microblog.store.memory.reviews import MemoryReviews


class MemoryStore:
    """Everything kept, in memory; may be used from several threads."""

    def __init__(self) -> None:
        lock = RLock()
        self.plans = MemoryPlans(lock)
        self.interviews = MemoryInterviews(lock)
        self.outbox = MemoryOutbox(lock)
        self.comments = MemoryComments(lock)
        self.questions = MemoryQuestions(lock)
        self.reviews = MemoryReviews(lock)
        self.journal = MemoryJournal(lock)
        self.people = MemoryPeople(lock)
        self.corrections = MemoryCorrections(lock)
        self.requests = MemoryRequests(lock)
        self.materials = MemoryMaterials(lock)
