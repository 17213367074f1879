//! The kinds of personal data and what they are called.

use serde::{Serialize, Serializer};

/// A kind of personal data. `docs/design/privacy.md` says for each what is looked for and what must hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PiiType {
    Email,
    Phone,
    Card,
    Iban,
    /// A domestic account number, in context.
    BankAccount,
    Ip,
    Mac,
    /// Any URL with a scheme or `www.`.
    Url,
    /// A URL that carries credentials, a token or an e-mail address.
    UrlToken,
    /// A web token, an API key with a well-known prefix, a private key.
    Secret,
    /// The address of a crypto currency.
    Crypto,
    /// A number a state gives to a person.
    NationalId,
    /// A number a state gives to a company or a sole trader.
    CompanyId,
    Passport,
    DrivingLicence,
    /// A date of birth, in context.
    BirthDate,
    /// A street address.
    Address,
    Postcode,
    /// Coordinates.
    Location,
    /// A vehicle registration, in context.
    Plate,
    /// An order, booking, ticket or customer number, in context.
    Reference,
    /// `@name`.
    Handle,
    Person,
}

/// Slug and label of each type, in the order of the variants.
#[rustfmt::skip]
const NAMES: [(&str, &str); 23] = [
    ("email", "[EMAIL]"), ("phone", "[PHONE]"), ("card", "[CARD]"), ("iban", "[IBAN]"),
    ("bank_account", "[BANK_ACCOUNT]"), ("ip", "[IP]"), ("mac", "[MAC]"), ("url", "[URL]"), ("url_token", "[URL]"),
    ("secret", "[SECRET]"), ("crypto", "[CRYPTO]"), ("national_id", "[NATIONAL_ID]"), ("company_id", "[COMPANY_ID]"),
    ("passport", "[PASSPORT]"), ("driving_licence", "[DRIVING_LICENCE]"), ("birth_date", "[BIRTH_DATE]"),
    ("address", "[ADDRESS]"), ("postcode", "[POSTCODE]"), ("location", "[LOCATION]"), ("plate", "[PLATE]"),
    ("reference", "[REFERENCE]"), ("handle", "[HANDLE]"), ("person", "[PERSON]"),
];

impl PiiType {
    #[rustfmt::skip]
    pub const ALL: [PiiType; 23] = [
        PiiType::Email, PiiType::Phone, PiiType::Card, PiiType::Iban, PiiType::BankAccount, PiiType::Ip, PiiType::Mac,
        PiiType::Url, PiiType::UrlToken, PiiType::Secret, PiiType::Crypto, PiiType::NationalId, PiiType::CompanyId,
        PiiType::Passport, PiiType::DrivingLicence, PiiType::BirthDate, PiiType::Address, PiiType::Postcode,
        PiiType::Location, PiiType::Plate, PiiType::Reference, PiiType::Handle, PiiType::Person,
    ];

    /// What is looked for unless the caller says otherwise: all but [`PiiType::Url`],
    /// [`PiiType::Reference`] and [`PiiType::Handle`]. A plain link and a public handle tell little about
    /// the writer, and an order number is what the company needs to answer.
    #[rustfmt::skip]
    pub const DEFAULT: [PiiType; 20] = [
        PiiType::Email, PiiType::Phone, PiiType::Card, PiiType::Iban, PiiType::BankAccount, PiiType::Ip, PiiType::Mac,
        PiiType::UrlToken, PiiType::Secret, PiiType::Crypto, PiiType::NationalId, PiiType::CompanyId,
        PiiType::Passport, PiiType::DrivingLicence, PiiType::BirthDate, PiiType::Address, PiiType::Postcode,
        PiiType::Location, PiiType::Plate, PiiType::Person,
    ];

    /// The stable slug.
    pub fn slug(self) -> &'static str {
        NAMES[self as usize].0
    }

    /// What stands in a redacted text for a value of this kind.
    pub fn label(self) -> &'static str {
        NAMES[self as usize].1
    }

    /// The type with this slug.
    pub fn from_slug(slug: &str) -> Option<PiiType> {
        PiiType::ALL.into_iter().find(|kind| kind.slug() == slug)
    }
}

impl Serialize for PiiType {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.slug())
    }
}

/// The varieties that [`Pii::variety`](super::Pii) tells apart, by the country that issues a number where
/// there is one.
#[rustfmt::skip]
pub const VARIETIES: [&str; 41] = [
    "us_ssn", "us_itin", "gb_nino", "gb_nhs", "kr_rrn", "jp_my_number", "pl_pesel", "de_steuer_id", "fr_nir", "es_dni",
    "es_nie", "it_codice_fiscale", "br_cpf", "nl_bsn",
    "pl_nip", "pl_regon", "br_cnpj", "es_cif", "it_partita_iva", "fr_siren", "fr_siret", "gb_vat", "de_ust_id", "nl_btw",
    "us_ein", "kr_brn", "jp_corporate_number", "eu_vat", "fr_vat",
    "jwt", "private_key", "api_key", "password", "bitcoin", "ethereum", "us_aba", "gb_sort_code", "es_ccc", "pl_nrb", "pt_nif",
    "pl_id_card",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_lists_are_in_the_order_of_the_variants() {
        for (at, kind) in PiiType::ALL.into_iter().enumerate() {
            assert_eq!(kind as usize, at);
            assert_eq!(PiiType::from_slug(kind.slug()), Some(kind));
            assert!(
                kind == PiiType::UrlToken || kind.label()[1..kind.label().len() - 1].eq_ignore_ascii_case(kind.slug())
            );
        }
        let left_out = [PiiType::Url, PiiType::Reference, PiiType::Handle];
        assert!(PiiType::ALL.into_iter().filter(|kind| !left_out.contains(kind)).eq(PiiType::DEFAULT));
    }
}
