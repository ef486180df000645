//! The dates that posts carry, in every form that blogs write them.

use jiff::civil;
use jiff::fmt::rfc2822;
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, Zoned};

use crate::template::Moment;

/// A moment as its author wrote it: the local date and time, and how far that is from UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Date {
    local: civil::DateTime,
    offset: Offset,
}

impl Date {
    /// Reads a date. One without a zone is of `zone`. The first day of the year 1 is none: it is what programs write for no date.
    ///
    /// Beyond what Hugo takes (RFC 3339 and its relatives, RFC 1123, RFC 850, Unix time) it takes `2020/02/03`, `2020.2.3`,
    /// `2020年2月3日`, `20200203`, full-width figures, times without seconds or with `PM`, months by their names, and zones by theirs.
    #[must_use]
    pub fn parse(written: &str, zone: &TimeZone) -> Option<Date> {
        let narrow: String = written.trim().chars().map(narrow).collect();
        let date = numeric(&narrow, zone).or_else(|| {
            let zoned = with_zone_name(&narrow).or_else(|| with_month_name(&narrow))?;
            Some(Date::from(&zoned))
        })?;
        (date.local.date() != civil::date(1, 1, 1)).then_some(date)
    }

    /// A Unix time, in seconds.
    #[must_use]
    pub fn from_unix(seconds: i64) -> Option<Date> {
        Timestamp::from_second(seconds).ok().map(|moment| Date::from(&moment.to_zoned(TimeZone::UTC)))
    }

    fn from(zoned: &Zoned) -> Date {
        Date { local: zoned.datetime(), offset: zoned.offset() }
    }

    /// How many bytes a date is kept in.
    pub(super) const BYTES: usize = 11;

    /// The date in bytes.
    pub(super) fn to_bytes(self) -> [u8; Date::BYTES] {
        let [high, low] = self.local.year().to_be_bytes();
        let local = &self.local;
        let [month, day, hour] = [local.month(), local.day(), local.hour()].map(i8::cast_unsigned);
        let [minute, second] = [local.minute(), local.second()].map(i8::cast_unsigned);
        let [a, b, c, d] = self.offset.seconds().to_be_bytes();
        [high, low, month, day, hour, minute, second, a, b, c, d]
    }

    /// The date of bytes; none where they are none.
    pub(super) fn from_bytes(bytes: [u8; Date::BYTES]) -> Option<Date> {
        let [high, low, month, day, hour, minute, second, a, b, c, d] = bytes;
        let [month, day, hour] = [month, day, hour].map(u8::cast_signed);
        let [minute, second] = [minute, second].map(u8::cast_signed);
        let year = i16::from_be_bytes([high, low]);
        let local = civil::DateTime::new(year, month, day, hour, minute, second, 0).ok()?;
        Some(Date { local, offset: Offset::from_seconds(i32::from_be_bytes([a, b, c, d])).ok()? })
    }

