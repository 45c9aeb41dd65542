//! Texts with slots, checked when the rules are loaded so that rendering cannot fail later.
//!
//! A text is a minijinja template over a fixed list of slots. Some slots may be unknown when a text is
//! rendered (nobody told us the customer's name); a text that prints such a slot unguarded is a fault.
//! The proof is by trial: every text is rendered with each combination of its unsure slots.

use super::source::{Faults, Located};
use crate::diagnostic::{Code, Diagnostic};
use minijinja::{Environment, ErrorKind, UndefinedBehavior};
use std::collections::BTreeMap;

/// More unsure slots than this in one text would take too long to try out, and nobody could read it.
const MOST_UNSURE: usize = 8;

/// A name that a text may print.
#[derive(Debug, Clone)]
pub(crate) struct Slot {
    pub name: String,
    /// What stands in for it when the text is tried out.
    pub sample: String,
    /// Whether it is known in every case.
    pub sure: bool,
}

impl Slot {
    pub fn sure(name: &str, sample: &str) -> Self {
        Self { name: name.to_owned(), sample: sample.to_owned(), sure: true }
    }

    pub fn unsure(name: &str, sample: &str) -> Self {
        Self { name: name.to_owned(), sample: sample.to_owned(), sure: false }
    }
}

/// What the caller of [`Wordings::render`] knows; an absent slot is unknown.
pub(crate) type Values<'v> = BTreeMap<&'v str, String>;

/// One checked text.
#[derive(Debug, Clone)]
pub(crate) struct Wording {
    key: String,
    /// The slots it prints, sorted.
    pub slots: Vec<String>,
}

/// All checked texts of a rule set.
#[derive(Debug, Clone)]
pub(crate) struct Wordings {
    env: Environment<'static>,
}

impl Default for Wordings {
    fn default() -> Self {
        let mut env = Environment::new();
        // Printing an unknown slot must fail, asking whether it is known must not.
        env.set_undefined_behavior(UndefinedBehavior::SemiStrict);
        env.set_auto_escape_callback(|_| minijinja::AutoEscape::None);
        Self { env }
    }
}

impl Wordings {
    /// Adds a text under a key of its own; `None` if it is faulty.
    pub fn add(&mut self, key: String, text: &Located<String>, slots: &[Slot], faults: &mut Faults) -> Option<Wording> {
        match self.try_add(key, &text.value, slots) {
            Ok(wording) => Some(wording),
            Err(fault) => {
                faults.report(text.origin, *fault);
                None
            }
        }
    }

    fn try_add(&mut self, key: String, text: &str, slots: &[Slot]) -> Result<Wording, Box<Diagnostic>> {
        self.env
            .add_template_owned(key.clone(), text.to_owned())
            .map_err(|error| broken(&format!("话术写法有误：{}", error.detail().unwrap_or("无法解析"))))?;
        let template = self.env.get_template(&key).map_err(|_| broken("话术写法有误"))?;
        let mut used: Vec<String> = template.undeclared_variables(false).into_iter().collect();
        used.sort_unstable();
        if let Some(unknown) = used.iter().find(|name| !slots.iter().any(|slot| slot.name == **name)) {
            let known: Vec<&str> = slots.iter().map(|slot| slot.name.as_str()).collect();
            let fault = broken(&format!("话术里没有名为「{unknown}」的空位"));
            return Err(fault.help(format!("这里可以用：{}", known.join("、"))).nearest(unknown, known).into());
        }
        let wording = Wording { key, slots: used };
        self.prove(&wording, slots)?;
        Ok(wording)
    }

    /// Renders the text with each combination of known and unknown slots.
    fn prove(&self, wording: &Wording, slots: &[Slot]) -> Result<(), Box<Diagnostic>> {
        let used = slots.iter().filter(|slot| wording.slots.contains(&slot.name));
        let (sure, unsure): (Vec<&Slot>, Vec<&Slot>) = used.partition(|slot| slot.sure);
        if unsure.len() > MOST_UNSURE {
            return Err(broken(&format!("一段话术最多用 {MOST_UNSURE} 个可能未知的空位")).into());
        }
        for choice in 0..1_usize << unsure.len() {
            let known = unsure.iter().enumerate().filter(|(bit, _)| choice >> bit & 1 == 1).map(|(_, slot)| slot);
            let values: Values<'_> =
                sure.iter().chain(known).map(|slot| (slot.name.as_str(), slot.sample.clone())).collect();
            let unknown: Vec<&str> =
                unsure.iter().map(|slot| slot.name.as_str()).filter(|name| !values.contains_key(name)).collect();
            let shown = self.try_render(wording, &values).map_err(|error| {
                let help = format!(
                    "写成 {{% if 空位 %}}…{{% endif %}}，或用 needs 声明；这时未知的是：{}",
                    unknown.join("、")
                );
                match error.kind() {
                    ErrorKind::UndefinedError => broken("空位未知时，这段话术会露出空白").help(help),
                    _ => broken(&format!("话术无法渲染：{error}")),
                }
            })?;
            if let Some(flaw) = flaw(&shown) {
                let help = format!(
                    "未知：{}；渲染成：{shown}",
                    if unknown.is_empty() { "无".into() } else { unknown.join("、") }
                );
                return Err(broken(flaw).help(help).into());
            }
        }
        Ok(())
    }

    /// The text with the slots filled in.
    ///
    /// `None` only if a sure slot is missing, which the checks at load time rule out.
    pub fn render(&self, wording: &Wording, values: &Values<'_>) -> Option<String> {
        self.try_render(wording, values).ok()
    }

    fn try_render(&self, wording: &Wording, values: &Values<'_>) -> Result<String, minijinja::Error> {
        self.env.get_template(&wording.key)?.render(values)
    }
}

fn broken(message: &str) -> Diagnostic {
    Diagnostic::new(Code::Template, message)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn try_add(text: &str) -> Result<Wording, Box<Diagnostic>> {
        let slots = [Slot::sure("trouble", "变质"), Slot::unsure("customer", "王女士"), Slot::unsure("paid", "¥9.95")];
        Wordings::default().try_add("t".into(), text, &slots)
    }

    #[test]
    fn guarded_slots_are_fine() {
        let wording = try_add("{% if customer %}{{ customer }}，{% endif %}您好！关于{{ trouble }}").unwrap();
        assert_eq!(wording.slots, ["customer", "trouble"]);
        assert!(try_add("{{ customer or '亲' }}，您好！").is_ok());
    }

    #[test]
    fn faults_are_told() {
        for (text, part) in [
            ("{{ customer }}您好", "露出空白"),
            ("{{ custmer }}您好", "custmer"),
            ("{{ trouble", "写法有误"),
            ("{% if paid %}{{ paid }}{% endif %}，已退", "多余的标点"),
            ("{% if paid %}已退{% endif %}", "是空的"),
            ("{{ trouble }}{{ '{' }}", "花括号"),
        ] {
            let fault = try_add(text).expect_err(text);
            assert_eq!(fault.code, Code::Template);
            assert!(fault.message.contains(part), "{text}: {fault}");
        }
    }
}
