//! Texts of the index between their making and their writing: in memory, or on the disk where there are too many of them.
//!
//! In: texts. Out: the same texts when they are asked for. A disk on which nothing can be laid costs memory and nothing else; one that
//! does not give back what lies there is an error.
//!
//! Not here: what the texts say (`postings`).

use std::borrow::Cow;
use std::io;

use crate::cache::{Cache, Laid, Spool};

/// A text that is kept.
#[derive(Debug)]
pub enum Text {
    /// In memory.
    Here(Vec<u8>),
    /// On the disk.
    Aside(Laid),
}

impl Text {
    /// Its bytes.
    pub fn length(&self) -> usize {
        match self {
            Text::Here(text) => text.len(),
            Text::Aside(laid) => laid.length(),
        }
    }
}

/// Where texts are kept.
#[derive(Debug, Default)]
pub struct Aside(Option<Spool>);

impl Aside {
    /// Keeps texts in memory.
    pub fn in_memory() -> Aside {
        Aside(None)
    }

    /// Keeps texts beside the cache, as long as it can be written.
    pub fn on_disk(cache: &Cache) -> Aside {
        Aside(cache.spool())
    }

    /// Keeps texts.
    pub fn keep(&self, texts: Vec<Vec<u8>>) -> Vec<Text> {
        match self.0.as_ref().and_then(|spool| spool.lay(&texts).ok()) {
            Some(laid) => laid.into_iter().map(Text::Aside).collect(),
            None => texts.into_iter().map(Text::Here).collect(),
        }
    }

    /// What was kept.
    pub fn read<'t>(&self, text: &'t Text) -> io::Result<Cow<'t, [u8]>> {
        match (text, &self.0) {
            (Text::Here(text), _) => Ok(Cow::Borrowed(text)),
            (Text::Aside(laid), Some(spool)) => spool.read(*laid).map(Cow::Owned),
            (Text::Aside(_), None) => Err(io::ErrorKind::NotFound.into()),
        }
    }

    /// Texts one after another, as one that is kept.
    pub fn join(&self, texts: Vec<Text>) -> io::Result<Text> {
        let mut all = Vec::with_capacity(texts.iter().map(Text::length).sum());
        for text in texts {
            all.extend_from_slice(&self.read(&text)?);
        }
        Ok(self.keep(vec![all]).pop().unwrap_or(Text::Here(Vec::new())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_come_back_from_memory_from_the_disk_and_from_a_disk_that_cannot_be_written() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("file"), "").unwrap();
        for aside in [
            Aside::in_memory(),
            Aside::on_disk(&Cache::open(folder.path())),
            Aside::on_disk(&Cache::open(&folder.path().join("file/below"))),
            Aside::on_disk(&Cache::none()),
        ] {
            let mut kept = aside.keep(vec![b"one".to_vec(), Vec::new(), b"two".to_vec()]);
            let lengths: Vec<usize> = kept.iter().map(Text::length).collect();
            assert_eq!(lengths, [3, 0, 3]);
            assert_eq!(*aside.read(&kept[2]).unwrap(), *b"two");
            kept.push(Text::Here(b"!".to_vec()));
            let joined = aside.join(kept).unwrap();
            assert_eq!(*aside.read(&joined).unwrap(), *b"onetwo!");
        }
    }
}
