// How a locale writes telephone numbers, dates, prices, postcodes and addresses. Telephone numbers are those kept free
// for fiction where a country has such (555-01xx; Ofcom, Bundesnetzagentur and ARCEP ranges), else a plain 5550-01xx.

const two = (value) => String(value).padStart(2, "0");

const phones = {
  "en-US": ["({a}) 555-01##", "{a}-555-01##", "{a}.555.01##", "+1 {a} 555 01##", "+1{a}55501##", "1-{a}-555-01##"],
  "en-GB": ["020 7946 0###", "+44 20 7946 0###", "07700 900###", "+44 7700 900###", "+447700900###", "0161 496 0###", "(0117) 496 0###", "01632 960###"],
  ko: ["010-5550-01##", "010 5550 01##", "0105550 01##", "+82 10-5550-01##", "02-555-01##", "031-555-01##", "+82-2-555-01##", "070-5550-01##"],
  ja: ["090-5550-01##", "080-5550-01##", "03-5550-01##", "06-5550-01##", "+81 90-5550-01##", "+81-3-5550-01##", "0905550 01##", "03(5550)01##"],
  pl: ["500 555 0##", "+48 500 555 0##", "+48500555 0##", "22 555 01 ##", "(22) 555 01 ##", "+48 22 555 01 ##", "500-555-0##", "601555 0##"],
  de: ["030 23125 ###", "+49 30 23125 ###", "040/66969 ###", "(089) 99998 ###", "0171 39200##", "+49 171 39200##", "0221-4710 ###", "069 90009 ###"],
  fr: ["06 39 98 ## ##", "0639 98 ## ##", "+33 6 39 98 ## ##", "01 99 00 ## ##", "01.99.00.##.##", "+33 1 99 00 ## ##", "04 65 71 ## ##", "+33639 98 ## ##"],
  es: ["612 550 1##", "+34 612 550 1##", "612 55 01 ##", "+34612550 1##", "91 555 01 ##", "915 550 1##", "93 555 01 ##", "612-550-1##"],
  it: ["333 555 01##", "+39 333 555 01##", "333555 01##", "02 5550 01##", "06 5550 01##", "+39 02 5550 01##", "347-5550 1##", "+393335550 1##"],
  "pt-BR": ["(11) 95550-01##", "11 95550-01##", "+55 11 95550-01##", "(21) 3555-01##", "21 95550 01##", "+55 (31) 95550-01##", "(41) 3555-01##", "+5511955500 1##"],
  nl: ["06 555001##", "06-555001##", "+31 6 555001##", "+31655500 1##", "020 555 01##", "020-55501##", "+31 20 555 01##", "(010) 555 01##"],
};
/** Shapes written in one piece: the space before their last digits only kept the pattern readable. */
const JOINED = new Set(["0105550 01##", "0905550 01##", "+48500555 0##", "601555 0##", "0639 98 ## ##", "+33639 98 ## ##", "+34612550 1##", "333555 01##", "+393335550 1##", "+5511955500 1##", "+31655500 1##"]);

