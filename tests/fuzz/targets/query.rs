#![no_main]

libfuzzer_sys::fuzz_target!(|input: &str| kiji_fuzz::query::check(input));
