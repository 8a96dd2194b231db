"""Signs of danger, fever, and remarks of somebody who may hurt themselves."""
