//! Pictures on other hosts: fetched when the reader asks for them, and never else.

use url::Url;

use super::opening::{self, Verdict};
use super::overlay::{Overlay, Question, Wanted};
use super::{App, Effect, Notice};
use crate::document::ImageFile;
use crate::messages;
use crate::picture::remote::{Failure, Permission, Reach};
use crate::text::Clean;

/// How many pictures are fetched at one request.
const MOST: usize = 100;

impl App {
    /// Fetches the picture in hand, or else all of the post that lie on other hosts.
    pub(super) fn fetch_images(&mut self) -> Vec<Effect> {
        let refusal = match self.pictures.fetching.permission {
            Permission::WhenAsked if self.pictures.can_draw() => None,
            Permission::WhenAsked => Some(messages::no_pictures_here(&self.key_for(self.pane(), "view-image"))),
            Permission::Never => Some(messages::FETCHING_IS_OFF.to_string()),
            Permission::NoFolder => Some(messages::NO_FOLDER_FOR_PICTURES.to_string()),
        };
        if let Some(refusal) = refusal {
            self.warn(&refusal);
            return Vec::new();
        }
        match self.remote_in_hand() {
            Some(address) => self.fetch_one(address),
            None => self.fetch_all(),
        }
    }

    /// Whether the link at hand is a picture that the key would fetch.
    #[must_use]
    pub fn can_fetch_what_is_in_hand(&self) -> bool {
        self.pictures.can_draw()
            && self.pictures.fetching.permission == Permission::WhenAsked
            && self.remote_in_hand().is_some()
    }

    fn fetch_one(&mut self, address: Url) -> Vec<Effect> {
        match opening::vet(address.as_str()) {
            Verdict::Open(url) if opening::is_private_name(&url) => self.ask_to_fetch(url, &messages::PRIVATE_HOST),
            Verdict::Open(url) => self.fetch(vec![url], Reach::Public, 0),
            Verdict::Ask { url, reason } => self.ask_to_fetch(url, reason),
            Verdict::Refuse(reason) => {
                self.warn(&messages::not_fetched(address.as_str(), reason));
                Vec::new()
            }
        }
    }

    fn ask_to_fetch(&mut self, url: Url, reason: &'static str) -> Vec<Effect> {
        if url.as_str().len() > self.panes.question_room() {
            self.warn(&messages::not_fetched(url.as_str(), &messages::NO_ROOM));
        } else {
            self.overlay = Some(Overlay::Question(Question { url, reason, wanted: Wanted::Picture }));
        }
        Vec::new()
    }

    /// The pictures of the post, without those that ask for a question of their own.
    fn fetch_all(&mut self) -> Vec<Effect> {
        let found = self.remote();
        if found.is_empty() {
            self.warn(&messages::NO_REMOTE_PICTURES);
            return Vec::new();
        }
        let (plain, odd): (Vec<Url>, Vec<Url>) = found
            .into_iter()
            .partition(|url| matches!(opening::vet(url.as_str()), Verdict::Open(_)) && !opening::is_private_name(url));
        self.fetch(plain, Reach::Public, odd.len())
    }

    /// Fetches pictures that were vetted. So many others were left out.
    pub(super) fn fetch(&mut self, mut urls: Vec<Url>, reach: Reach, left_out: usize) -> Vec<Effect> {
        let fetching = &mut self.pictures.fetching;
        urls.retain(|url| !fetching.waiting.contains(url));
        urls.truncate(MOST);
        if fetching.waiting.is_empty() {
            (fetching.came, fetching.failed) = (0, Vec::new());
        }
        fetching.waiting.extend(urls.iter().cloned());
        let hosts: Vec<&str> = fetching.waiting.iter().filter_map(Url::host_str).collect();
        let words = messages::fetching(fetching.waiting.len(), &hosts, left_out);
        self.notice = Some(Notice { words: Clean::cut(&words, 1000), is_warning: urls.is_empty() });
        urls.into_iter().map(|url| Effect::Fetch { url, reach }).collect()
    }

    /// Takes note of a picture that came, or did not; and shows the post with it.
    pub(super) fn take_fetched(&mut self, url: &Url, failure: Option<Failure>) -> Vec<Effect> {
        let fetching = &mut self.pictures.fetching;
        fetching.waiting.retain(|waiting| waiting != url);
        let is_new = failure.is_none();
        match failure {
            None => fetching.came += 1,
            Some(failure) => fetching.failed.push((url.clone(), failure)),
        }
        if fetching.waiting.is_empty() {
            let (words, is_warning) = match fetching.failed.first() {
                Some((url, failure)) => (
                    messages::fetched_in_part(fetching.came, fetching.failed.len(), url, failure.words().as_ref()),
                    true,
                ),
                None => (messages::fetched(fetching.came), false),
            };
            self.notice = Some(Notice { words: Clean::cut(&words, 1000), is_warning });
        }
        if is_new { self.reload() } else { Vec::new() }
    }

    /// The addresses of the open post's pictures on other hosts that are not drawn, each once.
    fn remote(&self) -> Vec<Url> {
        let page = self.reader.as_ref().and_then(|reader| reader.page.as_ref());
        let images = page.iter().flat_map(|page| &page.images);
        let missing = images.filter(|image| !matches!(image.file, ImageFile::Found { .. }));
        let mut found: Vec<Url> = Vec::new();
        for url in missing.filter_map(|image| self.library.picture_elsewhere(&image.source)) {
            if !found.contains(&url) {
                found.push(url);
            }
        }
        found
    }

    fn remote_in_hand(&self) -> Option<Url> {
        let reader = self.reader.as_ref()?;
        let (page, link) = (reader.page.as_ref()?, reader.link()?);
        let image = page.images.iter().find(|image| image.link == link)?;
        let is_known = matches!(image.file, ImageFile::Found { .. });
        self.library.picture_elsewhere(&image.source).filter(|_| !is_known)
    }
}
