// Addresses of coins with their checksums: base58check, bech32 and EIP-55.

import { createHash } from "node:crypto";

const sha256 = (bytes) => createHash("sha256").update(bytes).digest();
const BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/** Version byte and hash of 20 bytes to a Bitcoin address; `spoil` breaks its checksum. */
export function base58check(version, hash, spoil = false) {
  const payload = Buffer.concat([Buffer.from([version]), hash]);
  const check = Buffer.from(sha256(sha256(payload)).subarray(0, 4));
  if (spoil) check[3] ^= 0x55;
  let value = BigInt(`0x${Buffer.concat([payload, check]).toString("hex")}`);
  let out = "";
  for (; value > 0n; value /= 58n) out = BASE58[Number(value % 58n)] + out;
  for (const byte of payload) {
    if (byte !== 0) break;
    out = `1${out}`;
  }
  return out;
}

const BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
function polymod(values) {
  let check = 1;
  for (const value of values) {
    const top = check >>> 25;
    check = ((check & 0x1ffffff) << 5) ^ value;
    [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3].forEach((part, i) => {
      if ((top >>> i) & 1) check ^= part;
    });
  }
  return check >>> 0;
}

/** A version 0 witness address (BIP 173) of a hash of 20 bytes. */
export function bech32(hash) {
  const bits = [...hash].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  const data = [0, ...bits.match(/.{5}/g).map((five) => parseInt(five, 2))];
  const prefix = [3, 3, 0, 2, 3]; // "bc" expanded
  const sum = polymod([...prefix, ...data, 0, 0, 0, 0, 0, 0]) ^ 1;
  const check = [0, 1, 2, 3, 4, 5].map((i) => (sum >>> (5 * (5 - i))) & 31);
  return `bc1${[...data, ...check].map((value) => BECH32[value]).join("")}`;
}

const MASK = (1n << 64n) - 1n;
const rotate = (value, by) => (by === 0n ? value : ((value << by) | (value >> (64n - by))) & MASK);

function keccakRounds(state) {
  let shift = 1;
  for (let round = 0; round < 24; round++) {
    const column = [0, 1, 2, 3, 4].map((x) => state[x] ^ state[x + 5] ^ state[x + 10] ^ state[x + 15] ^ state[x + 20]);
    for (let i = 0; i < 25; i++) state[i] ^= column[(i + 4) % 5] ^ rotate(column[(i + 1) % 5], 1n);
    let [x, y, current] = [1, 0, state[1]];
    for (let t = 0; t < 24; t++) {
      [x, y] = [y, (2 * x + 3 * y) % 5];
      const kept = state[x + 5 * y];
      state[x + 5 * y] = rotate(current, BigInt((((t + 1) * (t + 2)) / 2) % 64));
      current = kept;
    }
    for (let row = 0; row < 25; row += 5) {
      const line = state.slice(row, row + 5);
      for (let i = 0; i < 5; i++) state[row + i] = line[i] ^ (~line[(i + 1) % 5] & MASK & line[(i + 2) % 5]);
    }
    for (let bit = 0; bit < 7; bit++) {
      shift = ((shift << 1) ^ ((shift >> 7) * 0x71)) % 256;
      if (shift & 2) state[0] ^= 1n << ((1n << BigInt(bit)) - 1n);
    }
  }
}

/** Keccak-256 of ASCII text of at most 135 bytes, as hex. */
function keccak256(text) {
  const block = Buffer.alloc(136);
  block.write(text, "latin1");
  block[text.length] ^= 0x01;
  block[135] ^= 0x80;
  const state = Array(25).fill(0n);
  for (let i = 0; i < 17; i++) state[i] = block.readBigUInt64LE(i * 8);
  keccakRounds(state);
  const out = Buffer.alloc(32);
  for (let i = 0; i < 4; i++) out.writeBigUInt64LE(state[i], i * 8);
  return out.toString("hex");
}

/** The mixed case that EIP-55 gives 40 lower-case hex digits. */
export function eip55(hex) {
  const hash = keccak256(hex);
  return `0x${[...hex].map((char, i) => (parseInt(hash[i], 16) >= 8 ? char.toUpperCase() : char)).join("")}`;
}

export const COIN_EXAMPLES = [
  ["EIP-55", eip55("5aaeb6053f3e94c9b9a09f33669435e7ef1beaed"), "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"],
  ["base58check", base58check(0, Buffer.from("62e907b15cbf27d5425399ebf6f0fb50ebb88f18", "hex")), "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"],
  ["BIP 173", bech32(Buffer.from("751e76e8199196d454941c45d1b3a323f1433bd6", "hex")), "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"],
];
