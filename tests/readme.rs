//! The README's tables are made from the definitions that the program uses. `KIJI_UPDATE=1 cargo test --test readme` writes them anew.

use clap::CommandFactory;
use kiji::app::keymap::Keymap;
use kiji::cli::Arguments;
use kiji::config;

const README: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");

fn settings() -> String {
    let rows = config::TABLE.iter().map(|row| format!("| `{}` | `{}` | {} |\n", row.name, row.default, row.meaning));
    format!("| Setting | Default | |\n| --- | --- | --- |\n{}", rows.collect::<String>())
}

/// What `--help` prints, for the program and for each command.
fn flags() -> String {
    let mut program = Arguments::command();
    program.build();
    let mut text = program.render_help().to_string();
    for name in ["show", "list", "search", "tags", "links", "check", "config", "completions", "man"] {
        let command = program.find_subcommand_mut(name).unwrap();
        text += &format!("\n\n{}", command.render_help());
    }
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    format!("```text\n{}\n```\n", lines.join("\n").trim())
}

#[test]
fn the_readme_is_made_from_the_definitions() {
    let mut readme = std::fs::read_to_string(README).unwrap();
    for (name, text) in [("keys", Keymap::default().markdown()), ("settings", settings()), ("flags", flags())] {
        let (open, close) = (format!("<!-- {name} -->\n"), format!("<!-- end of {name} -->"));
        let start = readme.find(&open).unwrap_or_else(|| panic!("{open} is missing")) + open.len();
        let end = readme.find(&close).unwrap_or_else(|| panic!("{close} is missing"));
        if std::env::var_os("KIJI_UPDATE").is_some() {
            readme.replace_range(start..end, &format!("{}\n", text.trim_start_matches('\n')));
            std::fs::write(README, &readme).unwrap();
        } else {
            let found = readme[start..end].trim();
            assert_eq!(
                found,
                text.trim(),
                "\nthe README's {name} are not those of the program: KIJI_UPDATE=1 cargo test --test readme"
            );
        }
    }
}
