//! The view.
pub mod theme;
