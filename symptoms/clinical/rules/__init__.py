"""The rule table of the clinical specification, one function for each row."""

from symptoms.clinical.rules.general import RULES
from symptoms.clinical.rules.passages import PASSAGES, SOURCES
from symptoms.clinical.rules.rule import Case, Rule

__all__ = ["PASSAGES", "RULES", "SOURCES", "Case", "Rule"]
