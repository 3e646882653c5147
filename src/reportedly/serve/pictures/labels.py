"""Labels that do not cover one another: each goes where there is room, else nowhere, as titles and tables name all."""

from __future__ import annotations

from dataclasses import dataclass, field

from reportedly.serve.pictures.svg import width_of

Box = tuple[float, float, float, float]
TALL = 14.0
"""Height of a line of a label, in pixels."""


@dataclass(slots=True)
class Shelf:
    """What room is left on a picture of that size. Boxes are left, top, right, bottom in pixels."""

    width: float
    height: float
    taken: list[Box] = field(default_factory=list)

    def put(self, box: Box) -> None:
        """Take room, whether or not it is free."""
        self.taken.append(box)

    def free(self, box: Box) -> bool:
        """Whether the box lies on the picture and on nothing that was put there."""
        left, top, right, bottom = box
        if left < 0 or top < 0 or right > self.width or bottom > self.height:
            return False
        return not any(left < o[2] and o[0] < right and top < o[3] and o[1] < bottom for o in self.taken)

    def beside(self, x: float, y: float, radius: float, words: str) -> tuple[float, float, str] | None:
        """Where a label beside a mark goes: x and y of its baseline and its anchor. None where there is no room."""
        wide, gap = width_of(words), radius + 4
        for left, base, anchor, at in (
            (x + gap, y + 4, "start", x + gap),
            (x - gap - wide, y + 4, "end", x - gap),
            (x - wide / 2, y - gap, "middle", x),
            (x - wide / 2, y + gap + TALL - 4, "middle", x),
        ):
            box = (left, base - TALL + 3, left + wide, base + 3)
            if self.free(box):
                self.put(box)
                return at, base, anchor
        return None

    def on(self, x: float, y: float, words: str) -> bool:
        """Take the room of a label centred on a point; whether there was some."""
        wide = width_of(words)
        box = (x - wide / 2, y - TALL + 3, x + wide / 2, y + 3)
        if not self.free(box):
            return False
        self.put(box)
        return True