export function phone(r, locale) {
  const shape = r.pick(phones[locale]);
  const filled = shape.replace("{a}", () => r.pick(["202", "415", "312", "212", "617"])).replace(/#/g, () => r.digits(1));
  return JOINED.has(shape) ? filled.replace(/ /g, "") : filled;
}

const months = {
  "en-US": "January February March April May June July August September October November December",
  "en-GB": "January February March April May June July August September October November December",
  pl: "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
  de: "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
  fr: "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
  es: "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
  it: "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
  "pt-BR": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
  nl: "januari februari maart april mei juni juli augustus september oktober november december",
};
const dates = {
  "en-US": (d, m, y, name) => [`${two(m)}/${two(d)}/${y}`, `${name} ${d}, ${y}`, `${y}-${two(m)}-${two(d)}`, `${m}/${d}/${String(y).slice(2)}`],
  "en-GB": (d, m, y, name) => [`${two(d)}/${two(m)}/${y}`, `${d} ${name} ${y}`, `${two(d)}.${two(m)}.${y}`, `${d}/${m}/${String(y).slice(2)}`],
  ko: (d, m, y) => [`${y}년 ${m}월 ${d}일`, `${y}.${two(m)}.${two(d)}`, `${y}-${two(m)}-${two(d)}`, `${String(y).slice(2)}${two(m)}${two(d)}`],
  ja: (d, m, y) => [`${y}年${m}月${d}日`, `${y}/${two(m)}/${two(d)}`, y > 1990 ? `${y}-${two(m)}-${two(d)}` : `昭和${y - 1925}年${m}月${d}日`],
  pl: (d, m, y, name) => [`${two(d)}.${two(m)}.${y}`, `${d} ${name} ${y}`, `${y}-${two(m)}-${two(d)}`, `${two(d)}-${two(m)}-${y}`],
  de: (d, m, y, name) => [`${two(d)}.${two(m)}.${y}`, `${d}. ${name} ${y}`, `${d}.${m}.${String(y).slice(2)}`],
  fr: (d, m, y, name) => [`${two(d)}/${two(m)}/${y}`, `${d} ${name} ${y}`, `${two(d)}-${two(m)}-${y}`],
  es: (d, m, y, name) => [`${two(d)}/${two(m)}/${y}`, `${d} de ${name} de ${y}`, `${d}-${m}-${y}`],
  it: (d, m, y, name) => [`${two(d)}/${two(m)}/${y}`, `${d} ${name} ${y}`, `${two(d)}.${two(m)}.${y}`],
  "pt-BR": (d, m, y, name) => [`${two(d)}/${two(m)}/${y}`, `${d} de ${name} de ${y}`, `${two(d)}-${two(m)}-${y}`],
  nl: (d, m, y, name) => [`${two(d)}-${two(m)}-${y}`, `${d} ${name} ${y}`, `${d}/${m}/${y}`],
};
export function date(r, locale, low, high) {
  const [d, m, y] = [r.int(1, 28), r.int(1, 12), r.int(low, high)];
  return r.pick(dates[locale](d, m, y, months[locale]?.split(" ")[m - 1]));
}

/** Grouping and decimal sign, and where the currency stands. */
const money = {
  "en-US": [",", ".", "$#"], "en-GB": [",", ".", "£#"], ko: [",", "", "#원"], ja: [",", "", "#円"], pl: [" ", ",", "# zł"], de: [".", ",", "# €"],
  fr: [" ", ",", "# €"], es: [".", ",", "# €"], it: [".", ",", "# €"], "pt-BR": [".", ",", "R$ #"], nl: [".", ",", "€ #"],
};
export function price(r, locale) {
  const [group, decimal, shape] = money[locale];
  const whole = String(r.int(3, 4900) * (decimal ? 1 : 100)).replace(/\B(?=(\d{3})+$)/g, group);
  return shape.replace("#", () => (decimal ? `${whole}${decimal}${r.pick(["00", "50", "90", "99", "49"])}` : whole));
}

const GB_LETTERS = "ABDEFGHJLNPQRSTUWXYZ";
const postcodes = {
  "en-US": (r) => r.pick([r.int(10001, 99499), `${r.int(10001, 99499)}-${r.number(4)}`]),
  "en-GB": (r) => `${r.pick(["SW1A", "M1", "B33", "CR2", "DN55", "EC1V", "LS11", "G2"])}${r.pick([" ", " ", ""])}${r.int(1, 9)}${r.of(GB_LETTERS, 2)}`,
  ko: (r) => `0${r.int(1000, 8999)}`,
  ja: (r) => `${r.number(3)}-${r.digits(4)}`,
  pl: (r) => `${two(r.int(0, 99))}-${r.number(3)}`,
  de: (r) => r.int(10115, 98999), fr: (r) => `${two(r.int(1, 95))}${r.pick(["000", "100", "300", "200"])}`,
  es: (r) => `${two(r.int(1, 50))}0${two(r.int(1, 40))}`, it: (r) => `${two(r.int(10, 98))}1${two(r.int(20, 60))}`,
  "pt-BR": (r) => `${two(r.int(1, 99))}${r.digits(3)}-${r.digits(3)}`,
  nl: (r) => `${r.int(1011, 9999)}${r.pick([" ", ""])}${r.of("ABCDEGHJKLNPRSTVWXZ", 2)}`,
};
export const postcode = (r, locale) => String(postcodes[locale](r));

/** Addresses of a street and a town out of the lists of the locale. */
export function address(r, locale, lists) {
  const [street, city, code, n] = [r.pick(lists.street), r.pick(lists.city), postcode(r, locale), r.int(2, 189)];
  const shapes = {
    "en-US": [`${n} ${street}, ${city}, ${r.pick(["IL", "OH", "TX", "CA", "NY"])} ${code.slice(0, 5)}`, `${n} ${street}, Apt ${r.int(1, 40)}, ${city}`, `${n}${r.int(0, 9)} ${street}`],
    "en-GB": [`${n} ${street}, ${city} ${code}`, `${n} ${street}, ${city}`, `Flat ${r.int(1, 12)}, ${n} ${street}, ${city}, ${code}`, `${n} ${street}`],
    ko: [`${city} ${street} ${n}`, `${city} ${street} ${n}, ${r.int(101, 120)}동 ${r.int(1, 19)}0${r.int(1, 4)}호`, `${city} ${street} ${n} ${r.int(2, 9)}층`],
    ja: [`${city}${street}${r.int(1, 9)}-${r.int(1, 20)}-${r.int(1, 20)}`, `${city}${street}${r.int(1, 9)}丁目${r.int(1, 20)}番${r.int(1, 20)}号`, `〒${code} ${city}${street}${r.int(1, 9)}-${r.int(1, 20)}`],
    pl: [`ul. ${street} ${n}, ${code} ${city}`, `ul. ${street} ${n}/${r.int(1, 40)}, ${code} ${city}`, `ul. ${street} ${n} m. ${r.int(1, 40)}`],
    de: [`${street} ${n}, ${code} ${city}`, `${street} ${n}${r.pick("abc")}, ${code} ${city}`, `${street} ${n}`],
    fr: [`${n} ${street}, ${code} ${city}`, `${n} bis ${street}, ${code} ${city}`, `${n}, ${street} à ${city}`],
    es: [`${street} ${n}, ${code} ${city}`, `${street}, ${n}, ${r.int(1, 9)}º ${r.pick("ABC")}, ${code} ${city}`, `${street} nº ${n}`],
    it: [`${street} ${n}, ${code} ${city}`, `${street}, ${n} - ${code} ${city}`, `${street} ${n}`],
    "pt-BR": [`${street}, ${n} - ${city}`, `${street}, ${n}, apto ${r.int(11, 154)}, ${city}`, `${street}, nº ${n}`],
    nl: [`${street} ${n}, ${code} ${city}`, `${street} ${n}-${r.int(1, 4)}, ${code} ${city}`, `${street} ${n}`],
  };
  return r.pick(shapes[locale]);
}

/** Coordinates in the open sea, so that they are nobody's home. */
export function coordinates(r) {
  const [lat, lon] = [r.int(20, 40), r.int(30, 50)];
  const [a, b] = [r.number(5), r.number(5)];
  return r.pick([
    `${lat}.${a}, -${lon}.${b}`, `${lat}.${a},-${lon}.${b}`, `${lat}.${a.slice(0, 4)}° N, ${lon}.${b.slice(0, 4)}° W`,
    `${lat}°${r.int(10, 59)}'${r.int(10, 59)}"N ${lon}°${r.int(10, 59)}'${r.int(10, 59)}"W`, `-${lat}.${a}, ${lon + 40}.${b}`,
  ]);
}
