//! Deadlines as a supervisor writes them: `15分钟`, `24小时`, `3天`.

use super::source::{Faults, Row};
use crate::diagnostic::{Code, Diagnostic};

const UNITS: [(&str, u32); 3] = [("天", 24 * 60), ("小时", 60), ("分钟", 1)];

/// No deadline lies farther off than a year.
const LONGEST: u32 = 365 * 24 * 60;

/// Minutes of a deadline, or `None` if it is not a number and a unit.
fn parse(text: &str) -> Option<u32> {
    UNITS.iter().find_map(|(unit, minutes)| {
        let number: u32 = text.trim().strip_suffix(unit)?.trim().parse().ok()?;
        number.checked_mul(*minutes).filter(|due| *due <= LONGEST)
    })
}

/// A deadline in the largest unit that divides it: 1440 minutes are `24 小时`, 4320 are `3 天`.
pub(crate) fn label(minutes: u32) -> String {
    match minutes {
        m if m > 1440 && m % 1440 == 0 => format!("{} 天", m / 1440),
        m if m >= 60 && m % 60 == 0 => format!("{} 小时", m / 60),
        m => format!("{m} 分钟"),
    }
}

/// The deadline under the key `due`, if there is one.
pub(crate) fn read(row: &mut Row<'_>, faults: &mut Faults) -> Option<u32> {
    let text = row.text("due", faults)?;
    let minutes = parse(&text.value);
    if minutes.is_none() {
        let fault = Diagnostic::new(Code::BadValue, format!("「{}」不是时限", text.value));
        faults.report(text.origin, fault.help("写成「15分钟」「24小时」或「3天」"));
    }
    minutes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deadlines_read_and_written() {
        for (text, minutes, shown) in
            [("15分钟", 15, "15 分钟"), ("24小时", 1440, "24 小时"), ("3天", 4320, "3 天"), ("90 分钟", 90, "90 分钟")]
        {
            assert_eq!(parse(text), Some(minutes), "{text}");
            assert_eq!(label(minutes), shown);
        }
        for text in ["", "天", "三天", "24", "-1天", "4294967295天", "4294967295分钟"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
