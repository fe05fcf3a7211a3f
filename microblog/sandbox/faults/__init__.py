"""Everything that goes wrong on the real platform, one module a family, each triggerable by name."""
