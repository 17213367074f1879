use super::*;
use crate::model::pack::checksum;
use proptest::prelude::*;
use std::sync::OnceLock;

const ROWS: &str = include_str!("../../tests/learn/examples.tsv");

fn rows() -> Vec<Example<'static>> {
    let pair = |line: &'static str| line.split_once('\t').unwrap();
    ROWS.lines().skip(1).map(pair).map(|(text, label)| Example { text, label }).collect()
}

fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| Engine::new().unwrap())
}

fn train(examples: &[Example], none: NoneRule) -> Result<Trained> {
    engine().train(examples, &TrainOptions { none }, &mut |_| ())
}

fn file() -> &'static [u8] {
    static FILE: OnceLock<Vec<u8>> = OnceLock::new();
    FILE.get_or_init(|| train(&rows(), NoneRule::Threshold).unwrap().classifier.to_bytes())
}

/// The file with its checksum and length set right again.
fn mended(mut bytes: Vec<u8>) -> Vec<u8> {
    let len = bytes.len() as u32;
    bytes[8..12].copy_from_slice(&len.to_le_bytes());
    let sum = checksum(&bytes[file::PAYLOAD..]);
    bytes[12..20].copy_from_slice(&sum.to_le_bytes());
    bytes
}

#[test]
fn it_knows_what_it_learned_and_says_how_well() {
    let mut told = Vec::new();
    let trained = engine().train(&rows(), &TrainOptions::default(), &mut |share| told.push(share)).unwrap();
    let mut predictor = trained.classifier.predictor(engine()).unwrap();
    for example in rows() {
        assert_eq!(predictor.predict(example.text).label.as_deref(), Some(example.label));
    }
    assert!(told.is_sorted() && told.last() == Some(&1.0));
    let quality = trained.quality;
    assert_eq!((quality.held_out, quality.folds, quality.labels.len()), (36, 5, 3));
    assert!(quality.accuracy > 0.6, "{}", quality.accuracy);
    assert_eq!(quality.labels.iter().map(|label| label.examples).sum::<usize>(), 36);
    let wrong: usize = quality.confusions.iter().map(|confusion| confusion.count).sum();
    assert_eq!(wrong, (36.0 * (1.0 - quality.accuracy)).round() as usize);
}

#[test]
fn the_order_of_examples_does_not_matter() {
    let mut rows = rows();
    let first = train(&rows, NoneRule::Threshold).unwrap();
    rows.reverse();
    rows.rotate_left(7);
    rows.push(rows[3]);
    let second = train(&rows, NoneRule::Threshold).unwrap();
    assert_eq!(first.classifier.to_bytes(), second.classifier.to_bytes());
    assert_eq!((first.duplicates, second.duplicates), (0, 1));
}

#[test]
fn a_file_gives_the_same_classifier_back() {
    let classifier = Classifier::from_bytes(file()).unwrap();
    assert_eq!(classifier.to_bytes(), file());
    let trained = train(&rows(), NoneRule::Threshold).unwrap().classifier;
    assert_eq!(classifier, trained);
    assert_eq!(classifier.labels(), ["app", "billing", "delivery"]);
}

