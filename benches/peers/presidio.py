"""Findings of Presidio's pattern recognisers, one JSON line a row, then the seconds they took.

Reads lines {"locale", "text"}; writes lists of {type, start, end, score}, offsets in code points. Only recognisers by
pattern, check digit and context word run: no model of names is loaded, and words are cut by spaCy's blank pipelines.
"""

import json
import sys
import time

import spacy
from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
from presidio_analyzer import predefined_recognizers as known
from presidio_analyzer.nlp_engine import SpacyNlpEngine

GENERAL = ["CreditCard", "Crypto", "Email", "Iban", "Ip", "MacAddress", "Url", "Date"]
NATIONAL = {
    "en-US": ["UsSsn", "UsItin", "UsBank", "UsLicense", "UsPassport"],
    "en-GB": ["UkNino", "UkPassport", "UkPostcode", "UkDrivingLicence", "UkVehicleRegistration"],
    "de": ["DeTaxId", "DeVatId", "DePassport", "DeFuehrerschein", "DePlz", "DeKfz"],
    "es": ["EsNif", "EsNie", "EsPassport"],
    "it": ["ItFiscalCode", "ItVatCode", "ItPassport", "ItDriverLicense"],
    "ko": ["KrRrn", "KrBrn", "KrPassport", "KrDriverLicense"],
    "pl": ["PlPesel"],
}
REGIONS = {"en-US": "US", "en-GB": "GB", "ko": "KR", "ja": "JP", "pl": "PL", "de": "DE", "fr": "FR", "es": "ES", "it": "IT", "pt-BR": "BR", "nl": "NL"}
TYPES = {
    "CREDIT_CARD": "card", "CRYPTO": "crypto", "EMAIL_ADDRESS": "email", "IBAN_CODE": "iban", "IP_ADDRESS": "ip", "MAC_ADDRESS": "mac",
    "URL": "url_token", "DATE_TIME": "birth_date", "PHONE_NUMBER": "phone", "US_SSN": "national_id", "US_ITIN": "national_id",
    "US_BANK_NUMBER": "bank_account", "US_DRIVER_LICENSE": "driving_licence", "US_PASSPORT": "passport", "UK_NINO": "national_id",
    "UK_PASSPORT": "passport", "UK_POSTCODE": "postcode", "UK_DRIVING_LICENCE": "driving_licence", "UK_VEHICLE_REGISTRATION": "plate",
    "DE_TAX_ID": "national_id", "DE_VAT_ID": "company_id", "DE_PASSPORT": "passport", "DE_FUEHRERSCHEIN": "driving_licence",
    "DE_PLZ": "postcode", "DE_KFZ": "plate", "ES_NIF": "national_id", "ES_NIE": "national_id", "ES_PASSPORT": "passport",
    "IT_FISCAL_CODE": "national_id", "IT_VAT_CODE": "company_id", "IT_PASSPORT": "passport", "IT_DRIVER_LICENSE": "driving_licence",
    "KR_RRN": "national_id", "KR_BRN": "company_id", "KR_PASSPORT": "passport", "KR_DRIVER_LICENSE": "driving_licence", "PL_PESEL": "national_id",
}


class Blank(SpacyNlpEngine):
    """Words alone, of a language."""

    def __init__(self, language):
        super().__init__(models=[{"lang_code": language, "model_name": "blank"}])
        # Korean and Japanese pipelines need dictionaries that are not at hand; words by blanks do for context.
        self.nlp = {language: spacy.blank("xx" if language in ("ko", "ja") else language)}


def engine(locale):
    language = locale.split("-")[0]
    recognisers = [getattr(known, f"{name}Recognizer")(supported_language=language) for name in GENERAL + NATIONAL.get(locale, [])]
    recognisers.append(known.PhoneRecognizer(supported_language=language, supported_regions=(REGIONS[locale], "US", "GB", "DE", "FR")))
    registry = RecognizerRegistry(recognizers=recognisers, supported_languages=[language])
    return language, AnalyzerEngine(registry=registry, nlp_engine=Blank(language), supported_languages=[language])


def main():
    rows = [json.loads(line) for line in sys.stdin]
    engines = {locale: engine(locale) for locale in {row["locale"] for row in rows}}
    seconds = 0.0
    for row in rows:
        language, analyzer = engines[row["locale"]]
        started = time.perf_counter()
        found = analyzer.analyze(row["text"], language=language, score_threshold=0)
        seconds += time.perf_counter() - started
        print(json.dumps([{"type": TYPES.get(one.entity_type, "other"), "start": one.start, "end": one.end, "score": one.score} for one in found]))
    print(json.dumps({"seconds": seconds}))


main()
