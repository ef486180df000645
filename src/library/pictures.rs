//! Where the pictures of posts lie: beside the post, in the folders that the site publishes, in the bundle of another post. Never
//! outside the site's root, by whatever links.

use std::path::{Component, Path, PathBuf};

use url::Url;

use super::links::decoded;
use super::post::joined;
use super::{Destination, Library, Origin, Post};

/// Why a picture has no file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoPicture {
    /// It lies on another host, or in the address itself.
    Elsewhere,
    /// There is none in the site.
    Missing,
}

impl Library {
    /// The real path of a picture that a post refers to, below the site's root. It looks at the file system.
    ///
    /// # Errors
    /// Why there is none.
    pub fn picture(&self, from: &Post, written: &str) -> Result<PathBuf, NoPicture> {
        let address = self.path_of_picture(written)?;
        let root = self.root.as_ref().ok_or(NoPicture::Missing)?;
        let real = |file: PathBuf| file.canonicalize().ok().filter(|real| real.starts_with(root) && real.is_file());
        self.files_of_picture(from, &address).into_iter().find_map(real).ok_or(NoPicture::Missing)
    }

    /// Whether what a post wrote is the address of a picture on another host.
    #[must_use]
    pub fn is_picture_elsewhere(&self, written: &str) -> bool {
        self.path_of_picture(written) == Err(NoPicture::Elsewhere)
    }

    /// The address of a picture on another host that could be fetched from there.
    #[must_use]
    pub fn picture_elsewhere(&self, written: &str) -> Option<Url> {
        let written = written.trim();
        let absolute = if written.starts_with("//") { format!("https:{written}") } else { written.to_owned() };
        let mut url = Url::parse(&absolute).ok().filter(|_| self.is_picture_elsewhere(written))?;
        url.set_fragment(None);
        matches!(url.scheme(), "http" | "https").then_some(url)
    }

    /// The path in what a post wrote, decoded once; absolute where it was a whole address of the site.
    fn path_of_picture(&self, written: &str) -> Result<String, NoPicture> {
        let written = written.trim();
        let absolute = if written.starts_with("//") { format!("https:{written}") } else { written.to_owned() };
        let path = match Url::parse(&absolute) {
            Ok(url) => self.site.own_path(&url).ok_or(NoPicture::Elsewhere)?,
            Err(_) => written.split(['?', '#']).next().unwrap_or_default().to_owned(),
        };
        let path = decoded(&path);
        let is_odd = path.is_empty() || path.starts_with('~') || path.contains('\\') || path.contains(char::is_control);
        if is_odd { Err(NoPicture::Missing) } else { Ok(path) }
    }

    /// The files that may be meant by a path, the likeliest first.
    fn files_of_picture(&self, from: &Post, path: &str) -> Vec<PathBuf> {
        let mut files = Vec::new();
        let relative = path.trim_start_matches('/');
        if relative == path
            && let Origin::File(file) = &from.origin
            && let Some(folder) = file.parent()
        {
            files.push(folder.join(relative));
            // Hexo keeps what belongs to a post in a folder of its name; Obsidian in one for everything.
            files.extend(file.file_stem().map(|stem| folder.join(stem).join(relative)));
            files.extend(["attachments", "assets", "images"].map(|name| folder.join(name).join(relative)));
        }
        let rooted = if relative == path { joined(&from.permalink, path) } else { path.to_owned() };
        let base = self.site.base.as_ref().map_or("", |base| base.path().trim_end_matches('/'));
        let below = rooted.strip_prefix(base).filter(|rest| !base.is_empty() && rest.starts_with('/'));
        for address in below.into_iter().chain([rooted.as_str(), path]) {
            files.extend(self.published_at(address.trim_start_matches('/')));
            files.extend(self.in_bundle(address));
        }
        files
    }

    /// The files that the site would publish at an address.
    fn published_at(&self, address: &str) -> Vec<PathBuf> {
        let is_below = Path::new(address).components().all(|part| matches!(part, Component::Normal(_)));
        let bare = self.root.as_ref().filter(|_| self.site.published.is_empty()).map(|root| root.join(address));
        let folders = self.site.published.iter().chain(&self.site.content);
        let file = |(path, under): (&PathBuf, &str)| {
            let rest = address.strip_prefix(under)?;
            Some(path.join(if under.is_empty() { rest } else { rest.strip_prefix('/')? }))
        };
        let found = folders.filter_map(|folder| file((&folder.path, &folder.under))).chain(bare);
        if is_below { found.collect() } else { Vec::new() }
    }

