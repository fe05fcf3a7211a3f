"""The store in memory: as strict as the database, gone with the process. For tests, rehearsals and the demo."""

from microblog.store.memory.store import MemoryStore

__all__ = ["MemoryStore"]
