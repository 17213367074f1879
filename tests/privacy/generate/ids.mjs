// Numbers that states, banks and registries give, by locale; `spoil` asks for one that fails its check.

import * as check from "./checks.mjs";

const two = (value) => String(value).padStart(2, "0");
const pad = (value, count) => String(value).padStart(count, "0");
/** Another digit than the right one, so that the check fails. */
const wrong = (digit) => String((Number(digit) + 3) % 10);
const last = (body, digit, spoil) => body + (spoil ? wrong(digit) : digit);
/** Draws until the check has a digit. */
function until(draw) {
  for (;;) {
    const value = draw();
    if (value !== undefined) return value;
  }
}
const birth = (r) => ({ year: r.int(1950, 2004), month: r.int(1, 12), day: r.int(1, 28) });
const yymmdd = (b) => two(b.year % 100) + two(b.month) + two(b.day);

function steuerId(r, spoil) {
  const order = r.shuffle("0123456789".split("")).slice(0, 9);
  order.splice(r.int(0, 8), 0, r.pick(order));
  const body = order.join("");
  if (body[0] === "0" || /(.)\1\1/.test(body)) return steuerId(r, spoil);
  const id = last(body, check.mod1110(body), spoil);
  return r.pick([id, id.replace(/(..)(...)(...)(...)/, "$1 $2 $3 $4")]);
}

function nir(r, spoil) {
  const b = birth(r);
  const body = r.pick(["1", "2"]) + two(b.year % 100) + two(b.month) + two(r.int(1, 95)) + pad(r.int(1, 480), 3) + pad(r.int(1, 480), 3);
  const safe = body.slice(5, 7) === "20" ? `${body.slice(0, 5)}21${body.slice(7)}` : body;
  const key = check.nir(safe);
  const shown = spoil ? two((Number(key) + 11) % 97 || 1) : key;
  return r.pick([safe + shown, `${safe.replace(/(.)(..)(..)(..)(...)(...)/, "$1 $2 $3 $4 $5 $6")} ${shown}`]);
}

function codice(r, spoil) {
  const b = birth(r);
  const day = two(b.day + (r.int(0, 1) ? 40 : 0));
  const body = r.of("BCDFGLMNPRSTVZ", 6) + two(b.year % 100) + "ABCDEHLMPRST"[b.month - 1] + day + r.of("ABCDEFGHL", 1) + pad(r.int(100, 899), 3);
  const letter = check.codiceFiscale(body);
  return body + (spoil ? (letter === "Z" ? "A" : String.fromCharCode(letter.charCodeAt(0) + 1)) : letter);
}

function nino(r, spoil) {
  const prefix = spoil ? r.pick(["QQ", "BG", "DA", "ZZ", "AO", "FT"]) : r.pick(["AB", "CE", "HJ", "JG", "LK", "MW", "PR", "SX", "TE", "YZ"]);
  const body = r.digits(6);
  const end = r.of(spoil ? "GHKM" : "ABCD", 1);
  return r.pick([prefix + body + end, `${prefix} ${body.match(/../g).join(" ")} ${end}`]);
}

function ssn(r, spoil) {
  if (spoil) return `${r.pick(["000", "666", "9" + two(r.int(10, 69))])}-${two(r.int(10, 49))}-${r.number(4)}`;
  let area = r.int(101, 899);
  if (area === 666) area = 667;
  return `${area}-${two(r.int(11, 99))}-${r.number(4)}`;
}

export function nie(r) {
  const [x, body] = [r.pick(["X", "Y", "Z"]), r.digits(7)];
  return r.pick([`${x}${body}${check.nie(x, body)}`, `${x}-${body}-${check.nie(x, body)}`]);
}

function dni(r, spoil) {
  const body = r.number(8);
  const letter = check.dni(body);
  return body + r.pick(["", "-"]) + (spoil ? (letter === "T" ? "R" : "T") : letter);
}

