"""What is over: healed, gone, or there again."""
