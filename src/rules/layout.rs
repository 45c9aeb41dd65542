//! Where compiled sequences go: equal wants share a slot, and each sequence waits behind its rarest ones.

use super::matcher::{Atom, CompiledSequence, CompiledStep, Lies, Owner, SequenceId, Slot, Slots, Trigger};
use super::pattern::{Comparison, Gap};
use super::table::Table;
use crate::quantity::Measure;
use std::collections::HashMap;

/// How often a quantity is likely to be seen, beside words counted in the rules' examples: often.
const QUANTITY: f32 = 1_000.0;

/// What one step of a sequence wants.
#[derive(Debug, Clone)]
pub(super) enum Want {
    /// Any of these atoms, in ascending order; perhaps denied.
    Atoms {
        atoms: Box<[Atom]>,
        denied: bool,
    },
    Quantity(Measure, Option<Comparison>),
}

impl Want {
    pub fn any(atoms: Vec<Atom>) -> Self {
        Self::Atoms { atoms: ascending(atoms), denied: false }
    }

    pub fn denied(atoms: Vec<Atom>) -> Self {
        Self::Atoms { atoms: ascending(atoms), denied: true }
    }

    pub fn atoms(&self) -> &[Atom] {
        match self {
            Self::Atoms { atoms, .. } => atoms,
            Self::Quantity(..) => &[],
        }
    }
}

fn ascending(mut atoms: Vec<Atom>) -> Box<[Atom]> {
    atoms.sort_unstable();
    atoms.dedup();
    atoms.into()
}

/// A step before its want has a slot.
#[derive(Debug, Clone)]
pub(super) struct DraftStep {
    pub gap: Gap,
    pub want: Want,
    pub optional: bool,
}

/// A sequence before its wants have slots.
#[derive(Debug, Clone)]
pub(super) struct DraftSequence {
    pub steps: Vec<DraftStep>,
    pub at_start: bool,
    pub ends_within: Option<u8>,
    pub owner: Owner,
}

/// The sequences in their places.
pub(super) struct Layout {
    pub slots: Slots,
    pub sequences: Vec<CompiledSequence>,
    pub steps: Table<CompiledStep>,
    pub triggers: Vec<Table<Trigger>>,
}

/// `frequencies` is by atom; `composite` pairs a level with a sequence; `triggering` are those of rules.
pub(super) fn lay_out(
    sequences: &[DraftSequence],
    frequencies: &[f32],
    composite: Vec<(usize, SequenceId)>,
    triggering: &[SequenceId],
) -> Layout {
    let wants = || sequences.iter().flat_map(|sequence| &sequence.steps).map(|step| &step.want);
    let mut slots = Slots { first_quantity: count(frequencies), ..Slots::default() };
    let mut frequencies = frequencies.to_vec();
    for want in wants() {
        if let Want::Quantity(measure, comparison) = want
            && !slots.quantities.contains(&(*measure, *comparison))
        {
            slots.quantities.push((*measure, *comparison));
            frequencies.push(QUANTITY);
        }
    }
    slots.atoms = count(&frequencies);
    let mut choices: HashMap<&[Atom], Slot> = HashMap::new();
    for atoms in wants().map(Want::atoms).filter(|atoms| atoms.len() > 1) {
        choices.entry(atoms).or_insert_with(|| {
            slots.members.push(atoms.iter().copied());
            frequencies.push(atoms.iter().map(|atom| frequencies[*atom as usize]).sum());
            count(&frequencies) - 1
        });
    }
    let slot = |want: &Want| match want {
        Want::Atoms { atoms, denied } => match **atoms {
            [atom] => (atom, *denied),
            ref atoms => (choices.get(atoms).copied().unwrap_or(Slot::MAX), *denied),
        },
        Want::Quantity(measure, comparison) => {
            let at = slots.quantities.iter().position(|known| *known == (*measure, *comparison)).unwrap_or(0);
            (slots.first_quantity + u32::try_from(at).unwrap_or(u32::MAX), false)
        }
    };
    // The steps of a row that cannot be missing, the rarest first.
    let by_rarity = |row: &[CompiledStep]| -> Vec<usize> {
        let frequency = |step: usize| frequencies[row[step].slot as usize];
        let mut order: Vec<usize> = (0..row.len()).filter(|step| !row[*step].optional).collect();
        order.sort_by(|a, b| frequency(*a).total_cmp(&frequency(*b)));
        order
    };
    let mut steps = Table::default();
    let mut placed = Vec::with_capacity(sequences.len());
    for sequence in sequences {
        let row = sequence.steps.iter().map(|step| {
            let (slot, denied) = slot(&step.want);
            CompiledStep { gap: step.gap, slot, denied, optional: step.optional }
        });
        let row: Vec<CompiledStep> = row.collect();
        let rarest = by_rarity(&row).first().map(|step| row[*step].slot);
        let DraftSequence { at_start, ends_within, owner, .. } = *sequence;
        placed.push(CompiledSequence { rarest: rarest.unwrap_or_default(), at_start, ends_within, owner });
        steps.push(row);
    }
    let mut by_level: Vec<Vec<SequenceId>> = Vec::new();
    for (level, id) in composite {
        by_level.resize_with(by_level.len().max(level + 1), Vec::new);
        by_level[level].push(id);
    }
    by_level.push(triggering.to_vec());
    // The slot a sequence waits for, and what is looked at when it is filled.
    let trigger = |id: SequenceId| -> Option<(&Slot, Trigger)> {
        let row: &[CompiledStep] = steps.of(id);
        let rarest = by_rarity(row);
        let first = *rarest.first()?;
        let guard = rarest.get(1).copied().unwrap_or(first);
        let guard_lies = match guard {
            guard if guard == first => Lies::Here,
            guard if guard + 1 == first => Lies::Before(row[first].gap),
            guard if guard == first + 1 => Lies::Behind(row[guard].gap),
            _ => Lies::Apart,
        };
        Some((&row[first].slot, Trigger { sequence: id, guard: row[guard].slot, guard_lies, more: row.len() > 2 }))
    };
    let table = |level: Vec<SequenceId>| {
        let waiting = level.into_iter().filter_map(trigger);
        let triggers: Vec<(Atom, Trigger)> =
            waiting.flat_map(|(slot, trigger)| slots.atoms_of(slot).iter().map(move |atom| (*atom, trigger))).collect();
        // What concepts are built of comes first among the atoms, so that most rows are past the end.
        let rows = triggers.iter().map(|(atom, _)| *atom as usize + 1).max().unwrap_or(0);
        Table::of_pairs(rows, triggers)
    };
    let triggers = by_level.into_iter().map(table).collect();
    Layout { triggers, slots, sequences: placed, steps }
}

fn count<T>(items: &[T]) -> u32 {
    u32::try_from(items.len()).unwrap_or(u32::MAX)
}