export const nationalId = {
  "en-US": ssn,
  "en-GB": nino,
  ko(r, spoil) {
    const b = birth(r);
    const body = yymmdd(b) + (b.year < 2000 ? r.pick("12") : r.pick("34")) + two(r.int(0, 95)) + r.digits(3);
    return last(body, check.rrn(body), spoil).replace(/^(.{6})/, r.pick(["$1-", "$1-", "$1"]));
  },
  ja(r, spoil) {
    const body = r.number(11);
    return last(body, check.myNumber(body), spoil).replace(/(....)(....)(....)/, r.pick(["$1$2$3", "$1 $2 $3", "$1-$2-$3"]));
  },
  pl(r, spoil) {
    const b = birth(r);
    const body = two(b.year % 100) + two(b.month + (b.year >= 2000 ? 20 : 0)) + two(b.day) + r.digits(4);
    return last(body, check.pesel(body), spoil);
  },
  de: steuerId,
  fr: nir,
  es: dni,
  it: codice,
  "pt-BR"(r, spoil) {
    const body = r.number(9);
    const end = check.cpf(body);
    return (body + (spoil ? wrong(end[0]) + wrong(end[1]) : end)).replace(/(...)(...)(...)(..)/, r.pick(["$1.$2.$3-$4", "$1.$2.$3-$4", "$1$2$3$4"]));
  },
  nl(r, spoil) {
    const id = until(() => {
      const body = r.number(8);
      const digit = check.bsn(body);
      return digit && last(body, digit, spoil);
    });
    return r.pick([id, id, id.replace(/(...)(...)(...)/, "$1 $2 $3"), id.replace(/(....)(..)(...)/, "$1.$2.$3")]);
  },
};

export function regon(r) {
  const body = r.number(8);
  return body + check.regon(body);
}

export function siren(r) {
  const body = r.number(8);
  return (body + check.luhn(body)).replace(/(...)(...)(...)/, r.pick(["$1$2$3", "$1 $2 $3"]));
}

export const companyId = {
  "en-US": (r, spoil) => `${spoil ? r.pick(["00", "07", "17", "49", "69"]) : r.pick(["12", "26", "45", "61", "83", "95"])}-${r.number(7)}`,
  "en-GB"(r, spoil) {
    const body = r.number(7);
    const end = check.gbVat(body);
    const id = body + (spoil ? pad((Number(end) + 13) % 97, 2) : end);
    return r.pick([`GB${id}`, `GB ${id.replace(/(...)(....)(..)/, "$1 $2 $3")}`]);
  },
  ko(r, spoil) {
    const body = r.number(3) + two(r.int(80, 89)) + r.digits(4);
    return last(body, check.brn(body), spoil).replace(/(...)(..)(.....)/, "$1-$2-$3");
  },
  ja(r, spoil) {
    const body = r.number(12);
    const digit = check.corporate(body);
    return (spoil ? String((Number(digit) % 9) + 1) : digit) + body;
  },
  pl: (r, spoil) => until(() => {
    const body = r.number(9);
    const digit = check.nip(body);
    return digit && last(body, digit, spoil).replace(/(...)(...)(..)(..)/, r.pick(["$1-$2-$3-$4", "$1$2$3$4", "$1 $2 $3 $4"]));
  }),
  de(r, spoil) {
    const body = r.number(8);
    return `DE${r.pick(["", " "])}${last(body, check.mod1110(body), spoil)}`;
  },
  fr(r, spoil) {
    const body = r.number(8);
    const id = check.siret(body + check.luhn(body), pad(r.int(1, 40), 4));
    return last(id.slice(0, 13), id[13], spoil).replace(/(...)(...)(...)(.....)/, r.pick(["$1$2$3$4", "$1 $2 $3 $4"]));
  },
  es(r, spoil) {
    const body = two(r.int(1, 52)) + r.digits(5);
    return r.pick(["A", "B"]) + r.pick(["", "-"]) + last(body, check.cif(body), spoil);
  },
  it(r, spoil) {
    const body = `0${r.number(6)}${pad(r.int(1, 95), 3)}`;
    return r.pick(["", "", "IT"]) + last(body, check.luhn(body), spoil);
  },
  "pt-BR"(r, spoil) {
    const body = `${r.number(8)}0001`;
    const end = check.cnpj(body);
    return (body + (spoil ? wrong(end[0]) + wrong(end[1]) : end)).replace(/(..)(...)(...)(....)(..)/, r.pick(["$1.$2.$3/$4-$5", "$1$2$3$4$5"]));
  },
  nl(r, spoil) {
    const id = until(() => {
      const body = r.number(8);
      const digit = check.bsn(body);
      return digit && last(body, digit, spoil);
    });
    return `NL${id}B0${r.int(1, 3)}`;
  },
};

