//! What the app asks of the world.

use std::path::Path;
use std::sync::Arc;

use url::Url;

use super::Generation;
use crate::layout::Page;
use crate::library::PostId;
use crate::library::renewal::Changes;
use crate::library::source::Encoding;
use crate::picture::Drawing;
use crate::picture::remote::Reach;
use crate::search::query::Query;
use crate::state::Entry;

/// A picture at one size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureKey {
    pub path: Arc<Path>,
    /// Of the file; see [`ImageFile::Found`](crate::picture::ImageFile::Found).
    pub version: u64,
    pub columns: u16,
    pub rows: u16,
}

/// One thing that the world must do.
#[derive(Debug, Clone)]
pub enum Effect {
    /// Read and lay out a post for a width, in columns.
    Load {
        post: PostId,
        width: usize,
        generation: Generation,
    },
    /// Read a post once more, in this encoding.
    Reread {
        post: PostId,
        encoding: Encoding,
    },
    /// Read a picture and make it ready to be shown.
    Draw {
        key: PictureKey,
        drawing: Drawing,
    },
    /// Fetch a picture from another host: the reader asked for it.
    Fetch {
        url: Url,
        reach: Reach,
    },
    /// Show a picture of a post in the system's viewer, by what the post wrote.
    View {
        post: PostId,
        source: String,
    },
    /// Open an address that was shown and vetted.
    Open(Url),
    /// Find what [`super::App::sought`] gives in the open post.
    Seek {
        generation: Generation,
    },
    /// Look through the texts of posts.
    Search {
        query: Arc<Query>,
        posts: Vec<PostId>,
        generation: Generation,
    },
    /// Find out which posts link to which.
    FindBacklinks,
    /// Write down something to remember.
    Save(Entry),
    /// Watch the folders of the library for changes.
    Watch,
    /// Read what changed.
    Renew {
        changes: Changes,
        open: Option<PostId>,
    },
    /// Edit a post at a place of its page; at its start where there is none.
    Edit {
        post: PostId,
        page: Option<Arc<Page>>,
        place: usize,
    },
    /// Put words on the clipboard.
    Copy(String),
    Suspend,
    /// Whose the mouse is from now on.
    GiveMouse(Holder),
    Quit,
}

/// Whose the mouse is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Holder {
    /// Clicks and the wheel are the reader's.
    #[default]
    Reader,
    /// The terminal selects text with it, as it does elsewhere.
    Terminal,
}
