// What looks like personal data and is none: for each type, pairs of the noun a value stands with and its maker.

import { date, price } from "./formats.mjs";
import * as ids from "./ids.mjs";
import { luhn } from "./checks.mjs";
import { BRANDS, card, crypto, iban } from "./values.mjs";

const HEX = "0123456789abcdef";
const two = (value) => String(value).padStart(2, "0");

const unlucky = (body) => body + ((Number(luhn(body)) + 4) % 10);
const order = (r) => r.number(r.int(6, 9));
const count = (r) => String(r.int(12, 99999));
const version = (r) => [r.int(1, 24), r.int(0, 30), r.int(0, 9)].join(".");
const version4 = (r) => [r.int(1, 24), r.int(0, 30), r.int(0, 9), r.int(0, 255)].join(".");
const score = (r) => r.pick([`${r.int(0, 7)}:${r.int(0, 7)}`, `${r.int(0, 6)}-${r.int(0, 6)}, ${r.int(0, 6)}-${r.int(0, 6)}`, `${r.int(1, 9)}.${r.int(0, 9)}/10`]);
const time = (r) => r.pick([`${two(r.int(0, 23))}:${two(r.int(0, 59))}:${two(r.int(0, 59))}`, `2025-${two(r.int(1, 12))}-${two(r.int(1, 28))}T${two(r.int(0, 23))}:${two(r.int(0, 59))}:00Z`, `${two(r.int(8, 11))}:00-${r.int(17, 22)}:30`]);
const epoch = (r) => `17${r.digits(r.pick([8, 11]))}`;
const measure = (r) => r.pick([`${r.int(20, 240)}x${r.int(20, 90)}x${r.int(5, 80)}`, `${r.int(20, 240)} x ${r.int(20, 90)} cm`, `${r.int(1, 90)}.${r.int(1, 9)} kg`]);
const colour = (r) => `#${r.of(HEX, 6)}`;
const sha = (r) => r.of(HEX, r.pick([7, 40, 64]));
const model = (r) => `${r.upper(2)}-${r.int(10, 999)}${r.upper(1)}`;
const uuid = (r) => [8, 4, 4, 4, 12].map((length) => r.of(HEX, length)).join("-");
const product = (r) => `${r.pick(BRANDS)} ${r.pick(["Max", "Plus", "Home", "Junior", "Royal", "Sport", "Classic"])} ${r.pick(["", String(r.int(2, 900))])}`.trim();

function isbn(r) {
  const body = `978${r.number(9)}`;
  const sum = [...body].reduce((total, digit, i) => total + digit * (i % 2 ? 3 : 1), 0);
  return (body + ((10 - (sum % 10)) % 10)).replace(/(...)(.)(....)(....)(.)/, r.pick(["$1-$2-$3-$4-$5", "$1$2$3$4$5"]));
}

const link = (r) => r.pick([
  `https://example.com/help?page=${r.int(1, 40)}`, `https://www.example.org/shop?lang=en&sort=price&p=${r.int(1, 9)}`, `https://example.com/sale?utm_source=mail&utm_campaign=week${r.int(1, 52)}`,
  `https://example.net/faq#token-${r.int(1, 9)}`, `https://shop.example.org/p/${r.int(1000, 99999)}?size=XL`, `http://example.com/blog/password-tips-${r.int(1, 30)}`, `https://example.com/search?q=${r.pick(BRANDS)}+${r.int(10, 900)}`,
]);

