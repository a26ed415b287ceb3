"""The analyst's own workbook, with its named tables refilled and all else left as it is."""

from annotate.report.template.fill import fill_template, write_into_template

__all__ = ["fill_template", "write_into_template"]
