//! The shipped taxonomies, hostile ones, and what lint says.
