"""The pages of the console, each a router of its own."""
