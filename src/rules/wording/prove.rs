//! Every text is tried out before it is used.

use super::{Fill, Kind, Slot, SlotId, Wording, fault};
use crate::diagnostic::Diagnostic;
use crate::taxonomy::Script;
use std::cell::Cell;

/// More unsure slots than this in one text would take too long to try out, and nobody could read it.
const MOST_UNSURE: usize = 10;

/// Renders the text with each combination of known and unknown slots.
pub(super) fn prove(wording: &Wording, slots: &[Slot]) -> Result<(), Box<Diagnostic>> {
    if unsure(wording, slots).count() > MOST_UNSURE {
        return Err(fault(&format!("一段话术最多用 {MOST_UNSURE} 个可能未知的空位")).into());
    }
    for trial in trials(wording, slots, |_| true) {
        for script in [Script::Simplified, Script::Traditional] {
            let shown = wording.render(script, &trial);
            if let Some(slot) = trial.exposed.get() {
                let name = &slots[usize::from(slot)].name;
                let help =
                    format!("写成 {{% if {name} %}}…{{% endif %}}，或用 needs 声明；这时未知的是：{}", trial.unknown());
                return Err(fault(&format!("空位未知时，这段话术会露出空白：「{name}」")).help(help).into());
            }
            if let Some(slot) = trial.misplaced.get() {
                let slot = &slots[usize::from(slot)];
                let why = if slot.kind == Kind::Flag {
                    "只能用在条件里"
                } else {
                    "是整句话，不能插在句子中间"
                };
                return Err(fault(&format!("「{}」{why}", slot.name)).into());
            }
            if let Some(flaw) = flaw(&shown) {
                let unknown = trial.unknown();
                let unknown = if unknown.is_empty() { "无" } else { &unknown };
                return Err(fault(flaw).help(format!("未知：{unknown}；渲染成：{shown}")).into());
            }
        }
    }
    Ok(())
}

/// The most characters that any trial comes to, with every slot as long as it may be.
pub(super) fn longest(wording: &Wording, slots: &[Slot], may: impl Fn(SlotId) -> bool) -> usize {
    let lengths = trials(wording, slots, may).flat_map(|trial| {
        let trial = Longest(trial);
        [Script::Simplified, Script::Traditional].map(|script| wording.render(script, &trial).chars().count())
    });
    lengths.max().unwrap_or(0)
}

fn unsure<'s>(wording: &'s Wording, slots: &'s [Slot]) -> impl Iterator<Item = SlotId> + 's {
    wording.slots().iter().copied().filter(|slot| !slots[usize::from(*slot)].sure)
}

/// Each combination of the unsure slots that may be known.
fn trials<'s>(
    wording: &'s Wording,
    slots: &'s [Slot],
    may: impl Fn(SlotId) -> bool,
) -> impl Iterator<Item = Trial<'s>> + 's {
    let (may, never): (Vec<SlotId>, Vec<SlotId>) = unsure(wording, slots).partition(|slot| may(*slot));
    (0..1_usize << may.len()).map(move |choice| {
        let left_out = may.iter().enumerate().filter(|(bit, _)| choice >> bit & 1 == 0).map(|(_, slot)| *slot);
        Trial {
            slots,
            unknown: left_out.chain(never.iter().copied()).collect(),
            exposed: Cell::new(None),
            misplaced: Cell::new(None),
        }
    })
}

/// Samples for some slots, nothing for the others.
struct Trial<'s> {
    slots: &'s [Slot],
    unknown: Vec<SlotId>,
    /// A slot that was printed although it is unknown.
    exposed: Cell<Option<SlotId>>,
    /// A slot that was printed where it cannot stand: whole sentences in the middle of one, or a flag.
    misplaced: Cell<Option<SlotId>>,
}

impl Trial<'_> {
    fn unknown(&self) -> String {
        let names: Vec<&str> = self.unknown.iter().map(|slot| self.slots[usize::from(*slot)].name.as_str()).collect();
        names.join("、")
    }
}

impl Fill for Trial<'_> {
    fn known(&self, slot: SlotId) -> bool {
        !self.unknown.contains(&slot)
    }

    fn print(&self, slot: SlotId, out: &mut String) {
        let kind = self.slots[usize::from(slot)].kind;
        if kind == Kind::Flag || kind == Kind::Speech && !may_begin_after(out) {
            self.misplaced.set(Some(slot));
        }
        if self.known(slot) {
            out.push_str(&self.slots[usize::from(slot)].sample);
        } else {
            self.exposed.set(Some(slot));
        }
    }
}

/// A trial that fills each slot to its length.
struct Longest<'s>(Trial<'s>);

impl Fill for Longest<'_> {
    fn known(&self, slot: SlotId) -> bool {
        self.0.known(slot)
    }

    fn print(&self, slot: SlotId, out: &mut String) {
        out.extend(std::iter::repeat_n('字', self.0.slots[usize::from(slot)].most));
    }
}

/// Whether a sentence can begin behind a text, be it behind a colon or a word such as `另外，`.
fn may_begin_after(text: &str) -> bool {
    text.is_empty() || text.ends_with(['。', '！', '？', '；', '：', '，', '）', '】', '\n', ' '])
}

/// What a reader would stumble over in a rendered text.
fn flaw(text: &str) -> Option<&'static str> {
    const STOPS: [char; 7] = ['，', '。', '；', '、', '：', '！', '？'];
    let mut previous = None;
    for c in text.chars() {
        if matches!(c, '{' | '}') {
            return Some("话术里露出了花括号");
        }
        if STOPS.contains(&c) && previous.is_none_or(|p| STOPS.contains(&p) || p == '\n') {
            return Some("话术里有多余的标点，多半是空位空着");
        }
        previous = Some(c);
    }
    text.trim().is_empty().then_some("话术是空的")
}
