"""Pure text work: cleaning, counting, splitting, grouping. Knows the domain, no store and no network."""
