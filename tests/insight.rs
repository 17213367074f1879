//! What scores lead to: whom to ask, whom to answer, what grows, what drives, what is wished for.

#[path = "insight/drivers.rs"]
mod drivers;
#[path = "insight/fatigue.rs"]
mod fatigue;
#[path = "insight/journeys.rs"]
mod journeys;
#[path = "insight/random.rs"]
mod random;
#[path = "insight/trends.rs"]
mod trends;