export const bankAccount = {
  "en-US": (r) => r.number(r.pick([10, 12])),
  "en-GB": (r) => r.number(8),
  ko: (r) => r.pick([`${r.number(3)}-${r.digits(6)}-${r.digits(5)}`, `${r.number(6)}-${r.digits(2)}-${r.digits(6)}`, `${r.number(4)}-${r.digits(2)}-${r.digits(7)}`]),
  ja: (r) => r.number(7),
  pl: (r) => check.iban("PL", r.pick(["1090", "1140", "1020"]) + r.digits(20)).slice(2).replace(/^(..)(....)(....)(....)(....)(....)(....)$/, r.pick(["$1$2$3$4$5$6$7", "$1 $2 $3 $4 $5 $6 $7"])),
  de: (r) => r.number(r.pick([7, 8, 10])),
  fr: (r) => `${r.number(5)} ${r.digits(5)} ${r.digits(11)} ${two(r.int(1, 97))}`,
  es(r) {
    const [bank, account] = [r.pick(["21000418", "00491500", "01825332"]), r.digits(10)];
    const id = bank + check.ccc(bank, account) + account;
    return r.pick([id, id.replace(/(....)(....)(..)(.+)/, "$1 $2 $3 $4"), id.replace(/(....)(....)(..)(.+)/, "$1-$2-$3-$4")]);
  },
  it: (r) => pad(r.number(9), 12),
  "pt-BR": (r) => `${r.number(5)}-${r.int(0, 9)}`,
  nl: (r) => until(() => {
    const body = r.number(8);
    const digit = check.bsn(body);
    return digit && (body + digit).replace(/(..)(..)(..)(...)/, r.pick(["$1.$2.$3.$4", "$1$2$3$4"]));
  }),
};

export const passport = {
  "en-US": (r) => r.pick([r.number(9), r.upper(1) + r.digits(8)]),
  "en-GB": (r) => r.number(9),
  ko: (r) => r.pick([`M${r.digits(8)}`, `M${r.digits(3)}${r.upper(1)}${r.digits(4)}`]),
  ja: (r) => r.pick(["TK", "TR", "TZ", "MU"]) + r.number(7),
  pl: (r) => r.pick(["EB", "EK", "AU", "AL"]) + r.pick(["", " "]) + r.number(7),
  de: (r) => `C${r.of("FGHJKLMNPRTVWXYZ0123456789", 7)}${r.digits(1)}`,
  fr: (r) => two(r.int(8, 24)) + r.of("ACDEFHKPRTV", 2) + r.digits(5),
  es: (r) => r.pick(["PAA", "AAB", "XDC", "PAB"]) + r.digits(6),
  it: (r) => r.pick(["YA", "YB", "AA"]) + r.number(7),
  "pt-BR": (r) => r.pick(["FX", "FZ", "GB", "YD"]) + r.number(6),
  nl: (r) => `N${r.of("BCDFGHJKLMNPRSTVWXYZ", 1)}${r.of("BCDFGHJKLMNPRSTVWXYZ0123456789", 6)}${r.digits(1)}`,
};

