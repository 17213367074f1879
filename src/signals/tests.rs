//! The examples of the rule files.
