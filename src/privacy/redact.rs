//! Writes a text without the personal data found in it.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::detectors::Detectors;
use super::mode::{self, Edit, Mode, origin};
use super::phrases::{Folded, Phrases};
use super::session::Session;
use super::{Pii, PiiType, RedactOptions, Redaction, Removed, find_all, near, overlap, token};
use crate::error::{Error, Result};
use crate::limits;
use crate::order::Sorted;
use crate::span::Span;
use crate::text::{Normalized, any_byte};

/// How often the result is read again before the text is refused. Taking data out can join what
/// was apart; each round only ever takes out more, and ordinary text needs none.
const MAX_ROUNDS: usize = 16;

/// What was found: a type of the engine, a phrase of the deny list, or a detector of the caller's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Known(PiiType),
    Denied,
    Custom(u16),
}

/// Slug and label of what the deny list takes out.
pub(super) const DENIED: (&str, &str) = ("denied", "DENIED");

/// One place to take out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Hit {
    pub kind: Kind,
    pub span: Span,
    pub certainty: f64,
    pub validated: bool,
    variety: Option<&'static str>,
    /// Nothing of it may be kept: what was kept read as a value by itself.
    pub bare: bool,
}

impl Hit {
    pub fn own(kind: Kind, span: Span, certainty: f64, validated: bool) -> Hit {
        Hit { kind, span, certainty, validated, variety: None, bare: false }
    }
}

impl From<Pii> for Hit {
    fn from(pii: Pii) -> Hit {
        let Pii { kind, span, certainty, validated, variety } = pii;
        Hit { kind: Kind::Known(kind), span, certainty, validated, variety, bare: false }
    }
}

/// Options, ready for many texts. Holds no text; what stays the same over texts is the [`Session`]'s.
#[derive(Debug, Clone)]
pub struct Redactor {
    pub(super) options: RedactOptions,
    allow: Phrases,
    /// Endings of allowed values: those given with `*` in front, folded.
    allow_ends: Vec<String>,
    deny: Phrases,
}

impl Default for Redactor {
    /// With the default options.
    fn default() -> Redactor {
        Redactor {
            options: RedactOptions::default(),
            allow: Phrases::default(),
            allow_ends: Vec::new(),
            deny: Phrases::default(),
        }
    }
}

impl Redactor {
    /// # Errors
    /// [`Error::Option`] when `max_text_bytes` is above [`limits::MAX_TEXT_BYTES`] or a mode needs a key that
    /// is not there.
    pub fn new(options: RedactOptions) -> Result<Redactor> {
        let refuse = |name: &str, what: String| Err(Error::Option { name: name.into(), what });
        if options.max_text_bytes > limits::MAX_TEXT_BYTES {
            return refuse("maxTextBytes", format!("{} is over {}", options.max_text_bytes, limits::MAX_TEXT_BYTES));
        }
        let keyed = options.mode == Mode::Keyed || options.modes.iter().any(|(_, mode)| *mode == Mode::Keyed);
        if keyed && options.key.is_none() {
            return refuse("key", "is required by the mode keyed".into());
        }
        let (ends, whole): (Vec<&String>, Vec<&String>) =
            options.allow.iter().partition(|entry| entry.starts_with('*'));
        let fold = |end: &&String| Folded::new(Normalized::new(end).text()).text;
        let allow = Phrases::new(whole.into_iter().map(|entry| (entry.as_str(), 0)));
        let allow_ends = ends.iter().map(fold).filter(|end| !end.is_empty()).collect();
        let deny = Phrases::new(options.deny.iter().map(|entry| (entry.as_str(), 0)));
        Ok(Redactor { options, allow, allow_ends, deny })
    }

    /// `text` without the personal data of the kinds asked for, pseudonyms numbered by `session`.
    ///
    /// Everything outside the reported spans is the same byte for byte, and the result redacted again
    /// with the same options is the same text. `O(bytes)` per round, at most 16 rounds, rarely two.
    ///
    /// # Errors
    /// Fails closed, never with a half-redacted text: [`Error::TextTooLarge`] over
    /// `options.max_text_bytes`, [`Error::Field`] with more than [`limits::MAX_SPANS`] findings, with more
    /// values than a session numbers, or when the result would still hold findings after the last round.
    pub fn redact(&self, text: &str, session: &mut Session) -> Result<Redaction> {
        self.check_length(text)?;
        self.settled(text, self.find(text), session)
    }

