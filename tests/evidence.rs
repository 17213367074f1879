//! Evidence is exact: bias, rest and weights of a label sum to the logit that the head gives, and
//! every part has its place in the text.

#[path = "common/rows.rs"]
mod rows;

use hearken::analysis::{Evidence, Push};
use hearken::model::features::Asked;
use hearken::model::{Model, Sums};
use hearken::text::Normalized;
use hearken::{Analysis, AnalyzeOptions, Engine, Span};

/// Rounding of sums of `f32` in two orders, in logit units.
const ROUNDING: f64 = 1e-3;

/// Every `step`-th golden text with its question.
fn texts(step: usize) -> Vec<(String, Option<String>)> {
    let mut texts = Vec::new();
    for (_, table) in rows::tables("golden", "meaning.") {
        let (text, question) = (table.column("text"), table.column("question"));
        for row in table.rows.iter().step_by(step) {
            texts.push((row[text].clone(), Some(row[question].clone()).filter(|question| question != "-")));
        }
    }
    texts
}

fn engine() -> Engine {
    Engine::new().unwrap()
}

fn model() -> Model {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("models/edge.bin");
    Model::from_bytes(&std::fs::read(file).unwrap()).unwrap()
}

fn explained(engine: &Engine, text: &str, question: Option<&str>) -> Analysis {
    let question = question.map(str::to_owned);
    let options = AnalyzeOptions { evidence: true, sentences: true, question, ..AnalyzeOptions::default() };
    engine.analyze(text, &options).unwrap()
}

/// The sum is compared with the logit of the head's own matrix, not with that of the evidence.
#[test]
fn the_parts_of_every_label_sum_to_the_logit_of_its_head() {
    let model = model();
    let mut sums = Sums::new(&model);
    let (mut vector, mut logits) = (Vec::new(), Vec::new());
    let texts = texts(10);
    assert!(texts.len() >= 100);
    let mut labels = 0;
    for (at, (text, _)) in texts.iter().enumerate() {
        let normal = Normalized::new(text);
        let asked = [None, Some(Asked::Good), Some(Asked::Better)][at % 3];
        for (number, head) in model.heads.iter().enumerate() {
            sums.read(&model, normal.text(), asked);
            sums.vector(&model, head.block, &mut vector);
            head.logits(&vector, &mut logits);
            let all: Vec<_> = (0..head.labels.len()).map(|label| (number, label)).collect();
            let evidence = sums.evidence(&model, normal.text(), asked, &all);
            assert_eq!(evidence.len(), logits.len());
            for ((found, &logit), name) in evidence.iter().zip(&logits).zip(&head.labels) {
                let weights: f64 = found.parts.iter().map(|part| f64::from(part.weight)).sum();
                let sum = f64::from(found.bias) + f64::from(found.rest) + weights;
                assert!(
                    (sum - f64::from(logit)).abs() < ROUNDING,
                    "{} {name}: {sum} is not {logit}: {text}",
                    head.name
                );
                assert!((f64::from(found.logit) - f64::from(logit)).abs() < ROUNDING, "{} {name}: {text}", head.name);
                labels += 1;
            }
        }
    }
    println!("{labels} logits of {} texts taken apart", texts.len());
}

fn sum(evidence: &Evidence) -> f64 {
    evidence.bias + evidence.rest + evidence.parts.iter().map(|part| part.weight).sum::<f64>()
}

#[test]
fn every_label_given_is_explained_and_every_part_has_its_place() {
    let engine = engine();
    for (text, question) in texts(2) {
        let analysis = explained(&engine, &text, question.as_deref());
        let evidence = analysis.evidence.as_deref().unwrap();
        let of =
            |head: &str| -> Vec<&str> { evidence.iter().filter(|one| one.head == head).map(|one| one.label).collect() };
        for head in ["sentiment", "emotions", "acts", "safety", "flags"] {
            let mut explained = of(head);
            explained.sort_by_key(|label| rows::known_labels(head).iter().position(|known| known == label));
            assert_eq!(rows::cell(&explained), rows::said(&analysis, head), "{head}: {text}");
        }
        let intent = if analysis.meaningful { vec![analysis.intent.label.slug()] } else { vec![] };
        assert_eq!(of("intent"), intent, "{text}");
        for one in evidence {
            assert!((sum(one) - one.logit).abs() < ROUNDING, "{} {}: {text}", one.head, one.label);
            in_place(&text, &one.parts, one);
        }
    }
}

/// Parts lie on characters, in order, apart, and cover something.
fn in_place(text: &str, parts: &[Push], of: &Evidence) {
    for part in parts {
        let covered = part.span.slice(text);
        assert!(covered.is_some_and(|covered| !covered.is_empty()), "{:?} of {} in {text}", part.span, of.label);
        assert!(part.weight.is_finite() && part.weight != 0.0);
    }
    for pair in parts.windows(2) {
        assert!(pair[0].span.end <= pair[1].span.start, "{pair:?} of {} in {text}", of.label);
    }
}

