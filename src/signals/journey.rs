//! Where in the customer's journey a message stands, and who pays for the place it stands in.

use super::rules::Group;
use super::{Known, View};
use crate::analysis::{Intent, JourneyStage, MediaType};
use crate::message::Channel;
use crate::order::Sorted;

const STAGES: [(Group, JourneyStage); 7] = [
    (Group::Awareness, JourneyStage::Awareness),
    (Group::Consideration, JourneyStage::Consideration),
    (Group::Purchase, JourneyStage::Purchase),
    (Group::Delivery, JourneyStage::Delivery),
    (Group::Use, JourneyStage::Use),
    (Group::Support, JourneyStage::Support),
    (Group::Renewal, JourneyStage::Renewal),
];

/// Points of a phrase, and of the contact reason; the reason alone tells a stage, a phrase beats it.
const PHRASE: u32 = 2;
const REASON: u32 = 3;

/// The likeliest stage, and the others that are spoken of. Ties go to the earlier stage.
pub(super) fn find(view: &View, known: &Known, leaves: bool) -> (JourneyStage, Vec<JourneyStage>) {
    let mut points = [0u32; 8];
    for (group, stage) in STAGES {
        points[stage as usize] += PHRASE * (view.of(group).count().min(3) as u32);
    }
    if let Some(stage) = of_intent(known.intent) {
        points[stage as usize] += REASON;
    }
    if leaves {
        points[JourneyStage::Leaving as usize] += 8;
    }
    let mut order: Vec<usize> = (0..points.len()).filter(|stage| points[*stage] > 0).collect();
    order.order_by_key(|stage| (std::cmp::Reverse(points[*stage]), *stage));
    let mut stages = order.into_iter().map(|stage| JourneyStage::ALL[stage]);
    let first = stages.next().unwrap_or_default();
    (first, stages.collect())
}

/// The stage in which people have this reason for contact.
fn of_intent(intent: Intent) -> Option<JourneyStage> {
    Some(match intent {
        Intent::OrderStatus | Intent::DeliveryProblem => JourneyStage::Delivery,
        Intent::RefundReturn | Intent::StaffComplaint | Intent::HumanAgent => JourneyStage::Support,
        Intent::TechnicalFault | Intent::ProductDefect => JourneyStage::Support,
        Intent::HowTo | Intent::AccountAccess => JourneyStage::Use,
        Intent::PaymentFailure => JourneyStage::Purchase,
        Intent::Availability | Intent::Pricing | Intent::PurchaseInterest => JourneyStage::Consideration,
        Intent::Cancellation => JourneyStage::Leaving,
        _ => return None,
    })
}

/// Paid under an advertisement, owned in the company's own channels, earned where others speak;
/// nothing for an unknown channel.
pub fn media_type(channel: Channel) -> Option<MediaType> {
    match channel {
        Channel::AdComment => Some(MediaType::Paid),
        Channel::Survey | Channel::Messaging | Channel::Chat | Channel::Email | Channel::Call | Channel::WebForm => {
            Some(MediaType::Owned)
        }
        Channel::Review | Channel::Social | Channel::Forum | Channel::Blog | Channel::News => Some(MediaType::Earned),
        Channel::Other => None,
    }
}
