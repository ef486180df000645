//! Measured is painted, in a real terminal: what tmux shows of a page with every class of width is what was laid out, cell by cell, where
//! tmux was asked how wide it shows what, and where it was not.
#![cfg(unix)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use std::thread;
use std::time::{Duration, Instant};

use kiji::layout::{Page, Sheet, lay_out};
use kiji::reading;
use kiji::shelf::Shelf;
use kiji::text::width::Measure;
use kiji::text::width::class::{Class, TABLE, class, is_skin_tone};
use tempfile::TempDir;

/// The screen: too narrow for the index beside the text.
const COLUMNS: usize = 70;
const ROWS: usize = 60;

/// How long what must come may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// Clusters that are no probes, of which each terminal has its own opinion or should have none.
const SAMPLES: [&str; 24] = [
    "abc",
    "漢字かなカナ",
    "「、。」",
    "Ａ１　",
    "ｱｲｳ",
    "ｶﾞｷﾞﾊﾟ",
    "か\u{3099}は\u{309a}",
    "\u{1112}\u{1161}\u{11ab}",
    "한글",
    "e\u{301}o\u{308}",
    "辻\u{e0101}",
    // Longer families are cut by tmux itself, whose cells hold 21 bytes.
    "👨\u{200d}👩\u{200d}👧",
    "👩🏽\u{200d}💻",
    "☎\u{fe0f}☎",
    "🏳\u{fe0f}\u{200d}🌈",
    "#\u{fe0f}\u{20e3}",
    "😀⌚✨",
    "éß±¶",
    "①②ⅣⅨ",
    "■□◆○●",
    "สวัสดี",
    "नमस्ते",
    "שלום",
    "مرحبا",
];

struct Tmux {
    folder: TempDir,
}

impl Tmux {
    /// A server of its own; none, with a word on it, where tmux is not at hand.
    fn start() -> Option<Tmux> {
        if Command::new("tmux").arg("-V").output().is_err() {
            println!("skipped: tmux is not here");
            return None;
        }
        let tmux = Tmux { folder: tempfile::tempdir().unwrap() };
        let size = [COLUMNS.to_string(), ROWS.to_string()];
        tmux.run(&["new-session", "-d", "-x", &size[0], "-y", &size[1], "sleep 60"]);
        tmux.run(&["set-option", "-g", "status", "off"]);
        tmux.run(&["set-option", "-g", "remain-on-exit", "on"]);
        Some(tmux)
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let socket = self.folder.path().join("socket");
        let output = Command::new("tmux")
            .args(["-u", "-f", "/dev/null", "-S"])
            .arg(socket)
            .args(arguments)
            .env("LC_ALL", "C.UTF-8")
            .output()
            .unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        output
    }

    /// Runs a command line in the pane, in place of what ran there.
    fn show(&self, command: &str) {
        self.run(&["respawn-pane", "-k", command]);
    }

    fn say(&self, format: &str) -> String {
        String::from_utf8(self.run(&["display-message", "-p", format]).stdout).unwrap().trim().to_owned()
    }

    fn rows(&self) -> Vec<String> {
        let screen = String::from_utf8(self.run(&["capture-pane", "-p"]).stdout).unwrap();
        screen.lines().map(|row| row.trim_end().to_owned()).collect()
    }

    /// The columns that the cursor moves by when this is printed.
    fn columns(&self, words: &str) -> usize {
        let file = self.folder.path().join("words");
        fs::write(&file, format!("\r\n\n\n{words}")).unwrap();
        self.show(&format!("cat {}; sleep 60", file.display()));
        wait_for("the words", || self.say("#{cursor_y}") == "3");
        self.say("#{cursor_x}").parse().unwrap()
    }
}

impl Drop for Tmux {
    fn drop(&mut self) {
        self.run(&["kill-server"]);
    }
}

fn wait_for(what: &str, mut is_there: impl FnMut() -> bool) {
    let start = Instant::now();
    while !is_there() {
        assert!(start.elapsed() < PATIENCE, "waited in vain for {what}");
        thread::sleep(Duration::from_millis(10));
    }
}

