//! What scores lead to: whom to ask, whom to answer, what grows, what drives, what is wished for.

#[path = "insight/demand.rs"]
mod demand;
#[path = "insight/drivers.rs"]
mod drivers;
#[path = "insight/fatigue.rs"]
mod fatigue;
#[path = "insight/journeys.rs"]
mod journeys;
#[path = "insight/laws.rs"]
mod laws;
#[path = "insight/random.rs"]
mod random;
#[path = "insight/trends.rs"]
mod trends;