    pub(super) fn check_length(&self, text: &str) -> Result<()> {
        let limit = self.options.max_text_bytes;
        if text.len() <= limit { Ok(()) } else { Err(Error::TextTooLarge { limit, actual: text.len() }) }
    }

    fn settled(&self, text: &str, hits: Vec<Hit>, session: &mut Session) -> Result<Redaction> {
        let hits = self.settle(text, hits)?;
        let redacted = self.render(text, &hits, Some(session))?.0;
        let mut counts = BTreeMap::new();
        for hit in &hits {
            *counts.entry(self.slug(hit.kind).into_owned()).or_insert(0) += 1;
        }
        Ok(Redaction { text: redacted, pii: hits.iter().map(|hit| self.removed(hit)).collect(), counts })
    }

    /// Everything that must go, so that nothing is found in what is left.
    pub(super) fn settle(&self, text: &str, mut hits: Vec<Hit>) -> Result<Vec<Hit>> {
        for _ in 0..MAX_ROUNDS {
            if hits.len() > limits::MAX_SPANS {
                return Err(refused("more than 4096 pieces of personal data"));
            }
            if hits.is_empty() {
                return Ok(hits);
            }
            let (redacted, edits) = self.render(text, &hits, None)?;
            let left = near::find_again(self, &redacted, &edits);
            if left.is_empty() {
                return Ok(hits);
            }
            let back: Vec<Hit> = left.into_iter().map(|hit| Hit { span: origin(&edits, hit.span), ..hit }).collect();
            let mut grown = join(hits.iter().chain(&back).copied().collect());
            if grown.iter().map(|hit| hit.span).eq(hits.iter().map(|hit| hit.span)) {
                // What was kept of a value reads as a value by itself: keep nothing of that one.
                let mut back = back.iter().peekable();
                for hit in &mut grown {
                    while back.next_if(|left| left.span.end <= hit.span.start).is_some() {}
                    hit.bare |= back.peek().is_some_and(|left| left.span.overlaps(&hit.span));
                }
            }
            hits = grown;
        }
        Err(refused("does not come to rest when redacted"))
    }

    /// True where the caller lists phrases or detectors, which may be long and stand in any context.
    pub(super) fn has_own(&self) -> bool {
        !self.deny.is_empty() || self.options.detectors.is_some()
    }

    /// All that is to be taken out of `text` as it stands, sorted and apart.
    pub(super) fn find(&self, text: &str) -> Vec<Hit> {
        let is_label = |name: &str| self.is_label(name);
        let plain = if any_byte(text.as_bytes(), b' ', |b| b == b'[') { token::plain(text, &is_label) } else { None };
        let read = plain.as_ref().map_or(text, |plain| plain.text.as_str());
        let normal = Normalized::new(read);
        let mut hits: Vec<Hit> = find_all(&normal, &self.options.types).into_iter().map(Hit::from).collect();
        if self.has_own() {
            self.find_own(&normal, &mut hits);
        }
        if let Some(plain) = &plain {
            hits.retain(|hit| {
                let at = plain.tokens.partition_point(|token| token.result.end < hit.span.end);
                let covers = |token: &Edit| token.result.start <= hit.span.start && hit.span.end <= token.result.end;
                !plain.tokens.get(at).is_some_and(covers)
            });
            for hit in &mut hits {
                hit.span = origin(&plain.tokens, hit.span);
            }
        }
        hits.retain(|hit| self.is_wanted(hit, &text[hit.span.start..hit.span.end]));
        if self.has_own() { join(hits) } else { hits }
    }

    /// Adds what the deny list and the detectors of the caller find.
    fn find_own(&self, normal: &Normalized, hits: &mut Vec<Hit>) {
        let text = normal.text();
        let folded = Folded::new(text);
        let from = hits.len();
        self.deny.find(&folded, |span, _| hits.push(Hit::own(Kind::Denied, folded.source(text, span), 1.0, false)));
        if let Some(detectors) = &self.options.detectors {
            detectors.find(text, &folded, hits);
        }
        for hit in &mut hits[from..] {
            hit.span = overlap::widen(normal.original(), normal.to_original(hit.span));
        }
    }

