"""How much load the API carries through the production server, beside two minimal views on the same server."""
