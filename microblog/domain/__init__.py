"""The rules of the field, in pure Python: nothing here reads a file, asks the time or opens a connection."""
