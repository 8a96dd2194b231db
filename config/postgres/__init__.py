"""The database backend of the product: Django's for PostgreSQL, and what a server that is upgraded in use needs."""
