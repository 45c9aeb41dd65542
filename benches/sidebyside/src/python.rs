//! The Python stack, run by `python_stack.py` over the same messages and strings.

use crate::rounds::Times;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;
use std::{env, fs, process};

pub const NAME: &str = "Python: `opencc` + `jieba` + `flashtext`";

/// An interpreter that has what the script requires.
pub struct Python(pub PathBuf);

impl Python {
    /// How long each round took, and getting ready.
    ///
    /// # Panics
    /// If the script fails: what it says stands on standard error.
    pub fn run(&self, messages: &[String], lexicon: &[String], rounds: usize) -> (Times, Duration) {
        let folder = env::temp_dir().join(format!("tousu-sidebyside-{}", process::id()));
        fs::create_dir_all(&folder).expect("a temporary folder");
        let file = |name: &str, lines: &[String]| {
            let path = folder.join(name);
            fs::write(&path, lines.join("\n")).expect("a temporary file");
            path
        };
        let output = Command::new(&self.0)
            .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("python_stack.py"))
            .args([file("messages.txt", messages), file("lexicon.txt", lexicon)])
            .arg(rounds.to_string())
            .stderr(process::Stdio::inherit())
            .output();
        fs::remove_dir_all(&folder).expect("the temporary folder");
        let output = output.expect("the Python interpreter");
        assert!(output.status.success(), "python_stack.py failed");
        let printed = String::from_utf8(output.stdout).expect("UTF-8");
        let seconds = |key: &str| -> Vec<Duration> {
            let values = printed.lines().filter_map(|line| line.strip_prefix(key)?.split_whitespace().next());
            values.map(|value| Duration::from_secs_f64(value.parse().expect("seconds"))).collect()
        };
        (Times::new(seconds("round ")), seconds("ready ")[0])
    }
}
