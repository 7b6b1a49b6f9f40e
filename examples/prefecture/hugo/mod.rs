//! Writes the same records as content of a Hugo site: one file of front matter a page.
//!
//! In: the world and the `content` folder of the site in `benches/hugo`. Every join is made here and stands in the front
//! matter of both its ends, in the words in which it is printed, so that no template of Hugo's has to look anything up,
//! count or write a day. What may no longer be public is left out, but for a page that says so.
//!
//! Not here: templates and configuration, which lie in `benches/hugo`; dashboards, charts, data files, feeds and the search,
//! which Hugo's side does without.

mod cadre;
mod credit;
mod enterprise;
mod home;
mod joins;
mod lists;
mod parts;
mod prose;
mod region;
mod sampling;
mod words;

use std::path::Path;

use anyhow::Result;

use crate::world::World;

/// Writes the whole content folder.
pub fn write_content(world: &World, root: &Path) -> Result<()> {
    let joins = joins::Joins::new(world);
    lists::lists(world, &joins, root)?;
    enterprise::enterprises(world, &joins, root)?;
    cadre::cadres(world, &joins, root)?;
    region::regions(world, &joins, root)?;
    sampling::sampling(world, root)?;
    credit::credit(world, &joins, root)?;
    prose::prose(world, root)?;
    home::home(world, &joins, root)
}
