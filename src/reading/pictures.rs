//! Looks the files of a document's pictures up, and how large they are.

use std::collections::HashMap;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

use crate::document::{Document, ImageFile};
use crate::library::{Library, NoPicture, Post};
use crate::picture::album::Album;
use crate::picture::{Fault, file};

/// How many pictures of one post are looked up; the rest stay links.
const MOST: usize = 500;

/// Fills in what is known of the files. It reads the heads of files below the site's root, and of those in the album of what was fetched.
pub fn look_up(library: &Library, post: &Post, document: &mut Document, album: Option<&Album>) {
    let mut known: HashMap<String, ImageFile> = HashMap::new();
    for image in &mut document.images {
        if known.len() >= MOST && !known.contains_key(&image.source) {
            continue;
        }
        let found = known.entry(image.source.clone()).or_insert_with(|| find(library, post, &image.source, album));
        image.file = found.clone();
    }
}

fn find(library: &Library, post: &Post, source: &str, album: Option<&Album>) -> ImageFile {
    let fetched = || album?.find(&library.picture_elsewhere(source)?);
    let found = library.picture(post, source).or_else(|reason| match reason {
        NoPicture::Elsewhere => fetched().ok_or(Fault::Elsewhere),
        NoPicture::Missing => Err(Fault::Missing),
    });
    let found = found.and_then(|path| file::size(&path).map(|size| (path, size)));
    match found {
        Ok((path, size)) => {
            let version = version(&path);
            ImageFile::Found { path: path.into(), width: size.width, height: size.height, version }
        }
        // Every post of a stranger's blog would say so.
        Err(Fault::Elsewhere) => ImageFile::Not(None),
        Err(fault) => ImageFile::Not(Some(fault.words())),
    }
}

fn version(path: &Path) -> u64 {
    let mut hasher = DefaultHasher::new();
    let metadata = fs::metadata(path);
    metadata.map(|metadata| (metadata.len(), metadata.modified().ok())).ok().hash(&mut hasher);
    hasher.finish()
}
