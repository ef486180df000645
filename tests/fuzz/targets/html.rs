#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| kiji_fuzz::html::check(input));
