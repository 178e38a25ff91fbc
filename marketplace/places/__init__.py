"""The province's administrative units: today's communes, what they were before, and their names."""
