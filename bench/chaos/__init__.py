"""Random interviews under faults, kills and hurried people, judged by the sandbox's ledger (docs/reliability.md)."""
