"""The public pages: no sign-in, no session, the same for everybody but for the question form."""
