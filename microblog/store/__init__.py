"""Where everything is kept: one store in SQL for work, one in memory for tests and rehearsals."""
