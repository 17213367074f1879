// A seeded source of choices, so that the same carriers give the same rows on every machine.

/** Choices drawn from a seed: the generator is mulberry32 (public domain, Tommy Ettinger), seeded by FNV-1a of `seed`. */
export class Random {
  constructor(seed) {
    let hash = 0x811c9dc5;
    for (const unit of seed) hash = Math.imul(hash ^ unit.codePointAt(0), 0x01000193);
    this.state = hash >>> 0;
  }

  /** A whole number in `low..=high`. */
  int(low, high) {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = this.state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    const unit = ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
    return low + Math.floor(unit * (high - low + 1));
  }

  pick(list) {
    return list[this.int(0, list.length - 1)];
  }

  /** `count` characters of `alphabet`. */
  of(alphabet, count) {
    let out = "";
    for (let i = 0; i < count; i++) out += alphabet[this.int(0, alphabet.length - 1)];
    return out;
  }

  digits(count) {
    return this.of("0123456789", count);
  }

  /** Digits of which the first is not zero. */
  number(count) {
    return this.of("123456789", 1) + this.digits(count - 1);
  }

  upper(count) {
    return this.of("ABCDEFGHJKLMNPRSTUVWXYZ", count);
  }

  shuffle(list) {
    const out = [...list];
    for (let i = out.length - 1; i > 0; i--) {
      const j = this.int(0, i);
      [out[i], out[j]] = [out[j], out[i]];
    }
    return out;
  }
}
