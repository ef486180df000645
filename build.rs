//! How the program is linked.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let is = |name: &str, value: &str| std::env::var(name).is_ok_and(|found| found == value);
    // The tables of phrases, emoji and entities hold some 50,000 addresses. A position-independent program writes all of them anew
    // each time it starts, which takes longer than the printing of a post. The price: its own image lies at a fixed address (heap,
    // stack and libraries do not).
    if is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu") {
        println!("cargo:rustc-link-arg-bins=-no-pie");
    }
}
