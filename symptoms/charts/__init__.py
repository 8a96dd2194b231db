"""Drawings for clinicians, as pure functions from figures to shapes. PURE: a template only writes the shapes down."""
