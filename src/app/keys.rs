//! The one table of keys: behaviour, help, README and the settings file come from it.

use std::fmt;

use super::action::{Action, Deed, Finding, Motion, Within};
use super::input::Edit;
use super::pictures::PictureAction;
use crate::document::FoldState;
use crate::messages::{Message, said};

/// What keys mean depends on where the reader is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    Index,
    /// The words of the filter are being typed.
    Filter,
    Reader,
    /// Rows are being selected.
    Select,
    /// The words of a search in the post are being typed.
    Search,
    /// A list that one chooses from.
    List,
    Hints,
    /// A letter is asked for: that of a mark.
    Letter,
    /// The note of a footnote mark is shown.
    Note,
    Question,
    /// Details, help and problems.
    Pages,
}

impl Mode {
    /// Its stable name, for the settings file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Mode::Index => "index",
            Mode::Filter => "filter",
            Mode::Reader => "reader",
            Mode::Select => "select",
            Mode::Search => "search",
            Mode::List => "list",
            Mode::Hints => "hints",
            Mode::Letter => "letter",
            Mode::Note => "note",
            Mode::Question => "question",
            Mode::Pages => "pages",
        }
    }

    /// Whether letters that are not bound are typed.
    pub(super) fn takes_letters(self) -> bool {
        matches!(self, Mode::Filter | Mode::Search | Mode::List | Mode::Hints | Mode::Letter)
    }

    /// The heading of its keys in help.
    pub(super) fn heading(self) -> &'static str {
        let heading = match self {
            Mode::Index => said("Index", "一覧"),
            Mode::Filter => said("Filter (typing)", "絞り込み（入力中）"),
            Mode::Reader => said("Reader", "リーダー"),
            Mode::Select => said("Selected rows", "行の選択"),
            Mode::Search => said("Search (typing)", "記事内の検索（入力中）"),
            Mode::List => said("Lists", "リスト"),
            Mode::Hints => said("Link hints", "リンクの文字"),
            Mode::Letter => said("Marks (a letter)", "マーク（文字を入力）"),
            Mode::Note => said("Note", "脚注"),
            Mode::Question => said("Question", "確認"),
            Mode::Pages => said("Details, help, problems", "情報・キー一覧・問題"),
        };
        heading.words()
    }
}

/// A key without its modifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Code {
    Char(char),
    Enter,
    Esc,
    Tab,
    BackTab,
    Backspace,
    Up,
    Down,
    Left,
    Right,
    PageUp,
    PageDown,
    Home,
    End,
    Delete,
}

/// A key as it is pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    pub code: Code,
    pub has_ctrl: bool,
}

const fn c(letter: char) -> Key {
    Key { code: Code::Char(letter), has_ctrl: false }
}

const fn ctrl(letter: char) -> Key {
    Key { code: Code::Char(letter), has_ctrl: true }
}

const fn k(code: Code) -> Key {
    Key { code, has_ctrl: false }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.has_ctrl {
            f.write_str("Ctrl-")?;
        }
        match self.code {
            Code::Char(' ') => f.write_str("Space"),
            Code::Char(letter) => write!(f, "{letter}"),
            Code::BackTab => f.write_str("Shift-Tab"),
            code => write!(f, "{code:?}"),
        }
    }
}

/// The names of the keys that are no characters, as the settings file writes them; those that come first are preferred.
const NAMES: [(&str, Code); 20] = [
    ("space", Code::Char(' ')),
    ("enter", Code::Enter),
    ("return", Code::Enter),
    ("esc", Code::Esc),
    ("escape", Code::Esc),
    ("tab", Code::Tab),
    ("shift-tab", Code::BackTab),
    ("backtab", Code::BackTab),
    ("backspace", Code::Backspace),
    ("up", Code::Up),
    ("down", Code::Down),
    ("left", Code::Left),
    ("right", Code::Right),
    ("page-up", Code::PageUp),
    ("pageup", Code::PageUp),
    ("page-down", Code::PageDown),
    ("pagedown", Code::PageDown),
    ("home", Code::Home),
    ("end", Code::End),
    ("delete", Code::Delete),
];