/** [noun, maker] by type. Types that context alone makes take the shapes of the type under a noun of goods. */
export const lookalikes = {
  email: [
    ["version", (r) => `${r.pick(BRANDS).toLowerCase()}@${version(r)}`], ["version", (r) => `@${r.pick(BRANDS).toLowerCase()}/app ${version(r)}`],
    ["price", (r, locale) => `${r.int(2, 9)} @ ${price(r, locale)}`], ["product", (r) => `${r.pick(BRANDS)}.com ${r.int(1, 9)}`], ["measure", (r) => `${r.int(1, 4)}@${r.int(2, 900)}`],
  ],
  phone: [
    ["order", (r) => r.number(r.pick([7, 8]))], ["serial", (r) => r.number(12)], ["isbn", isbn], ["price", price], ["date", (r, locale) => date(r, locale, 2024, 2026)],
    ["score", score], ["time", time], ["version", version4], ["time", epoch], ["measure", measure], ["article", (r) => `${r.number(4)}.${r.number(3)}.${r.number(2)}`], ["tracking", (r) => r.number(18)],
  ],
  card: [
    ["order", (r, ...rest) => card(r, ...rest, true)], ["serial", (r) => unlucky(r.number(15))], ["tracking", (r) => unlucky(`4${r.digits(14)}`).match(/.{4}/g).join(" ")],
    ["time", epoch], ["isbn", isbn], ["tracking", (r) => r.number(22)], ["article", (r) => `${r.number(4)}-${r.number(4)}-${r.number(4)}`], ["serial", (r) => unlucky(`5${r.digits(14)}`)],
  ],
  iban: [
    ["order", (r, ...rest) => iban(r, ...rest, true)], ["tracking", (r) => `R${r.upper(1)}${r.digits(9)}${r.pick(["DE", "FR", "PL", "GB"])}`], ["serial", (r) => [1, 2, 3, 4].map(() => r.upper(2) + r.digits(2)).join("-")],
    ["serial", (r) => `WV${r.upper(1)}ZZZ1K${r.upper(1)}W${r.digits(6)}`], ["article", (r) => `${r.pick(["DE", "IT", "NL"])}${r.digits(2)} ${r.digits(4)} ${r.digits(4)}`], ["tracking", (r, ...rest) => iban(r, ...rest, true)],
  ],
  bank_account: [
    ["order", (r) => r.number(8)], ["order", (r) => r.number(10)], ["serial", (r) => r.number(12)], ["count", count], ["time", epoch], ["isbn", isbn], ["article", (r) => `${r.number(3)}-${r.digits(3)}-${r.digits(4)}`], ["tracking", (r) => r.number(20)],
  ],
  ip: [
    ["version", version4], ["version", version], ["version", (r) => `v${version4(r)}`], ["article", (r) => `${r.int(256, 999)}.${r.int(256, 999)}.${r.int(1, 99)}.${r.int(1, 99)}`],
    ["version", (r) => `${version4(r)}.${r.int(1, 90)}`], ["date", (r) => `${two(r.int(1, 28))}.${two(r.int(1, 12))}.2025`], ["time", time], ["price", price], ["score", (r) => `${r.int(1, 9)}.${r.int(1, 9)}`],
    ["time", (r) => `${two(r.int(0, 23))}:${two(r.int(0, 59))}:${two(r.int(0, 59))}:${two(r.int(0, 24))}`],
  ],
  mac: [
    ["time", time], ["serial", (r) => [1, 2, 3, 4, 5].map(() => r.of(HEX, 2)).join(":")], ["serial", (r) => [1, 2, 3, 4, 5, 6].map((i) => r.upper(1) + (i % 2 ? "Z" : r.digits(1))).join("-")],
    ["colour", (r) => `${colour(r)}, ${colour(r)}`], ["serial", (r) => [1, 2, 3].map(() => r.of(HEX, 2).toUpperCase()).join(":")], ["serial", (r) => [1, 2, 3].map(() => r.number(4)).join(".")], ["serial", uuid], ["hash", (r) => r.of(HEX, 16)],
  ],
  url_token: [["link", link]],
  secret: [
    ["serial", uuid], ["hash", sha], ["hash", (r) => `sha256:${r.of(HEX, 64)}`], ["serial", (r) => [1, 2, 3, 4, 5].map(() => r.upper(3) + r.digits(2)).join("-")],
    ["article", (r) => `sk_${r.number(4)}`], ["article", (r) => `AKIA-${r.int(10, 99)}`], ["version", (r) => `ghp_${version(r)}`], ["article", (r) => `npm_${r.number(5)}`], ["link", link],
  ],
  crypto: [
    ["hash", (r, ...rest) => crypto(r, ...rest, true)], ["hash", sha], ["serial", uuid], ["hash", (r) => r.of(HEX, 32)], ["article", (r) => `bc1-${r.number(4)}`], ["colour", (r) => `0x${r.of(HEX, 6)}`], ["serial", (r) => `1${r.upper(9)}${r.digits(9)}`],
  ],
  national_id: [
    ["order", (r, locale) => ids.nationalId[locale](r, true)], ["serial", (r, locale) => ids.nationalId[locale](r, true)], ["article", (r, locale) => ids.nationalId[locale](r, true)],
    ["tracking", (r) => r.number(18)], ["isbn", isbn], ["date", (r, locale) => date(r, locale, 2024, 2026)], ["order", (r) => r.number(7)], ["time", epoch],
  ],
  company_id: [
    ["order", (r, locale) => ids.companyId[locale](r, true)], ["serial", (r, locale) => ids.companyId[locale](r, true)], ["article", (r, locale) => ids.companyId[locale](r, true)],
    ["tracking", (r) => r.number(18)], ["price", price], ["time", time], ["order", (r) => r.number(7)],
  ],
  passport: [
    ["article", (r, locale) => ids.passport[locale](r)], ["serial", (r, locale) => ids.passport[locale](r)], ["model", model], ["order", order], ["product", product], ["tracking", (r) => `R${r.upper(1)}${r.digits(9)}DE`], ["price", price],
  ],
  driving_licence: [
    ["article", (r, locale) => ids.drivingLicence[locale](r, true)], ["serial", (r, locale) => ids.drivingLicence[locale](r, true)], ["model", model], ["order", order], ["price", price], ["date", (r, locale) => date(r, locale, 2024, 2026)],
  ],
  birth_date: [["date", (r, locale) => date(r, locale, 2022, 2026)], ["date", (r, locale) => date(r, locale, 2022, 2026)], ["version", version], ["score", score], ["price", price], ["order", order]],
  postcode: [["price", price], ["count", count], ["order", (r) => r.number(5)], ["model", model], ["serial", (r) => r.number(9)], ["measure", measure], ["version", version]],
  location: [
    ["measure", measure], ["price", (r, locale) => `${price(r, locale)}, ${price(r, locale)}`], ["score", (r) => `${r.int(1, 9)}.${r.int(1, 9)}, ${r.int(1, 9)}.${r.int(1, 9)}`], ["version", (r) => `${r.int(1, 9)}.${r.int(10, 40)}, ${r.int(1, 9)}.${r.int(10, 40)}`],
    ["measure", (r) => `${r.int(100, 400)}.${r.number(4)}, ${r.int(200, 900)}.${r.number(4)}`], ["time", time],
  ],
  plate: [
    ["article", (r, locale) => ids.plate[locale](r, true)], ["model", model], ["serial", (r, locale) => ids.plate[locale](r, true)], ["model", (r) => `${r.upper(2)} ${r.int(100, 999)}`], ["order", order], ["price", price],
  ],
  reference: [
    ["version", version], ["price", price], ["date", (r, locale) => date(r, locale, 2023, 2026)], ["score", score], ["colour", colour], ["count", count], ["measure", measure], ["time", time], ["product", product],
  ],
  handle: [["email", (r, _locale, lists) => `${r.pick(lists.mail)}@example.com`], ["price", (r, locale) => `${r.int(2, 9)} @ ${price(r, locale)}`], ["score", (r) => `@ ${r.int(1, 9)}/10`], ["price", (r) => `${r.int(2, 9)}@${r.int(2, 90)}`]],
  person: [["product", product], ["city", (r, _locale, lists) => r.pick(lists.city)], ["product", (r, _locale, lists) => `${r.pick(lists.city)} ${r.int(2, 99)}`], ["model", model]],
  address: [["product", product], ["measure", measure], ["date", (r, locale) => date(r, locale, 2024, 2026)], ["order", order], ["city", (r, _locale, lists) => r.pick(lists.city)], ["score", score]],
};

/** What a look-alike sentence may ask for by name. */
export const slots = {
  qty: (r) => String(r.int(2, 60)), price, brand: (r) => r.pick(BRANDS), city: (r, _locale, lists) => r.pick(lists.city), order, version,
  date: (r, locale) => date(r, locale, 2023, 2026), time: (r) => `${r.int(8, 21)}:${r.pick(["00", "15", "30", "45"])}`, score, product, count, year: (r) => String(r.int(1998, 2026)),
};
