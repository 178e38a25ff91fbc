"""Pure rules of messages: how they are signed, wrapped, sent again, and where they may go."""
