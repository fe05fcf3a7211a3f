"""The documents the product writes and reads back: script, transcript, clusters, post texts.

Pure functions from values to text or bytes; writing files is the caller's. May import domain and text.count.
"""
