"""How the site writes days and hours in each language: with the weekday, the month in letters, and 24 hours.

What is typed is the year first or, where the language has one custom, the day first; never a month that may be a day.
"""
