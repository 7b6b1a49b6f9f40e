//! `cargo run --release --example prefecture -- --enterprises 22000 --seed 1 --out DIR`: a synthetic prefecture.
//!
//! In: a size and a seed. Out: a whole portal folder in the source format, and with `--hugo DIR` the content
//! of a Hugo site made from the very same records. The same seed gives the same bytes on every machine.
//!
//! All of it is fiction: regions 99xxxx, area code 0000, names that say "sample".

mod codes;
mod credit;
mod documents;
mod enterprise;
mod front_matter;
mod hugo;
mod ledgers;
mod prose;
mod sampling;
mod seed;
mod words;
mod world;

use std::path::PathBuf;

use anyhow::{Result, ensure};
use clap::Parser;

/// Writes a synthetic prefecture as a portal folder, as Hugo content, or both.
#[derive(Parser)]
struct Arguments {
    /// How many enterprises; everything else scales with it.
    #[arg(long, default_value_t = 22_000)]
    enterprises: u64,
    /// Same seed, same bytes.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Years of visits (one a quarter to each enterprise, going back from 2026Q3) and of samples; 0: one visit to each
    /// enterprise and a sample to every tenth, the volume that figures before 2026-11-27 were measured on.
    #[arg(long, default_value_t = 1)]
    years: u64,
    /// The portal folder to write.
    #[arg(long)]
    out: Option<PathBuf>,
    /// The content folder of a Hugo site to write.
    #[arg(long)]
    hugo: Option<PathBuf>,
    /// The notation of its front matter.
    #[arg(long, value_enum, default_value = "json")]
    hugo_front_matter: front_matter::FrontMatter,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    ensure!((60..=3_000_000).contains(&arguments.enterprises), "--enterprises: 60 to 3000000");
    ensure!(arguments.years <= 20, "--years: 0 to 20");
    ensure!(arguments.out.is_some() || arguments.hugo.is_some(), "nothing to write: give --out or --hugo");
    let world = world::World::new(arguments.seed, arguments.enterprises, arguments.years);
    if let Some(folder) = &arguments.out {
        documents::write_documents(&world, folder)?;
        ledgers::write_ledgers(&world, folder)?;
    }
    if let Some(folder) = &arguments.hugo {
        hugo::write_content(&world, folder)?;
        if arguments.hugo_front_matter == front_matter::FrontMatter::Yaml {
            front_matter::turn_to_yaml(folder)?;
        }
    }
    Ok(())
}
