//! The ranks behind [`Pii::certainty`](super::Pii): how much of a structure was seen to hold.
//!
//! They order findings, so that a caller can set a floor. They are not probabilities: nothing was
//! fitted. `docs/design/privacy.md` has the measured precision of each kind.

/// Country, length and the ISO 7064 mod 97 check digits of an IBAN hold.
pub const IBAN: f64 = 0.99;
/// Issuer range, length, Luhn check digit and the usual grouping of a card number hold.
pub const CARD_GROUPED: f64 = 0.98;
/// Issuer range, length and Luhn check digit hold, the digits are not grouped or in an
/// unusual way.
pub const CARD_PLAIN: f64 = 0.95;
/// A URL with user information, or with a key that names a credential.
pub const URL_CREDENTIAL: f64 = 0.95;
/// A URL with an e-mail address or a JSON Web Token.
pub const URL_VALUE: f64 = 0.9;
/// A link.
pub const URL: f64 = 0.9;
/// A known form of token, key or private key.
pub const SECRET: f64 = 0.95;
/// The form of an address, and its check where it has one.
pub const CRYPTO: f64 = 0.95;
/// Six pairs or three groups of hexadecimal digits.
pub const MAC: f64 = 0.95;
/// An id whose check holds, behind a word for it.
pub const ID_NAMED: f64 = 0.98;
/// An id whose check holds, in a way of writing of its own or with letters.
pub const ID_ALONE: f64 = 0.9;
/// A value that looks the part behind a word that names it.
pub const IN_CONTEXT: f64 = 0.8;
/// The form of a British postcode with an area that exists.
pub const POSTCODE_FORM: f64 = 0.85;
/// A street with its number.
pub const ADDRESS: f64 = 0.75;
/// A name behind words that introduce one or a title.
pub const PERSON_NAMED: f64 = 0.8;
/// A listed first name in capitals.
pub const PERSON_LISTED: f64 = 0.6;
/// `@name`.
pub const HANDLE: f64 = 0.7;
/// A valid local part at a valid host name.
pub const EMAIL: f64 = 0.97;
/// The same, but the local part is longer than the 64 bytes of RFC 5321.
pub const EMAIL_LONG: f64 = 0.7;
/// An IPv6 address that `std::net` reads, or an IPv4 address next to a word like `IP`.
pub const IP_CERTAIN: f64 = 0.95;
/// Four octets that no word near by makes a version number.
pub const IP_SHAPE: f64 = 0.8;
/// `+` or `00`, a known country code and a national part of the length of that country.
pub const PHONE_INTERNATIONAL: f64 = 0.95;
/// A national shape behind a word like `phone`.
pub const PHONE_NATIONAL_IN_CONTEXT: f64 = 0.92;
/// A national shape with its trunk zero or area code in brackets.
pub const PHONE_NATIONAL: f64 = 0.85;
/// `+` and 8 to 15 digits that fit no country in the table.
pub const PHONE_PLUS: f64 = 0.75;
/// Digits of no known shape behind a word like `phone`.
pub const PHONE_CONTEXT: f64 = 0.7;
/// A national shape without a trunk zero: grouping alone speaks for it.
pub const PHONE_SHAPE: f64 = 0.6;
