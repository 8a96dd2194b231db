"""What a clause denies, and what stands beside a denial and is there all the same."""
