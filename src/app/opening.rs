//! Which addresses may be handed to a browser, and which only after a question.

use std::net::{IpAddr, Ipv4Addr};

use url::{Host, Url};

use crate::messages;

/// The longest address that is opened or copied, in bytes.
pub const LONGEST: usize = 8 * 1024;

/// What is to be done with an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    Open(Url),
    /// Only after a second key, with the whole address and the reason shown.
    Ask {
        url: Url,
        reason: &'static str,
    },
    Refuse(&'static str),
}

/// Vets an address as a post wrote it. Only http, https and mailto are ever opened, in their normalised form.
#[must_use]
pub fn vet(address: &str) -> Verdict {
    let is_odd =
        |c: char| c.is_control() || c.is_whitespace() || !crate::text::clean::is_clean(c.encode_utf8(&mut [0; 4]));
    if address.len() > LONGEST {
        return Verdict::Refuse(&messages::TOO_LONG);
    }
    if address.contains(is_odd) {
        return Verdict::Refuse(&messages::ODD_CHARACTERS);
    }
    let Ok(url) = Url::parse(address) else { return Verdict::Refuse(&messages::NO_ADDRESS) };
    match url.scheme() {
        "mailto" if url.query_pairs().any(|(key, _)| !is_of_letter(&key)) => {
            Verdict::Ask { url, reason: &messages::ODD_MAIL }
        }
        "mailto" => Verdict::Open(url),
        "http" | "https" if !has_host(address) => Verdict::Refuse(&messages::NO_ADDRESS),
        "http" | "https" => vet_host(url, authority(address)),
        _ => Verdict::Refuse(&messages::SCHEME),
    }
}

/// Whether a host is by its name or number one of this machine or of a private network.
#[must_use]
pub fn is_private_name(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => is_private(IpAddr::V4(address)),
        Some(Host::Ipv6(address)) => is_private(IpAddr::V6(address)),
        Some(Host::Domain(host)) => {
            let host = host.trim_end_matches('.');
            let is_inside = |end: &str| host == end || host.strip_suffix(end).is_some_and(|rest| rest.ends_with('.'));
            !host.contains('.') || ["localhost", "local", "internal", "lan", "home.arpa"].into_iter().any(is_inside)
        }
        None => true,
    }
}

/// Whether an address belongs to this machine, to a private network or to nobody.
#[must_use]
pub fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => {
            let [first, second, third, _] = address.octets();
            address.is_private()
                || address.is_loopback()
                || address.is_link_local()
                || matches!(
                    (first, second, third),
                    (0 | 224.., ..) | (100, 64..=127, _) | (192, 0, 0) | (198, 18 | 19, _)
                )
        }
        IpAddr::V6(address) => {
            let [first, second, ..] = address.segments();
            let low = address.to_bits() as u32;
            let within = match (first, second) {
                // Addresses that stand for one of the older kind.
                (0, 0) if address.to_ipv4_mapped().is_some() => Some(low),
                (0x64, 0xff9b) => Some(low),
                (0x2002, second) => Some(u32::from(second) << 16 | u32::from(address.segments()[2])),
                _ => None,
            };
            match within {
                Some(bits) => is_private(IpAddr::V4(Ipv4Addr::from_bits(bits))),
                // What is in use of the public network begins with the bits 001.
                None => first >> 13 != 1,
            }
        }
    }
}

/// What a letter has anywhere. Some programs take files to attach from others.
fn is_of_letter(key: &str) -> bool {
    ["to", "cc", "bcc", "subject", "body"].iter().any(|known| key.eq_ignore_ascii_case(known))
}

/// Whether a host follows two slashes, as it must. The parser makes up for missing, doubled and backward ones, and what it makes of them
/// is not what is read.
fn has_host(address: &str) -> bool {
    let host = address.split_once("://").map_or("", |(_, rest)| rest);
    !host.is_empty() && !host.starts_with(['/', '\\'])
}

/// The host of an address as it is written, with what stands around it.
fn authority(address: &str) -> &str {
    let rest = address.split_once(':').map_or(address, |(_, rest)| rest).trim_start_matches(['/', '\\']);
    rest.split(['/', '\\', '?', '#']).next().unwrap_or_default()
}

/// Whether control characters are written in an address by their codes.
fn has_coded_controls(url: &Url) -> bool {
    let after = |part: &str| u8::from_str_radix(part.get(..2).unwrap_or_default(), 16);
    url.as_str().split('%').skip(1).any(|part| after(part).is_ok_and(|byte| byte.is_ascii_control()))
}

