"""The page of one patient: a chart, and below it what each side of the product knows, in parts (see `parts`)."""
