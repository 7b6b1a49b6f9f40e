//! Withheld words of a few letters: found where they can be read, and no alarm where they stand by chance.

use crate::support::{DAY, Project, holders};

#[test]
fn a_withheld_word_that_stands_by_chance_in_the_index_or_in_a_hash_stops_nothing() {
    let project = Project::small();
    project.build(DAY).ends(0);
    let site = project.site();
    let runs = |path: &str| -> Vec<String> {
        let text = String::from_utf8(site.get(path).unwrap().clone()).unwrap();
        text.split(|c: char| !c.is_ascii_alphanumeric()).map(str::to_string).collect()
    };
    // As a whole word in the letters of the index, and inside the hash of a file in the catalogue.
    let shards = site.keys().filter(|path| path.starts_with("search/t/"));
    let in_shards = shards.flat_map(|shard| runs(shard)).filter(|run| (4..8).contains(&run.len()));
    let of_index = in_shards
        .into_iter()
        .find(|word| holders(&site, word).iter().all(|path| path.starts_with("search/t/")));
    let in_hashes = runs("data/catalog.jsonld").into_iter().filter(|run| run.len() == 64);
    let mut parts = in_hashes.map(|hash| hash.get(10..14).unwrap().to_string());
    let of_hash = parts.find(|word| {
        let tells = |path: &String| path == "data/catalog.jsonld" || path == "manifest.json";
        holders(&site, word).iter().all(tells)
    });
    for word in [of_index.unwrap(), of_hash.unwrap()] {
        project.edit("content/ledgers/enterprises.yaml", "DEMO-ZRX-2026-0001", &format!("'{word}'"));
        project.build(DAY).ends(0);
        project.edit("content/ledgers/enterprises.yaml", &format!("'{word}'"), "DEMO-ZRX-2026-0001");
    }
}
