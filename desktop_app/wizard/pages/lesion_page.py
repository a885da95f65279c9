"""What is suspected, where it is, and how certain it is."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout

from desktop_app.case.refused import AnswerRefused
from desktop_app.wizard import flow
from desktop_app.wizard.guarded import guarded
from desktop_app.wizard.pages.step_page import StepPage

if TYPE_CHECKING:
    from desktop_app.wizard.inputs.skeleton_panel import SkeletonPanel

BONE, SIDE = "lesion.bone", "lesion.side"
BESIDE_SKELETON = 3
"""So many questions on the site stand at the left of the small skeleton: bone, region and side."""
SPACE_AROUND = 16
"""The margins and the gap between them."""


class LesionPage(StepPage):
    """The step `lesion`; beside the search for a bone stands the skeleton, which answers bone and side in one act."""

    step = "lesion"
    beside = ()
    skeleton: "SkeletonPanel | None" = None
    _site: QBoxLayout | None = None

    def _fill(self, layout: QVBoxLayout, fields: tuple[str, ...]) -> None:
        if BONE not in fields:
            super()._fill(layout, fields)
            return
        column = QVBoxLayout()
        column.setSpacing(layout.spacing())
        super()._fill(column, fields[:BESIDE_SKELETON])
        column.addStretch(1)
        self.skeleton = self._new_skeleton()
        self._site = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._site.addLayout(column, 1)
        self._site.addWidget(self.skeleton, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        layout.addLayout(self._site)
        super()._fill(layout, fields[BESIDE_SKELETON:])

    def _arrange(self) -> None:
        """The skeleton beside the questions where there is room, else (large type, narrow window) under them."""
        if self._site is None:
            return
        questions = self._site.itemAt(0)
        assert questions is not None and self.skeleton is not None
        needed = questions.minimumSize().width() + self.skeleton.least_width + SPACE_AROUND
        room = self.scroller.width() - self.scroller.verticalScrollBar().sizeHint().width()  # the bar may come later
        has_room = needed <= room
        directions = QBoxLayout.Direction
        self._site.setDirection(directions.LeftToRight if has_room else directions.TopToBottom)
        self.skeleton.stand_in_line(is_below=not has_room)

    @guarded()
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may be another arrangement."""
        super().resizeEvent(event)
        self._arrange()

    def _new_skeleton(self) -> "SkeletonPanel":
        # The figure and what is written about bones are read when this page is first seen, not with the window.
        from desktop_app.wizard.inputs.skeleton_panel import skeleton_panel

        def chosen() -> tuple[str | None, str | None]:
            return self.document.case.lesion.bone, self.document.case.lesion.side

        panel = skeleton_panel(self.wording.phrases, lambda bone: self.context.lists().bones[bone], chosen)
        panel.chosen.connect(self._on_skeleton)
        return panel

    def present(self) -> None:
        """Show the questions, and the skeleton with the bone that is chosen."""
        super().present()
        if self.skeleton is None:
            return
        self._arrange()
        if self.skeleton.is_drawn:
            self.skeleton.present()
        else:  # the figure is read when the page stands on the screen
            QTimer.singleShot(0, self.skeleton, self.skeleton.present)

    @guarded()
    def _on_answered(self, paths: tuple[str, ...]) -> None:
        super()._on_answered(paths)
        if self.skeleton is not None and self._is_seen() and {BONE, SIDE} & set(paths):
            self.skeleton.present()

    @guarded()
    def _on_skeleton(self, bone: str, side: str | None) -> None:
        """Bone and side as one step on the undo stack, with what they make void."""
        cleared = flow.cleared_by(BONE, bone, self.document.case, self.document.catalogue)
        row = self.rows[BONE]
        try:
            self.document.answer_together({BONE: bone, SIDE: side, **dict.fromkeys(cleared)})
        except AnswerRefused as refused:
            row.say(refused.message(self.wording.phrases), is_warning=True)
            return
        self.move_on_from(BONE if side is None else SIDE)
