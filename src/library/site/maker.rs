//! Which program a folder of posts is made for, and where that program has them.

use std::path::Path;

use super::config;
use crate::library::source;

/// See the module's head.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Maker {
    Hugo,
    Zola,
    Jekyll,
    Hexo,
    Astro,
    Zenn,
    Qiita,
    Obsidian,
    /// A bare folder of Markdown.
    #[default]
    None,
}

/// Folders of which a site has one beside settings whose name other programs use too.
const HUGO_FOLDERS: [&str; 6] = ["content", "themes", "layouts", "archetypes", "static", "templates"];

/// Folders of which a Jekyll site has one, as a rule.
const JEKYLL_FOLDERS: [&str; 3] = ["_posts", "_drafts", "_layouts"];

/// What only the settings of Jekyll name, among those that have the name of their file.
const JEKYLL_KEYS: [&str; 8] =
    ["theme", "remote_theme", "plugins", "gems", "collections", "collections_dir", "kramdown", "markdown"];

/// What only those of Hexo name.
const HEXO_KEYS: [&str; 5] = ["source_dir", "public_dir", "new_post_name", "default_layout", "post_asset_folder"];

/// How many entries of a folder are looked at for folders of posts.
const MOST_ENTRIES: usize = 256;

/// The settings of Astro, which are a program.
const ASTRO: [&str; 5] =
    ["astro.config.mjs", "astro.config.ts", "astro.config.js", "astro.config.mts", "astro.config.cjs"];

impl Maker {
    /// The program that a folder is the root for.
    #[must_use]
    pub fn of(folder: &Path) -> Maker {
        let has = |name: &str| folder.join(name).is_dir();
        let is_set = |names: &[&str]| names.iter().any(|name| folder.join(name).is_file());
        let (zola, hugo) = (&config::FILES[..1], &config::FILES[1..5]);
        let (shared, jekyll) = (&config::FILES[5..9], &config::FILES[9..]);
        let is_set_as_jekyll = is_set(jekyll);
        if is_set_as_jekyll && has("source/_posts") {
            Maker::Hexo
        } else if is_set_as_jekyll && (JEKYLL_FOLDERS.into_iter().any(has) || is_jekyll(folder)) {
            Maker::Jekyll
        } else if is_set(zola) {
            Maker::Zola
        } else if is_set(hugo) || ((is_set(shared) || has(config::FOLDERS[0])) && HUGO_FOLDERS.into_iter().any(has)) {
            if is_zola(folder) { Maker::Zola } else { Maker::Hugo }
        } else if has(".obsidian") {
            Maker::Obsidian
        } else if is_set(&["qiita.config.json"]) && has("public") {
            Maker::Qiita
        } else if has("articles") && is_zenn(&folder.join("articles")) {
            Maker::Zenn
        } else if has("src") && (has("src/content") || is_set(&ASTRO)) {
            Maker::Astro
        } else {
            Maker::None
        }
    }

    /// The folders of its posts below the root, where no setting says otherwise.
    #[must_use]
    pub fn folders(self) -> &'static [&'static str] {
        match self {
            Maker::Hugo | Maker::Zola => &["content"],
            Maker::Hexo => &["source"],
            Maker::Astro => &["src/content", "src/data", "src/pages"],
            Maker::Zenn => &["articles", "books"],
            Maker::Qiita => &["public"],
            Maker::Jekyll | Maker::Obsidian | Maker::None => &[""],
        }
    }

    /// The address of a site, where a settings file that is a program plainly says it: `site: 'https://…'`.
    #[must_use]
    pub fn address(self, root: &Path) -> Option<String> {
        let file = ASTRO.iter().map(|name| root.join(name)).find(|file| self == Maker::Astro && file.is_file())?;
        let text = start_of(&file);
        let value = text.lines().find_map(|line| line.trim_start().strip_prefix("site:"))?.trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'))?;
        value[1..].split_once(quote).map(|(address, _)| address.to_owned())
    }

    /// Whether a settings file says that a folder is a site of it.
    #[must_use]
    pub fn has_settings(self) -> bool {
        matches!(self, Maker::Hugo | Maker::Zola | Maker::Jekyll | Maker::Hexo)
    }

    /// Whether a folder with an `index.md` is one page with its resources.
    #[must_use]
    pub fn has_bundles(self) -> bool {
        matches!(self, Maker::Hugo | Maker::Zola)
    }

    /// The folder in which HTML files with front matter are posts too; empty for all folders.
    #[must_use]
    pub fn html(self) -> Option<&'static str> {
        match self {
            Maker::Hugo => Some(""),
            Maker::Jekyll => Some("_posts"),
            _ => None,
        }
    }

    /// Whether only the settings say which languages there are.
    #[must_use]
    pub fn is_strict(self) -> bool {
        self == Maker::Hugo
    }

    /// Whether a date in the name of a file is that of the post, when it has no other.
    #[must_use]
    pub fn dates_names(self) -> bool {
        self != Maker::Hugo
    }
}

