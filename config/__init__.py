"""Settings, processes and doors of the whole. Nothing imports this package but what runs it."""
