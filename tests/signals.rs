//! The signals of a text: golden rows, blind-labelled sets, and what holds for any text.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use hearken::signals::Brands;
use hearken::{Analysis, AnalyzeOptions, Engine, Span};
use proptest::prelude::*;

const LANGUAGES: [&str; 10] = ["en", "ko", "ja", "pl", "de", "fr", "es", "it", "pt", "nl"];
/// What the blind sets must reach: for English, Korean, Japanese and Polish, and for the other six. They hold what is
/// measured, so that no change makes it worse unseen; docs/design/signals.md says how far it is from what is wanted
/// (0.85 and 0.80), and why.
const FLOORS: [(&str, f64, f64); 5] = [
    ("wish", 0.73, 0.68),
    ("effort", 0.68, 0.63),
    ("minutes", 0.82, 0.73),
    ("urgency", 0.55, 0.49),
    ("churn", 0.66, 0.49),
];

fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| Engine::new().unwrap())
}

fn read(text: &str) -> Analysis {
    engine().analyze(text, &AnalyzeOptions::default()).unwrap()
}

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name)
}

/// The rows of a file by the names of its columns.
fn rows(file: &Path) -> Vec<BTreeMap<String, String>> {
    let text = std::fs::read_to_string(file).unwrap();
    let mut lines = text.lines().filter(|line| !line.is_empty());
    let names: Vec<&str> = lines.next().unwrap().split('\t').collect();
    let row = |line: &str| {
        let cells: Vec<&str> = line.split('\t').collect();
        assert_eq!(cells.len(), names.len(), "{}: {line}", file.display());
        names.iter().zip(cells).map(|(name, cell)| (name.to_string(), cell.trim().to_string())).collect()
    };
    lines.map(row).collect()
}

/// What an analysis says, in the words of the files. `wish` is the objects, joined.
fn told(analysis: &Analysis) -> BTreeMap<&'static str, String> {
    let signals = &analysis.signals;
    let or = |value: Option<String>| value.unwrap_or_else(|| "-".into());
    let wishes: Vec<&str> = signals.wishes.iter().map(|wish| wish.object.as_str()).collect();
    BTreeMap::from([
        ("wish", or((!wishes.is_empty()).then(|| wishes.join(", ")))),
        ("effort", or(signals.effort.as_ref().map(|effort| effort.level.slug().into()))),
        ("minutes", or(signals.time_lost.map(|lost| lost.minutes.to_string()))),
        ("urgency", signals.urgency.level.slug().into()),
        ("churn", if signals.churn.present { "yes" } else { "no" }.into()),
    ])
}

#[test]
fn golden_rows_hold() {
    let rows = rows(&path("golden/signals.tsv"));
    assert!(rows.len() >= 200, "{} rows", rows.len());
    let mut wrong = Vec::new();
    for row in &rows {
        let told = told(&read(&row["text"]));
        for (field, found) in &told {
            // Any wish will do where the object may be cut in several ways.
            let any = row[*field] == "yes" && *field == "wish" && found != "-";
            if row[*field] != *found && !any {
                wrong.push(format!("{} {field}", row["id"]));
            }
        }
    }
    // What is read wrongly today stands in a list, so that it never outlives its reason.
    let known = path("golden/signals.known.txt");
    if std::env::var_os("HEARKEN_MARK_KNOWN").is_some() {
        std::fs::write(&known, wrong.iter().map(|one| format!("{one}\n")).collect::<String>()).unwrap();
    }
    let known = std::fs::read_to_string(&known).unwrap();
    let known: Vec<&str> = known.lines().collect();
    assert_eq!(wrong, known, "left: wrong today; right: known (HEARKEN_MARK_KNOWN=1 writes the list anew)");
}