#[test]
fn evidence_adds_up_to_the_logit() {
    let classifier = Classifier::from_bytes(file()).unwrap();
    let mut predictor = classifier.predictor(engine()).unwrap();
    for text in ["My parcel is late!! 😡", "요금이 또 두 번 결제됐어요", "ｆｅｅ on my invoice", "", "アプリが落ちる"]
    {
        let logits = predictor.logits(text).to_vec();
        for (label, logit) in classifier.labels().to_vec().iter().zip(logits) {
            let evidence = predictor.evidence(text, label).unwrap();
            let sum = evidence.bias + evidence.rest + evidence.parts.iter().map(|part| part.weight).sum::<f64>();
            assert!((sum - f64::from(logit)).abs() < 1e-3, "{text}: {sum} {logit}");
            assert!((evidence.logit - f64::from(logit)).abs() < 1e-3);
            assert!(evidence.parts.iter().all(|part| part.span.slice(text).is_some_and(|part| !part.is_empty())));
            assert!(evidence.parts.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
        }
    }
    let why = predictor.evidence("The courier lost my parcel", "delivery").unwrap();
    let most = why.parts.iter().max_by(|a, b| a.weight.total_cmp(&b.weight)).unwrap();
    assert!(["courier", "parcel"].contains(&most.span.slice("The courier lost my parcel").unwrap()));
    assert_eq!(predictor.evidence("a", "nowhere").unwrap_err().code(), "E_FIELD");
}

#[test]
fn a_label_for_none_is_never_given() {
    let mut rows = rows();
    rows.extend(
        ["hello there", "the weather is nice", "what is your name", "lunch at noon?"]
            .map(|text| Example { text, label: "other" }),
    );
    let trained = train(&rows, NoneRule::Label("other".into())).unwrap();
    let none = trained.quality.none.unwrap();
    assert!((0.0..=1.0).contains(&none.threshold) && (0.0..=1.0).contains(&none.refused));
    let mut predictor = trained.classifier.predictor(engine()).unwrap();
    let prediction = predictor.predict("the weather is nice");
    assert_eq!(prediction.label, None);
    assert!(prediction.others.iter().all(|other| other.label != "other"));
    assert_eq!(predictor.label("the weather is nice").0, None);
}

#[test]
fn what_cannot_be_trained_is_refused() {
    let code = |examples: &[Example], none: NoneRule| train(examples, none).unwrap_err().code();
    assert_eq!(code(&[], NoneRule::Never), "E_FIELD");
    assert_eq!(code(&rows()[..12], NoneRule::Never), "E_FIELD");
    assert_eq!(code(&rows(), NoneRule::Label("nowhere".into())), "E_OPTION");
    assert_eq!(code(&rows()[..24], NoneRule::Label("billing".into())), "E_OPTION");
}

#[test]
fn advice_names_the_contradiction_and_the_mistake() {
    let mut rows = rows();
    rows.push(Example { text: rows[0].text, label: "app" });
    let advice = train(&rows, NoneRule::Never).unwrap().quality.advice;
    assert!(advice.contains(&Advice::Conflict { indexes: [0, 36] }));
    let few: Vec<Example> = rows.iter().filter(|row| row.label != "app").copied().chain([rows[24]]).collect();
    let advice = train(&few, NoneRule::Never).unwrap().quality.advice;
    assert!(advice.iter().any(|advice| matches!(advice, Advice::LabelMore { label, .. } if label == "app")));
}

#[test]
fn another_model_is_refused() {
    let mut classifier = Classifier::from_bytes(file()).unwrap();
    classifier.model = "edge-0".into();
    assert_eq!(classifier.predictor(engine()).err().unwrap().code(), "E_CLASSIFIER");
}

#[test]
fn every_cut_and_every_damaged_byte_is_refused() {
    for len in (0..400.min(file().len())).chain((400..file().len()).step_by(97)) {
        assert_eq!(Classifier::from_bytes(&file()[..len]).unwrap_err().code(), "E_CLASSIFIER");
        if len >= file::PAYLOAD {
            assert!(Classifier::from_bytes(&mended(file()[..len].to_vec())).is_err(), "cut at {len}");
        }
    }
    for at in (0..600).chain((600..file().len()).step_by(131)) {
        let mut bytes = file().to_vec();
        bytes[at] ^= 0x40;
        assert_eq!(Classifier::from_bytes(&bytes).unwrap_err().code(), "E_CLASSIFIER", "byte {at}");
    }
    let mut longer = file().to_vec();
    longer.push(0);
    assert!(matches!(Classifier::from_bytes(&mended(longer)), Err(Error::Classifier { at, .. }) if at == file().len()));
}

#[test]
fn a_forged_number_of_features_costs_no_memory() {
    let classifier = Classifier::from_bytes(file()).unwrap();
    let place = |bytes: &[u8]| {
        let count = (classifier.keys.len() as u32).to_le_bytes();
        bytes.windows(4).position(|window| window == count).unwrap()
    };
    let mut bytes = file().to_vec();
    let at = place(&bytes);
    bytes[at..at + 4].copy_from_slice(&u32::MAX.to_le_bytes());
    assert_eq!(Classifier::from_bytes(&mended(bytes)).unwrap_err().code(), "E_CLASSIFIER");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn forged_files_are_read_or_refused(damage in prop::collection::vec((20usize..4000, any::<u8>()), 1..8), text in ".{0,60}") {
        let mut bytes = file().to_vec();
        for (at, value) in damage {
            let at = at % bytes.len();
            bytes[at.max(20)] = value;
        }
        let classifier = Classifier::from_bytes(&mended(bytes));
        if let Ok(mut predictor) = classifier.as_ref().map_err(Error::clone).and_then(|read| read.predictor(engine())) {
            let confidence = predictor.predict(&text).confidence;
            prop_assert!((0.0..=1.0).contains(&confidence));
        }
    }

    #[test]
    fn any_texts_and_labels_are_learned_in_any_order(
        given in prop::collection::vec((".{0,24}", "[a-d가]{0,2}"), 0..24),
        none in any::<bool>(),
        turn in 0usize..24,
    ) {
        let mut examples: Vec<Example> = given.iter().map(|(text, label)| Example { text, label }).collect();
        let rule = || if none { NoneRule::Threshold } else { NoneRule::Never };
        let first = train(&examples, rule());
        let by = turn % examples.len().max(1);
        examples.rotate_left(by);
        match (first, train(&examples, rule())) {
            (Ok(first), Ok(second)) => {
                prop_assert_eq!(first.classifier.to_bytes(), second.classifier.to_bytes());
                let mut predictor = first.classifier.predictor(engine()).unwrap();
                for (text, _) in &given {
                    let prediction = predictor.predict(text);
                    prop_assert!((0.0..=1.0).contains(&prediction.confidence));
                }
            }
            (Err(first), Err(second)) => prop_assert_eq!(first.code(), second.code()),
            _ => prop_assert!(false, "order decided whether it can be learned"),
        }
    }
}
