"""What a text says as the reply to the question on screen."""
