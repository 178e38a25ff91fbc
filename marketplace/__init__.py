"""The marketplace itself: its ground floor, its people, and the roof that puts it together."""
