// The values of each type: valid by structure and check digit, and nobody's.

import * as check from "./checks.mjs";
import { base58check, bech32, eip55 } from "./coins.mjs";
import { address, coordinates, date, phone, postcode } from "./formats.mjs";
import * as ids from "./ids.mjs";

const HEX = "0123456789abcdef";
const ALNUM = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
/** Names kept for documentation by RFC 2606 and IANA's internationalised test domains. */
const DOMAINS = ["example.com", "example.org", "example.net", "mail.example.com", "example.com", "shop.example.org", "brimlo.example"];
const IDN = ["bücher.example", "żółw.example", "例え.テスト", "실례.테스트"];
export const BRANDS = ["Brimlo", "Quellop", "Tavindo", "Zentarro", "Mollivo", "Orbeku", "Lumepik", "Fennaro", "Kappelin", "Drosta"];

function email(r, locale, lists) {
  const local = r.pick(lists.mail);
  const draw = r.int(0, 11);
  if (draw === 0) return `${local}@${r.pick(IDN)}`;
  if (draw <= 2) {
    const i = r.int(0, lists.at.length - 1);
    const domain = r.pick(["example.com", "example.org", "example.net"]).replace(".", lists.dot[i]);
    return local.replace(/[._+-].*/, "") + lists.at[i] + domain;
  }
  const tagged = draw === 3 ? `${local}+shop` : draw === 4 ? local + r.int(2, 99) : draw === 5 ? local.toUpperCase() : local;
  return `${tagged}@${r.pick(DOMAINS)}`;
}

/** Numbers under the prefixes of published test cards. */
export function card(r, _locale, _lists, spoil = false) {
  const prefix = r.pick(["411111", "424242", "400000", "555555", "510510", "222300", "378282", "371449", "601111", "353011"]);
  const body = prefix + r.digits((prefix[0] === "3" && prefix[1] === "7" ? 14 : 15) - 6);
  const digit = check.luhn(body);
  const number = body + (spoil ? (Number(digit) + 1 + r.int(0, 7)) % 10 : digit);
  const by = r.pick(["", " ", " ", "-"]);
  return number.length === 15 ? number.replace(/(.{4})(.{6})(.{5})/, `$1${by}$2${by}$3`) : number.match(/.{4}/g).join(by);
}

const bban = {
  GB: (r) => r.pick(["WEST", "NWBK", "BARC"]) + r.digits(14),
  DE: (r) => r.number(18),
  FR: (r) => r.digits(23),
  PL: (r) => r.pick(["1090", "1140", "1020"]) + r.digits(20),
  ES(r) {
    const [bank, account] = [r.pick(["21000418", "00491500"]), r.digits(10)];
    return bank + check.ccc(bank, account) + account;
  },
  IT: (r) => r.upper(1) + r.digits(22),
  NL: (r) => r.pick(["ABNA", "INGB", "RABO"]) + r.digits(10),
  PT: (r) => r.digits(21),
  BR: (r) => `${r.digits(23)}C1`,
};
const COUNTRIES = {
  "en-US": ["GB", "DE", "FR"], "en-GB": ["GB", "GB", "DE", "ES"], ko: ["DE", "GB", "FR"], ja: ["DE", "GB", "FR"], pl: ["PL", "PL", "DE"], de: ["DE"],
  fr: ["FR"], es: ["ES"], it: ["IT"], "pt-BR": ["BR", "PT"], nl: ["NL", "NL", "DE"],
};
export function iban(r, locale, _lists, spoil = false) {
  const country = r.pick(COUNTRIES[locale]);
  let number = check.iban(country, bban[country](r));
  if (spoil) number = number.slice(0, 2) + String(((Number(number.slice(2, 4)) + 13) % 96) + 2).padStart(2, "0") + number.slice(4);
  return r.pick([number, number.match(/.{1,4}/g).join(" ")]);
}

function ip(r) {
  const v4 = `${r.pick(["192.0.2", "198.51.100", "203.0.113"])}.${r.int(1, 254)}`;
  if (r.int(0, 3)) return v4;
  const group = () => parseInt(r.of(HEX, 4), 16).toString(16);
  return r.pick([`2001:db8::${group()}`, `2001:db8:${group()}::${group()}`, `2001:db8:0:0:${group()}:${group()}:${group()}:${group()}`, `2001:0db8:85a3::${group()}:7334`]);
}

/** Addresses kept for documentation by RFC 7042, and some administered locally. */
function mac(r) {
  const tail = r.of(HEX, 2);
  return r.pick([`00:00:5e:00:53:${tail}`, `00-00-5E-00-53-${tail.toUpperCase()}`, `0000.5e00.53${tail}`, `00:00:5E:00:53:${tail.toUpperCase()}`, `02:00:5e:10:${tail}:${r.of(HEX, 2)}`]);
}

