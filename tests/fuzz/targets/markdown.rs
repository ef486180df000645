#![no_main]

libfuzzer_sys::fuzz_target!(|input: (u8, &str)| kiji_fuzz::markdown::check(input));
