"""Pure rules of connections: what a shop tells, how it is read, and how long we are patient."""
