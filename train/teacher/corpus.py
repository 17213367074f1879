"""Reads the labelled sets and says which of them the teacher may see.

The lists mirror `train/src/sets.rs`. A set whose row in the data description says that a model trained on it may not be
shipped is refused, whatever the lists here say.
"""

import gzip
import hashlib
import re
import zlib
from pathlib import Path

NEGATIVE, NEUTRAL, POSITIVE = 0, 1, 2

# Languages the encoder was built for.
KNOWN = {"ar", "de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "th", "tr", "zh"}

# Languages with a sentiment set rated on native texts (sets.rs): there a sentence without opinion is a weak neutral.
NATIVE = {"ar", "de", "en", "es", "fr", "it", "ko", "pl", "pt"}

M_ABSA = ["ar", "de", "en", "es", "fr", "ja", "ko", "nl", "pt", "ru", "th", "tr", "zh"]

# stem, languages, reading, factor on the weight, every neutral is weak, says neutral at all
LABELLED = [
    ("sentiment/semeval2017_task4a", ["en"], "words", 2.0, False, True),
    ("sentiment/umsab_twitter", ["ar", "de", "en", "es", "fr", "it", "pt"], "words", 2.0, False, True),
    ("sentiment/nsmc_movie_reviews", ["ko"], "words", 1.0, True, True),
    ("sentiment/polemo2_sentence", ["pl"], "words", 1.0, False, True),
    ("sentiment/polemo2_text", ["pl"], "words", 1.0, False, True),
    ("sentiment/sst5_movie", ["en"], "words", 1.0, False, True),
    ("sentiment/uci_labelled_sentences", ["en"], "words", 1.0, False, False),
    ("sentiment/vader_rated", ["en"], "words", 1.0, False, True),
    ("sentiment/pros_cons", ["en"], "words", 1.0, False, False),
    ("sentiment/germeval2017_bahn", ["de"], "words", 1.0, False, True),
    ("stars/amazon_alexa_reviews", ["en"], "stars", 1.0, True, True),
    ("stars/cuba_hotel_reviews", ["es"], "stars", 1.0, True, True),
    ("stars/cuba_restaurant_reviews", ["es"], "stars", 1.0, True, True),
    ("survey/nhs_fft_v6", ["en"], "words", 1.0, False, True),
    ("survey/nhs_fft_phase1", ["en"], "criticality", 1.0, False, False),
    ("absa/m_absa", M_ABSA, "opinions", 0.5, False, True),
    ("absa/chabsa_business", ["ja"], "opinions", 0.5, False, True),
    ("absa/product_review_features", ["en"], "opinions", 0.5, False, True),
]

# Labelled train parts whose every text gets the teacher's opinion: stem, languages.
SOFTENED = {
    "sentiment/semeval2017_task4a": ["en"],
    "sentiment/umsab_twitter": ["ar", "de", "en", "es", "fr", "it", "pt"],
    "sentiment/vader_rated": ["en"],
    "absa/m_absa": ["fr", "ja", "ko", "nl", "pt"],
    "absa/chabsa_business": ["ja"],
}

# Train parts of other tasks: stem, language in the file name, most rows to take. Posts and reviews before film lines.
UNLABELLED = [
    ("emotion/goemotions", "en", 22_000),
    ("irony/tweeteval_irony", "en", 4_000),
    ("complaint/complaints_twitter", "en", 4_000),
    ("intent/google_play_review_types", "en", 6_000),
    ("toxicity/tweeteval_offensive_olid", "en", 12_000),
    ("toxicity/tweeteval_hate", "en", 6_000),
    ("toxicity/hate_offensive_twitter", "en", 6_000),
    ("emotion/xed_subtitles", "en", 3_000),
    ("speech_act/subtitle_questions_weak", "en", 3_000),
    *[("emotion/brighter_semeval2025", lang, 4_000) for lang in ["ar", "de", "en", "es", "pt", "ru", "zh"]],
    *[("emotion/xed_subtitles_projected", lang, 6_000) for lang in ["de", "es", "fr", "it", "nl", "pl", "pt"]],
    *[("speech_act/subtitle_questions_weak", lang, 5_000) for lang in ["de", "es", "fr", "it", "nl", "pl", "pt"]],
    ("toxicity/germeval2018", "de", 6_000),
    ("toxicity/germeval2021", "de", 6_000),
    ("emotion/emoevales2021", "es", 6_000),
    ("toxicity/told_br", "pt", 12_000),
    ("toxicity/poleval2019_task6", "pl", 10_000),
    ("emotion/kote_partial", "ko", 6_000),
    ("toxicity/kocohub_beep", "ko", 8_000),
]

# Lines of the language set, by source; its other sources are the sets above again or may not teach.
LANGUAGE_SET = "langid/mixed_short"
LANGUAGE_SOURCES = {"opensubtitles", "udhr", "3i4k"}
LANGUAGE_LINES = {"de": 3_000, "fr": 4_000, "it": 6_000, "ja": 100, "ko": 2_100, "nl": 3_200, "pl": 3_000}

# Held-out sets, for scoring the teacher and nothing else.
SCORED_ONLY = [("sentiment/airline_tweets", "en"), ("sentiment/amazon_reviews_multi", "ja"), ("sentiment/jrte_hotel_pn", "ja")]


def read(data, name):
    """Column names and rows (lists of cells) of `<data>/<name>.tsv.gz`."""
    with gzip.open(Path(data) / f"{name}.tsv.gz", "rt", encoding="utf-8", newline="\n") as file:
        lines = file.read().split("\n")
    if lines[-1] == "":
        lines.pop()
    table = [line.removesuffix("\r").split("\t") for line in lines]
    return table[0], table[1:]


def checksum(rows):
    """CRC-32 of the text column, every text followed by a line break."""
    value = 0
    for row in rows:
        value = zlib.crc32(row[0].encode() + b"\n", value)
    return value


def word(label):
    """The sentiment a label word means, or None."""
    return {
        "negative": NEGATIVE, "very_negative": NEGATIVE, "positive": POSITIVE, "very_positive": POSITIVE,
        "neutral": NEUTRAL, "neutral_or_mixed": NEUTRAL, "ambiguous": NEUTRAL, "conflict": NEUTRAL,
    }.get(label)


def labels(columns, rows, reading, weak_neutral, lang):
    """(row number, label, weak) of every text that says something, once per text."""
    if reading == "opinions":
        first, counts = {}, {}
        for number, row in enumerate(rows):
            first.setdefault(row[0], number)
            count = counts.setdefault(row[0], [0, 0, 0])
            if (label := word(row[1])) is not None:
                count[label] += 1
        for text, (negative, neutral, positive) in counts.items():
            if negative + neutral + positive == 0:
                yield first[text], NEUTRAL, lang in NATIVE
            elif negative and not positive:
                yield first[text], NEGATIVE, False
            elif positive and not negative:
                yield first[text], POSITIVE, False
            else:
                yield first[text], NEUTRAL, True
        return
    column = 1
    if reading == "criticality":
        column = next(i for i, name in enumerate(columns) if name.startswith("criticality"))
    for number, row in enumerate(rows):
        cell = row[column]
        if reading == "words":
            label = word(cell)
        elif reading == "stars":
            label = {"1": 0, "2": 0, "3": 1, "4": 2, "5": 2}.get(cell)
        else:
            value = int(cell) if re.fullmatch(r"-?\d+", cell) else 0
            label = None if value == 0 else (NEGATIVE if value < 0 else POSITIVE)
        if label is not None:
            yield number, label, weak_neutral and label == NEUTRAL


def order(text):
    """A fixed pseudo-random place of a text, the same on every machine."""
    return hashlib.blake2b(text.encode(), digest_size=8).digest()


def sample(numbers, rows, most):
    """At most `most` of the rows, chosen by the hash of their text, in file order."""
    chosen = sorted(numbers, key=lambda number: (order(rows[number][0]), number))[:most]
    return sorted(chosen)


def first_rows(rows, keep=lambda row: True):
    """Numbers of the rows that hold a text for the first time and pass `keep`."""
    seen, numbers = set(), []
    for number, row in enumerate(rows):
        if row[0] not in seen and keep(row):
            seen.add(row[0])
            numbers.append(number)
    return numbers


def refuse_barred(data, stems):
    """Raises when the data description marks one of the sets as not for shipped models, or lacks it."""
    answers = {}
    for line in (Path(data) / "README.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) >= 10 and re.fullmatch(r"`\w+`", cells[2]):
            answers[f"{cells[1]}/{cells[2][1:-1]}"] = cells[-3]
    for stem in stems:
        if not answers.get(stem, "no").startswith(("yes", "unclear")):
            raise SystemExit(f"{stem} may not teach: {answers.get(stem, 'not in the data description')}")
