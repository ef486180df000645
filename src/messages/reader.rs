//! What the screen says: notices, titles of lists, questions.

use url::Url;

use super::{Language, Message, language, said};

/// Nothing is there to be opened. The keys are those that take a link, and that show letters.
#[must_use]
pub fn no_link(take: &str, letters: &str) -> String {
    match language() {
        Language::English => format!("No link at hand: {take} takes one, {letters} shows letters over all"),
        Language::Japanese => format!("リンクが選択されていません（{take}で選択、{letters}で文字から開く）"),
    }
}

pub const NO_BLOCKS: Message = said("No more code or tables this way", "この先にコードや表はありません");
pub const EMPTY: Message = said("there are no words in it", "文字がありません");
pub const WRAPS: Message = said("Wide code and tables are wrapped", "幅の広いコードや表を折り返します");
pub const NOTHING_WIDE: Message = said("Nothing in sight is wider than the page", "画面内に幅を超えるものはありません");
pub const NO_LINKS_IN_SIGHT: Message = said("No links in sight", "画面内にリンクはありません");
pub const NO_FARTHER: Message = said("No farther this way", "これ以上は進めません");
pub const POST: Message = said("post:", "記事:");

pub const TOO_LONG: Message = said("it is too long", "長すぎます");
pub const ODD_CHARACTERS: Message =
    said("it holds blanks, control characters or invisible ones", "空白、制御文字または見えない文字を含んでいます");
pub const NO_ADDRESS: Message = said("it is not an address", "アドレスではありません");
pub const SCHEME: Message = said("only http, https and mailto are opened", "開けるのはhttp、https、mailtoだけです");
pub const NO_ROOM: Message = said(
    "the terminal is too small to show the whole address, which is an odd one",
    "注意が必要なアドレスですが、端末が小さく全体を表示できません",
);
pub const HAS_USER: Message = said("It holds a user name before the host.", "ホストの前にユーザー名が含まれています。");
pub const NUMERIC_HOST: Message = said("Its host is a number, not a name.", "ホストが名前ではなく数値です。");
pub const LOCAL_HOST: Message = said("It leads to this machine.", "このコンピューター自身へのアドレスです。");
pub const ODD_MAIL: Message =
    said("It asks the mail program for more than a letter.", "メールの宛先・題名・本文以外の指定を含んでいます。");
pub const CODED_CONTROLS: Message =
    said("It holds control characters, in code.", "符号化された制御文字を含んでいます。");
pub const FOREIGN_HOST: Message =
    said("Its host is written in other letters than it seems.", "ホスト名に紛らわしい文字が使われています。");

#[must_use]
pub fn note(number: usize) -> String {
    match language() {
        Language::English => format!("note {number}"),
        Language::Japanese => format!("注{number}"),
    }
}

#[must_use]
pub fn dead(target: &str) -> String {
    match language() {
        Language::English => format!("{target} leads nowhere in this folder"),
        Language::Japanese => format!("{target}のリンク先がこのフォルダーにありません"),
    }
}

#[must_use]
pub fn refused(reason: &str) -> String {
    match language() {
        Language::English => format!("Not opened: {reason}"),
        Language::Japanese => format!("開きませんでした: {reason}"),
    }
}

#[must_use]
pub fn opening(url: &Url) -> String {
    match language() {
        Language::English => format!("Opening {url}"),
        Language::Japanese => format!("開いています: {url}"),
    }
}

#[must_use]
pub fn copied(words: &str) -> String {
    match language() {
        Language::English => format!("Copied {words}"),
        Language::Japanese => format!("コピーしました: {words}"),
    }
}

#[must_use]
pub fn lines(number: usize) -> String {
    match language() {
        Language::English if number == 1 => "1 line".to_owned(),
        Language::English => format!("{number} lines"),
        Language::Japanese => format!("{number}行"),
    }
}

/// Lines of code, in a language if it is known.
#[must_use]
pub fn lines_of_code(number: usize, name: &str) -> String {
    match (language(), name) {
        (Language::English, "") => format!("{} of code", lines(number)),
        (Language::English, _) => format!("{} of {name}", lines(number)),
        (Language::Japanese, "") => format!("コード{number}行"),
        (Language::Japanese, _) => format!("{name}のコード{number}行"),
    }
}

#[must_use]
pub fn table_rows(number: usize) -> String {
    match language() {
        Language::English if number == 1 => "1 row of a table".to_owned(),
        Language::English => format!("{number} rows of a table"),
        Language::Japanese => format!("表{number}行"),
    }
}

#[must_use]
pub fn too_long_for_terminal(bytes: usize) -> String {
    match language() {
        Language::English => format!("{bytes} bytes are more than the terminal takes, and there is no other clipboard"),
        Language::Japanese => format!("{bytes}バイトは端末が受け取れる量を超え、ほかのクリップボードもありません"),
    }
}

#[must_use]
pub fn not_copied(reason: &str) -> String {
    match language() {
        Language::English => format!("Not copied: {reason}"),
        Language::Japanese => format!("コピーできませんでした: {reason}"),
    }
}

#[must_use]
pub fn copied_instead(address: &str) -> String {
    match language() {
        Language::English => format!("No browser could be started. Copied {address}"),
        Language::Japanese => format!("ブラウザーを起動できないため、コピーしました: {address}"),
    }
}

/// The hint at the bottom, with the key that shows help.
#[must_use]
pub fn for_help(key: &str) -> String {
    match language() {
        Language::English => format!("{key} every key"),
        Language::Japanese => format!("{key} キー一覧"),
    }
}

