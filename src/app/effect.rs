//! What the app asks of the world.

use std::sync::Arc;

use url::Url;

use super::Generation;
use crate::layout::Page;
use crate::library::PostId;
use crate::library::renewal::Changes;
use crate::library::source::Encoding;
use crate::search::query::Query;
use crate::state::Entry;

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
    Renew(Changes),
    /// Edit a post at a place of its page; at its start where there is none.
    Edit {
        post: PostId,
        page: Option<Arc<Page>>,
        place: usize,
    },
    /// Put words on the clipboard.
    Copy(String),
    Suspend,
    Quit,
}
