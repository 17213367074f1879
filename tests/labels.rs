//! The label unions in the TypeScript declarations equal the Rust enums, slug by slug.

use hearken::analysis::{Act, Disposition, Emotion, Flag, Intent, Safety, SentimentLabel, State};
use hearken::message::{Channel, Scale};
use hearken::privacy::PiiType;
use hearken::triage::{Action, DecisionMode};
use serde_json::json;

const DECLARATIONS: &str = concat!(
    include_str!("../src/wasm/types/analysis.d.ts"),
    include_str!("../src/wasm/types/message.d.ts"),
    include_str!("../src/wasm/types/privacy.d.ts"),
    include_str!("../src/wasm/types/search.d.ts"),
    include_str!("../src/wasm/types/triage.d.ts"),
);

/// The strings in quotation marks of `text`.
fn quoted(text: &str) -> Vec<&str> {
    text.split('"').skip(1).step_by(2).collect()
}

/// The labels of `export type <name> = "a" | "b";`.
fn union(name: &str) -> Vec<&'static str> {
    let head = format!("export type {name} =");
    let start = DECLARATIONS.find(&head).unwrap_or_else(|| panic!("no union {name}")) + head.len();
    let len = DECLARATIONS[start..].find(';').unwrap();
    quoted(&DECLARATIONS[start..start + len])
}

/// The labels after `place`, up to the end of the member.
fn member(place: &str) -> Vec<&'static str> {
    let start = DECLARATIONS.find(place).unwrap_or_else(|| panic!("no member {place}")) + place.len();
    let len = DECLARATIONS[start..].find(';').unwrap();
    quoted(&DECLARATIONS[start..start + len])
}

macro_rules! same {
    ($($label:ident),+ $(,)?) => {
        $(
            assert_eq!(union(stringify!($label)), $label::ALL.map($label::slug), stringify!($label));
            for label in $label::ALL {
                assert_eq!(json!(label), label.slug(), "{}", stringify!($label));
            }
        )+
    };
}

#[test]
fn label_unions_equal_the_enums() {
    same!(SentimentLabel, Emotion, Act, Intent, Safety, Flag, Disposition, State, PiiType, Channel, Scale, Action);
}

#[test]
fn fields_of_queries_equal_the_declarations() {
    assert_eq!(union("QueryField"), hearken::query::Field::ALL.map(hearken::query::Field::name));
}

#[test]
fn slugs_lead_back_to_their_labels() {
    macro_rules! back {
        ($($label:ident),+) => {
            $(for label in $label::ALL {
                assert_eq!($label::from_slug(label.slug()), Some(label));
            }
            assert_eq!($label::from_slug("no such label"), None);)+
        };
    }
    back!(SentimentLabel, Emotion, Act, Intent, Safety, Flag, Disposition, State);
}

#[test]
fn roles_modes_and_heads_are_declared() {
    let roles = [hearken::analyze::Role::Customer, hearken::analyze::Role::Agent, hearken::analyze::Role::Bot];
    assert_eq!(json!(union("Role")), json!(roles));
    let modes = [DecisionMode::Suggest, DecisionMode::Automate];
    assert_eq!(json!(member("/** `automate` only where the rule says so. */\n  mode:")), json!(modes));
    let heads = ["sentiment", "emotions", "acts", "intent", "safety", "flags"];
    assert_eq!(member("export interface Evidence {\n  head:"), heads);
}

/// The members of an interface: name, and whether it may be left out.
fn members(name: &str) -> Vec<(&'static str, bool)> {
    let head = format!("export interface {name} {{");
    let start = DECLARATIONS.find(&head).unwrap_or_else(|| panic!("no interface {name}")) + head.len();
    let body = &DECLARATIONS[start..][..DECLARATIONS[start..].find("\n}").unwrap()];
    let mut found = Vec::new();
    let mut comment = false;
    for line in body.lines().map(str::trim) {
        comment |= line.starts_with("/*");
        if !comment && let Some((name, _)) = line.split_once(':') {
            found.push((name.trim_end_matches('?'), name.ends_with('?')));
        }
        comment &= !line.ends_with("*/");
    }
    found
}

/// What an analysis holds is what the declarations say it holds, with and without the optional parts.
#[test]
fn an_analysis_has_the_declared_members() {
    let engine = hearken::Engine::new().unwrap();
    let text = "I am furious, the parcel of jane@example.com is late again!";
    let keys = |text: &str, options: &hearken::AnalyzeOptions| -> Vec<String> {
        let json = json!(engine.analyze(text, options).unwrap());
        json.as_object().unwrap().keys().cloned().collect()
    };
    let declared = members("Analysis");
    let names = |optional: bool| -> Vec<&str> {
        let mut names: Vec<&str> =
            declared.iter().filter(|(_, may_lack)| optional || !may_lack).map(|(name, _)| *name).collect();
        names.sort_unstable();
        names
    };
    let sorted = |mut keys: Vec<String>| {
        keys.sort_unstable();
        keys
    };
    assert_eq!(sorted(keys(text, &hearken::AnalyzeOptions::default())), names(false));
    let own = ["Lumera".to_string()];
    let everything = hearken::AnalyzeOptions {
        sentences: true,
        evidence: true,
        keyphrases: true,
        brands: hearken::signals::Brands::new(&own, &[]).unwrap(),
        channel: hearken::message::Channel::Review,
        ..Default::default()
    };
    // Several texts, as no single one says everything.
    let texts = [
        "I wish you had a dark mode. Lumera kept me 45 minutes on hold and I got cut off.",
        "I ordered the blue one but got a red one.",
        "Saw your ad on the tram this morning, then ordered one, it came broken and support never answered.",
        "Free crypto, join t.me/freecoins and get rich!",
        "Do you have this jacket in blue? I would like to buy it.",
        "I recommend it to everyone.",
    ];
    let mut all: Vec<String> = texts.iter().flat_map(|text| keys(text, &everything)).collect();
    all.sort_unstable();
    all.dedup();
    assert_eq!(all, names(true));
}
