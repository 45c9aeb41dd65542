//! One even form for everything a buyer may type, each character with the bytes it stood for.
//!
//! Character by character: full width becomes half width, punctuation one form a kind, ASCII lower
//! case, Traditional becomes Simplified; what cannot be seen (zero width, direction marks, variation
//! selectors, controls, combining marks, skin tones) goes.
//! Across characters: damage by bracketed pinyin goes ("應(yīng)" is 应), separators pushed between
//! characters go ("退-款" is 退款), a character said three times or more is said once.
//!
//! Normalising what is already even changes nothing.

use std::sync::LazyLock;

use super::clauses::is_han;
use super::script;
use crate::taxonomy::Script;

/// One normalised character and the bytes of the original it stands for.
#[derive(Clone, Copy)]
pub(super) struct Glyph {
    pub ch: char,
    pub start: u32,
    pub end: u32,
}

/// Undoing one kind of damage can lay bare another; so many times is it tried again.
/// Real text settles at once; the bound keeps hostile text linear.
const MAX_ROUNDS: usize = 8;

/// The glyphs of `original`, as far as a `u32` can point into it, and the script it is written in.
pub(super) fn glyphs(original: &str) -> (Vec<Glyph>, Option<Script>) {
    let (mut glyphs, script) = fold(original);
    // Two alike, or something that is no word: without either nothing can change.
    let uneven = |pair: &[Glyph]| pair[0].ch == pair[1].ch || !is_wordy(pair[0].ch);
    if !glyphs.windows(2).any(uneven) {
        return (glyphs, script);
    }
    let toned = glyphs.iter().any(|glyph| is_toned(glyph.ch));
    for _ in 0..MAX_ROUNDS {
        let before = glyphs.len();
        if toned {
            drop_pinyin(&mut glyphs);
        }
        collapse_repeats(&mut glyphs);
        join_split(&mut glyphs);
        if glyphs.len() == before {
            break;
        }
    }
    (glyphs, script)
}

// ── Character by character ──────────────────────────────────────────────────────────────────────

/// What becomes of each character of the basic plane: its even form in the low 16 bits (0: none),
/// and whether it betrays the script it is written in. A table, because this decides the speed.
static FOLD: LazyLock<Box<[u32]>> = LazyLock::new(|| {
    let mut table: Box<[u32]> =
        (0..0x1_0000).map(|code| char::from_u32(code).and_then(even).map_or(0, u32::from)).collect();
    for pair in script::to_traditional().filter(|pair| pair.telling) {
        table[pair.from as usize] |= SIMPLIFIED;
    }
    for pair in script::to_simplified() {
        table[pair.from as usize] = pair.to as u32 | if pair.telling { TRADITIONAL } else { 0 };
    }
    table
});
const SIMPLIFIED: u32 = 1 << 16;
const TRADITIONAL: u32 = 1 << 17;

fn fold(original: &str) -> (Vec<Glyph>, Option<Script>) {
    let table = &**FOLD;
    let mut glyphs = Vec::with_capacity(original.len() / 2);
    let (mut simplified, mut traditional) = (0, 0);
    for (start, c) in original.char_indices() {
        let end = start + c.len_utf8();
        let (Ok(start), Ok(end)) = (u32::try_from(start), u32::try_from(end)) else {
            break;
        };
        let ch = match table.get(c as usize) {
            Some(&entry) => {
                simplified += usize::from(entry & SIMPLIFIED != 0);
                traditional += usize::from(entry & TRADITIONAL != 0);
                char::from_u32(entry & 0xFFFF).filter(|&ch| ch != '\0')
            }
            None => even(c),
        };
        if let Some(ch) = ch {
            glyphs.push(Glyph { ch, start, end });
        }
    }
    (glyphs, script::of_counts(simplified, traditional))
}

