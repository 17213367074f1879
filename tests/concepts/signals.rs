//! Stages, lost time, effort, wishes, expectations, brands and links.

use hearken::AnalyzeOptions;

use super::{engine, none, read};

/// Concepts 15 and 23: stage and media type.
#[test]
fn c15_c23_a_message_has_a_stage_and_a_media_type() {
    use hearken::analysis::{JourneyStage, MediaType};
    use hearken::message::Channel;
    let mut wrong = Vec::new();
    for (text, stage) in [
        ("Saw your advert and never heard of you before.", JourneyStage::Awareness),
        ("My parcel still hasn't arrived.", JourneyStage::Delivery),
        ("I'm cancelling my subscription.", JourneyStage::Leaving),
        ("택배가 아직 안 왔어요", JourneyStage::Delivery),
        ("荷物がまだ届いていません", JourneyStage::Delivery),
        ("Kurier nie przyjechał z paczką", JourneyStage::Delivery),
    ] {
        let found = read(text).signals.journey_stage;
        if found != stage {
            wrong.push(format!("{text}: {found:?}"));
        }
    }
    let both = read("The parcel came late and now the app keeps crashing after the update.").signals;
    assert!(!both.other_stages.is_empty() && !both.other_stages.contains(&both.journey_stage));
    for (channel, media) in [
        (Channel::AdComment, Some(MediaType::Paid)),
        (Channel::Blog, Some(MediaType::Earned)),
        (Channel::Survey, Some(MediaType::Owned)),
        (Channel::Other, None),
    ] {
        let options = AnalyzeOptions { channel, ..AnalyzeOptions::default() };
        assert_eq!(engine().analyze("Nice.", &options).unwrap().signals.media_type, media);
    }
    none(wrong);
}

/// Concepts 32 and 33: lost time with its minutes, effort only where it is spoken of.
#[test]
fn c32_c33_time_lost_and_effort() {
    use hearken::analysis::EffortLevel;
    for (text, minutes) in [
        ("on hold 45 minutes", 45),
        ("3시간 기다렸어요", 180),
        ("czekałam dwie godziny", 120),
        ("2時間待たされた", 120),
    ] {
        assert_eq!(read(text).signals.time_lost.map(|lost| lost.minutes), Some(minutes), "{text}");
    }
    let level = |text: &str| read(text).signals.effort.map(|effort| effort.level);
    assert_eq!(level("impossible to navigate"), Some(EffortLevel::High));
    assert_eq!(level("ugly site"), None);
    assert_eq!(level("painless"), Some(EffortLevel::Easy));
}

/// Concepts 36 and 38: a wish has object and condition; what was expected is paired with what came.
#[test]
fn c36_c38_wishes_and_expectations() {
    let wish = |text: &str| read(text).signals.wishes.into_iter().next().unwrap_or_else(|| panic!("{text}"));
    let midnight = wish("need an egg muffin at midnight");
    assert_eq!(midnight.object, "egg muffin");
    assert_eq!(midnight.condition.and_then(|condition| condition.time).as_deref(), Some("at midnight"));
    for (text, object) in [
        ("why can't I get pancakes in the afternoon", "pancakes"),
        ("다크 모드 있었으면 좋겠어요", "다크 모드"),
        ("brakuje mi ciemnego motywu", "ciemnego motywu"),
        ("夜も朝食メニューがあればいいのに", "朝食メニュー"),
    ] {
        assert_eq!(wish(text).object, object, "{text}");
    }
    for text in ["I'd like a refund", "please call me", "I wish you a nice day"] {
        assert!(read(text).signals.wishes.is_empty(), "{text}");
    }
    for (text, expected) in
        [("thought it came with a charger, it did not", "a charger"), ("ordered blue, got red", "blue")]
    {
        assert_eq!(read(text).signals.expectations[0].expected, expected, "{text}");
    }
}

/// Concepts 38 and 41: an expectation alone, and what a customer would buy.
#[test]
fn c38_c41_expectations_alone_and_purchase_interest() {
    let expected = |text: &str| read(text).signals.expectations.into_iter().next().unwrap_or_else(|| panic!("{text}"));
    let alone = expected("Terrible. I expected a quiet room.");
    assert_eq!((alone.expected.as_str(), alone.got), ("a quiet room", None));
    assert!(read("I ordered a blue one last week").signals.expectations.is_empty());
    for (text, object) in [
        ("do you have this in blue?", "this in blue"),
        ("How much is the large one?", "the large one"),
        ("이거 파란색 있나요?", "이거 파란색"),
        ("これの青はありますか？", "これの青"),
        ("Habt ihr das Kleid in Größe 38?", "das Kleid in Größe 38"),
    ] {
        let found = read(text).signals.purchase_interest;
        assert_eq!(found.first().map(|one| one.object.as_str()), Some(object), "{text}: {:?}", read(text).intent);
    }
    for text in ["Do you have any idea how long I waited?", "my parcel is late", "thanks for the great price"] {
        assert!(read(text).signals.purchase_interest.is_empty(), "{text}");
    }
}

/// Concepts 42, 43 and 76: brands with their role, churn, disguised links.
#[test]
fn c42_c43_c76_brands_churn_and_links() {
    use hearken::analysis::{BrandManner, BrandRole, ChurnReason, LinkKind};
    let brands = hearken::signals::Brands::new(&["Lumera".into()], &["Zenvo".into()]).unwrap();
    let options = AnalyzeOptions { brands, ..AnalyzeOptions::default() };
    let signals = engine().analyze("I'm moving to Zenvo, Lumera has let me down.", &options).unwrap().signals;
    let zenvo = &signals.brands[0];
    assert_eq!((zenvo.role, zenvo.manner), (BrandRole::Competitor, BrandManner::SwitchedTo));
    assert!(signals.churn.reasons.contains(&ChurnReason::Competitor));
    for (text, kind) in [
        ("get it on b i t t o r r e n t", LinkKind::Piracy),
        ("hxxp://films.example/torrent", LinkKind::Piracy),
        ("free tоrrеnt for all", LinkKind::Piracy),
    ] {
        let links = read(text).signals.links;
        assert!(links.iter().any(|link| link.kind == kind && link.disguised), "{text}: {links:?}");
    }
    assert!(read("My invoice: https://portal.example/i/12").signals.links.is_empty());
}