    /// False for what the caller allows, and for what is written already as its mode would write it.
    pub(super) fn is_wanted(&self, hit: &Hit, value: &str) -> bool {
        let mode = self.mode(hit.kind);
        if matches!(mode, Mode::Mask | Mode::Partial) && value.contains('*') {
            let mut written = String::new();
            self.write_plainly(hit, mode, value, &mut written);
            if written == value {
                return false;
            }
        }
        if hit.kind == Kind::Denied || (self.allow.is_empty() && self.allow_ends.is_empty()) {
            return true;
        }
        let folded = Folded::new(Normalized::new(value).text()).text;
        !self.allow.is_listed(value) && !self.allow_ends.iter().any(|end| folded.ends_with(end.as_str()))
    }

    /// The text with sorted, separate, well-placed spans replaced. Without a session pseudonyms are labels.
    pub(super) fn render(
        &self,
        text: &str,
        hits: &[Hit],
        mut session: Option<&mut Session>,
    ) -> Result<(String, Vec<Edit>)> {
        let mut out = String::with_capacity(text.len());
        let mut edits = Vec::with_capacity(hits.len());
        let mut done = 0;
        for hit in hits {
            out.push_str(&text[done..hit.span.start]);
            let start = out.len();
            self.write(hit, &text[hit.span.start..hit.span.end], session.as_deref_mut(), &mut out)?;
            edits.push(Edit { result: Span::new(start, out.len()), source: hit.span });
            done = hit.span.end;
        }
        out.push_str(&text[done..]);
        Ok((out, edits))
    }

    /// Writes what stands for `value`.
    pub(super) fn write(&self, hit: &Hit, value: &str, session: Option<&mut Session>, out: &mut String) -> Result<()> {
        let mode = self.mode(hit.kind);
        match (mode, session, &self.options.key) {
            (Mode::Numbered, Some(session), _) => out.push_str(&session.number(&self.label(hit.kind), value)?),
            (Mode::Keyed, Some(session), Some(key)) => {
                out.push_str(&session.keyed(key, &self.label(hit.kind), value));
            }
            _ => self.write_plainly(hit, mode, value, out),
        }
        Ok(())
    }

    fn write_plainly(&self, hit: &Hit, mode: Mode, value: &str, out: &mut String) {
        match mode {
            Mode::Remove => {}
            Mode::Mask => mode::mask(value, hit.bare, out),
            Mode::Partial => {
                let known = if let Kind::Known(kind) = hit.kind { Some(kind) } else { None };
                mode::partial(known, value, hit.bare, out);
            }
            _ => out.extend(["[", &self.label(hit.kind), "]"]),
        }
    }

    fn removed(&self, hit: &Hit) -> Removed {
        let Hit { span, certainty, validated, variety, .. } = *hit;
        Removed { kind: self.slug(hit.kind), span, certainty, validated, variety }
    }

    /// How values of this kind are written.
    pub(super) fn mode(&self, kind: Kind) -> Mode {
        if self.options.modes.is_empty() {
            return self.options.mode;
        }
        let slug = self.slug(kind);
        let own = self.options.modes.iter().find(|(of, _)| *of == slug);
        own.map_or(self.options.mode, |(_, mode)| *mode)
    }

    /// The slug of a kind, as results and options name it.
    pub(super) fn slug(&self, kind: Kind) -> Cow<'static, str> {
        match kind {
            Kind::Known(kind) => kind.slug().into(),
            Kind::Denied => DENIED.0.into(),
            Kind::Custom(at) => self.detectors().id(at).to_string().into(),
        }
    }

    /// The name inside the brackets of a token.
    fn label(&self, kind: Kind) -> Cow<'_, str> {
        match kind {
            Kind::Known(kind) => name_of(kind).into(),
            Kind::Denied => DENIED.1.into(),
            Kind::Custom(at) => self.detectors().label(at).into(),
        }
    }

    fn is_label(&self, name: &str) -> bool {
        PiiType::ALL.into_iter().any(|kind| name_of(kind) == name)
            || name == DENIED.1
            || self.detectors().is_label(name)
    }

    /// What is wrong or doubtful about the detectors; see [`Detectors::lint`].
    pub fn lint(&self) -> Vec<super::detectors::Finding> {
        self.detectors().lint()
    }

    fn detectors(&self) -> &Detectors {
        static NONE: Detectors = Detectors::NONE;
        self.options.detectors.as_deref().unwrap_or(&NONE)
    }

    /// True when all of `value` is a token.
    pub(super) fn is_token(&self, value: &str) -> bool {
        token::is_token(value, &|name| self.is_label(name))
    }
}