/// The even form of a character, scripts aside; `None` when it goes.
fn even(c: char) -> Option<char> {
    Some(match c {
        '\t' => '\t',
        '\n' | '\r' | '\u{0B}' | '\u{0C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
        c if is_invisible(c) => return None,
        '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}' => ' ',
        'A'..='Z' => c.to_ascii_lowercase(),
        '，' | '﹐' | '،' => ',',
        '﹑' | '､' => '、',
        '｡' => '。',
        '﹒' => '.',
        '；' | '﹔' => ';',
        '：' | '﹕' | '︰' => ':',
        '！' | '﹗' => '!',
        '？' | '﹖' => '?',
        '（' | '﹙' => '(',
        '）' | '﹚' => ')',
        '【' | '〔' | '［' | '〖' => '[',
        '】' | '〕' | '］' | '〗' => ']',
        '「' | '『' | '“' | '„' | '〝' | '｢' | '﹁' => '“',
        '」' | '』' | '”' | '〞' | '｣' | '﹂' => '”',
        '‘' | '’' | '‛' | '′' | '＇' => '\'',
        '⋯' | '‥' | '︙' => '…',
        '～' | '〜' | '〰' | '∼' | '˜' => '~',
        '‐' | '‑' | '‒' | '−' | '－' | '﹣' => '-',
        '–' | '—' | '―' | '─' | '━' => '—',
        '•' | '‧' | '・' | '･' | '∙' | '⋅' => '·',
        '￥' => '¥',
        '﹪' => '%',
        '＊' | '﹡' | '∗' | '✱' => '*',
        // The rest of full width is ASCII at a fixed distance.
        '！'..='～' => char::from_u32(c as u32 - 0xFEE0)?.to_ascii_lowercase(),
        c => c,
    })
}

fn is_invisible(c: char) -> bool {
    matches!(c,
        '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{AD}' | '\u{61C}'
        | '\u{115F}' | '\u{1160}' | '\u{3164}' | '\u{FFA0}' // Hangul fillers
        | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF0}'..='\u{FFFB}'
        | '\u{E0000}'..='\u{E0FFF}' // tags, variation selectors
        | '\u{FE00}'..='\u{FE0F}'
        | '\u{1F3FB}'..='\u{1F3FF}' // skin tones
    ) || is_combining(c)
}

fn is_combining(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36F}' | '\u{483}'..='\u{489}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}'
        | '\u{20D0}'..='\u{20FF}' | '\u{302A}'..='\u{302F}' | '\u{3099}' | '\u{309A}' | '\u{FE20}'..='\u{FE2F}')
}

// ── Across characters ───────────────────────────────────────────────────────────────────────────

/// Drops `(yīng)` after a Chinese character.
///
/// The damage is known by a tone mark. Toneless syllables ("(de)") count as well, because this runs
/// only on text that has toned ones; "(ok)" and "(max)" are no syllables and stay.
fn drop_pinyin(glyphs: &mut Vec<Glyph>) {
    /// The longest syllable is `zhuang`.
    const LONGEST: usize = 6;
    let mut kept = 0;
    let mut at = 0;
    while at < glyphs.len() {
        if glyphs[at].ch == '(' && kept > 0 && is_han(glyphs[kept - 1].ch) {
            let inside = &glyphs[at + 1..];
            let letters = inside.iter().take(LONGEST + 1).take_while(|g| g.ch.is_lowercase()).count();
            let closed = inside.get(letters).is_some_and(|g| g.ch == ')');
            if closed && (1..=LONGEST).contains(&letters) && is_pinyin(&inside[..letters]) {
                at += letters + 2;
                continue;
            }
        }
        glyphs[kept] = glyphs[at];
        kept += 1;
        at += 1;
    }
    glyphs.truncate(kept);
}

fn is_toned(c: char) -> bool {
    matches!(
        c,
        'ā' | 'á'
            | 'ǎ'
            | 'à'
            | 'ē'
            | 'é'
            | 'ě'
            | 'è'
            | 'ī'
            | 'í'
            | 'ǐ'
            | 'ì'
            | 'ō'
            | 'ó'
            | 'ǒ'
            | 'ò'
            | 'ū'
            | 'ú'
            | 'ǔ'
            | 'ù'
            | 'ǖ'
            | 'ǘ'
            | 'ǚ'
            | 'ǜ'
            | 'ń'
            | 'ň'
            | 'ǹ'
            | 'ḿ'
    )
}

/// Whether the letters are a syllable: toned, or a known initial with a known final.
fn is_pinyin(letters: &[Glyph]) -> bool {
    const FINALS: [&str; 36] = [
        "a", "ai", "an", "ang", "ao", "e", "ei", "en", "eng", "er", "i", "ia", "ian", "iang", "iao", "ie", "in", "ing",
        "iong", "iu", "o", "ong", "ou", "u", "ua", "uai", "uan", "uang", "ue", "ui", "un", "uo", "v", "ve", "ü", "üe",
    ];
    if letters.iter().any(|g| is_toned(g.ch)) {
        return true;
    }
    let syllable: String = letters.iter().map(|g| g.ch).collect();
    let after_initial = ["zh", "ch", "sh"]
        .iter()
        .find_map(|initial| syllable.strip_prefix(initial))
        .or_else(|| syllable.strip_prefix(|c| "bpmfdtnlgkhjqxrzcsyw".contains(c)))
        .unwrap_or(&syllable);
    FINALS.contains(&after_initial)
}

