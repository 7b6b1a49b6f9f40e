//! stub
use crate::world::World;
use std::path::Path;
pub fn write_content(_: &World, _: &Path) -> anyhow::Result<()> {
    Ok(())
}
