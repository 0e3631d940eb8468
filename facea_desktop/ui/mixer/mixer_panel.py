"""The attribute mixer: a face, and who gives it which eye, nose or mouth."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.faces import Attribute
from facea_desktop.domain.mix_requests import MixPreviewRequest
from facea_desktop.domain.people import Profile
from facea_desktop.domain.permissions import portrait_refusal
from facea_desktop.library.summaries import PersonSummary
from facea_desktop.ui.destinations import ShowJobs, ShowNewPerson, ShowPerson
from facea_desktop.ui.job_text import job_title
from facea_desktop.ui.mixer.attribute_crops import AttributeCrops
from facea_desktop.ui.mixer.attribute_slot import AttributeSlot
from facea_desktop.ui.mixer.mix import EYES, Mix, why_not_save
from facea_desktop.ui.mixer.mixable_people import MixablePeople
from facea_desktop.ui.mixer.mixer_layout import FEW, MIXING, NOBODY, UNTUNED, MixerLayout
from facea_desktop.ui.mixer.preview_requests import PreviewRequests
from facea_desktop.ui.mixer.region_photo import load_photo
from facea_desktop.ui.session import Session
from facea_desktop.ui.throttling import Debounce
from facea_desktop.ui.widgets import plain_tip, set_words

LIVE_MS = 400
"""A live preview waits until nothing was changed for so long: a slider is dragged through many values."""
_NAME_PX = 90


class MixerPanel(MixerLayout):
    """The mixer, beside the canvas.

    The person that is chosen in the library is mixed onto until somebody else is dragged from there: pressing the
    mouse on a person chooses them, so from then on changing the base is only offered.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session.thumbnails, parent)
        self.setObjectName("mixerPanel")
        self.setProperty("panel", True)
        self._session = session
        self.mix = Mix()
        self.crops = AttributeCrops(session, self)
        self._shown: MixPreviewRequest | None = None
        self._mixable = MixablePeople(session)
        self._people = session.people()
        self._job = ""
        self._take_chosen: Callable[[str], None] | None = None
        self._remedy_for = ""
        self.previews = PreviewRequests(session, self)
        self.previews.came.connect(self._preview_came)
        self.previews.failed.connect(self._preview_failed)
        self.previews.busyChanged.connect(self._show_status)
        self._debounce = Debounce(LIVE_MS, self.preview, self)
        self.live_box.setChecked(session.family.photo_detail)  # else every change would redraw for seconds
        self._connect()
        session.personSelected.connect(self._selected)
        session.peopleChanged.connect(self._people_changed)
        if session.selected is not None:
            self._set_base(session.selected)
        else:
            self._show()

    # What the user does

    def mix_onto(self, person: str) -> None:
        """Mix onto the person with this id."""
        if (profile := self._profile(person)) is not None:
            self._set_base(profile)

    def take_over(self, before: MixerPanel) -> None:
        """Go on with the mix of another panel of the session."""
        self.table.link_box.setChecked(before.mix.linked)
        self.live_box.setChecked(before.live_box.isChecked())
        self.more.steps.setValue(before.more.steps.value())
        self.more.seed.setValue(before.more.seed.value())
        self.mix.sources = dict(before.mix.sources)
        if before.mix.base is not None:
            self._set_base(before.mix.base)

    def take(self, attribute: Attribute, person: str, instead_of: str = "") -> None:
        """Take an attribute from the person with this id, or say why that cannot be.

        Args:
            instead_of: the id of who gives it no more, where several give it; else nobody else does any more.
        """
        if (giver := self._giver(attribute, person)) is not None:
            self.mix.put(attribute, giver, instead_of)
            self._changed()

    def add(self, attribute: Attribute, person: str) -> None:
        """Take a part of an attribute from the person with this id, too, or say why that cannot be."""
        if (giver := self._giver(attribute, person)) is not None:
            self.mix.add(attribute, giver)
            self._changed()

    def preview(self) -> None:
        """Have the mix drawn; nothing is tuned for it."""
        self._debounce.stop()
        request = self.mix.preview_request(self.more.seed.value())
        if request is not None and self._possible():
            self._say("")
            self.previews.want(request)

    def save_mix(self, name: str) -> None:
        """Put the mix into the queue as a new person of this name."""
        request = self.mix.request(name, self.more.steps.value(), self.more.seed.value())
        base = self.mix.base
        if request is not None and base is not None and self._possible() and why_not_save(base) is None:
            self._job = self._session.submit(request, job_title(request, name)).id
            self.stay.show_queued(name)

    def reset(self) -> None:
        """Reset all attributes."""
        self.mix.sources.clear()
        self.table.link_box.setChecked(False)
        self.more.reset()
        self.stay.reset()
        self._say("")
        self._changed()

    def choose_for(self, attribute: Attribute, instead_of: str = "") -> None:
        """Open the list of people who can give an attribute, in place of who gives it, or of all who do."""
        rows = self._slot(attribute).rows
        below = next((each for each in rows if instead_of and each.giver == instead_of), rows[0]).choose_button
        others = self.mix.givers(attribute).keys() - {instead_of} if instead_of else ()
        self._choose_giver(partial(self.take, attribute, instead_of=instead_of), below, others)

    def choose_another(self, attribute: Attribute) -> None:
        """Open the list of people who can give a part of an attribute, beside those who do."""
        self._choose_giver(partial(self.add, attribute), self._slot(attribute).add_button, self.mix.givers(attribute))

    def choose_base(self) -> None:
        """Open the list of people to mix onto."""
        self._take_chosen = None
        anchor = self.base_button if self.pages.currentIndex() == MIXING else self.nobody_button
        self.chooser.open_at(anchor, self._session.people(), self._mixable.short_reason)

    # What follows

    def _slot(self, attribute: Attribute) -> AttributeSlot:
        return self.table.slots_of[self.mix.together(attribute)[0]]

    def _choose_giver(self, take: Callable[[str], None], below: QWidget, giving: Collection[str] = ()) -> None:
        """Open the list of people who can give something; those who give it already are not offered."""
        if not self._possible():
            return

        def why_not(person: PersonSummary) -> str | None:
            already = self.tr("already chosen") if person.id in giving else None
            return already or self._mixable.short_reason(person, self.mix.base)

        self._take_chosen = take
        self.chooser.open_at(below, self._session.people(), why_not)

    def _giver(self, attribute: Attribute, person: str) -> Profile | None:
        """The person with this id if they can give an attribute; else it is said why they cannot."""
        base, giver = self.mix.base, self._profile(person)
        if base is None or giver is None:
            return None
        for one in self.mix.together(attribute):
            if (trouble := self._mixable.why_not_give(base, giver, one)) is not None:
                self._say_of(giver, trouble)
                return None
        self._say("")
        return giver

    def _set_base(self, profile: Profile) -> None:
        self.mix, _ = self._mixable.renewed(self.mix, profile, self.mix.givers())
        self._say("")
        self.face.show_photo(None)
        self._session.start(self._load_photo(profile))
        self._changed()

    async def _load_photo(self, profile: Profile) -> None:
        photo = await asyncio.to_thread(load_photo, self._session.library.folder(profile.id), profile)
        if self.mix.base is profile:
            self.face.show_photo(photo)
            self._show()

    def _changed(self) -> None:
        """The mix is another one: what is on its way is out of date."""
        self.previews.drop()
        self.crops.load(self.mix)
        if not self.mix.sources:
            self._shown = None
            self.face.show_preview(None, None)
            self._debounce.stop()
        elif self.live_box.isChecked():
            self._debounce.schedule()
        self._show()

    @Slot(object, object, object)
    def _preview_came(self, request: MixPreviewRequest, before: QImage, after: QImage) -> None:
        self._shown = request
        self.face.show_preview(before, after)
        self._show_status()

    @Slot(str)
    def _preview_failed(self, sentence: str) -> None:
        self._say(sentence)

    @Slot(object)
    def _selected(self, profile: Profile | None) -> None:
        free = self.mix.base is None or (not self.mix.sources and not self.isVisible())
        if profile is not None and free and profile != self.mix.base:
            self._set_base(profile)
        self._show()

    @Slot()
    def _people_changed(self) -> None:
        """Somebody was tuned, changed or deleted: use what they are now."""
        self.crops.forget()
        people = self._session.people()
        self._people = people
        known = {one.id for one in people}
        base, before = self.mix.base, self.mix.sources
        fresh = self._profile(base.id) if base is not None and base.id in known else None
        if base is None or fresh is None:
            self.mix = Mix(linked=self.mix.linked)
            self._changed()
            return
        givers = self.mix.givers().keys() & known
        there = {giver: profile for giver in givers if (profile := self._profile(giver)) is not None}
        self.mix, reasons = self._mixable.renewed(self.mix, fresh, there)
        if fresh != base:
            self._set_base(fresh)
        else:
            self._changed() if self.mix.sources != before else self._show()
        if reasons and self._possible():  # else the reason against the base is shown
            self._say_of(next(iter(reasons.values())), " ".join(reasons))
        self.crops.load(self.mix)

    @Slot(str)
    def _chosen(self, person: str) -> None:
        if self._take_chosen is None:
            self.mix_onto(person)
        else:
            self._take_chosen(person)

    @Slot(object, str, float)
    def _strength_changed(self, attribute: Attribute, giver: str, strength: float) -> None:
        self.mix.set_strength(attribute, giver, strength)
        self._changed()

    @Slot(object, str)
    def _cleared(self, attribute: Attribute, giver: str) -> None:
        self.mix.take_away(attribute, giver)
        self._changed()

    @Slot(bool)
    def _linked(self, linked: bool) -> None:
        self.mix.link(linked)
        self._changed()

    @Slot(object, bool)
    def _hovered(self, attribute: Attribute, over: bool) -> None:
        self.face.light(self.mix.together(attribute) if over else ())

    @Slot(bool)
    def _set_live(self, on: bool) -> None:
        if on and self.mix.sources:
            self.preview()
        else:
            self._debounce.stop()

    def _take_selected(self) -> None:
        if self._session.selected is not None:
            self._set_base(self._session.selected)

    def _open_person(self) -> None:
        self._session.go(ShowPerson(self._remedy_for))

    @Slot()
    def _open_untuned(self) -> None:
        if (person := self._mixable.next_to_tune(self._people)) is not None:
            self._session.go(ShowPerson(person.id))

    @Slot()
    def _show_job(self) -> None:
        self._session.go(ShowJobs(self._job))

    @Slot()
    def _trouble_read(self) -> None:
        self._say("")

    @Slot()
    def _new_person(self) -> None:
        self._session.go(ShowNewPerson())

    # What is shown

    def _show(self) -> None:
        base = self.mix.base
        self.pages.setCurrentIndex(self._page())
        if base is None:
            return
        set_words(self.base_button, base.name, _NAME_PX)
        selected = self._session.selected
        offered = selected is not None and selected.id != base.id
        self.instead_button.setVisible(offered)
        if selected is not None and offered:
            set_words(self.instead_button, self.tr("{} instead").format(selected.name), _NAME_PX)
            self.instead_button.setToolTip(plain_tip(self.tr("Use {} as the base").format(selected.name)))
        if (trouble := self._mixable.why_not_base(base)) is not None:
            self._say_of(base, trouble)
        possible = self._possible()
        self.table.setEnabled(possible)
        self._show_places()
        self.face.show_taken(self.mix.sources, EYES if self.mix.linked else ())
        ready = possible and bool(self.mix.sources)
        self.reset_button.setEnabled(bool(self.mix.sources))
        self.preview_button.setEnabled(ready)
        why_not = why_not_save(base)
        self.stay.show_mix(self.mix, self.more.steps.value(), possible=ready and why_not is None, why_not=why_not)
        self._show_status()

    @Slot()
    def _show_places(self) -> None:
        self.table.show_mix(self.mix, self.crops.loaded)

    def _page(self) -> int:
        untuned = self._mixable.next_to_tune(self._people)
        if sum(self._mixable.can_be_mixed(one) for one in self._people) >= 2:
            return NOBODY if self.mix.base is None else MIXING
        if untuned is None:
            return FEW
        set_words(self.tune_button, self.tr("Tune {}").format(untuned.name), _NAME_PX)
        return UNTUNED

    @Slot()
    def _show_status(self) -> None:
        wish = self.mix.preview_request(self.more.seed.value())
        if self.previews.busy:
            self.status.setText(self.tr("Drawing preview…"))
        elif self._shown is not None and self._shown != wish:
            self.status.setText(self.tr("outdated preview"))
        else:
            self.status.setText("")
        self.preview_button.setEnabled(wish is not None and self._possible() and not self.previews.busy)

    def _say(self, text: str, to_tune: Profile | None = None) -> None:
        self.trouble.set_message(text)
        self._remedy_for = to_tune.id if to_tune is not None else ""
        self.remedy_button.setVisible(bool(text) and to_tune is not None)
        if to_tune is not None:
            set_words(self.remedy_button, self.tr("Open {}").format(to_tune.name), _NAME_PX)

    def _say_of(self, person: Profile, trouble: str) -> None:
        """Show the reason, and offer to open the person's page where it can be fixed there."""
        self._say(trouble, person if portrait_refusal(person) is not None else None)

    def _possible(self) -> bool:
        return self.mix.base is not None and self._mixable.why_not_base(self.mix.base) is None

    def _profile(self, person: str) -> Profile | None:
        try:
            return self._session.library.get(person)
        except UserError as error:
            self._say(str(error))
            return None

    # How it is put together

    def _connect(self) -> None:
        self.chooser.chosen.connect(self._chosen)
        self.crops.came.connect(self._show_places)
        self.face.dropped.connect(self.take)
        self.face.clicked.connect(self.choose_for)
        self.table.dropped.connect(self.take)
        self.table.chooseWanted.connect(self.choose_for)
        self.table.addWanted.connect(self.choose_another)
        self.table.strengthChanged.connect(self._strength_changed)
        self.table.cleared.connect(self._cleared)
        self.table.hovered.connect(self._hovered)
        self.table.linkChanged.connect(self._linked)
        self.more.changed.connect(self._changed)
        self.stay.wanted.connect(self.save_mix)
        self.stay.jobWanted.connect(self._show_job)
        self.trouble.dismissed.connect(self._trouble_read)
        self.live_box.toggled.connect(self._set_live)
        for pressed, what in (
            (self.base_button, self.choose_base),
            (self.nobody_button, self.choose_base),
            (self.instead_button, self._take_selected),
            (self.reset_button, self.reset),
            (self.preview_button, self.preview),
            (self.remedy_button, self._open_person),
            (self.new_person_button, self._new_person),
            (self.tune_button, self._open_untuned),
        ):
            pressed.clicked.connect(what)
