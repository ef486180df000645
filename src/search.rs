//! Finding: words in a text, posts in a library. Pure; what it needs from outside is handed in.

pub mod full_text;
mod kana;
pub mod pattern;
pub mod query;
pub mod romaji;
mod sieve;
pub mod signature;
