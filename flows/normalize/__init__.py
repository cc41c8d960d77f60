"""Normalising: damage undone, Traditional to Simplified, one form for each character. Each step is Page to Page."""

from flows.normalize.columns import join_columns
from flows.normalize.controls import remove_controls
from flows.normalize.damage import repair_damage
from flows.normalize.markup import remove_markup
from flows.normalize.personal import mask_personal
from flows.normalize.script import to_simplified
from flows.normalize.width import fold_width

__all__ = [
    "fold_width",
    "join_columns",
    "mask_personal",
    "remove_controls",
    "remove_markup",
    "repair_damage",
    "to_simplified",
]
