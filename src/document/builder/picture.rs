//! Pictures: labelled links, alone or in running text.

use super::Builder;
use crate::document::{Block, Image, ImageFile, LinkKind, Target};
use crate::text::{Face, Role, Text};

impl Builder {
    /// A picture in the text: a labelled link; without a label, the name of its file stands for it. Inside another link it is part of
    /// that one.
    pub fn image(&mut self, label: &str, name: &str, target: Target) {
        if self.is_hidden() {
            return;
        }
        let source = if let Target::Url(source) = &target { source.clone() } else { String::new() };
        let link = match self.face.link {
            Some(outer) => {
                self.links[outer.index()].kind = LinkKind::Image;
                outer
            }
            None => self.add_link(target, LinkKind::Image),
        };
        self.images.push(Image { link, source, file: ImageFile::Unknown });
        let face = Face { link: Some(link), ..self.face };
        let named = Face { role: Role::FileName, ..face };
        let (words, worn) = match (label.trim(), name) {
            ("", "") => ("image", named),
            ("", name) => (name, named),
            (label, _) => (label, face),
        };
        // No line ends between the mark and its label.
        self.verbatim("▣\u{a0}", Face { role: Role::Furniture, ..face });
        self.verbatim(words, worn);
        // What follows must not run into the label.
        self.blank();
    }

    /// A paragraph, or the picture that it is.
    pub(super) fn paragraph_or_image(&self, text: Text) -> Block {
        let first = text.runs().next().and_then(|(_, face)| face.link);
        let is_image = first.is_some_and(|id| self.links[id.index()].kind == LinkKind::Image);
        let is_alone = is_image && text.runs().all(|(_, face)| face.link == first);
        if is_alone { Block::Image { text, caption: Vec::new() } } else { Block::Paragraph(text) }
    }
}
