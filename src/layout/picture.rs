//! Pictures that stand alone: the rows kept free for them, above the words that stand for them.

use super::Setter;
use super::page::PicturePlace;
use crate::document::{Block, ImageFile};
use crate::messages;
use crate::picture::Size;
use crate::picture::fit::cells;
use crate::text::{Face, LinkId, Role, Text};

impl Setter {
    /// A picture with its caption.
    pub(super) fn image(&mut self, text: &Text, caption: &[Block]) {
        self.paragraph(text);
        if !caption.is_empty() {
            self.lead(&messages::CAPTION, None);
        }
        self.within(None, "  ", Face::FURNITURE, |setter| setter.blocks(caption));
    }

    /// Keeps rows free for the pictures of a paragraph that holds nothing else.
    pub(super) fn pictures(&mut self, text: &Text) {
        let Some(frame) = self.frame else { return };
        let Some(links) = self.only_pictures(text) else { return };
        for index in links {
            match self.page.images[index].file {
                ImageFile::Found { width, height, .. } => {
                    let widest = u16::try_from(self.room()).unwrap_or(u16::MAX);
                    let (columns, rows) = cells(Size { width, height }, frame, widest);
                    self.keep_free(index, columns, rows);
                }
                ImageFile::Not(Some(reason)) => {
                    self.label(&messages::not_drawn(reason), Face::of(Role::Detail));
                }
                ImageFile::Not(None) | ImageFile::Unknown => {}
            }
        }
    }

    fn keep_free(&mut self, image: usize, columns: u16, rows: u16) {
        self.close_gap();
        let first = self.page.rows.len();
        let column = self.margin_columns();
        for _ in 0..rows {
            self.start_row();
            self.end_row();
        }
        self.page.pictures.push(PicturePlace { rows: first..self.page.rows.len(), column, columns, image });
    }

    /// The pictures of a text, as places in the page's list; none where it says something else too.
    fn only_pictures(&self, text: &Text) -> Option<Vec<usize>> {
        let mut links: Vec<LinkId> = Vec::new();
        for (range, face) in text.runs() {
            match face.link {
                Some(link) if links.last() == Some(&link) => {}
                Some(link) => links.push(link),
                None if text.as_str()[range].trim().is_empty() => {}
                None => return None,
            }
        }
        let mut found = Vec::new();
        for link in links {
            let of_link = self.page.images.partition_point(|image| image.link < link);
            let count = self.page.images[of_link..].iter().take_while(|image| image.link == link).count();
            if count == 0 {
                return None;
            }
            found.extend(of_link..of_link + count);
        }
        Some(found)
    }
}
