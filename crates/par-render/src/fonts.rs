//! Fonts that are part of the program, so that a document looks the same on every machine.

/// Stands in for Times New Roman: the same widths, all Vietnamese letters (OFL 1.1).
pub const TINOS: [&[u8]; 4] = [
    include_bytes!("../fonts/Tinos-Regular.ttf"),
    include_bytes!("../fonts/Tinos-Bold.ttf"),
    include_bytes!("../fonts/Tinos-Italic.ttf"),
    include_bytes!("../fonts/Tinos-BoldItalic.ttf"),
];

/// The face of the pages, in which charts are lettered (OFL 1.1): regular and semi-bold.
pub const BE_VIETNAM_PRO: [&[u8]; 2] = [
    include_bytes!("../fonts/BeVietnamPro-Regular.ttf"),
    include_bytes!("../fonts/BeVietnamPro-SemiBold.ttf"),
];

/// All of them.
pub const ALL: [&[u8]; 6] = [TINOS[0], TINOS[1], TINOS[2], TINOS[3], BE_VIETNAM_PRO[0], BE_VIETNAM_PRO[1]];
