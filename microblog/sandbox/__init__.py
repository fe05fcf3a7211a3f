"""A local Weibo over real HTTP: answers like the platform, faults included, on a clock that can be turned.

Everything it says follows the platform's pages as far as they are known; what cannot be known is a switch in
`options.Options`. It shares no code with the client, so that a misreading on one side shows up on the other.
"""
