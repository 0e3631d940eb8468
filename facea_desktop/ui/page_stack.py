"""The pages in the middle of the window."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QWidget

from facea_desktop.ui.gallery.gallery_page import GalleryPage
from facea_desktop.ui.jobs.jobs_page import JobsPage
from facea_desktop.ui.session import Session
from facea_desktop.ui.widgets import Pages

if TYPE_CHECKING:
    from facea_desktop.ui.bin.bin_page import BinPage
    from facea_desktop.ui.comparison.comparison_page import ComparisonPage
    from facea_desktop.ui.people.new_person_page import NewPersonPage
    from facea_desktop.ui.people.person_page import PersonPage
    from facea_desktop.ui.settings.settings_page import SettingsPage

Page = TypeVar("Page", bound=QWidget)


class PageStack(Pages):
    """Every page of the window, of which one is shown.

    What few starts show is imported and built when it is first wanted, so that the window is there sooner.

    Args:
        canvas: the page that the window begins with.
    """

    def __init__(self, session: Session, canvas: QWidget) -> None:
        super().__init__()
        self._session = session
        self._built: list[QWidget] = []
        self.canvas = self._add(canvas)
        self.gallery = self._add(GalleryPage(session))
        self.jobs = self._add(JobsPage(session))

    @cached_property
    def person(self) -> PersonPage:
        """Everything about one person."""
        from facea_desktop.ui.people.person_page import PersonPage

        return self._add(PersonPage(self._session))

    @cached_property
    def new_person(self) -> NewPersonPage:
        """The form for a new person."""
        from facea_desktop.ui.people.new_person_page import NewPersonPage

        return self._add(NewPersonPage(self._session))

    @cached_property
    def bin(self) -> BinPage:
        """What was deleted."""
        from facea_desktop.ui.bin.bin_page import BinPage

        return self._add(BinPage(self._session))

    @cached_property
    def comparison(self) -> ComparisonPage:
        """Comparisons of methods."""
        from facea_desktop.ui.comparison.comparison_page import ComparisonPage

        return self._add(ComparisonPage(self._session))

    @cached_property
    def settings(self) -> SettingsPage:
        """The settings, models among them."""
        from facea_desktop.ui.settings.settings_page import SettingsPage

        return self._add(SettingsPage(self._session))

    def take_over(self, before: PageStack) -> None:
        """Go on with the person who was begun in another stack of the session."""
        if "new_person" in vars(before):
            self.new_person.take_over(before.new_person)

    def close_pages(self) -> None:
        """End what those that were built still do in the background."""
        for page in self._built:
            page.close()

    def _add(self, page: Page) -> Page:
        self._built.append(page)
        self.addWidget(page)
        return page