impl Key {
    /// The key of a name, such as `j`, `J`, `ctrl-n`, `page-up`.
    #[must_use]
    pub fn parse(name: &str) -> Option<Key> {
        let (name, has_ctrl) = match name.get(..5) {
            Some(start) if start.eq_ignore_ascii_case("ctrl-") && name.len() > 5 => (&name[5..], true),
            _ => (name, false),
        };
        let mut letters = name.chars();
        let code = match (letters.next(), letters.next()) {
            (Some(letter), None) if !letter.is_control() => Code::Char(letter),
            _ => NAMES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name))?.1,
        };
        Some(Key { code, has_ctrl })
    }

    /// Its name in the settings file.
    #[must_use]
    pub fn name(self) -> String {
        let ctrl = if self.has_ctrl { "ctrl-" } else { "" };
        match (NAMES.iter().find(|(_, code)| *code == self.code), self.code) {
            (Some((name, _)), _) => format!("{ctrl}{name}"),
            (None, Code::Char(letter)) => format!("{ctrl}{letter}"),
            (None, code) => format!("{ctrl}{code:?}"),
        }
    }
}

/// One row of the table.
#[derive(Debug)]
pub struct Binding {
    pub modes: &'static [Mode],
    pub keys: &'static [Key],
    pub action: Action,
    /// The stable name of the action, for the settings file: the same for rows whose action is the same.
    pub name: &'static str,
    /// What it does, in words; rows with the same words are shown as one.
    pub help: Message,
}

const fn row(
    modes: &'static [Mode],
    keys: &'static [Key],
    action: Action,
    name: &'static str,
    help: Message,
) -> Binding {
    Binding { modes, keys, action, name, help }
}

const PANES: &[Mode] = &[Mode::Index, Mode::Reader];
const LISTS: &[Mode] = &[Mode::Filter, Mode::List];
const INDEX: &[Mode] = &[Mode::Index];
const READER: &[Mode] = &[Mode::Reader];
const PAGES: &[Mode] = &[Mode::Pages];
const SELECT: &[Mode] = &[Mode::Select];
const HEADED: &[Mode] = &[Mode::Reader, Mode::Select];
const SCROLLED: &[Mode] = &[Mode::Index, Mode::Reader, Mode::Select, Mode::Pages];
const SEARCH: &[Mode] = &[Mode::Search];
const TYPED: &[Mode] = &[Mode::Filter, Mode::Search, Mode::List];
const NOTE: &[Mode] = &[Mode::Note];
const LEFT: &[Mode] = &[Mode::List, Mode::Hints, Mode::Letter, Mode::Question];
/// Every mode, in the order of help.
pub const ALL: &[Mode] = &[
    Mode::Index,
    Mode::Filter,
    Mode::Reader,
    Mode::Search,
    Mode::Select,
    Mode::List,
    Mode::Hints,
    Mode::Letter,
    Mode::Note,
    Mode::Question,
    Mode::Pages,
];

/// What digits do.
const COUNT: Message =
    said("a count for the next key, such as `5j` `3]` `10G`", "次のキーの回数（`5j` `3]` `10G`など）");

