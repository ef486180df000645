//! kiji reads a folder of Markdown posts in the terminal. `docs/architecture.md` is the map of this crate.

pub mod app;
pub mod cli;
pub mod commands;
pub mod config;
pub mod document;
pub mod layout;
pub mod library;
pub mod manual;
pub mod messages;
pub mod picture;
pub mod print;
pub mod reading;
pub mod search;
pub mod shelf;
pub mod shell;
pub mod state;
pub mod template;
pub mod text;
pub mod ui;
