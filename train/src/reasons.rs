//! How the classes of the intent sets read as contact reasons.
//!
//! Classes in [`HELD_OUT`] never teach: the intent figure is measured on them, so that it says how
//! well a reason is known from classes of other wording and other domains.

use std::collections::BTreeSet;
use std::path::Path;

use hearken::analysis::Intent::{self, *};

use crate::data::Sheet;

/// Classes kept out of training, whole.
#[rustfmt::skip]
pub const HELD_OUT: &[(&str, &[&str])] = &[
    ("banking77", &[
        "card_delivery_estimate", "Refund_not_showing_up", "cash_withdrawal_charge", "transfer_fee_charged", "declined_card_payment",
        "pending_top_up", "passcode_forgotten", "cancel_transfer", "contactless_not_working", "edit_personal_details", "country_support",
        "exchange_charge", "lost_or_stolen_card", "getting_virtual_card", "card_payment_not_recognised",
    ]),
    ("bitext", &[
        "get_invoice", "payment_issue", "delete_account", "contact_customer_service", "review", "track_refund", "switch_account",
        "registration_problems", "delivery_options",
    ]),
    ("clinc150", &[
        "lost_luggage", "interest_rate", "restaurant_reservation", "account_blocked", "application_status", "damaged_card", "report_fraud",
        "oos",
    ]),
];

/// True when rows of this class may not teach.
pub fn is_held_out(set: &str, class: &str) -> bool {
    HELD_OUT.iter().any(|(name, classes)| *name == set && classes.contains(&class))
}

