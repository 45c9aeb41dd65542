//! Getting ready and memory, in fresh processes: this program runs itself as a probe.

use crate::figures::{amount, table};
use crate::material::rule_files::root;
use crate::rounds::Times;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use tousu::Triage;

const COMPLAINT: &str = "快递走了八天才到，打开水果全烂了，客服还不理人，我要全额退款！";

/// What a probe looks at.
#[derive(Clone, Copy)]
pub enum Probe {
    Start,
    Memory,
}

impl Probe {
    const NAMES: [(&'static str, Probe); 2] = [("start", Probe::Start), ("memory", Probe::Memory)];

    pub fn named(name: &str) -> Option<Self> {
        Self::NAMES.into_iter().find(|(known, _)| *known == name).map(|(_, probe)| probe)
    }

    /// Looks at this process, which has done nothing yet, and prints one figure a line.
    pub fn run(self) {
        match self {
            Probe::Start => start_figures().iter().for_each(|took| println!("{}", took.as_secs_f64())),
            Probe::Memory => memory_figures().iter().for_each(|kib| println!("{kib}")),
        }
    }

    /// The figures of a fresh process, which reads `input`.
    fn figures(self, input: &[u8]) -> Vec<f64> {
        let name = Self::NAMES[self as usize].0;
        let program = std::env::current_exe().expect("this program");
        let mut command = Command::new(program);
        command.args(["--probe", name]).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().expect("this program again");
        child.stdin.take().expect("its input").write_all(input).expect("its input");
        let output = child.wait_with_output().expect("its output");
        assert!(output.status.success(), "the probe of {name} failed");
        let printed = String::from_utf8(output.stdout).expect("UTF-8");
        printed.lines().map(|line| line.parse().expect("a figure")).collect()
    }
}

fn start_figures() -> [Duration; 4] {
    let samples = fs::read_to_string(root().join("examples/complaints.txt")).expect("the sample complaints");
    let timed = |work: &dyn Fn()| {
        let start = Instant::now();
        work();
        start.elapsed()
    };
    let ready = timed(&|| drop(Triage::builtin()));
    let triage = Triage::builtin();
    let first = timed(&|| drop(triage.assess(COMPLAINT)));
    let again = timed(&|| drop(triage.assess(COMPLAINT)));
    let others = samples.lines().map(|line| timed(&|| drop(triage.assess(line))));
    [ready, first, again, others.max().unwrap_or_default()]
}

/// In KiB: before anything, with the rules ready, after the first complaint, after all messages of standard input, and
/// the most there ever was.
fn memory_figures() -> [u64; 5] {
    let before = resident("VmRSS:");
    let triage = Triage::builtin();
    let ready = resident("VmRSS:");
    triage.assess(COMPLAINT);
    let first = resident("VmRSS:");
    for message in BufReader::new(std::io::stdin()).lines() {
        triage.assess(message.expect("a message").as_str());
    }
    [before, ready, first, resident("VmRSS:"), resident("VmHWM:")]
}

fn resident(key: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").expect("Linux: memory is read from /proc");
    let line = status.lines().find_map(|line| line.strip_prefix(key)).expect("the line of the key");
    line.trim().trim_end_matches(" kB").parse().expect("a number of kB")
}

/// How long it takes to get ready, in so many fresh processes.
pub fn time(processes: usize) -> String {
    let figures: Vec<Vec<f64>> = (0..processes).map(|_| Probe::Start.figures(b"")).collect();
    let names = [
        "`Triage::builtin()`, cold",
        "first `assess`",
        "the same `assess` again",
        "slowest single `assess` of the sample complaints that follow",
    ];
    let rows = names.into_iter().enumerate().map(|(index, name)| {
        let times = Times::new(figures.iter().map(|figures| Duration::from_secs_f64(figures[index])).collect());
        let [low, median, high] = times.quartiles().map(|seconds| amount(seconds * 1e3));
        vec![name.to_owned(), median, format!("{low}–{high}")]
    });
    table(&["in a fresh process", "ms", "quartiles"], rows)
}

/// How much memory the engine takes, in a fresh process that assesses all messages one by one.
pub fn memory(messages: &[String]) -> String {
    let figures = Probe::Memory.figures(messages.join("\n").as_bytes());
    let names = ["before anything", "rules ready", "after the first `assess`", "after all messages"];
    let mib = |kib: f64| amount(kib / 1024.0);
    let mut rows: Vec<Vec<String>> = names
        .into_iter()
        .zip(&figures)
        .map(|(name, kib)| vec![format!("{name} (VmRSS)"), mib(*kib), mib(kib - figures[0])])
        .collect();
    rows.push(vec!["most ever (VmHWM)".to_owned(), mib(figures[4]), mib(figures[4] - figures[0])]);
    table(&["resident memory", "MiB", "of the engine"], rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_process_takes_memory() {
        assert!(resident("VmHWM:") >= resident("VmRSS:"));
    }

    #[test]
    fn probes_are_found_by_name() {
        assert!(matches!(Probe::named("start"), Some(Probe::Start)));
        assert!(matches!(Probe::named("memory"), Some(Probe::Memory)));
        assert!(Probe::named("others").is_none());
    }
}