function urlToken(r, _locale, lists) {
  const host = r.pick(["example.com", "www.example.com", "shop.example.org", "api.example.net"]);
  const mail = r.pick(lists.mail);
  const token = r.of(ALNUM, r.int(20, 32));
  return r.pick([
    `https://${host}/reset?token=${token}`, `https://${host}/login?access_token=${token}&lang=en`, `https://${mail}:${r.of(ALNUM, 10)}@${host}/`,
    `https://${host}/unsubscribe?email=${mail}@example.com`, `https://${host}/files/4711.pdf?sig=${r.of(HEX, 40)}`, `https://${host}/api?api_key=${token}`,
    `http://${host}/track?id=${r.int(10, 99)}&email=${mail}%40example.org`, `https://${host}/join#access_token=${token}`, `ftp://${mail}:${r.of(ALNUM, 9)}@${host}/export.csv`,
  ]);
}

const base64url = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
/** Each key carries EXAMPLE or a name of the test kind, so that no scanner takes it for one in use. */
function secret(r) {
  return r.pick([
    () => `AKIA${r.of("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 9)}EXAMPLE`, () => `ghp_${r.of(ALNUM, 29)}EXAMPLE`, () => `sk_test_${r.of(ALNUM, 24)}`,
    () => `xoxb-${r.number(11)}-${r.number(11)}-${r.of(ALNUM, 17)}EXAMPLE`, () => `AIza${r.of(ALNUM, 28)}EXAMPLE`, () => `glpat-${r.of(ALNUM, 13)}EXAMPLE`,
    () => `npm_${r.of(ALNUM, 29)}EXAMPLE`, () => `SG.${r.of(ALNUM, 22)}.${r.of(ALNUM, 36)}EXAMPLE`,
    () => `${base64url({ alg: "HS256", typ: "JWT" })}.${base64url({ sub: r.number(8), iat: Number(`17${r.digits(8)}`) })}.${r.of(ALNUM, 43)}`,
    () => `${base64url({ alg: "RS256" })}.${base64url({ iss: "https://example.com", exp: Number(`17${r.digits(8)}`) })}.${r.of(ALNUM, 64)}`,
    () => `-----BEGIN PRIVATE KEY----- MIIEvQIBADANBgkqhkiG9w0BAQ${r.of(ALNUM, 40)} -----END PRIVATE KEY-----`,
  ])();
}

export function crypto(r, _locale, _lists, spoil = false) {
  const hash = Buffer.from(r.of(HEX, 40), "hex");
  const swap = (text) => text.slice(0, -1) + (text.endsWith("q") ? "p" : "q");
  return r.pick([
    () => base58check(0, hash, spoil), () => base58check(5, hash, spoil), () => (spoil ? swap(bech32(hash)) : bech32(hash)),
    () => {
      const address = eip55(hash.toString("hex"));
      return spoil ? `0x${address.slice(2).replace(/[a-fA-F]/, (char) => (char < "a" ? char.toLowerCase() : char.toUpperCase()))}` : address;
    },
    () => (spoil ? `0x${hash.toString("hex").slice(1)}` : `0x${hash.toString("hex")}`),
  ])();
}

export function reference(r) {
  return r.pick([
    () => r.number(r.int(7, 10)), () => `${r.upper(2)}-${r.number(5)}`, () => `${r.upper(3)}-20${r.int(20, 26)}-${r.number(5)}`, () => `${r.upper(2)}${r.number(6)}`,
    () => `#${r.number(6)}`, () => `${r.number(3)}-${r.number(7)}-${r.number(7)}`, () => `${r.upper(1)}${r.digits(1)}${r.upper(2)}${r.digits(1)}${r.upper(1)}`,
  ])();
}

function handle(r, _locale, lists) {
  const name = r.pick(lists.mail).replace(/[^a-z0-9]/g, r.pick(["_", "", "."]));
  return `@${name}${r.pick(["", "", "_", "88", String(r.int(1, 99))])}`.replace(/\.$/, "");
}

/** A full name in the order of the locale; `firsts` may narrow it to those a form of address goes with. */
export function person(r, locale, lists, firsts = lists.first) {
  const [first, last] = [r.pick(firsts), r.pick(lists.last)];
  return locale === "ko" ? last + first : locale === "ja" ? last + r.pick(["", " ", ""]) + first : `${first} ${last}`;
}

/** Values that a sentence may ask for by name, where a type has several kinds. */
export const kinds = {
  him: (r, locale, lists) => person(r, locale, lists, lists.him),
  her: (r, locale, lists) => person(r, locale, lists, lists.her),
  nie: ids.nie, regon: ids.regon, siren: ids.siren,
};

/** A value of a type: `(random, locale, lists) => text`. */
export const values = {
  email, phone, card, iban,
  bank_account: (r, locale) => ids.bankAccount[locale](r),
  ip, mac, url_token: urlToken, secret, crypto,
  national_id: (r, locale) => ids.nationalId[locale](r),
  company_id: (r, locale) => ids.companyId[locale](r),
  passport: (r, locale) => ids.passport[locale](r),
  driving_licence: (r, locale) => ids.drivingLicence[locale](r),
  birth_date: (r, locale) => date(r, locale, 1950, 2006),
  address, postcode, location: coordinates,
  plate: (r, locale) => ids.plate[locale](r),
  reference, handle, person,
};
