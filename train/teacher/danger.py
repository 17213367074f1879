"""Writes `danger.bin.gz`: what a multilingual sentence encoder thinks of danger in texts that carry no such label.

A small network learns danger on the encoder's vectors of `train/authored/danger.*.tsv` and of the rows for signs. Where it
is sure of a text of the pool below, its yes or no is stored by checksum of the text. No text is stored. README.md
describes the file and the method.
"""

import argparse
import gzip
import struct
import sys
import time
import zlib
from pathlib import Path

import numpy as np

import corpus
from signs import AUTHORED, LANGUAGES, Network, rows
from teach import Encoder

# Train part, language, most texts.
POOL = [
    *[("emotion/xed_subtitles_projected", lang, 5_000) for lang in ["de", "es", "fr", "it", "nl", "pl", "pt"]],
    ("emotion/xed_subtitles", "en", 5_000),
    ("sentiment/polemo2_sentence", "pl", 6_000),
    ("survey/nhs_fft_v6", "en", 4_500),
    ("survey/nhs_fft_phase1", "en", 5_000),
    ("complaint/complaints_twitter", "en", 2_000),
    ("emotion/goemotions", "en", 6_000),
    ("emotion/kote_partial", "ko", 6_000),
    ("toxicity/kocohub_beep", "ko", 4_000),
    ("speech_act/3i4k", "ko", 6_000),
    *[("absa/m_absa", lang, 2_500) for lang in ["ja", "ko", "de", "fr", "es", "nl", "pt"]],
    ("toxicity/tweeteval_offensive_olid", "en", 5_000),
    ("toxicity/germeval2018", "de", 4_000),
    ("toxicity/poleval2019_task6", "pl", 5_000),
    ("toxicity/told_br", "pt", 4_000),
    *[("emotion/brighter_semeval2025", lang, 3_000) for lang in ["de", "en", "es", "pt"]],
    *[("sentiment/umsab_twitter", lang, 1_800) for lang in ["de", "fr", "it", "es", "pt"]],
]
SHORTEST, LONGEST = 8, 400  # characters of a text of the pool
# From which probability it is a yes, and up to which a no: texts written for the project are nearer to what was learned.
SURE_AUTHORED, SURE_PUBLIC = (0.6, 0.1), (0.8, 0.05)
# One in so many texts that are surely harmless is kept of a public set.
HARMLESS = 3
NETWORKS = 3
MAGIC = b"HKDANGR1"


def taught(encoder):
    """Vectors and answers: the rows of danger twice, those of signs once."""
    x, y = [], []
    for kind, is_danger, times in [("danger", lambda row: row[1] == "yes", 2), ("signs", lambda row: row[3] == "critical", 1)]:
        for lang in LANGUAGES:
            found = rows(AUTHORED / f"{kind}.{lang}.tsv")
            x.extend([encoder.vectors([row[0] for row in found])] * times)
            y.extend([np.array([[is_danger(row)] for row in found], np.float32)] * times)
    return np.concatenate(x), np.concatenate(y)


def pool(data):
    """(name, texts, sure, of which harmless ones one in so many) of everything that gets an answer."""
    for name in ["meaning", "reasons", "lines"]:
        for path in sorted(AUTHORED.glob(f"{name}.*.tsv")):
            if path.name.split(".")[1] in LANGUAGES:
                yield path.name, [row[0] for row in rows(path)], SURE_AUTHORED, 1
    for stem, lang, most in POOL:
        _, found = corpus.read(data, f"{stem}.{lang}.train")
        texts = {row[0] for row in found if SHORTEST <= len(row[0]) <= LONGEST}
        yield f"{stem}.{lang}", sorted(texts, key=corpus.order)[:most], SURE_PUBLIC, HARMLESS


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", required=True, type=Path, help="folder with the labelled sets")
    options.add_argument("--out", type=Path, default=Path(__file__).parent / "danger.bin.gz")
    options.add_argument("--cache", type=Path, help="folder for sentence vectors, to repeat a run quickly")
    args = options.parse_args()
    corpus.refuse_barred(args.data, {stem for stem, *_ in POOL})
    started = time.monotonic()
    encoder = Encoder(args.cache)
    x, y = taught(encoder)
    networks = [Network(seed).fit(x, y) for seed in range(NETWORKS)]
    print(f"{len(x)} rows taught, {time.monotonic() - started:.0f} s", file=sys.stderr)
    yes, no = set(), set()
    for name, texts, (least, most), one_in in pool(args.data):
        vectors = encoder.vectors(texts)
        answers = np.mean([network.predict(vectors) for network in networks], axis=0)[:, 0]
        keys = [zlib.crc32(text.encode()) for text in texts]
        yes.update(key for key, answer in zip(keys, answers) if answer >= least)
        no.update(key for key, answer in zip(keys, answers) if answer <= most and key % one_in == 0)
        print(f"{len(texts):6} {name} {(answers >= least).sum()} {(answers <= most).sum()}", file=sys.stderr)
    no -= yes
    keys = b"".join(struct.pack("<I", key) for part in (yes, no) for key in sorted(part))
    packed = gzip.compress(MAGIC + struct.pack("<I", len(yes)) + keys, 9, mtime=0)
    args.out.write_bytes(packed)
    print(f"{len(yes)} yes, {len(no)} no, {len(packed)} bytes, {time.monotonic() - started:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
