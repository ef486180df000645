//! The help of the command line in Japanese. What the parser itself says of wrong arguments is English.

use clap::{Arg, Command};

/// How help is put together.
const TEMPLATE: &str = "{before-help}{about}\n\n使い方: {usage}\n\n{all-args}{after-help}";

/// What a command does; none for one that is not known here.
fn about(command: &str) -> Option<&'static str> {
    let words = match command {
        "kiji" => "Markdown記事のフォルダーを端末で読む",
        "show" => "記事を1つ表示する",
        "list" => "フォルダーの記事を新しい順に一覧する（パス、日付、draft・future・expired、題名、タグ）",
        "config" => "設定ファイルの全体、またはその場所を表示する",
        "completions" => "シェルの補完スクリプトを表示する",
        "man" => "マニュアルページをroff形式で表示する",
        "search" => "本文や条件で記事を探す（パス、行、その部分）",
        "tags" => "タグなどの分類語と記事数を一覧する",
        "links" => "記事のリンクを一覧する（種類post・here・elsewhere・dead、リンク先、文字列）",
        "check" => "リンク切れ、画像の不足、未知のショートコード、設定の誤りを調べる（あれば終了コード1）",
        "help" => "この説明、または指定したコマンドの説明を表示する",
        _ => return None,
    };
    Some(words)
}

/// What an argument of a command means; none for one that is not known here.
fn meaning(command: &str, argument: &str) -> Option<&'static str> {
    let words = match (command, argument) {
        (_, "help") => "この説明を表示する",
        (_, "version") => "バージョンを表示する",
        ("kiji", "path") => {
            "Hugoサイト、Markdownのフォルダー、ファイル、または標準入力の記事を表す「-」。省略すると、このフォルダーのブログ、なければ見本の記事"
        }
        ("kiji", "encoding") => {
            "ファイルの文字コード（EUC-JPなど）。フォルダーでは、UTF-8でない記事の文字コード。省略すると推定する"
        }
        ("kiji", "resume") => "前回の続きから始める。パスを省略すると、最後に開いたフォルダー",
        ("kiji" | "show", "linear") => {
            "枠や画像を使わず、見出しやリンクなどを言葉で伝える（スクリーンリーダー、点字向け）"
        }
        ("show", "file") => "記事、または標準入力を表す「-」",
        ("show", "width") => "本文の最大の幅（桁）。省略すると端末の幅（設定`width`まで）",
        ("show", "format") => {
            "出力形式（ansi：色とリンク付き、text：色なし、plain：本文の語だけ、json）。省略すると端末ではansi、それ以外ではtext"
        }
        ("show", "body") => "本文の上の題名、日付、著者、タグを省く",
        ("show", "links") => "リンク先を本文の後に並べる",
        ("show", "encoding") => "記事の文字コード（EUC-JPなど）。省略すると推定する",
        ("search", "query") => {
            "本文の語、\"語句\"、/正規表現/、または条件（title:、tag:、-tag:、category:、author:、lang:、in:、after:、before:、is:、sort:など）"
        }
        ("links", "file") => "記事、または標準入力を表す「-」",
        ("list" | "search" | "tags" | "check", "path") => {
            "フォルダー。省略すると、このフォルダーのブログ、なければ見本の記事"
        }
        ("list" | "search" | "tags" | "links" | "check", "json") => "1行に1つのJSONオブジェクトを出力する",
        ("list", "encoding") => "UTF-8でない記事の文字コード。省略すると推定する",
        ("config", "default") => "すべての設定とキーを、既定値と説明付きで表示する",
        ("config", "path") => "設定ファイルの場所を表示する",
        ("completions", "shell") => "対象のシェル（bash、zsh、fish、powershell、elvish）",
        ("help", "subcommand") => "説明を表示するコマンド",
        _ => return None,
    };
    Some(words)
}

/// A command and those below it, with their help in Japanese. What has none keeps its English.
pub(super) fn translated(mut command: Command) -> Command {
    command.build();
    below(command)
}

fn below(command: Command) -> Command {
    let name = command.get_name().to_owned();
    let command = match about(&name) {
        Some(words) => command.about(words).long_about(None::<&str>),
        None => command,
    };
    command
        .help_template(TEMPLATE)
        .subcommand_help_heading("コマンド")
        .mut_args(|argument| argument_of(&name, argument))
        .mut_subcommands(below)
}

fn argument_of(command: &str, argument: Arg) -> Arg {
    let heading = if argument.is_positional() { "引数" } else { "オプション" };
    let argument = argument.help_heading(heading).hide_possible_values(true);
    match meaning(command, argument.get_id().as_str()) {
        Some(words) => argument.help(words).long_help(None::<&str>),
        None => argument,
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::cli::Arguments;

    fn check(command: &Command) {
        let name = command.get_name();
        assert!(about(name).is_some(), "`kiji {name}` has no Japanese help in about()");
        for argument in command.get_arguments() {
            let id = argument.get_id().as_str();
            assert!(meaning(name, id).is_some(), "`{id}` of `kiji {name}` has no Japanese help in meaning()");
        }
        // The help of help repeats the names of the other commands.
        command.get_subcommands().filter(|_| name != "help").for_each(check);
    }

    #[test]
    fn every_argument_is_explained_in_japanese() {
        let mut command = Arguments::command();
        command.build();
        check(&command);
    }

    #[test]
    fn help_is_japanese_throughout() {
        let help = translated(Arguments::command()).render_help().to_string();
        for english in ["Usage", "Options", "Commands", "Print", "Default"] {
            assert!(!help.contains(english), "{english}: {help}");
        }
    }
}
