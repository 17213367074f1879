// Check digits of cards, accounts and national numbers. Each is tried on a published example before rows are written.

const digits = (text) => [...text].map(Number);
const weighted = (text, weights) => weights.reduce((sum, weight, i) => sum + weight * Number(text[i]), 0);

/** The Luhn digit that completes `body` (ISO/IEC 7812-1, annex B). */
export function luhn(body) {
  let sum = 0;
  digits(body).reverse().forEach((digit, i) => {
    const value = i % 2 === 0 ? digit * 2 : digit;
    sum += value > 9 ? value - 9 : value;
  });
  return String((10 - (sum % 10)) % 10);
}

/** The remainder of a number of any length, letters counting as 10 to 35 (ISO 13616). */
export function mod97(text) {
  let rest = 0;
  for (const char of text) {
    const value = parseInt(char, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest;
}

export const iban = (country, bban) =>
  country + String(98 - mod97(`${bban}${country}00`)).padStart(2, "0") + bban;

/** ISO 7064 MOD 11,10: Steuer-ID and USt-IdNr. */
export function mod1110(body) {
  let product = 10;
  for (const digit of digits(body)) {
    const sum = (digit + product) % 10 || 10;
    product = (sum * 2) % 11;
  }
  return String((11 - product) % 10);
}

export const pesel = (body) => String((10 - (weighted(body, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10)) % 10);

/** The NIP digit, or undefined where the nine digits have none. */
export function nip(body) {
  const rest = weighted(body, [6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11;
  return rest === 10 ? undefined : String(rest);
}

export const regon = (body) => String((weighted(body, [8, 9, 2, 3, 4, 5, 6, 7]) % 11) % 10);

export const rrn = (body) => String((11 - (weighted(body, [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]) % 11)) % 10);

/** The digit of a Korean business registration number. */
export function brn(body) {
  const sum = weighted(body, [1, 3, 7, 1, 3, 7, 1, 3, 5]) + Math.floor((Number(body[8]) * 5) / 10);
  return String((10 - (sum % 10)) % 10);
}

export function myNumber(body) {
  const rest = weighted(body, [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11;
  return rest <= 1 ? "0" : String(11 - rest);
}

/** The leading digit of a Japanese corporate number. */
export const corporate = (body) => String(9 - (weighted(body, [2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]) % 9));

export const nir = (body) => String(97 - Number(BigInt(body) % 97n)).padStart(2, "0");

const DNI = "TRWAGMYFPDXBNJZSQVHLCKE";
export const dni = (body) => DNI[Number(body) % 23];
export const nie = (letter, body) => DNI[Number("XYZ".indexOf(letter) + body) % 23];

/** The control digit of a Spanish CIF. */
export function cif(body) {
  let sum = 0;
  digits(body).forEach((digit, i) => {
    const value = i % 2 === 0 ? digit * 2 : digit;
    sum += value > 9 ? value - 9 : value;
  });
  return String((10 - (sum % 10)) % 10);
}

/** Bank and account control digits of a Spanish CCC. */
export function ccc(bank, account) {
  const digit = (text) => {
    const value = 11 - (weighted(text, [1, 2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11);
    return value === 11 ? 0 : value === 10 ? 1 : value;
  };
  return `${digit(`00${bank}`)}${digit(account)}`;
}

const ODD = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
export function codiceFiscale(body) {
  let sum = 0;
  [...body].forEach((char, i) => {
    const value = /\d/.test(char) ? Number(char) : char.charCodeAt(0) - 65;
    sum += i % 2 === 0 ? ODD[value] : value;
  });
  return String.fromCharCode(65 + (sum % 26));
}

function brazil(body, weights) {
  const rest = weighted(body, weights) % 11;
  return rest < 2 ? "0" : String(11 - rest);
}
export function cpf(body) {
  const first = brazil(body, [10, 9, 8, 7, 6, 5, 4, 3, 2]);
  return first + brazil(body + first, [11, 10, 9, 8, 7, 6, 5, 4, 3, 2]);
}
export function cnpj(body) {
  const first = brazil(body, [5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]);
  return first + brazil(body + first, [6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]);
}

/** The last digit of a Dutch BSN or old bank account (the eleven test), or undefined where there is none. */
export function bsn(body) {
  const rest = weighted(body, [9, 8, 7, 6, 5, 4, 3, 2]) % 11;
  return rest === 10 ? undefined : String(rest);
}

/** The two digits that complete a British VAT number. */
export function gbVat(body) {
  const rest = 97 - (weighted(body, [8, 7, 6, 5, 4, 3, 2]) % 97);
  return String(rest).padStart(2, "0");
}

export const siret = (siren, office) => {
  const body = siren + office;
  return siren + office + luhn(body);
};

/** The digit of an ABA routing number. */
export const aba = (body) => String((10 - (weighted(body, [3, 7, 1, 3, 7, 1, 3, 7]) % 10)) % 10);

/** Published samples; a wrong algorithm stops the generator. */
const EXAMPLES = [
  ["Luhn", luhn("411111111111111"), "1"], // the test card of all processors
  ["IBAN", iban("GB", "WEST12345698765432"), "GB82WEST12345698765432"], // ISO 13616 registry
  ["Steuer-ID", mod1110("8609574271"), "9"], // BZSt, testing identification numbers
  ["USt-IdNr", mod1110("13669597"), "6"], // python-stdnum documentation
  ["PESEL", pesel("4405140135"), "9"], // Polish Wikipedia, PESEL
  ["NIP", nip("123456321"), "8"], // Polish Wikipedia, NIP
  ["REGON", regon("12345678"), "5"], // Polish Wikipedia, REGON
  ["My Number", myNumber("12345678901"), "8"], // Japanese Wikipedia
  ["corporate number", corporate("000012050002"), "7"], // the National Tax Agency's own
  ["NIR", nir("2550814168025"), "38"], // French Wikipedia
  ["DNI", dni("12345678"), "Z"], // Ministry of the Interior
  ["NIE", nie("X", "1234567"), "L"],
  ["CIF", cif("5881850"), "1"], // Spanish Wikipedia, A58818501
  ["codice fiscale", codiceFiscale("RSSMRA85T10A562"), "S"], // the usual sample
  ["partita IVA", luhn("0074311015"), "7"], // python-stdnum documentation
  ["CPF", cpf("111444777"), "35"], // the usual sample
  ["CNPJ", cnpj("112223330001"), "81"], // the usual sample
  ["BSN", bsn("11122233"), "3"], // python-stdnum documentation
  ["VAT of Great Britain", gbVat("9807806"), "84"], // python-stdnum documentation
  ["SIRET", siret("732829320", "0007"), "73282932000074"], // French Wikipedia
  ["ABA", aba("11100002"), "5"], // python-stdnum documentation
  ["business number", brn("220816251"), "7"], // python-stdnum documentation
];

export function tryExamples(more = []) {
  for (const [name, got, expected] of [...EXAMPLES, ...more]) {
    if (got !== expected) throw new Error(`${name}: ${got}, published ${expected}`);
  }
}