/// Whether settings that may be Hexo's too are those of Jekyll, by what they name or by folders of posts a step below.
fn is_jekyll(folder: &Path) -> bool {
    let text = config::FILES[9..].iter().map(|name| start_of(&folder.join(name))).collect::<String>();
    let keys: Vec<&str> = text.lines().filter_map(|line| Some(line.split_once(':')?.0.trim_end())).collect();
    let names_any = |names: &[&str]| keys.iter().any(|key| names.contains(key));
    let has_posts = || {
        let entries = folder.read_dir().into_iter().flatten().flatten().take(MOST_ENTRIES);
        entries.map(|entry| entry.path()).any(|path| JEKYLL_FOLDERS[..2].iter().any(|name| path.join(name).is_dir()))
    };
    !names_any(&HEXO_KEYS) && (names_any(&JEKYLL_KEYS) || has_posts())
}

/// Hugo and Zola share the name of their settings file, but not of the most important setting in it.
fn is_zola(folder: &Path) -> bool {
    start_of(&folder.join("config.toml")).lines().any(|line| line.trim_start().starts_with("base_url"))
}

/// An article of Zenn has an emoji and topics.
fn is_zenn(articles: &Path) -> bool {
    let files = articles.read_dir().into_iter().flatten().flatten().map(|entry| entry.path());
    let mut articles = files.filter(|file| file.extension().is_some_and(|extension| extension == "md"));
    let text = articles.next().map(|file| start_of(&file)).unwrap_or_default();
    ["emoji:", "topics:"].iter().all(|key| text.lines().take(20).any(|line| line.starts_with(key)))
}

fn start_of(file: &Path) -> String {
    let bytes = file.canonicalize().and_then(|real| source::read(&real, source::HEAD)).unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_show_what_they_are_made_for() {
        for (files, expected) in [
            (&["hugo.toml", "content/a.md"][..], Maker::Hugo),
            (&["config/_default/hugo.toml", "content/a.md"], Maker::Hugo),
            (&["_config.yml", "_posts/a.md"], Maker::Jekyll),
            (&["_config.yml", "source/_posts/a.md"], Maker::Hexo),
            (&[".obsidian/app.json", "a.md"], Maker::Obsidian),
            (&["qiita.config.json", "public/a.md"], Maker::Qiita),
            (&["src/content/posts/a.md"], Maker::Astro),
            (&["astro.config.mjs", "src/pages/a.md"], Maker::Astro),
            (&["hugo.yaml", "blog/a.md"], Maker::Hugo),
            (&["articles/a.md"], Maker::None),
            (&["config.toml", "a.md"], Maker::None),
            (&["zola.toml", "content/a.md"], Maker::Zola),
            (&["_config.yml", "blog/_posts/a.md"], Maker::Jekyll),
            (&["_config.yml", "a.md"], Maker::None),
        ] {
            let root = tempfile::tempdir().unwrap();
            for file in files {
                let file = root.path().join(file);
                std::fs::create_dir_all(file.parent().unwrap()).unwrap();
                std::fs::write(file, "").unwrap();
            }
            assert_eq!(Maker::of(root.path()), expected, "{files:?}");
        }
        for (settings, expected) in [
            ("title: a\nremote_theme: b/c\n", Maker::Jekyll),
            ("theme: minima\n", Maker::Jekyll),
            ("theme: landscape\nsource_dir: source\n", Maker::None),
            ("title: a\nsphinx:\n  plugins: b\n", Maker::None),
        ] {
            let root = tempfile::tempdir().unwrap();
            std::fs::write(root.path().join("_config.yml"), settings).unwrap();
            assert_eq!(Maker::of(root.path()), expected, "{settings}");
        }
        let root = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(root.path().join("articles")).unwrap();
        std::fs::write(root.path().join("articles/a.md"), "---\nemoji: 🚚\ntopics: []\n---\n").unwrap();
        assert_eq!(Maker::of(root.path()), Maker::Zenn);
        std::fs::create_dir_all(root.path().join("content")).unwrap();
        std::fs::write(root.path().join("config.toml"), "base_url = 'x'\n").unwrap();
        assert_eq!(Maker::of(root.path()), Maker::Zola);
    }
}
