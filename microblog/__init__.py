"""Runs a year of government online interviews."""
