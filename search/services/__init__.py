"""What keeps the documents true and the engine fed, and how a question finds its answer."""
