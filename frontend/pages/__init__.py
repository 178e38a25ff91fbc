"""Page functions by what they show; each reads its address, runs one operation and renders."""