/// Letters and digits only, lower case.
pub fn bare(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The texts of the classes kept out, bare: they occur here and there in other sets.
pub fn held_out_texts(dir: &Path) -> Result<BTreeSet<String>, String> {
    let mut texts = BTreeSet::new();
    let files = ["intent/banking77.en", "intent/bitext_customer_support.en", "intent/clinc150.en"];
    for ((_, classes), stem) in HELD_OUT.iter().zip(files) {
        for part in ["train", "dev"] {
            let sheet = Sheet::read(dir, &format!("{stem}.{part}"))?;
            let held = sheet.rows.iter().filter(|row| classes.contains(&row[1].as_str()));
            texts.extend(held.map(|row| bare(&row[0])));
        }
    }
    Ok(texts)
}

#[rustfmt::skip]
const BANKING77: &[(Intent, &[&str])] = &[
    (Billing, &["card_payment_fee_charged", "cash_withdrawal_charge", "transaction_charged_twice", "transfer_fee_charged", "card_payment_wrong_exchange_rate", "extra_charge_on_statement", "wrong_exchange_rate_for_cash_withdrawal"]),
    (FraudSecurity, &["direct_debit_payment_not_recognised", "card_payment_not_recognised", "cash_withdrawal_not_recognised", "lost_or_stolen_phone", "compromised_card", "lost_or_stolen_card"]),
    (PaymentFailure, &["balance_not_updated_after_cheque_or_cash_deposit", "declined_cash_withdrawal", "balance_not_updated_after_bank_transfer", "transfer_not_received_by_recipient", "reverted_card_payment?", "pending_card_payment", "beneficiary_not_allowed", "declined_card_payment", "pending_transfer", "pending_cash_withdrawal", "pending_top_up", "top_up_reverted", "top_up_failed", "failed_transfer", "declined_transfer"]),
    (RefundReturn, &["request_refund", "Refund_not_showing_up"]),
    (HowTo, &["activate_my_card", "card_linking", "card_about_to_expire", "automatic_top_up", "apple_pay_or_google_pay", "verify_top_up", "edit_personal_details", "exchange_via_app", "transfer_into_account", "top_up_by_cash_or_cheque", "receiving_money"]),
    (Cancellation, &["cancel_transfer", "terminate_account"]),
    (OrderStatus, &["card_arrival", "card_delivery_estimate"]),
    (Availability, &["visa_or_mastercard", "supported_cards_and_currencies", "country_support", "fiat_currency_support", "atm_support", "card_acceptance"]),
    (PurchaseInterest, &["getting_spare_card", "order_physical_card", "get_physical_card", "getting_virtual_card", "get_disposable_virtual_card"]),
    (Pricing, &["exchange_charge", "top_up_by_card_charge", "exchange_rate", "top_up_by_bank_transfer_charge"]),
    (AccountAccess, &["why_verify_identity", "change_pin", "pin_blocked", "passcode_forgotten", "verify_my_identity", "unable_to_verify_identity"]),
    (TechnicalFault, &["card_not_working", "card_swallowed", "virtual_card_not_working", "contactless_not_working"]),
];

#[rustfmt::skip]
const BITEXT: &[(Intent, &[&str])] = &[
    (AccountAccess, &["recover_password", "registration_problems"]),
    (Billing, &["check_invoice", "get_invoice"]),
    (OrderStatus, &["delivery_period", "track_order"]),
    (PurchaseInterest, &["place_order"]),
    (Cancellation, &["check_cancellation_fee", "cancel_order", "delete_account"]),
    (Feedback, &["complaint", "review"]),
    (HowTo, &["change_shipping_address", "set_up_shipping_address", "create_account", "switch_account", "edit_account"]),
    (RefundReturn, &["get_refund", "check_refund_policy", "track_refund"]),
    (HumanAgent, &["contact_human_agent", "contact_customer_service"]),
    (PaymentFailure, &["payment_issue"]),
    (Availability, &["delivery_options", "check_payment_methods"]),
];

#[rustfmt::skip]
const CLINC150: &[(Intent, &[&str])] = &[
    (BookingChange, &["cancel_reservation", "confirm_reservation", "book_flight", "book_hotel", "car_rental", "restaurant_reservation", "schedule_maintenance"]),
    (DeliveryProblem, &["lost_luggage"]),
    (Pricing, &["international_fees", "apr", "interest_rate"]),
    (OrderStatus, &["order_status", "flight_status", "application_status", "replacement_card_duration"]),
    (AccountAccess, &["account_blocked", "pin_change"]),
    (PaymentFailure, &["card_declined"]),
    (FraudSecurity, &["report_fraud", "report_lost_card", "freeze_account"]),
    (ProductDefect, &["damaged_card"]),
    (PurchaseInterest, &["new_card", "order", "order_checks"]),
    (Billing, &["bill_balance", "bill_due", "min_payment"]),
    (HowTo, &["credit_limit_change", "redeem_rewards", "direct_deposit", "pay_bill"]),
    (Availability, &["accept_reservations"]),
];

/// Classes that are neither a contact reason nor clearly none.
#[rustfmt::skip]
const CLINC150_UNCLEAR: &[&str] = &[
    "exchange_rate", "balance", "transactions", "insurance", "insurance_change", "transfer", "carry_on", "rewards_balance", "how_busy",
    "credit_limit", "travel_alert", "travel_notification", "international_visa", "expiration_date", "rollover_401k", "taxes", "pto_request",
    "restaurant_reviews", "credit_score", "improve_credit_score", "spending_history", "sync_device", "reset_settings", "routing",
];

fn find(table: &[(Intent, &[&str])], class: &str) -> Option<Intent> {
    table.iter().find(|(_, classes)| classes.contains(&class)).map(|(intent, _)| *intent)
}

/// The reason a class stands for, or nothing where it is unclear.
pub fn banking77(class: &str) -> Option<Intent> {
    find(BANKING77, class)
}

/// The reason a class stands for, or nothing where it is unclear.
pub fn bitext(class: &str) -> Option<Intent> {
    find(BITEXT, class)
}

/// The reason a class stands for; most classes are commands to an assistant: no reason.
pub fn clinc150(class: &str) -> Option<Intent> {
    match find(CLINC150, class) {
        Option::None if CLINC150_UNCLEAR.contains(&class) => Option::None,
        Option::None => Some(Intent::None),
        found => found,
    }
}

/// Assistant commands and chatter: no reason, except praise and what may be one.
pub fn hwu64(class: &str) -> Option<Intent> {
    match class {
        "general_praise" => Some(Feedback),
        "takeaway_order" | "takeaway_query" | "transport_ticket" | "general_explain" | "general_negate" => Option::None,
        _ => Some(Intent::None),
    }
}

/// The reason a set of modular labels stands for, when one is clear.
pub fn nlupp(labels: &str) -> Option<Intent> {
    let has = |name: &str| labels.split(',').any(|label| label == name);
    let any = |names: &[&str]| names.iter().any(|name| has(name));
    if has("handoff") {
        Some(HumanAgent)
    } else if any(&["booking", "appointment"])
        && any(&["make_open_apply_setup_get_activate", "change", "cancel_close_leave_freeze"])
    {
        Some(BookingChange)
    } else if has("lost_stolen") && any(&["card", "debit", "credit", "pin", "account", "cheque"]) {
        Some(FraudSecurity)
    } else if has("refund") {
        Some(RefundReturn)
    } else if has("cancel_close_leave_freeze") {
        Some(Cancellation)
    } else if has("wrong_notworking_notshowing") && has("transfer_payment_deposit") {
        Some(PaymentFailure)
    } else if has("wrong_notworking_notshowing") {
        Some(TechnicalFault)
    } else if has("arrival") && has("card") {
        Some(OrderStatus)
    } else if has("pin") {
        Some(AccountAccess)
    } else if any(&["how_much", "fees_interests"])
        && any(&["fees_interests", "overdraft", "loan", "mortgage", "international"])
    {
        Some(Pricing)
    } else if has("make_open_apply_setup_get_activate")
        && any(&["account", "card", "loan", "mortgage", "savings", "overdraft"])
    {
        Some(PurchaseInterest)
    } else if any(&["room_ammenities", "wifi", "parking", "pets", "restaurant", "spa", "gym", "swimming_pool"])
        && has("request_info")
    {
        Some(Availability)
    } else if has("how") {
        Some(HowTo)
    } else if labels.split(',').all(|label| {
        ["none", "greet", "thank", "affirm", "deny", "acknowledge", "end_call", "dont_know", "repeat"].contains(&label)
    }) {
        Some(Intent::None)
    } else {
        Option::None
    }
}

/// The reason behind a negative airline tweet; only scored, never trained on.
pub fn airline(reason: &str) -> Option<Intent> {
    match reason {
        "Customer Service Issue" | "Flight Attendant Complaints" => Some(StaffComplaint),
        "Cancelled Flight" | "Flight Booking Problems" => Some(BookingChange),
        "Lost Luggage" | "Damaged Luggage" => Some(DeliveryProblem),
        "Bad Flight" => Some(Feedback),
        _ => Option::None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_held_out_class_has_a_reason() {
        for (set, classes) in HELD_OUT {
            for class in *classes {
                let reason = match *set {
                    "banking77" => banking77(class),
                    "bitext" => bitext(class),
                    _ => clinc150(class),
                };
                assert!(reason.is_some(), "{set} {class}");
            }
        }
    }

    #[test]
    fn modular_labels_read_as_one_reason() {
        assert_eq!(nlupp("booking,change"), Some(BookingChange));
        assert_eq!(nlupp("how_much,fees_interests"), Some(Pricing));
        assert_eq!(nlupp("greet,thank"), Some(Intent::None));
        assert_eq!(nlupp("when"), Option::None);
    }
}