/** Where the shape alone is telling, `spoil` breaks it: a month that is none (Great Britain), a wrong letter (Spain). */
export const drivingLicence = {
  "en-US": (r) => r.pick([r.upper(1) + r.digits(7), `${r.upper(1)}${r.digits(3)}-${r.digits(4)}-${r.digits(4)}`]),
  "en-GB"(r, spoil) {
    const b = birth(r);
    const y = two(b.year % 100);
    return r.pick(["MORGA", "SMITH", "HUGHE", "COX99"]) + y[0] + two(spoil ? r.int(13, 49) : b.month) + two(b.day) + y[1] + r.upper(1) + r.pick(["9", r.upper(1)]) + r.digits(1) + r.upper(2);
  },
  ko: (r) => `${r.int(11, 26)}-${two(r.int(0, 24))}-${r.digits(6)}-${r.digits(2)}`,
  ja: (r) => r.pick(["30", "43", "62", "90"]) + two(r.int(0, 24)) + r.digits(8),
  pl: (r) => `${r.number(5)}/${two(r.int(1, 24))}/${r.number(4)}`,
  de: (r) => `${r.upper(1)}${r.digits(3)}${r.upper(2)}${r.digits(1)}${r.upper(1)}${r.digits(2)}${r.int(1, 9)}`,
  fr: (r) => two(r.int(75, 99)) + two(r.int(1, 12)) + two(r.int(10, 92)) + r.digits(6),
  es: dni,
  it: (r) => r.pick([`U1${r.upper(1)}${r.digits(2)}${r.upper(1)}${r.digits(3)}${r.upper(1)}`, `${r.pick(["MI", "RM", "TO", "NA"])}${r.digits(7)}${r.upper(1)}`]),
  // Sources differ on what follows a first remainder of 10, so such numbers are not drawn.
  "pt-BR": (r) => until(() => {
    const body = r.number(9);
    const sum = (from, step) => [...body].reduce((total, digit, i) => total + digit * (from + step * i), 0) % 11;
    const [first, second] = [sum(9, -1), sum(1, 1)];
    return first > 9 ? undefined : `${body}${first}${second > 9 ? 0 : second}`;
  }),
  nl: (r) => r.number(10),
};

/** Where the shape alone is telling (Korea, Japan), `spoil` leaves out the kana or takes a syllable no plate bears. */
export const plate = {
  "en-US": (r) => r.pick([r.int(1, 9) + r.upper(3) + r.digits(3), `${r.upper(3)}-${r.digits(4)}`, `${r.upper(3)} ${r.digits(3)}`]),
  "en-GB": (r) => r.upper(2) + two(r.pick([17, 19, 21, 23, 68, 70])) + r.pick([" ", ""]) + r.upper(3),
  ko: (r, spoil) => `${r.pick([r.int(10, 69), r.int(100, 699)])}${r.pick(spoil ? "각난닫릴쌍층" : "가나다라마거너더러머버서어저호하허")} ${r.number(4)}`,
  ja: (r, spoil) => `${r.pick(["品川", "横浜", "大阪", "札幌", "福岡", "練馬"])} ${r.pick([300, 330, 500, 530, 580])} ${spoil ? "" : `${r.pick("あいさすせたなはまやらわ")} `}${r.int(10, 99)}-${two(r.int(1, 99))}`,
  pl: (r) => `${r.pick(["WA", "KR", "PO", "GD", "WI", "DW"])} ${r.pick([r.number(5), r.number(4) + r.upper(1), r.digits(3) + r.upper(2)])}`,
  de: (r) => r.pick(["B", "M", "HH", "K", "S", "DD", "KA"]) + r.pick(["-", " "]) + r.upper(r.int(1, 2)) + " " + r.number(r.int(3, 4)),
  fr: (r) => [r.of("ABCDEFGHJKLMNPQRSTVWXYZ", 2), r.digits(3), r.of("ABCDEFGHJKLMNPQRSTVWXYZ", 2)].join(r.pick(["-", "-", " "])),
  es: (r) => r.digits(4) + r.pick([" ", "-", ""]) + r.of("BCDFGHJKLMNPRSTVWXYZ", 3),
  it: (r) => [r.of("ABCDEFGHJKLM", 2), r.digits(3), r.of("ABCDEFGHJKLM", 2)].join(r.pick(["", " "])),
  "pt-BR": (r) => r.pick([`${r.upper(3)}-${r.number(4)}`, `${r.upper(3)}${r.int(0, 9)}${r.upper(1)}${r.digits(2)}`]),
  nl: (r) => r.pick([`${r.of("GHJKLNPRSTXZ", 2)}-${r.digits(3)}-${r.of("BDFGHJKL", 1)}`, `${r.digits(2)}-${r.of("BDFGHJKLNPRSTXZ", 3)}-${r.int(1, 9)}`, `${r.int(1, 9)}-${r.of("KTSVX", 1)}${r.of("BDFGHJKL", 2)}-${r.digits(2)}`]),
};
