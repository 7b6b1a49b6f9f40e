//! A file of the portal that is published as it is: a picture, an attachment.
//!
//! In: files below `assets/`. Not here: their bytes, which are copied when the site is made (`release`).

use crate::diagnostic::FileId;
use crate::route::Route;
use crate::source::PictureSize;

/// A file below `assets/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asset {
    /// The file.
    pub file: FileId,
    /// Where it is published.
    pub route: Route,
    /// How large it is shown, when it is a picture.
    pub size: Option<PictureSize>,
}

/// Whether a file is shown as a picture, by the ending of its name.
pub fn is_picture_name(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    matches!(ending.as_str(), "svg" | "png" | "jpg" | "jpeg" | "webp" | "gif")
}
