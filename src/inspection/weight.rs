//! PF-01, PF-04: how many bytes a page has on its way to a phone.
//!
//! In: the bytes of a page. Out: how many there are when packed with gzip. The fastest level is taken first: what fits there fits
//! at every level, and only what does not is packed as well as a server would. Not here: what pages load besides.

use flate2::{Compress, Compression, FlushCompress};

use super::rules::BYTES;
use super::{Notes, Subject};
use crate::diagnostic::Message;

/// What gzip writes before and behind the packed bytes.
const WRAPPING: usize = 18;

/// What packs pages; a quarter of a megabyte of tables, made once a worker.
pub struct Packer(Compress);

impl Default for Packer {
    fn default() -> Packer {
        Packer(Compress::new(Compression::new(1), false))
    }
}

/// Judges the weight of a page that has a limit; gives back its bytes at the fastest level.
pub(super) fn judge(
    subject: &Subject<'_>,
    html: &[u8],
    packer: &mut Packer,
    notes: &mut Notes<'_>,
) -> Option<usize> {
    let most = subject.most_bytes?;
    let fast = packed(&mut packer.0, html);
    if fast > most {
        let least = packed_size(html);
        if least > most {
            let message = Message::new(
                format!("页面压缩后 {least} 字节，超过 {most} 字节"),
                format!("the page has {least} bytes when packed; {most} are the most"),
            );
            notes.whole(&BYTES, "bytes", message);
        }
    }
    Some(fast)
}

/// Bytes of a page packed as a server packs it.
pub fn packed_size(html: &[u8]) -> usize {
    packed(&mut Compress::new(Compression::new(6), false), html)
}

fn packed(packer: &mut Compress, html: &[u8]) -> usize {
    packer.reset();
    let mut out = Vec::with_capacity(html.len() + 64);
    // Memory is the only place it writes to, and there is room for everything.
    let _ = packer.compress_vec(html, &mut out, FlushCompress::Finish);
    out.len() + WRAPPING
}
