//! Pictures on the screen.

use super::*;

/// A folder with a post that has a picture of four rows: two red, two blue.
fn folder_with_a_picture() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let colours = [[255, 0, 0], [255, 0, 0], [0, 0, 255], [0, 0, 255]];
    let rgb = (0..64 * 40).flat_map(|at| colours[at / 40 / 16]).collect();
    let png = file::png(&Pixels { size: Size { width: 40, height: 64 }, rgb }).unwrap();
    std::fs::write(folder.path().join("a.png"), &png).unwrap();
    std::fs::write(folder.path().join("broken.png"), &png[..png.len() - 30]).unwrap();
    let post = "---\ntitle: 絵\n---\n![甲](a.png)\n\n二\n\n三\n\n![乙](broken.png)\n";
    std::fs::write(folder.path().join("post.md"), post).unwrap();
    folder
}

/// A desk over that folder, with pictures drawn by these means.
fn desk_with_a_picture(means: Means, columns: u16, rows: u16) -> (tempfile::TempDir, Desk) {
    let folder = folder_with_a_picture();
    let mut desk = Desk::of_folder(folder.path(), columns, rows);
    desk.act(Action::Picture(PictureAction::CanDraw(Drawing { means, cell: Cell::USUAL })));
    desk.keys("<enter>");
    (folder, desk)
}

#[test]
fn pictures_are_half_blocks_and_are_cut_at_the_edge() {
    let (_folder, mut desk) = desk_with_a_picture(Means::HalfBlocks(picture::Depth::Full), 24, 10);
    check_desk(
        &desk,
        24,
        10,
        "
 post.md
 絵

 ▀▀▀▀▀
 ▀▀▀▀▀
 ▀▀▀▀▀
 ▀▀▀▀▀
 ▣ 甲

? every key <1 min  47%",
    );
    let halves = |desk: &Desk, y: u16| {
        let mut terminal = Terminal::new(TestBackend::new(24, 10)).unwrap();
        terminal.draw(|frame| draw(&desk.app, Theme::new(Ground::Dark, Depth::Truecolor), frame)).unwrap();
        let cell = &terminal.backend().buffer()[(1, y)];
        crate::ui::theme::sgr(cell.style())
    };
    assert_eq!(halves(&desk, 3), "38;2;255;0;0;48;2;255;0;0");
    assert_eq!(halves(&desk, 6), "38;2;0;0;255;48;2;0;0;255");
    desk.keys("jjjj");
    assert_eq!(halves(&desk, 2), "38;2;0;0;255;48;2;0;0;255");
    desk.keys("G");
    assert!(screen(&desk, 24, 10).iter().any(|row| row.starts_with(" Not")), "a broken picture says so");
}

#[test]
fn pictures_over_the_cells_are_away_below_an_overlay() {
    for means in [Means::Kitty, Means::Iterm2, Means::Sixel] {
        let (_folder, mut desk) = desk_with_a_picture(means, 24, 10);
        let places = |desk: &Desk| -> Vec<(u16, u16, std::ops::Range<u16>)> {
            crate::ui::over_cells(&desk.app).into_iter().map(|hung| (hung.x, hung.y, hung.rows)).collect()
        };
        assert_eq!(places(&desk), [(1, 3, 0..4)], "{means:?}");
        assert_eq!(screen(&desk, 24, 10)[3..7], ["", "", "", ""], "the cells below are blank");
        desk.keys("?");
        assert_eq!(places(&desk), []);
        desk.keys("?jjj");
        assert_eq!(places(&desk), [(1, 1, 1..4)]);
        desk.keys("h");
        assert_eq!(places(&desk), [], "the index covers the reader in a narrow terminal");
    }
}