/// What a terminal shows of a row in which each cluster is put where the measure has it, after a blank as wide as the measure has it.
fn shown(row: &str, measure: &Measure, columns: impl Fn(&str) -> usize) -> String {
    let mut cells: Vec<String> = vec![" ".to_owned(); COLUMNS];
    let mut at = 1;
    for cluster in measure.clusters(row) {
        let mut symbol = measure.shown(&row[cluster.range]);
        let mut taken = columns(symbol);
        if taken > cluster.columns {
            // What stands beyond its columns, a skin tone, is covered by what comes next.
            let tone = symbol.char_indices().skip(1).find(|(_, c)| is_skin_tone(*c)).map_or(0, |(at, _)| at);
            symbol = &symbol[..tone];
            taken = columns(symbol);
        }
        cells[at..at + cluster.columns].fill(" ".to_owned());
        // What the terminal gives no column is not there.
        if taken > 0 {
            symbol.clone_into(&mut cells[at]);
            cells[at + 1..at + taken].fill(String::new());
        }
        at += cluster.columns;
    }
    cells.concat().trim_end().to_owned()
}

fn page(file: &Path, measure: Measure) -> Page {
    let library = Shelf::of(file).unwrap().open(None).unwrap();
    let post = library.by_file(file).and_then(|id| library.post(id)).unwrap();
    lay_out(&reading::read(&library, post), &Sheet { measure, ..Sheet::of(COLUMNS - 2) })
}

fn write_post(folder: &Path) -> std::path::PathBuf {
    let probes = TABLE.iter().map(|(_, probe, _)| *probe);
    let lines: Vec<String> = probes.chain(SAMPLES).map(|sample| format!("a{sample}b {sample}{sample}c")).collect();
    let file = folder.join("widths.md");
    fs::write(&file, format!("# Widths\n\n{}\n", lines.join("\\\n"))).unwrap();
    file
}

#[test]
fn the_screen_is_what_was_laid_out() {
    let Some(tmux) = Tmux::start() else { return };
    let file = write_post(tmux.folder.path());
    let found = TABLE.map(|(_, probe, _)| tmux.columns(probe));
    let disagreed = TABLE.iter().zip(found).filter(|((.., columns), found)| usize::from(*columns) != *found).count();
    println!("tmux shows {disagreed} of {} classes otherwise than the defaults", TABLE.len());

    for (setting, measure) in [("true", Measure::calibrated(&found)), ("false", Measure::default())] {
        let page = page(&file, measure);
        let config = tmux.folder.path().join(setting);
        fs::create_dir_all(config.join("kiji")).unwrap();
        fs::write(config.join("kiji/config.toml"), format!("calibrate = {setting}\n")).unwrap();
        let command = env!("CARGO_BIN_EXE_kiji");
        tmux.show(&format!("XDG_CONFIG_HOME={} {command} {}", config.display(), file.display()));
        let expected: Vec<String> = (0..page.len())
            .map(|row| shown(&page.row_text(row), &measure, |symbol| tmux_columns(symbol, &found)))
            .collect();
        let start = Instant::now();
        // Where the terminal was asked, the page may be drawn once before it has answered.
        while tmux.rows().get(1..=page.len()) != Some(&expected) {
            let rows = tmux.rows();
            assert!(
                start.elapsed() < PATIENCE,
                "calibrate = {setting}:\n{}\n\nexpected:\n{}",
                rows.join("\n"),
                expected.join("\n")
            );
            thread::sleep(Duration::from_millis(10));
        }
    }
}

/// What tmux takes for a cluster, by what it was found to take for the probes.
fn tmux_columns(symbol: &str, found: &[usize; TABLE.len()]) -> usize {
    let new = TABLE.iter().position(|(class, ..)| *class == Class::New).unwrap();
    let is_dropped = found[new] == 0 && class(symbol) == Some(Class::New);
    if is_dropped { 0 } else { Measure::calibrated(found).columns(symbol) }
}
