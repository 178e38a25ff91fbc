"""A business's goods as a sheet that can be taken in again."""
