//! The one table of keys: behaviour, help, README and the settings file come from it.

use std::fmt;

use super::action::{Action, Deed, Finding, Motion};
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
    /// A list that one chooses from.
    List,
    Hints,
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
            Mode::List => "list",
            Mode::Hints => "hints",
            Mode::Question => "question",
            Mode::Pages => "pages",
        }
    }

    /// Whether letters that are not bound are typed.
    pub(super) fn takes_letters(self) -> bool {
        matches!(self, Mode::Filter | Mode::List | Mode::Hints)
    }

    /// The heading of its keys in help.
    pub(super) fn heading(self) -> &'static str {
        let heading = match self {
            Mode::Index => said("Index", "一覧"),
            Mode::Filter => said("Filter (typing)", "絞り込み（入力中）"),
            Mode::Reader => said("Reader", "リーダー"),
            Mode::Select => said("Selected rows", "行の選択"),
            Mode::List => said("Lists", "リスト"),
            Mode::Hints => said("Link hints", "リンクの文字"),
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
const LEFT: &[Mode] = &[Mode::List, Mode::Hints, Mode::Question];
/// Every mode, in the order of help.
pub const ALL: &[Mode] =
    &[Mode::Index, Mode::Filter, Mode::Reader, Mode::Select, Mode::List, Mode::Hints, Mode::Question, Mode::Pages];

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
    row(INDEX, &[k(Code::Enter), c('l'), k(Code::Right), k(Code::Tab)], Action::FocusReader, "read", said("read the selected post", "選択中の記事を読む")),
    row(PANES, &[c('t')], Action::Find(Finding::Facets), "facets", said("tags, years, folders, with counts: filter by one", "タグ・年・フォルダーなどの一覧から選んで絞り込む（件数付き）")),
    row(PANES, &[c('S')], Action::Find(Finding::Texts), "search-texts", said("search in the texts of all posts", "すべての記事の本文を検索")),
    row(PANES, &[ctrl('p')], Action::Find(Finding::Titles), "jump-to-title", said("jump to a post by letters of its title", "題名の文字で記事へ移動")),
    row(PANES, &[c('Q')], Action::Find(Finding::Queries), "queries", said("filter by a query of the settings", "設定に保存した条件で絞り込む")),
    row(INDEX, &[c('/')], Action::Find(Finding::Filter), "filter", said("filter as you type: words, `#tag`, `after:2024`", "入力しながら絞り込む：語、`#タグ`、`after:2024`")),
    row(INDEX, &[c('1')], Action::Find(Finding::Remove(0)), "remove-part-1", said("take off that part of the filter", "その番号の絞り込み条件を外す")),
    row(INDEX, &[c('2')], Action::Find(Finding::Remove(1)), "remove-part-2", said("take off that part of the filter", "その番号の絞り込み条件を外す")),
    row(INDEX, &[c('3')], Action::Find(Finding::Remove(2)), "remove-part-3", said("take off that part of the filter", "その番号の絞り込み条件を外す")),
    row(INDEX, &[c('4')], Action::Find(Finding::Remove(3)), "remove-part-4", said("take off that part of the filter", "その番号の絞り込み条件を外す")),
    row(INDEX, &[c('5')], Action::Find(Finding::Remove(4)), "remove-part-5", said("take off that part of the filter", "その番号の絞り込み条件を外す")),
    row(INDEX, &[c('6')], Action::Find(Finding::Remove(5)), "remove-part-6", said("take off that part of the filter", "その番号の絞り込み条件を外す")),
    row(INDEX, &[c('7')], Action::Find(Finding::Remove(6)), "remove-part-7", said("take off that part of the filter", "その番号の絞り込み条件を外す")),
    row(INDEX, &[c('8')], Action::Find(Finding::Remove(7)), "remove-part-8", said("take off that part of the filter", "その番号の絞り込み条件を外す")),
    row(INDEX, &[c('9')], Action::Find(Finding::Remove(8)), "remove-part-9", said("take off that part of the filter", "その番号の絞り込み条件を外す")),
    row(INDEX, &[c('x')], Action::Find(Finding::RemoveLast), "remove-last-part", said("take off the last part of the filter", "最後の絞り込み条件を外す")),
    row(INDEX, &[k(Code::Esc)], Action::Close, "close", said("clear the filter", "絞り込みを解除")),
    row(INDEX, &[c('s')], Action::Find(Finding::Sort), "sort", said("sort by date, title or path", "日付・題名・パスで並べ替える")),
    row(HEADED, &[c(']')], Action::Move(Motion::Headings(1)), "next-heading", said("to the next heading", "次の見出しへ")),
    row(HEADED, &[c('[')], Action::Move(Motion::Headings(-1)), "previous-heading", said("to the heading before", "前の見出しへ")),
    row(READER, &[k(Code::Tab)], Action::NextLink, "next-link", said("take the next link in hand", "次のリンクを選ぶ")),
    row(READER, &[k(Code::BackTab)], Action::PreviousLink, "previous-link", said("take the link before in hand", "前のリンクを選ぶ")),
    row(READER, &[c('c')], Action::NextBlock, "next-block", said("take the next code or table in hand", "次のコードや表を選ぶ")),
    row(READER, &[c('C')], Action::PreviousBlock, "previous-block", said("take the code or table before in hand", "前のコードや表を選ぶ")),
    row(READER, &[c('o'), k(Code::Enter)], Action::Open, "open", said("open the link in hand; open or close the fold", "選択中のリンクを開く、折り畳みを開閉する")),
    row(READER, &[c('f')], Action::Hints, "hints", said("letters over the links in sight open them", "画面内のリンクを文字で選んで開く")),
    row(READER, &[c('v')], Action::Picture(PictureAction::View), "view-image", said("open the picture at hand or in sight in a viewer", "選択中の画像（なければ画面内の最初の画像）を外部ビューアーで開く")),
    row(READER, &[c('I')], Action::Picture(PictureAction::Toggle), "images", said("hide or show pictures", "画像の表示を切り替える")),
    row(READER, &[c('y')], Action::Copy, "copy", said("copy the thing in hand: address, code, table, note", "選択中のもの（リンク先・コード・表・注）をコピー")),
    row(SELECT, &[c('y'), k(Code::Enter)], Action::Copy, "copy", said("copy the words of the rows", "選択した行の文をコピー")),
    row(SELECT, &[k(Code::Esc), c('V'), c('q')], Action::Close, "close", said("leave", "閉じる")),
    row(PANES, &[c('Y')], Action::CopyAddress, "copy-address", said("copy the address of the post, or its path", "記事のアドレス（なければパス）をコピー")),
    row(READER, &[c('V')], Action::Select, "select", said("select rows, to copy their words", "行を選択（コピーのため）")),
    row(READER, &[c('+')], Action::Folds(FoldState::Open), "open-folds", said("open all folds", "折り畳みをすべて開く")),
    row(READER, &[c('-')], Action::Folds(FoldState::Closed), "close-folds", said("close all folds", "折り畳みをすべて閉じる")),
    row(READER, &[c('w')], Action::Wrap, "wrap", said("wrap wide code and tables or let them run on", "幅の広いコードや表を折り返すか切り替える")),
    row(READER, &[c('(')], Action::Pan(-1), "pan-left", said("more of wide code and tables at the left", "幅の広いコードや表の左側を見る")),
    row(READER, &[c(')')], Action::Pan(1), "pan-right", said("more of wide code and tables at the right", "幅の広いコードや表の右側を見る")),
    row(READER, &[k(Code::Backspace), c('H')], Action::Back, "back", said("back to where a link was followed", "リンクをたどる前の場所に戻る")),
    row(READER, &[c('L')], Action::Forward, "forward", said("forward again", "進む")),
    row(READER, &[c('J')], Action::NextPost(1), "next-post", said("read the next post of the index", "一覧の次の記事を読む")),
    row(READER, &[c('K')], Action::NextPost(-1), "previous-post", said("read the post before it in the index", "一覧の前の記事を読む")),
    row(READER, &[c('h'), k(Code::Left)], Action::FocusIndex, "index", said("to the index", "一覧へ")),
    row(READER, &[k(Code::Esc)], Action::Close, "close", said("let go of the link, then to the index", "リンクの選択を外す、なければ一覧へ")),
    row(READER, &[c('/')], Action::Find(Finding::Filter), "filter", said("filter as you type: words, `#tag`, `after:2024`", "入力しながら絞り込む：語、`#タグ`、`after:2024`")),
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
    row(PANES, &[c('q')], Action::Quit, "quit", said("quit", "終了")),
    row(LISTS, &[k(Code::Enter)], Action::Confirm, "confirm", said("take it", "決定")),
    row(LISTS, &[k(Code::Down), ctrl('n')], Action::Move(Motion::Lines(1)), "line-down", said("down", "下へ")),
    row(LISTS, &[k(Code::Up), ctrl('p')], Action::Move(Motion::Lines(-1)), "line-up", said("up", "上へ")),
    row(LISTS, &[k(Code::PageDown)], Action::Move(Motion::Pages(1)), "page-down", said("a page down", "1ページ下へ")),
    row(LISTS, &[k(Code::PageUp)], Action::Move(Motion::Pages(-1)), "page-up", said("a page up", "1ページ上へ")),
    row(LISTS, &[k(Code::Left), ctrl('b')], Action::Edit(Edit::Left), "cursor-left", said("the cursor a letter to the left", "カーソルを左へ")),
    row(LISTS, &[k(Code::Right), ctrl('f')], Action::Edit(Edit::Right), "cursor-right", said("the cursor a letter to the right", "カーソルを右へ")),
    row(LISTS, &[k(Code::Home), ctrl('a')], Action::Edit(Edit::Start), "cursor-start", said("the cursor to the start", "カーソルを行頭へ")),
    row(LISTS, &[k(Code::End), ctrl('e')], Action::Edit(Edit::End), "cursor-end", said("the cursor to the end", "カーソルを行末へ")),
    row(LISTS, &[k(Code::Backspace), ctrl('h')], Action::Edit(Edit::Erase), "erase", said("erase the letter before the cursor", "カーソルの前の1文字を削除")),
    row(LISTS, &[k(Code::Delete), ctrl('d')], Action::Edit(Edit::Delete), "delete", said("erase the letter under the cursor", "カーソル位置の1文字を削除")),
    row(LISTS, &[ctrl('w')], Action::Edit(Edit::EraseWord), "erase-word", said("erase the word before the cursor", "カーソルの前の1語を削除")),
    row(LISTS, &[ctrl('u')], Action::Edit(Edit::EraseToStart), "erase-to-start", said("erase what stands before the cursor", "行頭まで削除")),
    row(LISTS, &[ctrl('k')], Action::Edit(Edit::EraseToEnd), "erase-to-end", said("erase what stands after the cursor", "行末まで削除")),
    row(&[Mode::Filter], &[k(Code::Tab)], Action::Find(Finding::Complete(1)), "complete", said("what may stand at the cursor, in turn", "カーソル位置の候補を順に補完")),
    row(&[Mode::Filter], &[k(Code::BackTab)], Action::Find(Finding::Complete(-1)), "complete-back", said("the same, backwards", "補完を逆順に")),
    row(&[Mode::Filter], &[k(Code::Esc)], Action::Close, "close", said("what stood there before", "入力前の条件に戻す")),
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
