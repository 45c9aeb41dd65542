//! The engine: runs the steps in order, text in, report out.

use crate::advise::{self, Handbook, Situation};
use crate::builtin;
use crate::case::Case;
use crate::diagnostic::Diagnostic;
use crate::draft::{self, Draft, Known, Sample};
use crate::error::LoadError;
use crate::judge::{self, Fired, Hinted, Judgement, Proof};
use crate::pool::Pool;
use crate::reply;
use crate::report::{Excluded, Explanation, Finding, Lint, Report, Verdict};
use crate::rules::circumstances::CategoryIndex;
use crate::rules::source::SourceFile;
use crate::rules::{Atom, RuleSet, Spelled};
use crate::segment::Segmenter;
use crate::shop::ShopProfile;
use crate::span::Span;
use crate::taxonomy::{Script, Stage};
use crate::text::Text;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

/// A compiled rule set, ready to assess complaints.
///
/// # Cost
/// [`builtin`](Self::builtin) reads what was compiled when the library was built; rules of your own are compiled when they
/// are loaded. Cloning is a reference count. [`assess`](Self::assess) is linear in the text; the first text that needs it
/// reads a small dictionary, in a few milliseconds.
///
/// # Threads
/// `Triage` is `Send + Sync`; any number of threads may assess with one value.
///
/// # Untrusted input
/// Any `&str` is fine, of any length. Rules are trusted: they come from the owner of the program.
#[derive(Debug, Clone)]
pub struct Triage {
    inner: Arc<Inner>,
    shop: Arc<ShopProfile>,
}

#[derive(Debug)]
struct Inner {
    rules: RuleSet,
    /// The dictionary with the lexicon's terms in it, for [`Triage::segment`].
    segmenter: OnceLock<Segmenter>,
    /// By atom, how a rule writes it, for [`Triage::explain`].
    spelled: OnceLock<Spelled>,
    /// Working memory for the rules and for the lints.
    complaints: Pool,
    drafts: Pool,
}

impl Triage {
    /// The built-in rules, read on the first call and shared by all later ones.
    ///
    /// ```
    /// let triage = tousu::Triage::builtin();
    /// assert!(triage.assess("买的手机用了两天就坏了").complaint);
    /// ```
    #[must_use]
    pub fn builtin() -> Self {
        static BUILTIN: OnceLock<Triage> = OnceLock::new();
        BUILTIN
            .get_or_init(|| match builtin::stored() {
                Ok(rules) => Self::from_rules(rules),
                // The rules are part of the program: a release whose own tests pass never comes here.
                Err(error) => unreachable!("the built-in rules cannot be read: {error}"),
            })
            .clone()
    }

    /// Starts a triage with rules of your own.
    ///
    /// ```
    /// let error = tousu::Triage::builder().rules_dir("no/such/folder").build().unwrap_err();
    /// assert!(error.is_io());
    /// ```
    pub fn builder() -> TriageBuilder {
        TriageBuilder { dir: None, files: Vec::new(), shop: ShopProfile::default() }
    }

    /// The same rules for a shop with these terms. Costs no more than a clone: the rules are shared.
    ///
    /// ```
    /// use tousu::{ShopProfile, Triage};
    ///
    /// let shop = ShopProfile::from_toml("shop.toml", "[shop]\nname = \"青禾小店\"")?;
    /// let triage = Triage::builtin().with_shop(shop);
    /// assert_eq!(triage.shop().name.as_deref(), Some("青禾小店"));
    /// # Ok::<(), tousu::LoadError>(())
    /// ```
    #[must_use]
    pub fn with_shop(&self, shop: ShopProfile) -> Self {
        Self { inner: Arc::clone(&self.inner), shop: Arc::new(shop) }
    }

    /// The terms of the shop that it advises; without limits where none were given.
    #[must_use]
    pub fn shop(&self) -> &ShopProfile {
        &self.shop
    }

    fn from_rules(rules: RuleSet) -> Self {
        let inner = Inner {
            rules,
            segmenter: OnceLock::new(),
            spelled: OnceLock::new(),
            complaints: Pool::default(),
            drafts: Pool::default(),
        };
        Self { inner: Arc::new(inner), shop: Arc::default() }
    }

