//! The rule files compile and are packed; durations are read in ten languages.

use super::duration::{MOST_MINUTES, durations};
use super::listed::{self, COMMA, FIRST, NEAR, OWN, SHARED, lines};
use super::rules::{Group, LANGUAGES};
use crate::lexicon::listed;

/// The rule files by name.
const FILES: [(&str, &str); 11] = [
    ("effort", include_str!("rules/effort.txt")),
    ("time", include_str!("rules/time.txt")),
    ("urgency", include_str!("rules/urgency.txt")),
    ("churn", include_str!("rules/churn.txt")),
    ("wishes", include_str!("rules/wishes.txt")),
    ("expectations", include_str!("rules/expectations.txt")),
    ("interest", include_str!("rules/interest.txt")),
    ("recommends", include_str!("rules/recommends.txt")),
    ("journey", include_str!("rules/journey.txt")),
    ("brands", include_str!("rules/brands.txt")),
    ("links", include_str!("rules/links.txt")),
];

/// Groups of words that no phrase is made of.
const WORDS: [(&str, &str); 12] = [
    ("brands", "compare>"),
    ("brands", "compare<"),
    ("brands", "switch>"),
    ("brands", "switch<"),
    ("brands", "from>"),
    ("brands", "not"),
    ("brands", "than"),
    ("links", "hosts"),
    ("links", "invites"),
    ("links", "disguised"),
    ("links", "disguised promotion"),
    ("links", "tlds"),
];

/// Words before which Polish and German write a comma.
const BEHIND_COMMA: [&str; 9] =
    [" że ", " żeby ", " żebyście ", " aby ", " wenn ", " dass ", " ob ", " als ", " gdyby "];

/// Name of a group without its marks, and the digit that stands for them.
fn name_and_marks(name: &str) -> (&str, u8) {
    let bare = name.trim_start_matches('-');
    let void = u8::from(bare != name);
    match bare.split_once(':') {
        Some((bare, side)) => (bare, b'0' + void + if side == "1" { 2 } else { 4 }),
        None => (bare, b'0' + void),
    }
}

fn entries(phrases: &str) -> impl Iterator<Item = &str> {
    phrases.split('|').map(str::trim).filter(|phrase| !phrase.is_empty())
}

