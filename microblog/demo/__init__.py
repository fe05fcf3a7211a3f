"""A whole interview in seconds: the worker's own services, a sandbox for Weibo, and a cast for the people."""
