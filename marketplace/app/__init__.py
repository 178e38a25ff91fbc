"""The roof: settings, composition, processes and the command line; nothing imports it."""
