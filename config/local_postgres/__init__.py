"""The database backend of a machine without a DATABASE_URL."""