/// Who recommends, who advises against it, and who only speaks of recommendations: questions, what others recommended,
/// what holds only if something changes. In every language all three.
#[test]
fn golden_recommendations_hold() {
    let rows = rows(&path("golden/recommends.tsv"));
    let mut wrong = Vec::new();
    for language in LANGUAGES {
        let own: Vec<_> = rows.iter().filter(|row| row["id"].starts_with(&format!("recommends-{language}-"))).collect();
        assert!(["yes", "no", "-"].iter().all(|due| own.iter().filter(|row| row["recommends"] == *due).count() >= 4));
        for row in own {
            let found = read(&row["text"]).signals.recommends;
            let told = found.as_ref().map_or("-", |one| one.answer.slug());
            if told != row["recommends"] {
                wrong.push(format!("{} {told} instead of {}: {}", row["id"], row["recommends"], row["text"]));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {} wrong:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
}

#[test]
fn of_two_recommendations_that_disagree_the_later_counts_with_its_places() {
    let text = "I recommend the museum to everyone. The café next door: stay away.";
    let found = read(text).signals.recommends.unwrap();
    let pieces: Vec<&str> = found.spans.iter().map(|span| span.slice(text).unwrap()).collect();
    assert_eq!((found.answer.slug(), pieces), ("no", vec!["stay away"]));
    let found = read(
        "Avoid! That was last year. Now I'd recommend it, and my sister recommends the tea, which I recommend too.",
    )
    .signals
    .recommends;
    assert_eq!(found.map(|one| (one.answer.slug(), one.spans.len())), Some(("yes", 2)));
}

/// Pairs of expectation, stage, links and brands, by the lists of [`brands`]. `*` is any stage.
#[test]
fn golden_signs_hold() {
    let options = AnalyzeOptions { brands: brands(), ..AnalyzeOptions::default() };
    let or = |list: Vec<String>, with: &str| if list.is_empty() { "-".into() } else { list.join(with) };
    let mut wrong = Vec::new();
    for row in rows(&path("golden/signs.tsv")) {
        let signals = engine().analyze(&row["text"], &options).unwrap().signals;
        let link = |one: &hearken::analysis::LinkFinding| {
            format!("{}{}", one.kind.slug(), if one.disguised { "!" } else { "" })
        };
        let brand = |one: &hearken::analysis::BrandMention| format!("{}={}", one.name, one.manner.slug());
        let told = BTreeMap::from([
            ("expected", or(signals.expectations.iter().map(|pair| pair.expected.clone()).collect(), ", ")),
            ("got", or(signals.expectations.iter().filter_map(|pair| pair.got.clone()).collect(), ", ")),
            ("stage", signals.journey_stage.slug().to_string()),
            ("links", or(signals.links.iter().map(link).collect(), "+")),
            ("brands", or(signals.brands.iter().map(brand).collect(), "+")),
        ]);
        for (field, found) in told {
            if row[field] != found && row[field] != "*" {
                wrong.push(format!("{} {field}: {found:?} instead of {:?}: {}", row["id"], row[field], row["text"]));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

fn brands() -> Brands {
    let list = |names: &[&str]| names.iter().map(|name| name.to_string()).collect::<Vec<_>>();
    Brands::new(&list(&["Lumera", "루메라"]), &list(&["Zenvo", "제노바텔", "ゼンボ"])).unwrap()
}

/// Every span lies in the text, on character boundaries; pieces are the text at their spans.
fn check_spans(text: &str, analysis: &Analysis) {
    let signals = &analysis.signals;
    let inside = |span: &Span| span.slice(text).unwrap_or_else(|| panic!("{span:?} in {text:?}"));
    for wish in &signals.wishes {
        assert_eq!(inside(&wish.object_span), wish.object);
        assert!(inside(&wish.span).len() >= wish.object.len());
    }
    for pair in &signals.expectations {
        assert_eq!(inside(&pair.spans[0]), pair.expected);
        assert_eq!(pair.spans.get(1).map(&inside), pair.got.as_deref());
    }
    signals.effort.iter().flat_map(|effort| &effort.spans).for_each(|span| _ = inside(span));
    if let Some(lost) = signals.time_lost {
        assert!((1..=5_256_000).contains(&lost.minutes) && !inside(&lost.span).is_empty());
    }
    signals.urgency.spans.iter().chain(&signals.churn.spans).for_each(|span| _ = inside(span));
    if let Some(recommends) = &signals.recommends {
        assert!((1..=8).contains(&recommends.spans.len()));
        recommends.spans.iter().for_each(|span| _ = inside(span));
    }
    signals.brands.iter().flat_map(|brand| &brand.spans).for_each(|span| _ = inside(span));
    signals.links.iter().for_each(|link| _ = inside(&link.span));
    assert_eq!(signals.churn.present, !signals.churn.reasons.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn spans_lie_in_any_text(texts in prop::collection::vec(prop::sample::select(pieces()), 0..8), odd in any::<String>()) {
        let text = texts.join(" ") + &odd;
        let options = AnalyzeOptions { brands: brands(), ..AnalyzeOptions::default() };
        let analysis = engine().analyze(&text, &options).unwrap();
        check_spans(&text, &analysis);
        prop_assert_eq!(analysis, engine().analyze(&text, &options).unwrap());
    }
}

/// Texts of the golden rows, and what is odd.
fn pieces() -> Vec<String> {
    let odd = [
        "ＡＢＣ damn １時間待った",
        "&amp; <b>3 hours</b> on hold",
        "I\u{200B} wish you had",
        "99999999999 hours",
        "İ waited 2 hours",
    ];
    let rows = rows(&path("golden/signals.tsv")).into_iter().step_by(7).map(|row| row["text"].clone());
    rows.chain(odd.map(String::from)).collect()
}

#[test]
fn tone_changes_no_signal() {
    let mut wrong = Vec::new();
    for row in rows(&path("golden/signals.tsv")).iter().filter(|row| row["id"].contains("-en-")) {
        let plain = told(&read(&row["text"]));
        let loud = told(&read(&format!("{}!!!", row["text"].trim_end_matches(['.', '!']))));
        for field in ["effort", "minutes", "churn"] {
            if plain[field] != loud[field] {
                wrong.push(format!("{field}: {}", row["text"]));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn hostile_texts_take_linear_time() {
    for piece in [
        "waited 2 hours ",
        "i wish you had ",
        "ordered but got ",
        "never again ",
        "i recommend, do not recommend ",
        "b i t t o r r e n t ",
        "a.b dot com ",
        "2時間待った",
        "다시는 3시간 ",
    ] {
        let time = |kib: usize| {
            let text = piece.repeat(kib * 1024 / piece.len());
            let started = std::time::Instant::now();
            read(&text);
            started.elapsed().as_secs_f64()
        };
        time(4);
        let (short, long) = (time(8).min(time(8)), time(64));
        assert!(long < short * 8.0 * 4.0 + 0.5, "{piece:?}: {short} s for 8 KiB, {long} s for 64 KiB");
    }
}

#[test]
fn signals_can_be_left_out_and_brands_are_checked() {
    let options = AnalyzeOptions { signals: false, ..AnalyzeOptions::default() };
    let analysis = engine().analyze("Never again, I waited 3 hours!", &options).unwrap();
    assert_eq!(analysis.signals, hearken::analysis::Signals::default());
    let many: Vec<String> = (0..501).map(|i| format!("brand{i}")).collect();
    for (own, name) in
        [(vec![String::new()], "brands.own[0]"), (vec!["x".repeat(101)], "brands.own[0]"), (many, "brands")]
    {
        match Brands::new(&own, &[]).unwrap_err() {
            hearken::Error::Option { name: found, .. } => assert_eq!(found, name),
            other => panic!("{other}"),
        }
    }
}

#[test]
fn slugs_are_those_of_the_declarations() {
    use hearken::analysis::*;
    const DECLARATIONS: &str = include_str!("../src/wasm/types/analysis.d.ts");
    let union = |name: &str| -> Vec<&str> {
        let from = DECLARATIONS.find(&format!("export type {name} =")).unwrap();
        let to = from + DECLARATIONS[from..].find(';').unwrap();
        DECLARATIONS[from..to].split('"').skip(1).step_by(2).collect()
    };
    macro_rules! same {
        ($($label:ident),+) => {
            $(assert_eq!(union(stringify!($label)), $label::ALL.iter().map(|label| label.slug()).collect::<Vec<_>>());
            for label in $label::ALL {
                assert_eq!(serde_json::json!(label), label.slug());
            })+
        };
    }
    same!(
        EffortLevel,
        UrgencyLevel,
        UrgencyReason,
        ChurnReason,
        Advice,
        BrandRole,
        BrandManner,
        LinkKind,
        JourneyStage,
        MediaType
    );
}

/// True positives, found, due.
#[derive(Default, Clone, Copy)]
struct Tally {
    right: usize,
    found: usize,
    due: usize,
}

impl Tally {
    fn add(&mut self, found: &str, due: &str, nothing: &str) {
        self.right += usize::from(found == due && due != nothing);
        self.found += usize::from(found != nothing);
        self.due += usize::from(due != nothing);
    }

    fn f1(self) -> f64 {
        if self.found + self.due == 0 { 1.0 } else { 2.0 * self.right as f64 / (self.found + self.due) as f64 }
    }
}

/// `tests/signals/<language>.tsv`: labelled by somebody who had not seen the rules. Floors hold per
/// signal for each group of languages; the figures per language are printed. `HEARKEN_SIGNALS` names
/// another folder, `HEARKEN_SHOW_WRONG` lists what is wrong.
#[test]
fn blind_sets_reach_their_floors() {
    let mut failed = Vec::new();
    let mut groups: BTreeMap<(bool, &str), Tally> = BTreeMap::new();
    for language in LANGUAGES {
        let dir = std::env::var_os("HEARKEN_SIGNALS").map_or_else(|| path("signals"), PathBuf::from);
        let file = dir.join(format!("{language}.tsv"));
        let mut tallies: BTreeMap<&str, Tally> = BTreeMap::new();
        let mut wrong = Vec::new();
        for row in rows(&file) {
            let mut told = told(&read(&row["text"]));
            let wish = if told["wish"] == "-" { "no" } else { "yes" };
            told.insert("wish", wish.into());
            for (field, nothing) in
                [("wish", "no"), ("effort", "-"), ("minutes", "-"), ("urgency", "normal"), ("churn", "no")]
            {
                let due = row[field].as_str();
                for tally in [tallies.entry(field).or_default(), groups.entry((is_first(language), field)).or_default()]
                {
                    tally.add(&told[field], due, nothing);
                }
                if told[field] != due {
                    wrong.push(format!("{language} {field}: {:?} instead of {due:?}: {}", told[field], row["text"]));
                }
            }
        }
        let figures: Vec<String> = tallies.iter().map(|(field, tally)| format!("{field} {:.2}", tally.f1())).collect();
        println!("{language}: {}", figures.join("  "));
        if std::env::var_os("HEARKEN_SHOW_WRONG").is_some() {
            println!("{}", wrong.join("\n"));
        }
    }
    for ((first, field), tally) in groups {
        let floor =
            FLOORS.iter().find(|(name, _, _)| *name == field).map_or(1.0, |own| if first { own.1 } else { own.2 });
        println!("{} {field}: F1 {:.3} of {}", if first { "en ko ja pl" } else { "the others" }, tally.f1(), tally.due);
        if tally.f1() < floor {
            failed.push(format!("{field} {:.3} is under {floor}", tally.f1()));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("; "));
}

fn is_first(language: &str) -> bool {
    LANGUAGES[..4].contains(&language)
}
