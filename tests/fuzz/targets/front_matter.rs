#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| kiji_fuzz::front_matter::check(input));
