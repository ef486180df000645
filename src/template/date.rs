//! Dates as templates know them, and Go's way of saying how one is written: by how it would write its own reference date.

/// A moment by the clock of its place.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    pub year: i64,
    pub month: i64,
    pub day: i64,
    pub hour: i64,
    pub minute: i64,
    pub second: i64,
    /// Seconds east of UTC.
    pub offset: i64,
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

const DAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/// The parts of Go's reference date, `Mon Jan 2 15:04:05 -0700 2006`, longer ones before those that they start with.
const PARTS: [&str; 27] = [
    "January", "Jan", "Monday", "Mon", "2006", "002", "-07:00", "Z07:00", "-0700", "15", "01", "02", "03", "04", "05",
    "06", "_2", "PM", "pm", "MST", "1", "2", "3", "4", "5", ".000", "-07",
];

impl Moment {
    /// Reads `2006-01-02`, `2006-01-02T15:04:05`, the same with a blank for the `T`, and with `Z` or `+09:00` after it.
    #[must_use]
    pub fn parse(written: &str) -> Option<Moment> {
        let number = |range: std::ops::Range<usize>| {
            let part = written.get(range)?;
            part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse::<i64>().ok())?
        };
        let is_at = |at: usize, marks: &[u8]| written.as_bytes().get(at).is_some_and(|byte| marks.contains(byte));
        let (year, month, day) = (number(0..4)?, number(5..7)?, number(8..10)?);
        let is_day = is_at(4, b"-") && is_at(7, b"-") && (1..=12).contains(&month) && (1..=31).contains(&day);
        let start = Moment { year, month, day, ..Moment::default() };
        if !is_day || written.len() == 10 {
            return is_day.then_some(start);
        }
        let (hour, minute, second) = (number(11..13)?, number(14..16)?, number(17..19)?);
        let offset = match written.get(19..)? {
            "" | "Z" => 0,
            zone => {
                let sign = if zone.starts_with('-') { -1 } else { 1 };
                sign * (number(20..22)? * 3600 + number(23..25)? * 60)
            }
        };
        let is_time = is_at(10, b"T ") && is_at(13, b":") && is_at(16, b":") && matches!(written.len(), 19 | 20 | 25);
        is_time.then_some(Moment { hour, minute, second, offset, ..start })
    }

    /// The seconds since 1970, UTC.
    #[must_use]
    pub fn seconds(&self) -> i64 {
        // Days since then by the civil calendar; the year starts in March, so that a leap day ends it.
        let (year, month) = if self.month > 2 { (self.year, self.month - 3) } else { (self.year - 1, self.month + 9) };
        let days = year * 365 + year.div_euclid(4) - year.div_euclid(100)
            + year.div_euclid(400)
            + (153 * month + 2) / 5
            + self.day
            - 719_469;
        ((days * 24 + self.hour) * 60 + self.minute) * 60 + self.second - self.offset
    }

    /// The moment so many seconds after 1970 began, by the clock of UTC; none beyond the years of four digits.
    #[must_use]
    pub fn of_seconds(seconds: i64) -> Option<Moment> {
        const DAY: i64 = 24 * 60 * 60;
        let (days, second) = (seconds.div_euclid(DAY) + 719_468, seconds.rem_euclid(DAY));
        // 400 years are as long as any other 400, and start in March too.
        let (ages, day) = (days.div_euclid(146_097), days.rem_euclid(146_097));
        let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
        let day = day - (365 * year + year / 4 - year / 100);
        let month = (5 * day + 2) / 153;
        let moment = Moment {
            year: ages * 400 + year + i64::from(month > 9),
            month: if month > 9 { month - 9 } else { month + 3 },
            day: day - (153 * month + 2) / 5 + 1,
            hour: second / 3600,
            minute: second / 60 % 60,
            second: second % 60,
            offset: 0,
        };
        (0..10_000).contains(&moment.year).then_some(moment)
    }

    /// It in a layout of Go's; none with a part that depends on the name of a zone or on parts of a second.
    #[must_use]
    pub fn format(&self, layout: &str) -> Option<String> {
        let mut written = String::new();
        let mut rest = layout;
        while let Some(first) = rest.chars().next() {
            if let Some(part) = PARTS.iter().find(|part| rest.starts_with(*part)) {
                written.push_str(&self.part(part)?);
                rest = &rest[part.len()..];
            } else {
                written.push(first);
                rest = &rest[first.len_utf8()..];
            }
        }
        Some(written)
    }

    fn part(&self, part: &str) -> Option<String> {
        let hour = if self.hour % 12 == 0 { 12 } else { self.hour % 12 };
        Some(match part {
            "January" => self.month_name()?.to_owned(),
            "Jan" => self.month_name()?[..3].to_owned(),
            "Monday" => self.weekday().to_owned(),
            "Mon" => self.weekday()[..3].to_owned(),
            "2006" => format!("{:04}", self.year),
            "06" => format!("{:02}", self.year % 100),
            "01" => format!("{:02}", self.month),
            "1" => self.month.to_string(),
            "02" => format!("{:02}", self.day),
            "_2" => format!("{:2}", self.day),
            "2" => self.day.to_string(),
            "15" => format!("{:02}", self.hour),
            "03" => format!("{hour:02}"),
            "3" => hour.to_string(),
            "04" => format!("{:02}", self.minute),
            "4" => self.minute.to_string(),
            "05" => format!("{:02}", self.second),
            "5" => self.second.to_string(),
            "PM" => if self.hour < 12 { "AM" } else { "PM" }.to_owned(),
            "pm" => if self.hour < 12 { "am" } else { "pm" }.to_owned(),
            "-07:00" => self.zone(":"),
            "-0700" => self.zone(""),
            "Z07:00" => {
                if self.offset == 0 {
                    "Z".to_owned()
                } else {
                    self.zone(":")
                }
            }
            _ => return None,
        })
    }

    fn zone(&self, between: &str) -> String {
        let sign = if self.offset < 0 { '-' } else { '+' };
        let minutes = self.offset.abs() / 60;
        format!("{sign}{:02}{between}{:02}", minutes / 60, minutes % 60)
    }

    #[must_use]
    pub fn month_name(&self) -> Option<&'static str> {
        MONTHS.get(usize::try_from(self.month - 1).ok()?).copied()
    }

    /// By Sakamoto's rule.
    #[must_use]
    pub fn weekday(&self) -> &'static str {
        const SHIFTS: [i64; 12] = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4];
        let year = if self.month < 3 { self.year - 1 } else { self.year };
        let place = |number: i64| usize::try_from(number).unwrap_or_default();
        let shift = SHIFTS[place((self.month - 1).clamp(0, 11))];
        DAYS[place((year + year / 4 - year / 100 + year / 400 + shift + self.day).rem_euclid(7))]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_and_dates_are_one_to_another() {
        for (seconds, expected) in [
            (0, "1970-01-01 00:00:00"),
            (951_782_399, "2000-02-28 23:59:59"),
            (951_868_799, "2000-02-29 23:59:59"),
            (1_546_300_800, "2019-01-01 00:00:00"),
            (-86_401, "1969-12-30 23:59:59"),
            (4_107_542_400, "2100-03-01 00:00:00"),
        ] {
            let moment = Moment::of_seconds(seconds).unwrap();
            assert_eq!(moment.format("2006-01-02 15:04:05").as_deref(), Some(expected), "{seconds}");
            assert_eq!(moment.seconds(), seconds, "{expected}");
        }
        for beyond in [i64::MIN, i64::MAX, 253_402_300_800, -62_167_219_201] {
            assert_eq!(Moment::of_seconds(beyond), None, "{beyond}");
        }
    }

    #[test]
    fn layouts_are_those_of_go() {
        let moment = Moment { year: 2017, month: 11, day: 2, hour: 13, minute: 3, second: 4, offset: 9 * 3600 };
        for (layout, expected) in [
            ("2006-01-02", "2017-11-02"),
            ("Monday, January 2, 2006", "Thursday, November 2, 2017"),
            ("Mon Jan _2 3:04PM", "Thu Nov  2 1:03PM"),
            ("2006年1月2日", "2017年11月2日"),
            ("2006-01-02T15:04:05Z07:00", "2017-11-02T13:03:04+09:00"),
        ] {
            assert_eq!(moment.format(layout).as_deref(), Some(expected), "{layout}");
        }
        assert_eq!(moment.format("MST"), None);
    }
}