    /// Assesses one complaint, given as text or as a [`Case`].
    ///
    /// Infallible: a text that reports no trouble gives `complaint: false` and empty findings. The same rules
    /// and the same case give the same report, bit for bit.
    ///
    /// ```
    /// let report = tousu::Triage::builtin().assess("快递走了八天才到，打开水果全烂了");
    /// assert_eq!(report.findings[0].category, "goods.spoiled");
    /// let proof = &report.findings[0].evidence[0];
    /// assert!(proof.span.of(&report.text).contains("烂"));
    /// ```
    pub fn assess<'t>(&self, case: impl Into<Case<'t>>) -> Report {
        let judged = self.judge(case.into());
        let situation = judged.situation(&self.shop);
        let advice = advise::advise(&self.inner.rules.advice, &situation);
        let texts = reply::compose(&self.inner.rules.advice, &situation, &advice);
        let facts = situation.facts();
        let Judged { case, judgement: Judgement { verdict, .. }, stage, script, .. } = judged;
        Report {
            text: case.text().to_owned(),
            id: case.id,
            complaint: verdict.complaint,
            confidence: verdict.confidence,
            findings: verdict.findings,
            blame: verdict.blame,
            demands: verdict.demands,
            stage,
            risks: verdict.risks,
            severity: verdict.severity,
            script,
            facts,
            questions: advice.questions,
            remedies: advice.remedies,
            plan: advice.plan,
            notices: advice.notices,
            replies: texts.replies,
            follow_ups: texts.follow_ups,
            closing: advice.closing,
            lessons: advice.lessons,
        }
    }

    /// Judges a text without advising: the findings, blame, demands, stage and risks that [`assess`](Self::assess) finds
    /// in it, for about half the time.
    ///
    /// ```
    /// let verdict = tousu::Triage::builtin().classify("快递走了八天才到，打开水果全烂了");
    /// assert_eq!(verdict.findings[0].category, "goods.spoiled");
    /// ```
    #[must_use]
    pub fn classify(&self, text: &str) -> Verdict {
        self.judge_text(&self.read(text)).verdict
    }

    /// The remedies that [`assess`](Self::assess) does not offer in this case, each with everything that stands against
    /// it: prohibited or discouraged, not possible at this stage, beyond the shop's own ceiling, outranked and so on.
    ///
    /// In the order of the rule files; empty where the text reports no trouble. Costs as much as assessing the case.
    ///
    /// ```
    /// use tousu::{Barrier, Case, Stage, Triage};
    ///
    /// let case = Case::new("苹果烂了一半，我要退款").stage(Stage::Received);
    /// let excluded = Triage::builtin().excluded(case);
    /// let why = |id: &str| excluded.iter().find(|remedy| remedy.id == id).map(|remedy| remedy.barriers[0].barrier);
    /// assert_eq!(why("review.pay_for_change"), Some(Barrier::Prohibited));
    /// assert_eq!(why("refund.before_shipping"), Some(Barrier::Stage));
    /// ```
    #[must_use]
    pub fn excluded<'t>(&self, case: impl Into<Case<'t>>) -> Vec<Excluded> {
        let judged = self.judge(case.into());
        if !judged.judgement.verdict.complaint {
            return Vec::new();
        }
        advise::excluded(&self.inner.rules.advice, &judged.situation(&self.shop))
    }

    /// The categories of some findings, by index.
    fn categories(&self, findings: &[Finding]) -> Vec<CategoryIndex> {
        findings.iter().map(|finding| self.inner.rules.advice.category(finding.category.as_str())).collect()
    }

    /// What the text amounts to, together with what the caller and the shop know.
    fn judge<'t>(&self, case: Case<'t>) -> Judged<'t> {
        let case = case.of_shop(&self.shop.name, self.shop.platform);
        let text = self.read(case.text());
        let judgement = self.judge_text(&text);
        let verdict = &judgement.verdict;
        Judged {
            categories: self.categories(&verdict.findings),
            stage: case.known_stage().unwrap_or(verdict.stage),
            script: case.script.or(text.script()).unwrap_or(Script::Simplified),
            judgement,
            case,
        }
    }

    /// The words of a text as byte ranges of it, terms of the lexicon kept whole.
    ///
    /// The first call loads the whole dictionary of jieba (some 30 MiB, 150 ms); nothing else needs it.
    ///
    /// ```
    /// let text = "快遞員把包裹丟了";
    /// let words = tousu::Triage::builtin().segment(text);
    /// assert_eq!(words[0].of(text), "快遞員");
    /// ```
    #[must_use]
    pub fn segment(&self, text: &str) -> Vec<Span> {
        let text = Text::new(text);
        let terms = || self.inner.rules.matcher.trie.strings().map(|(term, _)| term);
        let segmenter = self.inner.segmenter.get_or_init(|| Segmenter::with_words(terms()));
        let words = segmenter.words(text.normalized());
        words.into_iter().map(|word| text.source(word)).collect()
    }

    /// What a verdict was made of: every rule that fires, and every category considered, reported or not.
    ///
    /// For rule authors, and for fitting `calibration.toml` to labelled messages.
    ///
    /// ```
    /// let explanation = tousu::Triage::builtin().explain("手机坏了，但客服很好");
    /// assert!(explanation.firings.iter().any(|firing| firing.rule.as_str().starts_with("goods.defective/")));
    /// assert_eq!(explanation.candidates[0].category, "goods.defective");
    /// ```
    #[must_use]
    pub fn explain(&self, text: &str) -> Explanation {
        let text = self.read(text);
        let rules = &self.inner.rules;
        let spelled = self.inner.spelled.get_or_init(|| Spelled::new(&rules.matcher));
        let proof = self.proof(&text, |_, _| true);
        let mut words: Vec<String> =
            proof.hinted.words.iter().filter_map(|word| spelled.of(word.atom, word.denied)).collect();
        words.sort_unstable();
        judge::explain(&text, rules, &proof, words)
    }

    /// Everything the rules advise as such, apart from any complaint: practices with their standing and reasons, how to
    /// prevent each kind of trouble, guidelines, policies, and where all of it comes from.
    ///
    /// ```
    /// use tousu::Standing;
    ///
    /// let handbook = tousu::Triage::builtin().handbook();
    /// let banned = handbook.practices.iter().filter(|practice| practice.standing == Standing::Prohibited);
    /// assert!(banned.count() > 0);
    /// ```
    #[must_use]
    pub fn handbook(&self) -> Handbook {
        advise::handbook(&self.inner.rules.advice)
    }

    /// Finds what is wrong with an agent's own draft of an answer to the complaint of this report: the worst first.
    ///
    /// The draft is held against the report, the facts that were stated with the case, and what this shop lets an
    /// agent promise. Infallible and linear in the draft; any text is fine.
    ///
    /// ```
    /// use tousu::Triage;
    ///
    /// let triage = Triage::builtin();
    /// let report = triage.assess("单号根本查不到物流，你们到底发没发货");
    /// let draft = "我怎么知道，你找快递去。";
    /// let lints = triage.review_draft(draft, &report);
    /// assert_eq!(lints[0].span.of(draft), "我怎么知道");
    /// assert!(lints.iter().any(|lint| lint.id == "missing/apology"));
    /// ```
    #[must_use]
    pub fn review_draft(&self, draft: &str, report: &Report) -> Vec<Lint> {
        let lints = &self.inner.rules.lints;
        let customer = report.facts.customer.as_deref().map(|written| (written, self.read_draft(written)));
        let customer = customer.as_ref().map(|(written, (text, fired))| Draft { written, text, fired });
        let (text, fired) = self.read_draft(draft);
        let draft = Draft { written: draft, text: &text, fired: &fired };
        let categories = self.categories(&report.findings);
        draft::review(lints, &draft, &draft::known(report, &self.shop, customer), report, &categories)
    }

    /// Runs every rule and lint on its own `hits` and `misses`; empty when all do as they say.
    ///
    /// ```
    /// assert!(tousu::Triage::builtin().prove().is_empty());
    /// ```
    #[must_use]
    pub fn prove(&self) -> Vec<Diagnostic> {
        let rules = &self.inner.rules;
        if !rules.can_be_proven() {
            return match builtin::compiled() {
                Ok(rules) => Self::from_rules(rules).prove(),
                Err(error) => error.diagnostics().to_vec(),
            };
        }
        let mut faults = Vec::new();
        for (index, rule) in rules.rules.iter().enumerate() {
            let fires = |sentence: &str| {
                let fired = self.inner.complaints.fired(&self.read(sentence), &rules.matcher, &rules.rules);
                fired.iter().any(|fired| fired.rule == index)
            };
            faults.extend(rules.unproven(&format!("规则「{}」", rule.id), &rule.hits, &rule.misses, fires));
        }
        let sample = Sample::new();
        let (name, fired) = self.read_draft(sample.customer);
        for lint in &rules.lints.lints {
            let fires = |sentence: &str| {
                let customer = Draft { written: sample.customer, text: &name, fired: &fired };
                let (order, paid) = (Some(sample.order), sample.paid);
                let known = Known { customer: Some(customer), order, paid, powers: &sample.powers };
                let (text, fired) = self.read_draft(sentence);
                let draft = Draft { written: sentence, text: &text, fired: &fired };
                !draft::faults(lint, &draft, &known).is_empty()
            };
            faults.extend(rules.unproven(&format!("检查「{}」", lint.id), &lint.hits, &lint.misses, fires));
        }
        faults
    }

    fn judge_text(&self, text: &Text) -> Judgement {
        let proof = self.proof(text, |_, _| false);
        judge::judge(text, &self.inner.rules, &proof)
    }

    /// A text made even and its misspellings put right.
    fn read(&self, text: &str) -> Text {
        self.inner.rules.spellings.correct(Text::new(text))
    }

    /// What speaks for something in a buyer's text: the rules that fire, and at least those words that hint, together with
    /// those that are `wanted`.
    fn proof(&self, text: &Text, wanted: impl Fn(Atom, bool) -> bool) -> Proof {
        let RuleSet { matcher, rules, hints, .. } = &self.inner.rules;
        self.inner.complaints.match_with(text, matcher, |matching| {
            let fired = judge::fired(rules, matching);
            let wanted = |atom, denied| hints.knows(atom, denied) || wanted(atom, denied);
            let words = judge::words(rules, matching, &fired, wanted);
            Proof { fired, hinted: Hinted::new(hints, words) }
        })
    }

    /// An agent's text, and the rules of the lints that fire on it.
    fn read_draft(&self, written: &str) -> (Text, Vec<Fired>) {
        let lints = &self.inner.rules.lints;
        let text = self.read(written);
        let fired = self.inner.drafts.fired(&text, &lints.matcher, &lints.rules);
        (text, fired)
    }
}

