//! Turns a text into what the analysers read, and keeps the way back to the original.
mod normalize;
pub use normalize::Normalized;
