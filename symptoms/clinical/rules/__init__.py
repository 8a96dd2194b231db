"""The rule table of the clinical specification, one function for each row."""

from symptoms.clinical.rules.general import RULES
from symptoms.clinical.rules.rule import SOURCES, Case, Rule

__all__ = ["RULES", "SOURCES", "Case", "Rule"]