    /// The moment, for ordering.
    #[must_use]
    pub fn timestamp(&self) -> Timestamp {
        self.offset.to_timestamp(self.local).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    /// `2017-11-02`.
    #[must_use]
    pub fn day(&self) -> String {
        self.local.strftime("%Y-%m-%d").to_string()
    }

    /// `2017-11-02T01:33:34+09:00`, as RFC 3339 has it.
    #[must_use]
    pub fn rfc_3339(&self) -> String {
        let seconds = self.offset.seconds();
        let zone = if seconds == 0 {
            "Z".to_owned()
        } else {
            let sign = if seconds < 0 { '-' } else { '+' };
            format!("{sign}{:02}:{:02}", seconds.abs() / 3600, seconds.abs() / 60 % 60)
        };
        self.local.strftime("%Y-%m-%dT%H:%M:%S").to_string() + &zone
    }

    /// As templates know it.
    #[must_use]
    pub fn moment(&self) -> Moment {
        Moment {
            year: self.local.year().into(),
            month: self.local.month().into(),
            day: self.local.day().into(),
            hour: self.local.hour().into(),
            minute: self.local.minute().into(),
            second: self.local.second().into(),
            offset: self.offset.seconds().into(),
        }
    }

    /// One part of the local date, by its `strftime` letter.
    #[must_use]
    pub fn part(&self, format: &str) -> String {
        self.local.strftime(format).to_string()
    }
}

/// Year, month and day in figures, then perhaps a time and a zone.
fn numeric(written: &str, zone: &TimeZone) -> Option<Date> {
    let mut rest = written;
    let is_compact = written.len() == 8 && written.bytes().all(|byte| byte.is_ascii_digit());
    let (first, second): (&[&str], &[&str]) =
        if is_compact { (&[""], &[""]) } else { (&["-", "/", ".", "年"], &["-", "/", ".", "月"]) };
    let year = figures(&mut rest, 4).filter(|_| written.len() - rest.len() == 4)?;
    separator(&mut rest, first)?;
    let month = figures(&mut rest, 2)?;
    separator(&mut rest, second)?;
    let day = figures(&mut rest, 2)?;
    rest = rest.strip_prefix('日').unwrap_or(rest);
    rest = after_weekday(rest);
    let (hour, minute, second) = time(&mut rest)?;
    let part = |number: i64| i8::try_from(number).ok();
    let local = civil::DateTime::new(
        i16::try_from(year).ok()?,
        part(month)?,
        part(day)?,
        part(hour)?,
        part(minute)?,
        part(second)?,
        0,
    )
    .ok()?;
    let offset = match rest.trim() {
        "" => in_zone(zone, local)?,
        name => offset(name).or_else(|| in_zone(&TimeZone::get(name).ok()?, local))?,
    };
    Some(Date { local, offset })
}

fn in_zone(zone: &TimeZone, local: civil::DateTime) -> Option<Offset> {
    zone.to_ambiguous_timestamp(local).compatible().map(|moment| zone.to_offset(moment)).ok()
}

/// A full-width character of ASCII in its usual width.
fn narrow(c: char) -> char {
    match u32::from(c) {
        code @ 0xff01..=0xff5e => char::from_u32(code - 0xfee0).unwrap_or(c),
        0x3000 => ' ',
        _ => c,
    }
}

/// What comes after the name of a day in brackets, where there is one: `(月)`, `（月曜日）`.
fn after_weekday(rest: &str) -> &str {
    let inside = rest.trim_start().strip_prefix('(').and_then(|inside| inside.split_once(')'));
    inside.filter(|(day, _)| day.chars().count() <= 9).map_or(rest, |(_, after)| after)
}

fn time(rest: &mut &str) -> Option<(i64, i64, i64)> {
    let start = rest.trim_start_matches(['T', 't', ' ', ',', '_']);
    if start.len() == rest.len() || !start.starts_with(|c: char| c.is_ascii_digit()) {
        return Some((0, 0, 0));
    }
    *rest = start;
    let hour = figures(rest, 2)?;
    separator(rest, &[":", "時"])?;
    let minute = figures(rest, 2)?;
    let mut second = 0;
    *rest = rest.strip_suffix(['分', '秒']).unwrap_or(rest);
    if let Some(after) = rest.strip_prefix([':', '分']) {
        *rest = after;
        second = figures(rest, 2)?;
        if let Some(fraction) = rest.strip_prefix('.') {
            *rest = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
        }
    }
    let half = rest.trim_start();
    let hour = match half.get(..2).map(str::to_ascii_uppercase).as_deref() {
        Some("AM") if hour <= 12 => hour % 12,
        Some("PM") if hour <= 12 => hour % 12 + 12,
        _ => return Some((hour, minute, second)),
    };
    *rest = &half[2..];
    Some((hour, minute, second))
}

fn figures(rest: &mut &str, most: usize) -> Option<i64> {
    let length = rest.bytes().take(most).take_while(u8::is_ascii_digit).count();
    let number = rest[..length].parse().ok()?;
    *rest = &rest[length..];
    Some(number)
}

fn separator(rest: &mut &str, allowed: &[&str]) -> Option<()> {
    *rest = allowed.iter().find_map(|mark| rest.strip_prefix(mark))?;
    Some(())
}

/// `Z`, `+09:00`, `+0900`, `+09`, with a zone's name after it or alone.
fn offset(written: &str) -> Option<Offset> {
    let first = written.split(' ').next()?;
    match first {
        "Z" | "z" | "UTC" | "GMT" => return Some(Offset::UTC),
        "EST" => return Offset::from_seconds(-5 * 3600).ok(),
        "EDT" => return Offset::from_seconds(-4 * 3600).ok(),
        "PST" => return Offset::from_seconds(-8 * 3600).ok(),
        "PDT" => return Offset::from_seconds(-7 * 3600).ok(),
        "CET" => return Offset::from_seconds(3600).ok(),
        "CEST" => return Offset::from_seconds(2 * 3600).ok(),
        "JST" | "KST" => return Offset::from_seconds(9 * 3600).ok(),
        _ => {}
    }
    let sign = match first.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let digits: String = first[1..].chars().filter(|c| *c != ':').collect();
    let number: i32 = digits.parse().ok()?;
    let (hours, minutes) = if digits.len() > 2 { (number / 100, number % 100) } else { (number, 0) };
    Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).ok()
}

/// RFC 2822 (and with it RFC 1123), and the forms with month names that it does not have.
fn with_month_name(written: &str) -> Option<Zoned> {
    let zoneless = ["%a %b %e %H:%M:%S %Y", "%B %d %Y", "%b %d %Y", "%d %B %Y", "%d %b %Y"];
    // The names of zones stand where no form of jiff's has them; `Feb. 3rd, 2020` is `Feb 3 2020`.
    let words = written.split_whitespace().filter(|word| !matches!(*word, "UTC" | "GMT"));
    let plain: Vec<&str> = words.map(plain_word).collect();
    let plain = plain.join(" ");
    let parsed = zoneless.iter().find_map(|format| {
        let broken = jiff::fmt::strtime::parse(format, &plain).ok()?;
        let date = broken.to_date().ok()?;
        let time = broken.to_time().unwrap_or_default();
        date.to_datetime(time).to_zoned(TimeZone::UTC).ok()
    });
    parsed.or_else(|| rfc_850(written)).or_else(|| rfc2822::parse(written).ok())
}

