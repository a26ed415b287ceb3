"""The review before an import: what was found, what will happen with it, and what an analyst corrects beforehand."""

from ui.review.dialog import ImportReview
from ui.review.found import Found, found_already, found_in, look_again, needs_review

__all__ = ["Found", "ImportReview", "found_already", "found_in", "look_again", "needs_review"]
