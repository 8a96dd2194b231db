"""A passage with what it denies and whose and when it is, as every question about it needs them."""
