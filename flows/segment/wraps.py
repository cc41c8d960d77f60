"""Lines to paragraphs: what a column's or a page's width cut apart is joined, and displaced headings go back."""

from __future__ import annotations

from collections.abc import Sequence

from flows.segment.headings import is_bracketed, is_closed, is_prose, opens_paragraph

_PAIRS = {"“": "”", "（": "）", "(": ")", "《": "》", "「": "」", "『": "』", "【": "】"}
_RUNS_ON = "，,、"


def join_wraps(lines: Sequence[str]) -> list[list[int]]:
    """Paragraphs of an article, each as the places in `lines` of the lines that it joins, in reading order.

    A line that ends without closing its sentence runs on into the next. Where a heading in brackets stands
    between the two, a column break has pushed it there: it goes behind the paragraph that it interrupts.
    """
    whole = "\n".join(lines)
    paragraphs: list[list[int]] = []
    after_heading, i = False, 0
    while i < len(lines):
        if is_bracketed(lines[i]):
            paragraphs.append([i])
            after_heading, i = True, i + 1
            continue
        paragraph, displaced = [i], []
        i += 1
        while i < len(lines):
            last = lines[paragraph[-1]]
            in_text = after_heading or is_prose(last) or len(paragraph) > 1
            if is_bracketed(lines[i]):
                if not (in_text and _breaks_off(last) and i + 1 < len(lines) and not is_bracketed(lines[i + 1])):
                    break
                displaced.append([i])
                i += 1
                paragraph.append(i)
            elif _runs_on(last, lines[i], in_text, whole):
                paragraph.append(i)
            else:
                break
            i += 1
        paragraphs += [paragraph, *displaced]
        after_heading = bool(displaced)
    return paragraphs


def _breaks_off(line: str) -> bool:
    return not is_closed(line) or _is_open(line)


def _is_open(line: str) -> bool:
    """Does a quotation or parenthesis begin in the line that does not end in it?"""
    return any(line.rfind(left) > line.rfind(right) for left, right in _PAIRS.items())


def _runs_on(line: str, below: str, in_text: bool, whole: str) -> bool:
    """Does the sentence of a line go on in the line below?

    Certain when the line ends in a comma or inside a quotation. Else a paragraph that breaks off runs on,
    unless the line below looks like a heading; a short line does so only if the two characters at the break
    stand side by side elsewhere on the page with one more on either side, as the halves of a word do.
    """
    if opens_paragraph(below):
        return False
    if line[-1] in _RUNS_ON or (_is_open(line) and is_prose(line)):
        return True
    if is_closed(line):
        return False
    if in_text:
        return is_prose(below) or is_closed(below) or _is_split_word(line, below, whole)
    return is_prose(below) and _is_split_word(line, below, whole)


def _is_split_word(line: str, below: str, whole: str) -> bool:
    return line[-2:] + below[0] in whole or line[-1] + below[:2] in whole
