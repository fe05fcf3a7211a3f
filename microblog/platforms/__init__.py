"""Adapters to the sites we post on and read from, each behind `service.ports.Platform`."""