pub const LOADING: Message = said("…", "…");
pub const SCANNING: Message = said("reading…", "読み込み中…");
/// The filter leaves nothing. The key clears it.
#[must_use]
pub fn no_posts(clear: &str) -> String {
    match language() {
        Language::English => format!("No posts. {clear} clears the filter."),
        Language::Japanese => format!("記事がありません。{clear}で絞り込みを解除します。"),
    }
}

pub const BY_DATE: Message = said("by date", "日付順");
pub const BY_TITLE: Message = said("by title", "題名順");
pub const BY_PATH: Message = said("by path", "パス順");
pub const TAGS: Message = said("Tags", "タグ");
pub const FACETS: Message = said("Filter by", "絞り込み");
pub const NO_FACETS: Message = said("Nothing like this to filter by", "該当する条件はありません");
pub const TITLES: Message = said("Jump to a title", "題名で移動");
pub const NO_TITLES: Message = said("No such title", "該当する題名はありません");
pub const TEXTS: Message = said("Search the texts", "本文を検索");
pub const NO_TEXTS: Message = said("No text holds this", "該当する本文はありません");
pub const TYPE_TEXTS: Message =
    said("Words, \"a phrase\", /an expression/, #tag, after:2024", "語、\"語句\"、/正規表現/、#タグ、after:2024");
pub const SEEKING: Message = said("searching…", "検索中…");
pub const QUERIES: Message = said("Saved queries", "保存した条件");
pub const NO_QUERIES: Message = said("No such query is saved", "該当する条件は保存されていません");
pub const NO_ENCODINGS: Message = said("No such encoding", "該当する文字コードはありません");
pub const POST_DETAILS: Message = said("Post", "記事の情報");
pub const TITLE: Message = said("Title", "題名");
pub const FILE: Message = said("File", "ファイル");
pub const DATE: Message = said("Date", "日付");
pub const AUTHORS: Message = said("By", "著者");
pub const TERMS: Message = said("Sorted by", "分類");
pub const LANGUAGE: Message = said("Language", "言語");
pub const STATE: Message = said("State", "状態");
pub const IS_DRAFT: Message = said("Draft", "下書き");
pub const YES: Message = said("yes", "はい");
pub const NO: Message = said("no", "いいえ");
pub const ADDRESS: Message = said("Address", "アドレス");
pub const ENCODING: Message = said("Encoding", "文字コード");
pub const PROBLEM: Message = said("Problem", "問題");

pub const BACKLINKS: Message = said("What links here", "被リンク");
pub const NO_BACKLINKS: Message = said("No post links here", "この記事へのリンクはありません");
pub const NO_TRANSLATION: Message = said("This post is in one language only", "この記事にほかの言語版はありません");
pub const NO_PAGE: Message = said("The site's address is not known", "サイトのアドレスがわかりません");
/// Only what is published is listed now. The key shows the rest.
#[must_use]
pub fn unpublished_hidden(show: &str) -> String {
    match language() {
        Language::English => format!("Drafts, future and expired posts are hidden: {show} shows them"),
        Language::Japanese => format!("下書き・公開前・公開終了の記事を隠しました（{show}で表示）"),
    }
}

pub const UNPUBLISHED_SHOWN: Message =
    said("Drafts, future and expired posts are shown", "下書き・公開前・公開終了の記事を表示しています");

/// A post that has no page yet, or no more.
#[must_use]
pub fn not_published(marks: &str) -> String {
    match language() {
        Language::English => format!("This post has no published page: {marks}"),
        Language::Japanese => format!("この記事には公開ページがありません: {marks}"),
    }
}

/// An encoding that was not named. The key reads the post in another.
#[must_use]
pub fn guessed(encoding: &str, key: &str) -> String {
    match language() {
        Language::English => format!("{encoding}, guessed: {key} reads it in another"),
        Language::Japanese => format!("{encoding}（推定。{key}で変更）"),
    }
}

#[must_use]
pub fn chosen(encoding: &str) -> String {
    match language() {
        Language::English => format!("{encoding}, chosen"),
        Language::Japanese => format!("{encoding}（指定）"),
    }
}

#[must_use]
pub fn read_in(name: &str) -> String {
    match language() {
        Language::English => format!("Read as {name}"),
        Language::Japanese => format!("{name}として読み込みました"),
    }
}

pub const ACTIONS: Message = said("Commands", "コマンド");
pub const NO_ACTIONS: Message = said("No such command", "該当するコマンドはありません");
pub const NO_KEYS: Message = said("No such key", "該当するキーはありません");
pub const KEYS: Message = said("Keys", "キー一覧");
pub const PROBLEMS: Message = said("Problems", "問題");
pub const NO_PROBLEMS: Message = said("Nothing is wrong.", "問題はありません。");
pub const OPEN: Message = said("Open this address?", "このアドレスを開きますか？");
/// The keys of a question.
#[must_use]
pub fn open_or_not(open: &str, leave: &str) -> String {
    match language() {
        Language::English => format!("{open} opens it, {leave} leaves"),
        Language::Japanese => format!("{open} 開く　{leave} やめる"),
    }
}

pub const SAMPLES: Message = said(
    "No posts in this folder: these are sample posts. `kiji PATH` opens a folder.",
    "このフォルダーには記事がないため、見本を表示しています。`kiji PATH`でフォルダーを開きます。",
);

#[must_use]
pub fn host(host: &str) -> String {
    match language() {
        Language::English => format!("Host: {host}"),
        Language::Japanese => format!("ホスト: {host}"),
    }
}
