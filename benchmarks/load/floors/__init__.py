"""The floors of the load benchmark: a Django project that does nothing but take a request and insert one row."""
