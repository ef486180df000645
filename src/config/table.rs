//! The table of settings, from which help, README, manual and the default file come.

use crate::messages::{Message, said};

/// One setting as help and the README show it.
#[derive(Debug)]
pub struct Setting {
    pub name: &'static str,
    /// In TOML; `none` where there is no value.
    pub default: &'static str,
    /// In Markdown.
    pub meaning: Message,
}

const fn setting(name: &'static str, default: &'static str, meaning: Message) -> Setting {
    Setting { name, default, meaning }
}

/// Every setting.
pub static TABLE: &[Setting] = &[
    setting("path", "none", said("what `kiji` opens when no path is given", "パスを指定しないときに`kiji`が開くもの")),
    setting(
        "opener",
        "[]",
        said(
            "program and arguments that open links, such as `[\"firefox\", \"--new-tab\"]`; the target is added as the last argument",
            "リンクを開くプログラムと引数（`[\"firefox\", \"--new-tab\"]`など）。リンク先は最後の引数になります",
        ),
    ),
    setting(
        "theme",
        "\"auto\"",
        said(
            "the ground that the colours are for: `\"dark\"`, `\"light\"`, or `\"auto\"`: the one that the terminal names when it is asked (OSC 11), else what `$COLORFGBG` says, else colours for black and white alike",
            "配色の背景。`\"dark\"`（暗い）、`\"light\"`（明るい）、`\"auto\"`（端末に尋ね（OSC 11）、答えがなければ`$COLORFGBG`、それもなければ黒でも白でも読める色）",
        ),
    ),
    setting(
        "width",
        "80",
        said(
            "the widest that a column of text gets, in terminal columns (20 to 1000)",
            "本文の最大の幅（端末の桁数、20から1000）",
        ),
    ),
    setting(
        "align",
        "\"left\"",
        said(
            "where the column of text stands in its pane: `\"left\"` or `\"centre\"`; `|` changes it",
            "本文の位置。`\"left\"`は左寄せ、`\"centre\"`は中央（`|`で切り替え）",
        ),
    ),
    setting(
        "index",
        "38",
        said(
            "how much of a wide terminal the index takes, in percent (15 to 70)",
            "広い端末で一覧が占める割合（パーセント、15から70）",
        ),
    ),
    setting(
        "unpublished",
        "true",
        said(
            "whether the index shows drafts, future and expired posts at first; `D` hides and shows them",
            "下書き・公開前・公開終了の記事を最初から一覧に出すか（`D`で切り替え）",
        ),
    ),
    setting(
        "hanging",
        "true",
        said(
            "whether `、。，．` hang into a gutter of two columns where a row has no room for them",
            "行に収まらない`、。，．`を右の2桁の余白にぶら下げるか",
        ),
    ),
    setting(
        "wrap",
        "true",
        said(
            "whether code and tables that are wider than the text go on on the next row at first; `w` changes it, `(` and `)` move them",
            "本文より幅の広いコードや表を最初は折り返すか（`w`で切り替え、`(`と`)`で左右に動かす）",
        ),
    ),
    setting(
        "ruby",
        "\"inline\"",
        said(
            "where readings stand: `\"inline\"` is in brackets after the words, `\"above\"` on a row of their own",
            "ルビの位置。`\"inline\"`は語の後の括弧内、`\"above\"`は行の上",
        ),
    ),
    setting(
        "ambiguous",
        "\"auto\"",
        said(
            "the columns of characters such as `…①→α`: `\"narrow\"` is one, `\"wide\"` is two, `\"auto\"` what the terminal shows",
            "`…①→α`などの文字の桁数。`\"narrow\"`は1桁、`\"wide\"`は2桁、`\"auto\"`は端末の表示に従う",
        ),
    ),
    setting(
        "images",
        "\"auto\"",
        said(
            "how pictures are drawn: `\"kitty\"`, `\"iterm2\"`, `\"sixel\"`, `\"halfblocks\"`, `\"off\"`, or `\"auto\"`: the best that the terminal says it can",
            "画像の描き方。`\"kitty\"`、`\"iterm2\"`、`\"sixel\"`、`\"halfblocks\"`（半ブロック文字）、`\"off\"`（描かない）、`\"auto\"`（端末が答えた中で最良のもの）",
        ),
    ),
    setting(
        "fetch",
        "\"ask\"",
        said(
            "whether pictures on other hosts are fetched: `\"ask\"`: when `P` asks for it, `\"off\"`: never",
            "別のホストの画像を取得するか。`\"ask\"`は`P`で求めたときだけ、`\"off\"`は取得しない",
        ),
    ),
    setting(
        "calibrate",
        "true",
        said(
            "whether the reader asks the terminal, as it starts, how wide it shows emoji and other odd characters, and how it shows pictures",
            "起動時に、絵文字などを何桁で表示するか、画像をどう表示できるかを端末に尋ねるか",
        ),
    ),
    setting(
        "language",
        "\"auto\"",
        said(
            "the language of the program itself: `\"en\"`, `\"ja\"`, or `\"auto\"`: that of the locale (`LC_ALL`, `LC_MESSAGES`, `LANG`)",
            "プログラム自身の言語。`\"en\"`、`\"ja\"`、`\"auto\"`（ロケール`LC_ALL`、`LC_MESSAGES`、`LANG`に従う）",
        ),
    ),
    setting(
        "state",
        "true",
        said(
            "whether kiji remembers which posts you read, your favourites and where you were in each",
            "既読、お気に入り、各記事の位置を記録するか",
        ),
    ),
    setting(
        "resume",
        "false",
        said(
            "whether the reader starts where the last session in the folder ended, as `--resume` does",
            "`--resume`と同じく、フォルダーの前回の続きから始めるか",
        ),
    ),
    setting(
        "watch",
        "true",
        said(
            "whether posts that change on the disk are read anew at once",
            "ディスク上で変わった記事をすぐに読み直すか",
        ),
    ),
    setting(
        "editor",
        "[]",
        said(
            "program and arguments that edit posts, such as `[\"nvim\"]`; without it `$VISUAL`, then `$EDITOR`",
            "記事を編集するプログラムと引数（`[\"nvim\"]`など）。省略すると`$VISUAL`、次に`$EDITOR`",
        ),
    ),
    setting(
        "mouse",
        "true",
        said(
            "whether the mouse is kiji's at first; `M` gives it to the terminal, which selects text with it, and takes it back",
            "最初からマウスを使うか。`M`で端末に渡し（文字を選択できる）、取り戻す",
        ),
    ),
    setting(
        "linear",
        "false",
        said(
            "whether all is told in words, in one pane, without boxes and pictures: for screen readers and braille, as `--linear` does",
            "`--linear`と同じく、枠や画像を使わず、1つのペインですべてを言葉で伝えるか（スクリーンリーダー、点字向け）",
        ),
    ),
    setting(
        "emphasis",
        "\"signs\"",
        said(
            "how emphasis and code in running text are told with `linear`: `\"signs\"`: by `*` and a backquote around them, `\"words\"`, or `\"none\"`",
            "`linear`で強調や文中のコードを伝える方法。`\"signs\"`は前後に`*`と逆引用符、`\"words\"`は言葉、`\"none\"`は伝えない",
        ),
    ),
    setting(
        "colours",
        "\"auto\"",
        said(
            "how many colours are used: `\"truecolor\"`, `\"256\"`, `\"16\"`, `\"none\"`, or `\"auto\"`: what `COLORTERM` and `TERM` say, none with `NO_COLOR`",
            "使う色の数。`\"truecolor\"`、`\"256\"`、`\"16\"`、`\"none\"`、`\"auto\"`（`COLORTERM`と`TERM`に従い、`NO_COLOR`があれば色なし）",
        ),
    ),
    setting(
        "cache",
        "true",
        said(
            "whether titles, dates and tags of folders of many posts are kept in the folder for caches, so that only what changed is read at the next start",
            "記事の多いフォルダーの題・日付・タグなどをキャッシュ用フォルダーに残し、次の起動では変わった記事だけを読むか",
        ),
    ),
];