/// A case and what its text amounts to.
struct Judged<'t> {
    case: Case<'t>,
    judgement: Judgement,
    /// The categories of the findings, by index.
    categories: Vec<CategoryIndex>,
    stage: Stage,
    script: Script,
}

impl Judged<'_> {
    /// What advice looks at: what the caller states beats what the text shows.
    fn situation<'s>(&'s self, shop: &'s ShopProfile) -> Situation<'s> {
        let Self { case, judgement: Judgement { verdict, goods, customer }, .. } = self;
        Situation {
            findings: &verdict.findings,
            categories: &self.categories,
            blame: &verdict.blame,
            demands: &verdict.demands,
            stage: self.stage,
            risks: &verdict.risks,
            severity: verdict.severity,
            script: self.script,
            goods: if case.goods.is_empty() { *goods } else { case.goods.iter().copied().collect() },
            customer: case.customer_kind.or(*customer),
            case,
            shop,
        }
    }
}

/// Gathers rules for a [`Triage`].
#[derive(Debug, Clone)]
#[must_use]
pub struct TriageBuilder {
    dir: Option<PathBuf>,
    files: Vec<SourceFile>,
    shop: ShopProfile,
}

impl TriageBuilder {
    /// Reads every `.toml` file below this folder instead of the built-in rules.
    pub fn rules_dir(mut self, path: impl AsRef<Path>) -> Self {
        self.dir = Some(path.as_ref().to_owned());
        self
    }

    /// Adds a rule file held in memory; given alone, it stands instead of the built-in rules.
    pub fn rules_text(mut self, name: impl Into<String>, text: impl Into<String>) -> Self {
        self.files.push(SourceFile { name: name.into(), text: text.into() });
        self
    }

    /// The terms of the shop to advise; without them nothing is limited.
    pub fn shop(mut self, shop: ShopProfile) -> Self {
        self.shop = shop;
        self
    }

    /// Compiles the rules.
    ///
    /// # Errors
    /// If the folder cannot be read, or with every fault found in the rule files at once.
    pub fn build(self) -> Result<Triage, LoadError> {
        let mut files = match &self.dir {
            Some(dir) => RuleSet::read_dir(dir)?,
            None if self.files.is_empty() => return Ok(Triage::builtin().with_shop(self.shop)),
            None => Vec::new(),
        };
        files.extend(self.files);
        Ok(Triage::from_rules(RuleSet::from_files(files)?).with_shop(self.shop))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn triage_is_shared_between_threads() {
        fn shared<T: Send + Sync>() {}
        shared::<Triage>();
    }
}
