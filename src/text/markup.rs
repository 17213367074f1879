//! HTML left in messages: entities and tags.

/// Longest entity and tag looked for, in bytes; keeps the search linear.
const MAX_ENTITY: usize = 12;
const MAX_TAG: usize = 240;

/// Named entities that occur in messages, with the character they stand for (HTML 4.01, section 24, and four signs of addresses of HTML 5).
const NAMED: [(&str, char); 28] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", ' '),
    ("commat", '@'),
    ("period", '.'),
    ("colon", ':'),
    ("sol", '/'),
    ("hellip", '…'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("euro", '€'),
    ("pound", '£'),
    ("copy", '©'),
    ("reg", '®'),
    ("auml", 'ä'),
    ("ouml", 'ö'),
    ("uuml", 'ü'),
    ("szlig", 'ß'),
    ("eacute", 'é'),
    ("egrave", 'è'),
    ("commat", '@'),
];

/// Elements whose tags are taken out. Anything else in angle brackets is the writer's own.
const ELEMENTS: [&str; 30] = [
    "a",
    "abbr",
    "b",
    "big",
    "blockquote",
    "br",
    "center",
    "code",
    "div",
    "em",
    "font",
    "h1",
    "h2",
    "h3",
    "hr",
    "i",
    "img",
    "li",
    "ol",
    "p",
    "pre",
    "s",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "table",
    "u",
    "ul",
];

/// The character an entity at the start of `rest` stands for, and the entity's length in bytes.
pub(super) fn entity(rest: &str) -> Option<(char, usize)> {
    let window = rest.as_bytes().get(..MAX_ENTITY.min(rest.len()))?;
    let end = window.iter().position(|&b| b == b';')?;
    let name = rest.get(1..end)?;
    let c = if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        char::from_u32(code)?
    } else {
        NAMED.iter().find(|(known, _)| *known == name)?.1
    };
    Some((c, end + 1))
}

/// Length in bytes of an HTML tag at the start of `rest`.
///
/// A tag whose attributes could hold personal data (an address, a link, a row of digits) is left
/// in place, so that the redactor sees it.
pub(super) fn tag(rest: &str) -> Option<usize> {
    let window = &rest.as_bytes()[..MAX_TAG.min(rest.len())];
    let end = 1 + window[1..].iter().position(|&b| b == b'>' || b == b'<')?;
    if window[end] != b'>' {
        return None;
    }
    let inner = rest.get(1..end)?;
    let inner = inner.strip_prefix('/').unwrap_or(inner);
    let inner = inner.strip_suffix('/').unwrap_or(inner);
    let name_end = inner.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inner.len());
    let (name, attributes) = inner.split_at(name_end);
    let known = ELEMENTS.iter().any(|element| element.eq_ignore_ascii_case(name));
    let spaced = attributes.is_empty() || attributes.starts_with(char::is_whitespace);
    let digits = attributes.bytes().filter(u8::is_ascii_digit).count();
    let telling = !attributes.is_ascii()
        || digits > 4
        || attributes.contains('@')
        || attributes.contains('&')
        || attributes.contains("//");
    (known && spaced && !telling).then_some(end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_are_decoded_and_others_left() {
        assert_eq!(entity("&amp;x"), Some(('&', 5)));
        assert_eq!(entity("&#64;x"), Some(('@', 5)));
        assert_eq!(entity("&#x40;"), Some(('@', 6)));
        assert_eq!(entity("& x; "), None);
        assert_eq!(entity("&unknown;"), None);
        assert_eq!(entity("&#xD800;"), None);
        assert_eq!(entity("&"), None);
    }

    #[test]
    fn tags_are_known_elements_only() {
        assert_eq!(tag("<br>ok"), Some(4));
        assert_eq!(tag("</p>"), Some(4));
        assert_eq!(tag("<b class=\"x\">"), Some(13));
        assert_eq!(tag("<3 you"), None);
        assert_eq!(tag("<love>"), None);
        assert_eq!(tag("<"), None);
        assert_eq!(tag("<a href=\"mailto:x@example.com\">"), None);
    }
}