/// The name inside the brackets of the label.
fn name_of(kind: PiiType) -> &'static str {
    let label = kind.label();
    &label[1..label.len() - 1]
}

/// `text` without personal data, by options used once; see [`Redactor::redact`]. Numbers begin at 1.
pub fn redact(text: &str, options: &RedactOptions) -> Result<Redaction> {
    Redactor::new(options.clone())?.redact(text, &mut Session::new())
}

/// As [`redact`], for a text within the limits whose findings of the types asked for are known, all
/// of them, from [`super::detect`]. The options have no lists and no detectors.
pub(crate) fn settle(text: &str, pii: Vec<Pii>, options: &RedactOptions) -> Result<Redaction> {
    let redactor = Redactor::new(options.clone())?;
    // Inside tokens nothing is looked for: those texts are read again.
    let hits = if text.contains('[') { redactor.find(text) } else { pii.into_iter().map(Hit::from).collect() };
    redactor.settled(text, hits, &mut Session::new())
}

/// `text` with the spans of `pii` replaced, for callers that have detected already. Pseudonyms are labels.
///
/// Spans may come in any order; they are cut to the text, grown to character boundaries, and
/// joined where they overlap. The result is not read again: see [`redact`] for that promise.
pub fn redact_spans(text: &str, pii: &[Pii], mode: Mode) -> String {
    let widened = pii.iter().map(|one| Pii { span: overlap::widen(text, one.span), ..*one });
    let hits: Vec<Hit> = overlap::resolve(widened.collect()).into_iter().map(Hit::from).collect();
    let (mut out, mut done) = (String::with_capacity(text.len()), 0);
    for hit in hits {
        out.push_str(&text[done..hit.span.start]);
        let value = &text[hit.span.start..hit.span.end];
        match (mode, hit.kind) {
            (Mode::Remove, _) => {}
            (Mode::Mask, _) => mode::mask(value, false, &mut out),
            (Mode::Partial, Kind::Known(kind)) => mode::partial(Some(kind), value, false, &mut out),
            (_, Kind::Known(kind)) => out.push_str(kind.label()),
            _ => {}
        }
        done = hit.span.end;
    }
    out.push_str(&text[done..]);
    out
}

fn refused(what: &str) -> Error {
    Error::Field { field: "text".into(), what: what.into() }
}

/// `hits` sorted and apart. Where they overlap the caller's own kind, then the weightier, then the more certain one
/// stays, and grows over all of them.
fn join(mut hits: Vec<Hit>) -> Vec<Hit> {
    hits.retain(|hit| !hit.span.is_empty());
    hits.order_by_key(|hit| (hit.span.start, std::cmp::Reverse(hit.span.end)));
    let weight = |hit: &Hit| match hit.kind {
        Kind::Known(kind) => (0, overlap::weight(kind), hit.certainty),
        Kind::Denied => (1, 0, hit.certainty),
        Kind::Custom(at) => (2, usize::MAX - usize::from(at), hit.certainty),
    };
    let mut kept: Vec<Hit> = Vec::with_capacity(hits.len());
    for hit in hits {
        match kept.last_mut() {
            Some(last) if last.span.overlaps(&hit.span) => {
                let span = Span::new(last.span.start, last.span.end.max(hit.span.end));
                let bare = last.bare | hit.bare;
                if weight(&hit) > weight(last) {
                    *last = hit;
                }
                (last.span, last.bare) = (span, bare);
            }
            _ => kept.push(hit),
        }
    }
    kept
}