    /// A file in the bundle of the post whose page an address is below.
    fn in_bundle(&self, address: &str) -> Option<PathBuf> {
        let (page, name) = address.rsplit_once('/')?;
        let Destination::Post { post, .. } = self.at(page, "")? else { return None };
        let Origin::File(file) = &self.post(post)?.origin else { return None };
        Some(file.parent()?.join(name))
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::library::PostId;

    /// A Hugo site with a post in a bundle and one that is a file, and pictures in every place.
    fn site() -> (tempfile::TempDir, Library) {
        let outside = tempfile::tempdir().unwrap();
        let root = outside.path().join("site");
        for (path, text) in [
            ("hugo.yaml", "baseURL: https://blog.example/sub/\nmodule: {}\n"),
            ("content/post/a/index.md", "---\ntitle: A\n---\nx"),
            ("content/post/b.md", "---\ntitle: B\n---\nx"),
            ("content/post/a/near.png", ""),
            ("content/post/a/images/in.png", ""),
            ("content/post/a/画 像.png", ""),
            ("static/img/s.png", ""),
            ("assets/img/asset.png", ""),
            ("themes/t/static/theme.png", ""),
            ("../outside.png", ""),
            ("../site-evil/x.png", ""),
        ] {
            let file = root.join(path);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink("../../outside.png", root.join("static/leak.png")).unwrap();
            std::os::unix::fs::symlink("../..", root.join("static/up")).unwrap();
            std::os::unix::fs::symlink("img/s.png", root.join("static/inside.png")).unwrap();
        }
        (outside, Library::open(&root, None).unwrap())
    }

    fn check((outside, library): &(tempfile::TempDir, Library), written: &str, expected: &str) {
        let root = outside.path().join("site").canonicalize().unwrap();
        let found = match library.picture(library.post(PostId(0)).unwrap(), written) {
            Ok(path) => path.strip_prefix(&root).expect("below the root").to_string_lossy().into_owned(),
            Err(reason) => format!("{reason:?}"),
        };
        assert_eq!(found, expected, "{written}");
    }

    #[test]
    fn pictures_are_found_where_sites_keep_them() {
        let site = site();
        check(&site, "near.png", "content/post/a/near.png");
        check(&site, "./near.png?x=1#y", "content/post/a/near.png");
        check(&site, "in.png", "content/post/a/images/in.png");
        check(&site, "images/in.png", "content/post/a/images/in.png");
        check(&site, "%E7%94%BB%20%E5%83%8F.png", "content/post/a/画 像.png");
        check(&site, "/img/s.png", "static/img/s.png");
        check(&site, "/sub/img/s.png", "static/img/s.png");
        check(&site, "img/s.png", "static/img/s.png");
        check(&site, "/img/asset.png", "assets/img/asset.png");
        check(&site, "/theme.png", "themes/t/static/theme.png");
        check(&site, "/post/a/near.png", "content/post/a/near.png");
        check(&site, "https://blog.example/sub/img/s.png", "static/img/s.png");
        check(&site, "/static/img/s.png", "static/img/s.png");
        check(&site, "../../../static/img/s.png", "static/img/s.png");
    }

    #[test]
    fn nothing_outside_the_site_is_a_picture() {
        let site = site();
        for written in [
            "../../../../outside.png",
            "../../../../site-evil/x.png",
            "/../outside.png",
            "/etc/passwd",
            "%2e%2e/%2e%2e/%2e%2e/%2e%2e/outside.png",
            "..\\..\\outside.png",
            "~/x.png",
            "x\0.png",
            "",
            "/",
            ".",
            "none.png",
            "//",
        ] {
            check(&site, written, "Missing");
        }
        for written in
            ["https://other.example/x.png", "//other.example/x.png", "data:image/png;base64,AA", "file:///etc/passwd"]
        {
            check(&site, written, "Elsewhere");
        }
    }

    #[cfg(unix)]
    #[test]
    fn links_do_not_lead_out_of_the_site() {
        let site = site();
        check(&site, "/leak.png", "Missing");
        check(&site, "/up/outside.png", "Missing");
        check(&site, "/inside.png", "static/img/s.png");
    }

    #[test]
    fn a_post_without_a_site_has_the_pictures_of_its_folder() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("in")).unwrap();
        for name in ["in/a.md", "in/b.png", "out.png"] {
            fs::write(folder.path().join(name), "x").unwrap();
        }
        let library = Library::open(&folder.path().join("in/a.md"), None).unwrap();
        let find = |written: &str| {
            library.picture(&library.posts[0], written).map(|path| path.file_name().map(ToOwned::to_owned))
        };
        assert_eq!(find("b.png"), Ok(Some("b.png".into())));
        assert_eq!(find("../out.png"), Err(NoPicture::Missing));
        let held = Library::of_memory("", vec![("a.md".to_owned(), b"x".as_slice().into())], None);
        assert_eq!(held.picture(&held.posts[0], "b.png"), Err(NoPicture::Missing));
    }
}
