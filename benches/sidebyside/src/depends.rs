//! What the time depends on: complaints, length, rules, threads. Everything beside what it is compared with, in
//! interleaved rounds.

use crate::figures::{amount, table};
use crate::material::corpus::{Sorted, bytes};
use crate::material::synthetic;
use crate::rounds::{Contestant, Times, measure};
use aho_corasick::AhoCorasick;
use std::thread;
use tousu::Triage;

/// So many messages are enough where the same is measured many times over.
const SAMPLE: usize = 4_000;

/// By the share of messages with a complaint in them.
pub fn complaints(messages: &[String], rounds: usize) -> String {
    let triage = Triage::builtin();
    let sorted = Sorted::new(messages.to_vec(), &triage);
    let shares = [100, 75, 50, 25, 0].map(|percent| (percent, sorted.mixed(messages.len().min(SAMPLE), percent)));
    let contestants: Vec<Contestant<'_>> = shares.iter().flat_map(|(_, mixed)| both(&triage, mixed)).collect();
    let times = measure(&contestants, rounds);
    let rows = shares.iter().enumerate().map(|(index, (percent, mixed))| {
        let mut row = vec![format!("{percent} %"), amount(bytes(mixed) as f64 / mixed.len() as f64)];
        row.extend((0..2).flat_map(|work| {
            let own = &times[2 * index + work];
            [amount(mixed.len() as f64 / own.median()), amount(own.speed_beside(&times[work]))]
        }));
        row
    });
    let heads = ["complaints", "mean bytes", "classify: messages/s", "× at 100 %", "assess: messages/s", "× at 100 %"];
    table(&heads, rows)
}

/// By the length of messages: the same text in shorter or longer pieces.
pub fn length(messages: &[String], rounds: usize) -> String {
    const CHARACTERS: [usize; 6] = [10, 30, 100, 1_000, 10_000, 100_000];
    let triage = Triage::builtin();
    let text: Vec<char> = messages.iter().flat_map(|message| message.chars().chain(['，'])).take(100_000).collect();
    let lengths = CHARACTERS.map(|length| text.chunks(length).map(|piece| piece.iter().collect()).collect());
    let lengths: [Vec<String>; 6] = lengths;
    let contestants: Vec<Contestant<'_>> = lengths.iter().flat_map(|pieces| both(&triage, pieces)).collect();
    let times = measure(&contestants, rounds);
    let rows = CHARACTERS.iter().zip(&lengths).zip(times.chunks(2)).map(|((length, pieces), times)| {
        let speed = |times: &Times| amount(bytes(pieces) as f64 / 1e6 / times.median());
        vec![length.to_string(), speed(&times[0]), speed(&times[1])]
    });
    table(&["characters a message", "classify: MB/s", "assess: MB/s"], rows)
}

/// By the number of rules.
pub fn rules(messages: &[String], rounds: usize) -> String {
    const TIMES: [usize; 3] = [1, 4, 16];
    let messages = &messages[..messages.len().min(SAMPLE)];
    let engines = TIMES.map(synthetic::rules);
    let strings = TIMES.map(synthetic::strings_of_rules);
    let automata = strings.each_ref().map(|strings| AhoCorasick::new(strings).expect("an automaton"));
    let mut contestants: Vec<Contestant<'_>> = Vec::new();
    for (triage, automaton) in engines.iter().zip(&automata) {
        contestants.extend(both(triage, messages));
        contestants
            .push(Contestant::over("scan", messages, |message| automaton.find_overlapping_iter(message).count()));
    }
    let times = measure(&contestants, rounds);
    let rows = TIMES.iter().enumerate().map(|(index, count)| {
        let hits = contestants[3 * index + 2].pass() as f64 / messages.len() as f64;
        let mut row = vec![format!("× {count}"), strings[index].len().to_string(), amount(hits)];
        row.extend((0..3).map(|work| amount(1.0 / times[3 * index + work].speed_beside(&times[work]))));
        row
    });
    let heads = ["rules", "strings", "hits a message", "classify: × time", "assess: × time", "bare scan: × time"];
    table(&heads, rows)
}

/// By the number of threads that share one engine.
pub fn threads(messages: &[String], rounds: usize) -> String {
    let triage = Triage::builtin();
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let contestants = [1, cores].map(|threads| {
        Contestant::new(threads.to_string(), {
            let triage = &triage;
            move || assess_shared(triage, messages, threads)
        })
    });
    let times = measure(&contestants, rounds);
    let rows = contestants.iter().zip(&times).map(|(contestant, own)| {
        let speed = messages.len() as f64 / own.median();
        vec![contestant.name.clone(), amount(speed), amount(own.speed_beside(&times[0]))]
    });
    table(&["threads", "assess: messages/s", "× one"], rows)
}

/// Every thread takes every n-th message.
fn assess_shared(triage: &Triage, messages: &[String], threads: usize) -> usize {
    thread::scope(|scope| {
        let handles: Vec<_> = (0..threads)
            .map(|first| {
                scope.spawn(move || {
                    let own = messages.iter().skip(first).step_by(threads);
                    own.map(|message| triage.assess(message.as_str()).findings.len()).sum::<usize>()
                })
            })
            .collect();
        handles.into_iter().map(|handle| handle.join().expect("a thread that assesses")).sum()
    })
}

/// Classifying the messages, and assessing them.
fn both<'c>(triage: &'c Triage, messages: &'c [String]) -> [Contestant<'c>; 2] {
    [
        Contestant::over("classify", messages, |message| triage.classify(message).findings.len()),
        Contestant::over("assess", messages, |message| triage.assess(message).findings.len()),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::material::corpus;

    #[test]
    fn threads_share_the_messages_out() {
        let messages: Vec<String> = corpus::messages().into_iter().take(30).collect();
        let triage = Triage::builtin();
        assert_eq!(assess_shared(&triage, &messages, 3), assess_shared(&triage, &messages, 1));
    }

    #[test]
    fn more_rules_are_more_strings_and_still_compile() {
        let (once, twice) = (synthetic::strings_of_rules(1).len(), synthetic::strings_of_rules(2).len());
        assert!(twice > once * 3 / 2, "{once} and {twice}");
        let complaint = "快递走了八天才到，打开水果全烂了";
        let categories = |triage: Triage| triage.classify(complaint).findings.into_iter().map(|found| found.category);
        assert!(categories(synthetic::rules(2)).eq(categories(Triage::builtin())));
    }
}