#[test]
fn emotions_and_safety_labels_have_one_to_three_places() {
    let engine = engine();
    let mut seen = 0;
    let mut bare = Vec::new();
    for (text, question) in texts(1) {
        let options = AnalyzeOptions { question, ..AnalyzeOptions::default() };
        let analysis = engine.analyze(&text, &options).unwrap();
        let emotions = analysis.emotions.iter().map(|present| (present.label.slug(), &present.spans));
        let safety = analysis.safety.iter().map(|present| (present.label.slug(), &present.spans));
        for (label, spans) in emotions.chain(safety) {
            seen += 1;
            if spans.is_empty() {
                bare.push(format!("{label}: {text}"));
            }
            assert!(spans.len() <= 3, "{label}: {text}");
            for (i, span) in spans.iter().enumerate() {
                assert!(span.slice(&text).is_some_and(|place| !place.trim().is_empty()), "{label} {span:?}: {text}");
                assert!(spans[..i].iter().all(|other| !other.overlaps(span)), "{label} {spans:?}: {text}");
            }
        }
    }
    assert!(seen >= 100, "{seen} labels");
    assert!(bare.is_empty(), "{} of {seen} labels without a place:\n{}", bare.len(), bare.join("\n"));
}

#[test]
fn without_spans_or_evidence_nothing_else_changes() {
    let engine = engine();
    for (text, question) in texts(7) {
        let full = explained(&engine, &text, question.as_deref());
        let options = AnalyzeOptions { spans: false, question, ..AnalyzeOptions::default() };
        let bare = engine.analyze(&text, &options).unwrap();
        let mut stripped = full.clone();
        (stripped.evidence, stripped.sentences) = (None, None);
        stripped.emotions.iter_mut().for_each(|present| present.spans.clear());
        stripped.safety.iter_mut().for_each(|present| present.spans.clear());
        assert_eq!(stripped, bare, "{text}");
    }
}

/// The text without the part that spoke most for `negative` is less negative, nearly always: the
/// words beside it weigh more when it is gone, and now and then they weigh as much.
#[test]
fn taking_the_strongest_part_out_of_a_negative_text_lowers_the_logit() {
    let model = model();
    let head = model.head("sentiment").unwrap();
    let negative = head.labels.iter().position(|label| label == "negative").unwrap();
    let mut sums = Sums::new(&model);
    let (mut vector, mut logits) = (Vec::new(), Vec::new());
    let mut logit = |text: &str| {
        let normal = Normalized::new(text);
        sums.read(&model, normal.text(), None);
        sums.vector(&model, head.block, &mut vector);
        head.logits(&vector, &mut logits);
        logits[negative]
    };
    let engine = engine();
    let (mut all, mut lower) = (0, 0);
    for (text, _) in texts(2) {
        let analysis = explained(&engine, &text, None);
        let evidence = analysis.evidence.unwrap();
        let Some(sentiment) = evidence.iter().find(|one| one.head == "sentiment" && one.label == "negative") else {
            continue;
        };
        let Some(strongest) = sentiment.parts.iter().max_by(|a, b| a.weight.total_cmp(&b.weight)) else { continue };
        if strongest.weight <= 0.0 || strongest.span.len() == text.len() {
            continue;
        }
        let Span { start, end } = strongest.span;
        all += 1;
        lower += usize::from(logit(&format!("{}{}", &text[..start], &text[end..])) < logit(&text));
    }
    println!("the logit falls in {lower} of {all} texts");
    assert!(all >= 100, "{all} negative texts");
    assert!(lower * 100 >= all * 85, "the logit falls in {lower} of {all} texts only");
}

/// Every span of an analysis, in one order.
fn spans(analysis: &Analysis) -> Vec<Span> {
    let sentences = analysis.sentences.iter().flatten().map(|sentence| sentence.span);
    let emotions = analysis.emotions.iter().flat_map(|present| present.spans.iter().copied());
    let safety = analysis.safety.iter().flat_map(|present| present.spans.iter().copied());
    let parts = analysis.evidence.iter().flatten().flat_map(|one| one.parts.iter().map(|part| part.span));
    sentences.chain(emotions).chain(safety).chain(parts).chain(analysis.pii.iter().map(|pii| pii.span)).collect()
}

#[test]
fn places_in_utf16_cut_out_the_same_words() {
    let engine = engine();
    let mut astral = 0;
    for (text, question) in texts(3) {
        // An emoji in front moves every place by two units and four bytes.
        let text = format!("😤 {text} 🙏🏽");
        let bytes = explained(&engine, &text, question.as_deref());
        let mut utf16 = bytes.clone();
        utf16.to_utf16(&text);
        let units: Vec<u16> = text.encode_utf16().collect();
        let (bytes, utf16) = (spans(&bytes), spans(&utf16));
        assert_eq!(bytes.len(), utf16.len());
        for (byte, utf16) in bytes.iter().zip(&utf16) {
            let cut = String::from_utf16(&units[utf16.start..utf16.end]).unwrap();
            assert_eq!(Some(cut.as_str()), byte.slice(&text), "{text}");
            astral += usize::from(byte.start != utf16.start);
        }
    }
    assert!(astral > 1000, "{astral} places behind an emoji");
}
