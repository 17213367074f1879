"""Writes `signs.bin.gz`: what a multilingual sentence encoder thinks of wishes, effort, urgency and churn in texts that
carry no such label.

A small network learns the signs on the encoder's vectors of `train/authored/signs.*.tsv`, all languages together. Where it
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
from teach import Encoder

AUTHORED = Path(__file__).parent.parent / "authored"
LANGUAGES = ["en", "ko", "ja", "pl", "de", "fr", "es", "it", "pt", "nl"]
# The columns, in the order of the engine's `Sign`.
COLUMNS = [
    lambda wish, effort, urgency, churn: wish == "yes",
    lambda wish, effort, urgency, churn: effort == "high",
    lambda wish, effort, urgency, churn: effort == "some",
    lambda wish, effort, urgency, churn: effort == "easy",
    lambda wish, effort, urgency, churn: urgency == "low",
    lambda wish, effort, urgency, churn: urgency in ("high", "critical"),
    lambda wish, effort, urgency, churn: urgency == "critical",
    lambda wish, effort, urgency, churn: churn == "yes",
]
# Train part, language, most texts.
POOL = [
    ("sentiment/polemo2_sentence", "pl", 12_000),
    *[("absa/m_absa", lang, 5_000) for lang in ["de", "es", "fr", "ja", "ko", "nl", "pt", "en"]],
    ("stars/cuba_hotel_reviews", "es", 4_000),
    ("survey/nhs_fft_v6", "en", 4_500),
    ("survey/nhs_fft_phase1", "en", 6_000),
    ("complaint/complaints_twitter", "en", 3_000),
    ("intent/google_play_review_types", "en", 6_000),
    ("sentiment/germeval2017_bahn", "de", 2_200),
    ("absa/germeval2017_bahn", "de", 2_400),
    ("intent/bitext_customer_support", "en", 2_500),
    ("intent/banking77", "en", 4_000),
    *[("sentiment/umsab_twitter", lang, 1_800) for lang in ["de", "fr", "it", "es", "pt"]],
    ("emotion/kote_partial", "ko", 6_000),
]
SHORTEST, LONGEST = 8, 400  # characters of a text of the pool
# From which probability it is a yes, and up to which a no: texts written for the project are nearer to what was learned.
SURE_AUTHORED, SURE_PUBLIC = (0.75, 0.15), (0.9, 0.1)
NETWORKS, HIDDEN, EPOCHS, BATCH, RATE, DROPOUT, DECAY = 3, 256, 20, 128, 1e-3, 0.4, 1e-4
MAGIC = b"HKSIGNS1"


class Network:
    """One hidden layer with ReLU and a logistic answer a column; Adam."""

    def __init__(self, seed):
        self.random = np.random.default_rng(seed)

    def fit(self, x, y):
        draw = lambda rows, columns, size: self.random.normal(0, np.sqrt(size / rows), (rows, columns)).astype(np.float32)
        ends = np.zeros(HIDDEN, np.float32), np.full(y.shape[1], -2, np.float32)
        self.parameters = [draw(x.shape[1], HIDDEN, 2), ends[0], draw(HIDDEN, y.shape[1], 1), ends[1]]
        means = [np.zeros_like(p) for p in self.parameters]
        squares = [np.zeros_like(p) for p in self.parameters]
        steps, step = EPOCHS * -(-len(x) // BATCH), 0
        for _ in range(EPOCHS):
            places = self.random.permutation(len(x))
            for start in range(0, len(x), BATCH):
                rows = places[start : start + BATCH]
                step += 1
                rate = RATE * (1 - 0.95 * step / steps)
                for i, gradient in enumerate(self._gradients(x[rows], y[rows])):
                    means[i] += 0.1 * (gradient - means[i])
                    squares[i] += 0.001 * (gradient * gradient - squares[i])
                    mean = means[i] / (1 - 0.9**step)
                    square = squares[i] / (1 - 0.999**step)
                    self.parameters[i] -= rate * mean / (np.sqrt(square) + 1e-8)
        return self

    def _gradients(self, x, y):
        w1, b1, w2, b2 = self.parameters
        hidden = np.maximum(x @ w1 + b1, 0)
        kept = (self.random.random(hidden.shape, dtype=np.float32) >= DROPOUT) / np.float32(1 - DROPOUT)
        hidden *= kept
        error = (1 / (1 + np.exp(-(hidden @ w2 + b2))) - y) / len(x)
        back = (error @ w2.T) * kept * (hidden > 0)
        return [x.T @ back + DECAY * w1, back.sum(axis=0), hidden.T @ error + DECAY * w2, error.sum(axis=0)]

    def predict(self, x):
        w1, b1, w2, b2 = self.parameters
        return 1 / (1 + np.exp(-(np.maximum(x @ w1 + b1, 0) @ w2 + b2)))


def rows(path):
    """The rows of an authored file, as lists of cells."""
    return [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:]]


def taught(encoder):
    """Vectors and answers of the authored rows; every tenth is kept for thresholds, as in the trainer."""
    x, y = [], []
    for lang in LANGUAGES:
        found = rows(AUTHORED / f"signs.{lang}.tsv")
        vectors = encoder.vectors([row[0] for row in found])
        kept = [at for at in range(len(found)) if at % 10 != 9]
        x.append(vectors[kept])
        y.append(np.array([[column(*found[at][1:]) for column in COLUMNS] for at in kept], np.float32))
    return np.concatenate(x), np.concatenate(y)


def pool(data):
    """(name, texts, sure) of everything that gets an answer."""
    for name in ["meaning", "reasons"]:
        for lang in LANGUAGES:
            yield f"{name}.{lang}", [row[0] for row in rows(AUTHORED / f"{name}.{lang}.tsv")], SURE_AUTHORED
    for stem, lang, most in POOL:
        _, found = corpus.read(data, f"{stem}.{lang}.train")
        texts = {row[0] for row in found if SHORTEST <= len(row[0]) <= LONGEST}
        yield f"{stem}.{lang}", sorted(texts, key=corpus.order)[:most], SURE_PUBLIC


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", required=True, type=Path, help="folder with the labelled sets")
    options.add_argument("--out", type=Path, default=Path(__file__).parent / "signs.bin.gz")
    options.add_argument("--cache", type=Path, help="folder for sentence vectors, to repeat a run quickly")
    args = options.parse_args()
    corpus.refuse_barred(args.data, {stem for stem, *_ in POOL})
    started = time.monotonic()
    encoder = Encoder(args.cache)
    x, y = taught(encoder)
    networks = [Network(seed).fit(x, y) for seed in range(NETWORKS)]
    print(f"{len(x)} rows taught, {time.monotonic() - started:.0f} s", file=sys.stderr)
    records = {}
    for name, texts, (least, most) in pool(args.data):
        vectors = encoder.vectors(texts)
        answers = np.mean([network.predict(vectors) for network in networks], axis=0)
        yes, no = answers >= least, answers <= most
        bits = lambda flags: int(sum(1 << i for i, flag in enumerate(flags) if flag))
        for text, yes, no in zip(texts, yes, no):
            key = zlib.crc32(text.encode())
            records[key] = struct.pack("<IBB", key, bits(yes | no), bits(yes))
        print(f"{len(texts):6} {name} {(answers >= least).sum(axis=0)}", file=sys.stderr)
    packed = gzip.compress(MAGIC + b"".join(records[key] for key in sorted(records)), 9, mtime=0)
    args.out.write_bytes(packed)
    print(f"{len(records)} texts, {len(packed)} bytes, {time.monotonic() - started:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
