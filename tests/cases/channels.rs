use hearken::message::Channel;
use hearken::triage::channels::{platform, platform_of_url, platforms};

/// Concept 1: at least 24 social and 11 messaging platforms, chat, forums, reviews, news, blogs, surveys, e-mail, calls;
/// each in one class; what is unknown is `other`.
#[test]
fn c01_where_people_write() {
    let count = |class| platforms().filter(|platform| platform.class == class).count();
    println!("{} social, {} messaging", count(Channel::Social), count(Channel::Messaging));
    assert!(count(Channel::Social) >= 24 && count(Channel::Messaging) >= 11);
    for class in Channel::ALL {
        assert!(class == Channel::Other || count(class) >= 1, "{}", class.slug());
    }
    for unknown in ["", "nobody-knows-it", "otherwise", "한국", &"x".repeat(5_000)] {
        let found = platform(unknown);
        assert_eq!((found.slug, found.class, found.public), ("other", Channel::Other, false));
    }
    assert_eq!(platform("other").slug, "other");
}

#[test]
fn a_platform_tells_who_reads_and_how_long_a_reply_may_be() {
    let x = platform("x");
    assert_eq!((x.class, x.public, x.synchronous, x.max_characters), (Channel::Social, true, false, Some(280)));
    let chat = platform("live_chat");
    assert_eq!((chat.class, chat.public, chat.synchronous, chat.reply.minutes), (Channel::Chat, false, true, 1));
    assert_eq!(
        (platform("Twitter").slug, platform("KakaoTalk").slug, platform("forum").class),
        ("x", "kakaotalk", Channel::Forum)
    );
    assert!(platforms().all(|platform| platform.reply.minutes > 0 && !platform.reply.source.is_empty()));
}

#[test]
fn hosts_lead_to_platforms() {
    for (url, slug) in [
        ("https://www.instagram.com/p/abc/?x=1", "instagram"),
        ("http://M.FACEBOOK.com:443/page", "facebook"),
        ("old.reddit.com", "reddit"),
        ("https://user:pw@youtu.be/abc", "youtube"),
        ("https://blog.naver.com/someone/1", "naver_blog"),
        ("https://cafe.naver.com/some", "naver_cafe"),
        ("https://news.yahoo.co.jp/articles/1", "yahoo_news"),
        ("https://play.google.com./store", "google_play"),
        ("https://facebook.com.example.org/", "other"),
        ("https://notfacebook.com", "other"),
        ("https://example.org/?to=https://facebook.com", "other"),
        ("https://example.org\\@facebook.com", "other"),
        ("//", "other"),
        ("", "other"),
    ] {
        assert_eq!(platform_of_url(url).slug, slug, "{url}");
    }
}