/// The ways to write an entry, each one phrase, or two with what stands between them.
fn ways<'e>(language: &str, entry: &'e str) -> Vec<(String, Option<(char, &'e str)>)> {
    let mut all = vec![match entry.split_once(" .. ") {
        Some((first, second)) => (first.to_string(), Some((NEAR, second))),
        None => (entry.to_string(), None),
    }];
    for word in BEHIND_COMMA.iter().filter(|_| matches!(language, "pl" | "de")) {
        if let Some(at) = entry.find(word) {
            all.push((entry[..at].to_string(), Some((COMMA, entry[at..].trim_start()))));
        }
    }
    if language == "en" && entry.contains("n't") {
        all.push((entry.replace("n't", "nt").replace(" .. ", " "), None));
    }
    all
}

/// The rule files in one list; what is wrong with them.
fn list() -> (String, Vec<String>) {
    let mut sections: Vec<String> = vec![String::new(); OWN + LANGUAGES.len()];
    let mut wrong = Vec::new();
    for (file, text) in FILES {
        for line in lines(text) {
            let (name, marks) = name_and_marks(line.group);
            let place = format!("{file} [{}] {}", line.group, line.language);
            if WORDS.contains(&(file, name)) {
                let words: Vec<&str> = entries(line.phrases).collect();
                sections[listed::WORDS] += &format!("{name}\t{}\n", words.join("|"));
                continue;
            }
            let group = Group::NAMES.iter().position(|known| *known == (file, name));
            let own = LANGUAGES.iter().position(|language| *language == line.language);
            let (Some(group), Some(own)) = (group, own) else {
                wrong.push(place);
                continue;
            };
            let mut plain = |phrase: &str| match listed(phrase) {
                Ok(plain) if !phrase.contains(" .. ") && !plain.contains(['|', NEAR, COMMA]) => plain,
                refused => {
                    wrong.push(format!("{place} {phrase:?}: {refused:?}"));
                    String::new()
                }
            };
            let all = entries(line.phrases).flat_map(|entry| ways(line.language, entry));
            let all: Vec<String> = all
                .map(|(first, second)| match second {
                    Some((between, second)) => format!("{}{between}{}", plain(&first), plain(second)),
                    None => plain(&first),
                })
                .collect();
            let shared = file == "links" && line.language == "en";
            let section = &mut sections[if shared { SHARED } else { OWN + own }];
            section.extend([char::from(FIRST + group as u8), char::from(marks)]);
            *section += &all.join("|");
            section.push('\n');
        }
    }
    (sections.join("\x0c"), wrong)
}

/// `HEARKEN_WRITE_RULES=1` writes the list anew.
#[test]
fn every_group_is_known_every_phrase_compiles_and_the_list_is_current() {
    let (list, wrong) = list();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/signals/rules.list");
    if std::env::var_os("HEARKEN_WRITE_RULES").is_some() {
        std::fs::write(&file, &list).unwrap();
    }
    assert!(
        std::fs::read_to_string(&file).unwrap() == list,
        "run HEARKEN_WRITE_RULES=1 cargo test --lib signals, then again"
    );
}

fn minutes(text: &str) -> Vec<u32> {
    let lower = text.to_lowercase();
    let found = durations(&lower);
    assert!(found.iter().all(|one| lower.get(one.span.start..one.span.end).is_some()), "{text}");
    found.iter().map(|one| one.minutes).collect()
}

#[test]
fn durations_in_ten_languages() {
    let wrong: Vec<String> = [
        ("45 minutes", 45),
        ("on hold for 45 mins", 45),
        ("1h30", 90),
        ("1h 30min", 90),
        ("1 h 30 min", 90),
        ("two hours", 120),
        ("three and a half days", 5040),
        ("an hour and a half", 90),
        ("half an hour", 30),
        ("one and a half hours", 90),
        ("a couple of hours", 120),
        ("forty-five minutes", 45),
        ("forty five minutes", 45),
        ("2-3 hours", 180),
        ("1.5 hours", 90),
        ("2 hours and 15 minutes", 135),
        ("three quarters of an hour", 45),
        ("2 whole hours", 120),
        ("over an hour", 60),
        ("3시간", 180),
        ("두 시간 반", 150),
        ("세시간", 180),
        ("3시간반", 210),
        ("30분", 30),
        ("삼십분", 30),
        ("1시간 30분", 90),
        ("한 시간", 60),
        ("이틀", 2880),
        ("일주일", 10080),
        ("2주", 20160),
        ("사흘", 4320),
        ("열흘", 14400),
        ("한 달", 43200),
        ("5일", 7200),
        ("반나절", 720),
        ("한시간 반이나", 90),
        ("40분이나 기다렸어요", 40),
        ("2時間半", 150),
        ("三日間", 4320),
        ("2時間15分", 135),
        ("三十分", 30),
        ("45分", 45),
        ("一時間", 60),
        ("1時間", 60),
        ("2週間", 20160),
        ("３０分", 30),
        ("半日", 720),
        ("十五分", 15),
        ("1か月", 43200),
        ("二時間", 120),
        ("1時間以上", 60),
        ("dwie godziny", 120),
        ("półtorej godziny", 90),
        ("pół godziny", 30),
        ("dwie i pół godziny", 150),
        ("45 minut", 45),
        ("trzy dni", 4320),
        ("czterdzieści pięć minut", 45),
        ("godzinę i 20 minut", 80),
        ("czekałem tydzień", 10080),
        ("2 tygodnie", 20160),
        ("kwadrans", 15),
        ("anderthalb Stunden", 90),
        ("eine Stunde", 60),
        ("eine halbe Stunde", 30),
        ("zweieinhalb Stunden", 150),
        ("fünfundvierzig Minuten", 45),
        ("eine Viertelstunde", 15),
        ("drei Tage", 4320),
        ("2 Std", 120),
        ("zwei ganze Stunden", 120),
        ("une heure et demie", 90),
        ("une demi-heure", 30),
        ("trois quarts d'heure", 45),
        ("deux heures", 120),
        ("1h", 60),
        ("quarante-cinq minutes", 45),
        ("trois jours", 4320),
        ("deux longues heures", 120),
        ("un quart d'heure", 15),
        ("media hora", 30),
        ("una hora y media", 90),
        ("cuarenta y cinco minutos", 45),
        ("dos horas", 120),
        ("once días", 15840),
        ("mezz'ora", 30),
        ("un'ora e mezza", 90),
        ("due ore", 120),
        ("tre quarti d'ora", 45),
        ("un quarto d'ora", 15),
        ("tre giorni", 4320),
        ("meia hora", 30),
        ("uma hora e meia", 90),
        ("duas horas", 120),
        ("quarenta e cinco minutos", 45),
        ("três dias", 4320),
        ("anderhalf uur", 90),
        ("een half uur", 30),
        ("twee uur", 120),
        ("drie kwartier", 45),
        ("een kwartier", 15),
        ("drie dagen", 4320),
        ("tweeënhalf uur", 150),
        ("vijfenveertig minuten", 45),
        ("2 volle uren", 120),
    ]
    .into_iter()
    .filter(|(text, due)| minutes(crate::text::Normalized::new(text).text()) != [*due])
    .map(|(text, due)| format!("{text}: {:?} instead of {due}", minutes(text)))
    .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_no_duration() {
    for text in [
        "at 10:30",
        "wait a minute",
        "12月2日",
        "5시에",
        "10時",
        "99999999999999999999 hours",
        "999999 months",
        "hours",
        "아홉",
        "",
        "é",
        "1",
    ] {
        assert_eq!(minutes(text), [] as [u32; 0], "{text}");
    }
}

#[test]
fn hostile_numbers_take_linear_time() {
    let text = "1h ".repeat(100_000) + &"two and a half ".repeat(50_000) + &"一".repeat(200_000);
    let started = std::time::Instant::now();
    let found = minutes(&text);
    assert!(found.iter().all(|minutes| f64::from(*minutes) <= MOST_MINUTES));
    assert!(started.elapsed().as_secs() < 10);
}
