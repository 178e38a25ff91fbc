"""The index of everything a visitor can find, and the questions asked of it."""
