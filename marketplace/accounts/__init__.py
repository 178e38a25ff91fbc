"""People: who they are, how they sign in, which public offices they hold."""