/// Says once what is said three times or more, and leaves one of any run of spaces or line breaks.
///
/// Digits and Latin letters are left alone: "1000" and "www" mean what they say.
/// A run of full stops is an ellipsis.
fn collapse_repeats(glyphs: &mut Vec<Glyph>) {
    let mut kept = 0;
    let mut at = 0;
    while at < glyphs.len() {
        let ch = glyphs[at].ch;
        let run = glyphs[at..].iter().take_while(|g| g.ch == ch).count();
        let left = match ch {
            ' ' | '\t' | '\n' | '…' => 1,
            _ if run < 3 || (ch.is_alphanumeric() && !is_han(ch)) => run,
            _ => 1,
        };
        for offset in 0..left {
            glyphs[kept] = glyphs[at + offset];
            kept += 1;
        }
        if run >= 3 && matches!(ch, '.' | '。') {
            glyphs[kept - 1].ch = '…';
        }
        at += run;
    }
    glyphs.truncate(kept);
}

/// Removes a separator pushed into a word: "退-款", "假 货".
fn join_split(glyphs: &mut Vec<Glyph>) {
    let mut kept = 0;
    // The token that ends here, counted afresh after every separator, removed or not.
    let mut token = Token::default();
    for at in 0..glyphs.len() {
        let ch = glyphs[at].ch;
        if is_wordy(ch) {
            token = Token { len: token.len + 1, last: ch };
        } else {
            let before = std::mem::take(&mut token);
            let following = &glyphs[at + 1..];
            if splits_word(before, ch, following) || splits_number(before, ch, following) {
                continue;
            }
        }
        glyphs[kept] = glyphs[at];
        kept += 1;
    }
    glyphs.truncate(kept);
}

/// A run of letters, digits and Chinese characters that ends at some place.
#[derive(Clone, Copy, Default)]
struct Token {
    len: usize,
    last: char,
}

fn is_wordy(c: char) -> bool {
    is_han(c) || c.is_alphanumeric()
}

/// Whether `separator` stands inside a word, between the token `before` it and the one that follows.
fn splits_word(before: Token, separator: char, following: &[Glyph]) -> bool {
    let Some(next) = following.first().map(|g| g.ch) else {
        return false;
    };
    if before.len == 0 || before.len > 2 || !is_han(before.last) || !is_han(next) {
        return false;
    }
    let after = following.iter().take(3).take_while(|g| is_wordy(g.ch)).count();
    match separator {
        // These also end a clause: both sides must be a lone character.
        ' ' | '.' | '~' => before.len == 1 && after == 1,
        // A star before a unit hides a figure: "还要*元".
        '*' if COUNTED.contains(next) => false,
        '*' | '-' | '·' | '_' | '|' | '+' | '—' | '^' | '=' | '`' | '\'' | '#' => {
            after <= 2 && (before.len == 1 || after == 1)
        }
        _ => false,
    }
}

/// Whether `separator` is a space set around a figure by typographic habit: the one in "3 天" goes,
/// and both in "等了 3 天"; those in "收到了 3天就坏" and "只要300 我就买了" divide clauses and stay.
fn splits_number(before: Token, separator: char, following: &[Glyph]) -> bool {
    const LONGEST: usize = 8;
    let counts = |glyph: Option<&Glyph>| glyph.is_some_and(|g| COUNTED.contains(g.ch));
    if separator != ' ' || before.len == 0 {
        return false;
    }
    if before.last.is_ascii_digit() {
        return counts(following.first());
    }
    let digits = following.iter().take(LONGEST).take_while(|g| g.ch.is_ascii_digit()).count();
    is_han(before.last)
        && digits > 0
        && following.get(digits).is_some_and(|g| g.ch == ' ')
        && counts(following.get(digits + 1))
}

/// What is likely to be counted by a figure before it.
const COUNTED: &str = "元块毛角天日月年周号点时秒个件斤克升箱盒瓶包袋双条张台次分小折星码寸";
