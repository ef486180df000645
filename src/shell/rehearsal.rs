//! Panics on request, in a build for tests: what becomes of the terminal then can be seen in no other way.

use std::env;

/// Panics where `KIJI_PANIC` names this place. A build for use never does.
pub(super) fn rehearse(place: &str) {
    assert!(
        !(cfg!(debug_assertions) && env::var("KIJI_PANIC").is_ok_and(|wanted| wanted == place)),
        "KIJI_PANIC: {place}"
    );
}
