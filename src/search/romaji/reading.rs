//! Readings of kanji, and how they sound inside words.

/// The longest reading of one kanji or word, in kana.
const LONGEST_READING: usize = 8;

/// How a kanji or a word is read, in kana.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reading {
    kana: [char; LONGEST_READING],
    length: usize,
}

impl Reading {
    /// None where it is longer than any.
    pub(super) fn of(kana: &str) -> Option<Reading> {
        let mut reading = Reading { kana: ['\0'; LONGEST_READING], length: 0 };
        for c in kana.chars() {
            *reading.kana.get_mut(reading.length)? = c;
            reading.length += 1;
        }
        (reading.length > 0).then_some(reading)
    }

    pub(super) fn kana(&self) -> &[char] {
        &self.kana[..self.length]
    }

    /// As it is, and as it may sound inside a word: voiced at its start, doubled into what follows at its end.
    pub(super) fn sounds(self, is_inside: bool, goes_on: bool) -> impl Iterator<Item = Reading> {
        let starts = voiced(self.kana[0]).filter(move |_| is_inside);
        let begun = std::iter::once(self).chain(starts.map(move |first| {
            let mut voiced = self;
            voiced.kana[0] = first;
            voiced
        }));
        begun.flat_map(move |reading| {
            let last = reading.length - 1;
            let doubles = goes_on && last > 0 && matches!(reading.kana[last], 'つ' | 'ち' | 'く' | 'き');
            let doubled = doubles.then(|| {
                let mut doubled = reading;
                doubled.kana[last] = 'っ';
                doubled
            });
            std::iter::once(reading).chain(doubled)
        })
    }
}

/// What a kana may become inside a word: 事 is こと, 仕事 is しごと; 表 is ひょう, 発表 is はっぴょう.
pub(super) fn voiced(c: char) -> impl Iterator<Item = char> {
    let is_plain = matches!(c, 'か' | 'き' | 'く' | 'け' | 'こ' | 'さ' | 'し' | 'す' | 'せ' | 'そ')
        || matches!(c, 'た' | 'ち' | 'つ' | 'て' | 'と' | 'は' | 'ひ' | 'ふ' | 'へ' | 'ほ');
    // In Unicode they stand beside one another.
    let voiced = is_plain.then(|| char::from_u32(u32::from(c) + 1)).flatten();
    let half = matches!(c, 'は' | 'ひ' | 'ふ' | 'へ' | 'ほ').then(|| char::from_u32(u32::from(c) + 2)).flatten();
    voiced.into_iter().chain(half)
}
