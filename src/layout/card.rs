//! Embeds: cards with a service, a title, who made it, and a target.

use super::Setter;
use crate::document::Target;
use crate::text::{Face, LinkId, Role, Text};

impl Setter {
    /// An embed: service and title, who made it, and the target, which is part of the link.
    pub(super) fn card(&mut self, service: &str, text: &Text, detail: &Text, link: LinkId) {
        let url = match self.page.targets.get(link.index()).map(|link| &link.target) {
            Some(Target::Url(url)) => Text::new(url, Face { link: Some(link), ..Face::of(Role::Detail) }),
            _ => Text::default(),
        };
        let is_named = text.as_str() != url.as_str();
        let mut title = Text::new(service, Face { strong: true, ..Face::of(Role::Detail) });
        if !service.is_empty() {
            title.push("  ", Face::of(Role::Detail));
        }
        let in_angles = if self.is_spoken() { Text::clone } else { in_angles };
        title.append(&if is_named { text.clone() } else { in_angles(text) });
        let target = if is_named { in_angles(&url) } else { Text::default() };
        self.within(None, self.glyphs.card, Face::of(Role::Detail), |setter| {
            setter.display(&title);
            for text in [detail, &target].into_iter().filter(|part| !part.is_empty() && part.as_str() != text.as_str())
            {
                setter.paragraph(text);
            }
        });
    }
}

/// An address between brackets that are no part of it.
fn in_angles(address: &Text) -> Text {
    if address.is_empty() {
        return Text::default();
    }
    let mut shown = Text::new("<", Face::FURNITURE);
    shown.append(address);
    shown.push(">", Face::FURNITURE);
    shown
}
