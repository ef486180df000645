//! Days and stretches of days as a reader types them: `2020-05`, `7d`, `today`.

use std::ops::Range;
use std::time::SystemTime;

use jiff::civil;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

/// What the clock says.
pub(super) fn now() -> Timestamp {
    moment(SystemTime::now())
}

/// A moment of the clock. One that is set beyond the years that dates know gives the last of them.
fn moment(time: SystemTime) -> Timestamp {
    Timestamp::try_from(time).unwrap_or(Timestamp::MAX)
}

/// The day that relative days are counted from; without being told, one before all others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Today(civil::Date);

impl Today {
    /// The day that it is now in a time zone.
    #[must_use]
    pub fn now(zone: &TimeZone) -> Today {
        Today(now().to_zoned(zone.clone()).date())
    }

    /// A day that is written as `2020-05-01`.
    #[must_use]
    pub fn of(day: &str) -> Option<Today> {
        day.parse().ok().map(Today)
    }

    /// The first of the days that are meant, and the day after the last, as `2020-05-01`: a year, a month or a day, or one day that is
    /// so many days, weeks, months or years ago (`7d`, `2w`, `3m`, `1y`).
    #[must_use]
    pub fn period(self, written: &str) -> Option<Range<String>> {
        let days = |first: civil::Date, length: Span| {
            let end = first.checked_add(length).ok().filter(|_| first.year() > 0)?;
            Some(first.to_string()..end.to_string())
        };
        let one = Span::new().days(1);
        match written {
            "today" => return days(self.0, one),
            "yesterday" => return days(self.0.checked_sub(one).ok()?, one),
            _ => {}
        }
        if let Some(span) = span(written) {
            return days(self.0.checked_sub(span).ok()?, one);
        }
        let parts: Vec<&str> =
            written.split(['-', '/', '.', '年', '月', '日']).filter(|part| !part.is_empty()).collect();
        let number = |at: usize| parts.get(at).map_or(Some(1), |part| part.parse::<i8>().ok());
        let year = parts.first().filter(|year| year.len() == 4)?.parse().ok()?;
        let first = civil::Date::new(year, number(1)?, number(2)?).ok()?;
        match parts.len() {
            1 => days(first, Span::new().years(1)),
            2 => days(first, Span::new().months(1)),
            3 => days(first, one),
            _ => None,
        }
    }
}

fn span(written: &str) -> Option<Span> {
    let unit = written.chars().next_back()?;
    let count: i64 =
        written[..written.len() - unit.len_utf8()].parse().ok().filter(|count| (0..10_000).contains(count))?;
    match unit {
        'd' => Some(Span::new().days(count)),
        'w' => Some(Span::new().weeks(count)),
        'm' => Some(Span::new().months(count)),
        'y' => Some(Span::new().years(count)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_clock_may_say_anything() {
        let epoch = SystemTime::UNIX_EPOCH;
        let years = |years: u64| Duration::from_hours(years * 24 * 365);
        for (time, year) in [
            (epoch, 1970),
            (epoch - years(100), 1870),
            (epoch + years(136), 2105),
            (epoch + years(8_000), 9964),
            (epoch + years(9_000), 9999),
        ] {
            assert_eq!(moment(time).to_zoned(TimeZone::UTC).year(), year);
        }
    }

    #[test]
    fn periods_are_understood() {
        let today = Today::of("2024-03-31").unwrap();
        for (written, expected) in [
            ("2020", "2020-01-01 2021-01-01"),
            ("2020-12", "2020-12-01 2021-01-01"),
            ("2020/2/3", "2020-02-03 2020-02-04"),
            ("2020年5月", "2020-05-01 2020-06-01"),
            ("today", "2024-03-31 2024-04-01"),
            ("yesterday", "2024-03-30 2024-03-31"),
            ("7d", "2024-03-24 2024-03-25"),
            ("2w", "2024-03-17 2024-03-18"),
            ("1m", "2024-02-29 2024-03-01"),
            ("1y", "2023-03-31 2023-04-01"),
            ("9999y", ""),
            ("2020-13", ""),
            ("20", ""),
            ("d", ""),
            ("-1d", ""),
            ("soon", ""),
            ("", ""),
        ] {
            let shown = today.period(written).map_or(String::new(), |days| format!("{} {}", days.start, days.end));
            assert_eq!(shown, expected, "{written}");
        }
    }
}
