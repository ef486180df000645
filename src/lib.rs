//! kiji reads a folder of Markdown posts in the terminal. `docs/architecture.md` is the map of this crate.

pub mod document;
pub mod layout;
pub mod library;
pub mod messages;
pub mod text;
