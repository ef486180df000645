//! Pictures on other hosts: who may fetch them from where, and why one did not come.

use super::Fault;
use crate::messages;

/// Whether pictures may be fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Permission {
    /// When a key asks for it.
    #[default]
    WhenAsked,
    /// The settings say no.
    Never,
    /// There is no folder to keep them in.
    NoFolder,
}

/// Where a picture may be fetched from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// From hosts of the public network alone.
    Public,
    /// From this host wherever it is: it was shown, and a second key said yes.
    Anywhere,
}

/// Why a picture was not fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// There is no program that fetches.
    NoProgram,
    /// Its host is on a private network.
    Private,
    /// The host answered otherwise.
    Status(u16),
    TooLarge,
    TooLate,
    TooManySteps,
    Unreachable,
    /// What came is no picture that can be drawn.
    Picture(Fault),
    /// It could not be kept.
    NotKept,
}

impl Failure {
    /// The reason in a few words.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Failure::NoProgram => messages::NO_CURL.to_string(),
            Failure::Private => messages::PRIVATE_HOST.to_string(),
            Failure::Status(status) => messages::answered(*status),
            Failure::TooLarge => messages::PICTURE_TOO_LARGE.to_string(),
            Failure::TooLate => messages::TOO_LATE.to_string(),
            Failure::TooManySteps => messages::TOO_MANY_STEPS.to_string(),
            Failure::Unreachable => messages::UNREACHABLE.to_string(),
            Failure::Picture(fault) => fault.words().to_owned(),
            Failure::NotKept => messages::NOT_KEPT.to_string(),
        }
    }
}