/// Every key, one row a line. The first row that fits wins.
#[rustfmt::skip]
pub static KEYS: &[Binding] = &[
    row(SCROLLED, &[c('j'), k(Code::Down)], Action::Move(Motion::Lines(1)), "line-down", said("a line or post down", "1行（1件）下へ")),
    row(SCROLLED, &[c('k'), k(Code::Up)], Action::Move(Motion::Lines(-1)), "line-up", said("a line or post up", "1行（1件）上へ")),
    row(SCROLLED, &[c('d'), ctrl('d')], Action::Move(Motion::HalfPages(1)), "half-page-down", said("half a page down", "半ページ下へ")),
    row(SCROLLED, &[c('u'), ctrl('u')], Action::Move(Motion::HalfPages(-1)), "half-page-up", said("half a page up", "半ページ上へ")),
    row(SCROLLED, &[c(' '), ctrl('f'), k(Code::PageDown)], Action::Move(Motion::Pages(1)), "page-down", said("a page down", "1ページ下へ")),
    row(SCROLLED, &[c('b'), ctrl('b'), k(Code::PageUp)], Action::Move(Motion::Pages(-1)), "page-up", said("a page up", "1ページ上へ")),
    row(SCROLLED, &[c('g'), k(Code::Home)], Action::Move(Motion::Top), "top", said("to the top", "先頭へ")),
    row(SCROLLED, &[c('G'), k(Code::End)], Action::Move(Motion::Bottom), "bottom", said("to the end", "末尾へ")),
    row(SCROLLED, &[c('%')], Action::Move(Motion::Percent(0)), "percent", said("to that part: `50%` is half-way", "その割合の位置へ（`50%`で真ん中）")),
    row(SCROLLED, &[c('0')], Action::Digit(0), "digit-0", COUNT),
    row(SCROLLED, &[c('1')], Action::Digit(1), "digit-1", COUNT),
    row(SCROLLED, &[c('2')], Action::Digit(2), "digit-2", COUNT),
    row(SCROLLED, &[c('3')], Action::Digit(3), "digit-3", COUNT),
    row(SCROLLED, &[c('4')], Action::Digit(4), "digit-4", COUNT),
    row(SCROLLED, &[c('5')], Action::Digit(5), "digit-5", COUNT),
    row(SCROLLED, &[c('6')], Action::Digit(6), "digit-6", COUNT),
    row(SCROLLED, &[c('7')], Action::Digit(7), "digit-7", COUNT),
    row(SCROLLED, &[c('8')], Action::Digit(8), "digit-8", COUNT),
    row(SCROLLED, &[c('9')], Action::Digit(9), "digit-9", COUNT),
    row(INDEX, &[k(Code::Enter), c('l'), k(Code::Right), k(Code::Tab)], Action::FocusReader, "read", said("read the selected post", "選択中の記事を読む")),
    row(PANES, &[c('t')], Action::Find(Finding::Facets), "facets", said("tags, years, folders, with counts: filter by one", "タグ・年・フォルダーなどの一覧から選んで絞り込む（件数付き）")),
    row(PANES, &[c('S')], Action::Find(Finding::Texts), "search-texts", said("search in the texts of all posts", "すべての記事の本文を検索")),
    row(PANES, &[ctrl('p')], Action::Find(Finding::Titles), "jump-to-title", said("jump to a post by letters of its title", "題名の文字で記事へ移動")),
    row(PANES, &[c('Q')], Action::Find(Finding::Queries), "queries", said("filter by a saved query", "保存した条件で絞り込む")),
    row(PANES, &[c('A')], Action::Find(Finding::Save), "save-query", said("save the filter under a name", "絞り込みの条件に名前を付けて保存")),
    row(INDEX, &[c('/')], Action::Find(Finding::Filter), "filter", said("filter as you type: words, `#tag`, `after:2024`", "入力しながら絞り込む：語、`#タグ`、`after:2024`")),
    row(INDEX, &[c('x')], Action::Find(Finding::RemoveLast), "remove-last-part", said("take the last part of the filter off; `2x` part 2", "最後の絞り込み条件を外す（`2x`で2番目）")),
    row(INDEX, &[k(Code::Esc)], Action::Close, "close", said("clear the filter", "絞り込みを解除")),
    row(INDEX, &[c('s')], Action::Find(Finding::Sort), "sort", said("sort by date, title or path", "日付・題名・パスで並べ替える")),
    row(READER, &[c('/')], Action::Within(Within::Search), "search", said("search in the post as you type; `/re/`: by regex", "記事内を検索（入力しながら。`/正規表現/`も可）")),
    row(READER, &[c('n')], Action::Within(Within::NextHit(1)), "next-hit", said("the next hit of the search", "次の検索結果へ")),
    row(READER, &[c('N')], Action::Within(Within::NextHit(-1)), "previous-hit", said("the hit before", "前の検索結果へ")),
    row(SEARCH, &[k(Code::Enter)], Action::Confirm, "confirm", said("keep it; if nothing is typed, what was sought", "検索を確定（空なら前回の検索）")),
    row(SEARCH, &[k(Code::Down), ctrl('n')], Action::Within(Within::NextHit(1)), "next-hit", said("the next hit of the search", "次の検索結果へ")),
    row(SEARCH, &[k(Code::Up), ctrl('p')], Action::Within(Within::NextHit(-1)), "previous-hit", said("the hit before", "前の検索結果へ")),
    row(SEARCH, &[ctrl('r')], Action::Within(Within::Syntax), "syntax", said("by regular expression, or by words", "正規表現と語の検索を切り替える")),
    row(SEARCH, &[k(Code::Esc)], Action::Close, "close", said("back to where one was", "検索前の場所に戻る")),
    row(READER, &[c('F')], Action::Find(Finding::Filter), "filter", said("filter as you type: words, `#tag`, `after:2024`", "入力しながら絞り込む：語、`#タグ`、`after:2024`")),
    row(HEADED, &[c(']')], Action::Move(Motion::Headings(1)), "next-heading", said("to the next heading", "次の見出しへ")),
    row(HEADED, &[c('[')], Action::Move(Motion::Headings(-1)), "previous-heading", said("to the heading before", "前の見出しへ")),
    row(READER, &[k(Code::Tab)], Action::NextLink(1), "next-link", said("take the next link in hand", "次のリンクを選ぶ")),
    row(READER, &[k(Code::BackTab)], Action::NextLink(-1), "previous-link", said("take the link before in hand", "前のリンクを選ぶ")),
    row(READER, &[c('c')], Action::NextBlock(1), "next-block", said("take the next code or table in hand", "次のコードや表を選ぶ")),
    row(READER, &[c('C')], Action::NextBlock(-1), "previous-block", said("take the code or table before in hand", "前のコードや表を選ぶ")),
    row(READER, &[c('o'), k(Code::Enter)], Action::Open, "open", said("open the link in hand; open or close the fold", "選択中のリンクを開く、折り畳みを開閉する")),
    row(READER, &[c('f')], Action::Hints, "hints", said("letters over the links in sight open them", "画面内のリンクを文字で選んで開く")),
    row(READER, &[c('v')], Action::Picture(PictureAction::View), "view-image", said("open the picture at hand or in sight in a viewer", "選択中の画像（なければ画面内の最初の画像）を外部ビューアーで開く")),
    row(READER, &[c('P')], Action::Picture(PictureAction::Fetch), "fetch-images", said("fetch pictures on other hosts: in hand, or all", "別のホストの画像を取得（選択中の画像、なければ全部）")),
    row(READER, &[c('I')], Action::Picture(PictureAction::Toggle), "images", said("hide or show pictures", "画像の表示を切り替える")),
    row(READER, &[c('y')], Action::Copy, "copy", said("copy the thing in hand: address, code, table, note", "選択中のもの（リンク先・コード・表・注）をコピー")),
    row(SELECT, &[c('y'), k(Code::Enter)], Action::Copy, "copy", said("copy the words of the rows", "選択した行の文をコピー")),
    row(SELECT, &[c('V'), c('q')], Action::Select, "select", said("leave the rows", "行の選択をやめる")),
    row(SELECT, &[k(Code::Esc)], Action::Close, "close", said("let go of hits, then leave the rows", "検索結果の表示を消す、なければ行の選択をやめる")),
    row(PANES, &[c('Y')], Action::CopyAddress, "copy-address", said("copy the address of the post, or its path", "記事のアドレス（なければパス）をコピー")),
    row(READER, &[c('V')], Action::Select, "select", said("select rows, to copy their words", "行を選択（コピーのため）")),
    row(READER, &[c('{')], Action::Folds(FoldState::Open), "open-folds", said("open all folds", "折り畳みをすべて開く")),
    row(READER, &[c('}')], Action::Folds(FoldState::Closed), "close-folds", said("close all folds", "折り畳みをすべて閉じる")),
    row(READER, &[c('w')], Action::Wrap, "wrap", said("wrap wide code and tables or let them run on", "幅の広いコードや表を折り返すか切り替える")),
    row(READER, &[c('(')], Action::Pan(-1), "pan-left", said("more of wide code and tables at the left", "幅の広いコードや表の左側を見る")),
    row(READER, &[c(')')], Action::Pan(1), "pan-right", said("more of wide code and tables at the right", "幅の広いコードや表の右側を見る")),
    row(READER, &[k(Code::Backspace), ctrl('o'), c('H')], Action::Travel(-1), "back", said("back to where one jumped from, across posts", "移動する前の場所に戻る（記事をまたぐ）")),
    row(READER, &[c('L')], Action::Travel(1), "forward", said("forward again (in most terminals Ctrl-i is Tab)", "再び進む（多くの端末ではCtrl-iはTabと同じ）")),
    row(READER, &[c('O')], Action::Within(Within::Outline), "outline", said("the headings of the post: go to one", "記事の見出し一覧から選んで移動")),
    row(READER, &[ctrl('l')], Action::Within(Within::Links), "links", said("the links of the post: open one", "記事のリンク一覧から選んで開く")),
    row(READER, &[c('p')], Action::Within(Within::Note), "note", said("show the note of the mark at hand, or in sight", "選択中（または画面内）の脚注を表示")),
    row(READER, &[c('m')], Action::Within(Within::Mark), "mark", said("mark this place by a letter from a to z", "この場所をaからzの文字でマーク")),
    row(PANES, &[c('\'')], Action::Within(Within::Return), "to-mark", said("to a marked place; `''` back from the last jump", "マークした場所へ（`''`で直前の移動元へ）")),
    row(READER, &[c('+')], Action::Within(Within::Widen(4)), "widen-text", said("widen the column of text", "本文の幅を広げる")),
    row(READER, &[c('-')], Action::Within(Within::Widen(-4)), "narrow-text", said("narrow the column of text", "本文の幅を狭める")),
    row(READER, &[c('=')], Action::Within(Within::ResetWidth), "reset-width", said("the width of the settings again", "本文の幅を設定値に戻す")),
    row(READER, &[c('|')], Action::Within(Within::Centre), "centre-text", said("text in the middle, or at the left", "本文を中央に置く、左寄せに戻す")),
    row(READER, &[c('z')], Action::Within(Within::Zen), "zen", said("nothing but the text, or all again", "本文だけを表示、元に戻す")),
    row(READER, &[c('J')], Action::NextPost(1), "next-post", said("read the next post of the index", "一覧の次の記事を読む")),
    row(READER, &[c('K')], Action::NextPost(-1), "previous-post", said("read the post before it in the index", "一覧の前の記事を読む")),
    row(READER, &[c('h'), k(Code::Left)], Action::FocusIndex, "index", said("to the index", "一覧へ")),
    row(READER, &[k(Code::Esc)], Action::Close, "close", said("let go of hits, of what is in hand; to the index", "検索結果や選択を解除、なければ一覧へ")),
    row(PANES, &[c('<')], Action::Split(-4), "split-left", said("move the split between the panes to the left", "境界を左へ動かす")),
    row(PANES, &[c('>')], Action::Split(4), "split-right", said("move the split between the panes to the right", "境界を右へ動かす")),
    row(PANES, &[c('i')], Action::Details, "details", said("the post's file, date, address and encoding", "記事のファイル・日付・アドレス・文字コード")),
    row(&[Mode::Index, Mode::Reader, Mode::Pages], &[c('E')], Action::Encodings, "encodings", said("read the post in another encoding", "別の文字コードで読み直す")),
    row(PANES, &[c('B')], Action::OpenPage, "open-page", said("open the published page of the post", "記事の公開ページを開く")),
    row(PANES, &[c('T')], Action::Translation, "translation", said("the post in the next of its languages", "記事の別の言語版を読む")),
    row(PANES, &[c('W')], Action::Backlinks, "backlinks", said("which posts link to this one: go to one", "この記事へリンクしている記事の一覧")),
    row(PANES, &[c('r')], Action::Do(Deed::ToggleRead), "toggle-read", said("mark the post read or unread", "既読・未読を切り替える")),
    row(PANES, &[c('*')], Action::Do(Deed::ToggleFavourite), "toggle-favourite", said("make the post a favourite, or no more", "お気に入りに入れる・外す")),
    row(PANES, &[c('R')], Action::Visited, "history", said("the posts that were open, the latest first", "開いた記事の履歴（新しい順）")),
    row(PANES, &[c('e')], Action::Do(Deed::Edit), "edit", said("edit the post in your editor, at the line in view", "表示中の行からエディターで編集する")),
    row(PANES, &[c('D')], Action::Unpublished, "unpublished", said("hide or show drafts, future and expired posts", "下書き・公開前・公開終了の記事の表示を切り替える")),
    row(PANES, &[c('!')], Action::Problems, "problems", said("what is wrong with posts and the site", "記事とサイトの問題を見る")),
    row(PANES, &[c(':')], Action::Actions, "commands", said("every command, to search and choose from", "コマンドを検索して実行")),
    row(PANES, &[c('?')], Action::Help, "help", said("every key", "キー一覧")),
    row(SCROLLED, &[c('M')], Action::Mouse, "mouse", said("leave the mouse to the terminal, or take it back", "マウスを端末に渡す（文字の選択のため）、取り戻す")),
    row(PANES, &[c('q')], Action::Quit, "quit", said("quit", "終了")),
    row(LISTS, &[k(Code::Enter)], Action::Confirm, "confirm", said("take it", "決定")),
    row(LISTS, &[k(Code::Down), ctrl('n')], Action::Move(Motion::Lines(1)), "line-down", said("down", "下へ")),
    row(LISTS, &[k(Code::Up), ctrl('p')], Action::Move(Motion::Lines(-1)), "line-up", said("up", "上へ")),
    row(LISTS, &[k(Code::PageDown)], Action::Move(Motion::Pages(1)), "page-down", said("a page down", "1ページ下へ")),
    row(LISTS, &[k(Code::PageUp)], Action::Move(Motion::Pages(-1)), "page-up", said("a page up", "1ページ上へ")),
    row(&[Mode::List], &[ctrl('x')], Action::Find(Finding::Forget), "forget", said("in saved queries: delete the selected one", "保存した条件の一覧で：選択中の条件を削除")),
    row(TYPED, &[k(Code::Left), ctrl('b')], Action::Edit(Edit::Left), "cursor-left", said("the cursor a letter to the left", "カーソルを左へ")),
    row(TYPED, &[k(Code::Right), ctrl('f')], Action::Edit(Edit::Right), "cursor-right", said("the cursor a letter to the right", "カーソルを右へ")),
    row(TYPED, &[k(Code::Home), ctrl('a')], Action::Edit(Edit::Start), "cursor-start", said("the cursor to the start", "カーソルを行頭へ")),
    row(TYPED, &[k(Code::End), ctrl('e')], Action::Edit(Edit::End), "cursor-end", said("the cursor to the end", "カーソルを行末へ")),
    row(TYPED, &[k(Code::Backspace), ctrl('h')], Action::Edit(Edit::Erase), "erase", said("erase the letter before the cursor", "カーソルの前の1文字を削除")),
    row(TYPED, &[k(Code::Delete), ctrl('d')], Action::Edit(Edit::Delete), "delete", said("erase the letter under the cursor", "カーソル位置の1文字を削除")),
    row(TYPED, &[ctrl('w')], Action::Edit(Edit::EraseWord), "erase-word", said("erase the word before the cursor", "カーソルの前の1語を削除")),
    row(TYPED, &[ctrl('u')], Action::Edit(Edit::EraseToStart), "erase-to-start", said("erase what stands before the cursor", "行頭まで削除")),
    row(TYPED, &[ctrl('k')], Action::Edit(Edit::EraseToEnd), "erase-to-end", said("erase what stands after the cursor", "行末まで削除")),
    row(&[Mode::Filter], &[k(Code::Tab)], Action::Find(Finding::Complete(1)), "complete", said("what may stand at the cursor, in turn", "カーソル位置の候補を順に補完")),
    row(&[Mode::Filter], &[k(Code::BackTab)], Action::Find(Finding::Complete(-1)), "complete-back", said("the same, backwards", "補完を逆順に")),
    row(&[Mode::Filter], &[k(Code::Esc)], Action::Close, "close", said("what stood there before", "入力前の条件に戻す")),
    row(NOTE, &[k(Code::Enter), c('o')], Action::Open, "open", said("open the link at hand; without one go to the note", "選択中のリンクを開く、なければ脚注へ移動")),
    row(NOTE, &[k(Code::Tab)], Action::NextLink(1), "next-link", said("take the next link in hand", "次のリンクを選ぶ")),
    row(NOTE, &[k(Code::BackTab)], Action::NextLink(-1), "previous-link", said("take the link before in hand", "前のリンクを選ぶ")),
    row(NOTE, &[c('y')], Action::Copy, "copy", said("copy the address of the link at hand, or the note", "選択中のリンク先、なければ注をコピー")),
    row(NOTE, &[c('p')], Action::Within(Within::Note), "note", said("the next note in sight", "画面内の次の脚注")),
    row(NOTE, &[c('j'), k(Code::Down)], Action::Move(Motion::Lines(1)), "line-down", said("a line down", "1行下へ")),
    row(NOTE, &[c('k'), k(Code::Up)], Action::Move(Motion::Lines(-1)), "line-up", said("a line up", "1行上へ")),
    row(NOTE, &[k(Code::Esc), c('q')], Action::Close, "close", said("leave", "閉じる")),
    row(LEFT, &[k(Code::Esc)], Action::Close, "close", said("leave", "閉じる")),
    row(&[Mode::Question], &[c('y')], Action::Confirm, "confirm", said("open it", "開く")),
    row(&[Mode::Question], &[c('n'), c('q')], Action::Close, "close", said("leave", "閉じる")),
    row(PAGES, &[c('/')], Action::SearchHelp, "search-help", said("in help: search it", "キー一覧を検索")),
    row(PAGES, &[k(Code::Esc), c('q'), c('?'), k(Code::Enter)], Action::Close, "close", said("leave", "閉じる")),
    row(ALL, &[ctrl('c')], Action::Quit, "quit", said("quit", "終了")),
    row(ALL, &[ctrl('z')], Action::Suspend, "suspend", said("suspend; `fg` comes back", "中断（`fg`で再開）")),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_means_two_things() {
        for mode in ALL {
            let keys: Vec<&Key> = KEYS.iter().filter(|row| row.modes.contains(mode)).flat_map(|row| row.keys).collect();
            for (at, key) in keys.iter().enumerate() {
                assert!(!keys[..at].contains(key), "{key} twice in {mode:?}");
            }
        }
    }

    #[test]
    fn a_name_means_one_action() {
        for binding in KEYS {
            let same = KEYS.iter().find(|other| other.name == binding.name).unwrap_or(binding);
            assert_eq!(format!("{:?}", same.action), format!("{:?}", binding.action), "{}", binding.name);
        }
    }
}