fn vet_host(url: Url, written: &str) -> Verdict {
    let reason = match url.host() {
        None => return Verdict::Refuse(&messages::NO_ADDRESS),
        // No name is like that.
        Some(Host::Domain(host)) if host.split('.').any(|label| label.len() > 63) => {
            return Verdict::Refuse(&messages::NO_ADDRESS);
        }
        _ if !url.username().is_empty() || url.password().is_some() => Some(&messages::HAS_USER),
        Some(Host::Ipv4(_) | Host::Ipv6(_)) => Some(&messages::NUMERIC_HOST),
        Some(Host::Domain(host)) if host == "localhost" || host.ends_with(".localhost") => Some(&messages::LOCAL_HOST),
        Some(Host::Domain(host)) if host.split('.').any(|label| label.starts_with("xn--")) => {
            Some(&messages::FOREIGN_HOST)
        }
        Some(Host::Domain(_)) if !written.is_ascii() => Some(&messages::FOREIGN_HOST),
        Some(Host::Domain(_)) if has_coded_controls(&url) => Some(&messages::CODED_CONTROLS),
        Some(Host::Domain(_)) => None,
    };
    match reason {
        Some(reason) => Verdict::Ask { url, reason },
        None => Verdict::Open(url),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(address: &str, expected: &str) {
        let shown = match vet(address) {
            Verdict::Open(url) => format!("open {url}"),
            Verdict::Ask { url, .. } => format!("ask {url}"),
            Verdict::Refuse(_) => "refuse".to_owned(),
        };
        assert_eq!(shown, expected, "{address}");
    }

    #[test]
    fn hosts_of_private_networks_are_known() {
        let check = |host: &str, expected: bool| {
            let url = Url::parse(&format!("http://{host}/x.png")).unwrap();
            assert_eq!(is_private_name(&url), expected, "{host}");
        };
        for host in [
            "127.0.0.1",
            "127.1",
            "0x7f000001",
            "0.0.0.0",
            "10.1.2.3",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "[::1]",
            "[::]",
            "[fe80::1]",
            "[fc00::1]",
            "[ff02::1]",
            "[::ffff:10.0.0.1]",
            "[64:ff9b::7f00:1]",
            "[2002:7f00:1::]",
            "[::7f00:1]",
            "localhost",
            "localhost.",
            "a.localhost",
            "printer",
            "nas.local",
            "x.internal",
            "router.home.arpa",
        ] {
            check(host, true);
        }
        for host in [
            "1.1.1.1",
            "172.32.0.1",
            "100.128.0.1",
            "[2606:4700::1]",
            "[::ffff:1.1.1.1]",
            "example.com",
            "notlocal.example",
            "a.b",
        ] {
            check(host, false);
        }
    }

    #[test]
    fn addresses_are_vetted() {
        check("https://example.com/a", "open https://example.com/a");
        check("HTTP://Example.com", "open http://example.com/");
        check("mailto:me@example.com", "open mailto:me@example.com");
        check("https://example.com/日本", "open https://example.com/%E6%97%A5%E6%9C%AC");
        check("https://日本.example/", "ask https://xn--wgv71a.example/");
        check("https://user@example.com/", "ask https://user@example.com/");
        check("http://127.0.0.1:8080/", "ask http://127.0.0.1:8080/");
        check("http://localhost/", "ask http://localhost/");
        check("https://ⓔxample.com/", "ask https://example.com/");
        check("https://example.com。evil.example/", "ask https://example.com.evil.example/");
        check("https://example.com/%0a%1b", "ask https://example.com/%0a%1b");
        check("https://example.com/%E6%97%A5%2", "open https://example.com/%E6%97%A5%2");
        check("mailto:me@example.com?Subject=a&body=b", "open mailto:me@example.com?Subject=a&body=b");
        check("mailto:me@example.com?attach=/etc/passwd", "ask mailto:me@example.com?attach=/etc/passwd");
        for address in ["https:///x", "https:example.com", "http:\\\\evil.example", "http:/\\x.example"] {
            check(address, "refuse");
        }
        check(&format!("https://{}.example/", "a".repeat(64)), "refuse");
        check("javascript:alert(1)", "refuse");
        check("file:///etc/passwd", "refuse");
        check("data:text/html,x", "refuse");
        check("smb://host/share", "refuse");
        check("-flag", "refuse");
        check("https://exam\u{202e}ple.com", "refuse");
        check("https://example.com/a b", "refuse");
        check("https://example.com/\u{1b}]0;x", "refuse");
        check(&format!("https://example.com/{}", "a".repeat(9000)), "refuse");
        check("http://", "refuse");
    }
}
