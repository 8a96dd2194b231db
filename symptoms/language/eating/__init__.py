"""Whether eating, drinking or swallowing is affected."""