/// A word without a comma or full stop after it, a number without `st`, `nd`, `rd`, `th`.
fn plain_word(word: &str) -> &str {
    let word = word.trim_end_matches([',', '.']);
    let number = word.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let is_ordinal = matches!(&word[number.len()..], "st" | "nd" | "rd" | "th");
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    if is_ordinal && is_number { number } else { word }
}

/// `Monday, 03-Feb-20 04:05:06 GMT`
fn rfc_850(written: &str) -> Option<Zoned> {
    let (_, rest) = written.split_once(", ")?;
    let (day, time) = rest.split_once(' ')?;
    rfc2822::parse(&format!("{} {time}", day.replace('-', " "))).ok()
}

/// RFC 2822 with a zone by name, which the standard has read as UTC.
fn with_zone_name(written: &str) -> Option<Zoned> {
    let (most, name) = written.rsplit_once(' ')?;
    let seconds = offset(name).filter(|_| name.starts_with(|c: char| c.is_ascii_alphabetic()))?.seconds();
    rfc2822::parse(&format!("{most} +{:02}{:02}", seconds / 3600, seconds / 60 % 60)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(written: &str, expected: &str) {
        let found = Date::parse(written, &TimeZone::UTC).map(|date| date.rfc_3339());
        assert_eq!(found.as_deref(), (!expected.is_empty()).then_some(expected), "{written}");
    }

    #[test]
    fn dates_of_every_form() {
        check("2017-11-02T01:33:34+09:00", "2017-11-02T01:33:34+09:00");
        check("2017-11-02", "2017-11-02T00:00:00Z");
        check("2006-01-02 15:04:05", "2006-01-02T15:04:05Z");
        check("2020-02-03 4:05:06 -0400", "2020-02-03T04:05:06-04:00");
        check("2020-02-03T04:05:06.123Z", "2020-02-03T04:05:06Z");
        check("2020-02-03 04:05:06 +0900 JST", "2020-02-03T04:05:06+09:00");
        check("2020/02/03", "2020-02-03T00:00:00Z");
        check("2020-2-3", "2020-02-03T00:00:00Z");
        check("2020.02.03", "2020-02-03T00:00:00Z");
        check("2020年2月3日", "2020-02-03T00:00:00Z");
        check("2020-02-03 04:05", "2020-02-03T04:05:00Z");
        check("2020-02-03 04:05:06 JST", "2020-02-03T04:05:06+09:00");
        check("Mon, 03 Feb 2020 04:05:06 +0900", "2020-02-03T04:05:06+09:00");
        check("Mon, 03 Feb 2020 04:05:06 UTC", "2020-02-03T04:05:06Z");
        check("Mon Feb  3 04:05:06 2020", "2020-02-03T04:05:06Z");
        check("03 Feb 20 04:05 JST", "2020-02-03T04:05:00+09:00");
        check("20200203", "2020-02-03T00:00:00Z");
        check("Jul 08 2022", "2022-07-08T00:00:00Z");
        check("July 8 2022", "2022-07-08T00:00:00Z");
        check("2020-02-03 4:05PM", "2020-02-03T16:05:00Z");
        check("2020-02-03 12:05 am +0900", "2020-02-03T00:05:00+09:00");
        check("２０２０年２月３日（月） 4時5分", "2020-02-03T04:05:00Z");
        check("2020年2月3日 04時05分06秒", "2020-02-03T04:05:06Z");
        check("2020-02-03, 04:05", "2020-02-03T04:05:00Z");
        check("2020-02-03 04:05:06 Asia/Tokyo", "2020-02-03T04:05:06+09:00");
        check("2020-02-03 04:05:06 PST", "2020-02-03T04:05:06-08:00");
        check("Mon Feb  3 04:05:06 UTC 2020", "2020-02-03T04:05:06Z");
        check("Monday, 03-Feb-20 04:05:06 GMT", "2020-02-03T04:05:06Z");
        check("Feb. 3rd, 2020", "2020-02-03T00:00:00Z");
        check("February 3, 2020", "2020-02-03T00:00:00Z");
        check("3 August 2020", "2020-08-03T00:00:00Z");
        check("0001-01-01T00:00:00Z", "");
        check("202002031", "");
        check("tomorrow", "");
        check("2020-13-01", "");
        check("", "");
    }

    #[test]
    fn order_is_that_of_moments() {
        let date = |written| Date::parse(written, &TimeZone::UTC).unwrap().timestamp();
        assert!(date("2020-01-01T00:00:00+09:00") < date("2020-01-01T00:00:00Z"));
        assert_eq!(Date::from_unix(20_200_203).unwrap().rfc_3339(), "1970-08-22T19:10:03Z");
    }
}
