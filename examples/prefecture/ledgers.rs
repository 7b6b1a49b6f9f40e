//! Writes the ledgers of the portal folder, at most 2,000 records a file.
//!
//! In: the world and a folder. Out: YAML in the source format. One record is made, written and forgotten,
//! so memory does not grow with the prefecture.
//!
//! Not here: `portal.yaml`, articles, book and pages, which are in `documents`.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::documents::{create, create_folder};
use crate::enterprise::{Cover, Enterprise, Visit};
use crate::sampling::{Sample, Sampled};
use crate::words;
use crate::world::{Tier, World};

const RECORDS_PER_FILE: u64 = 2_000;

/// One kind's ledger, cut into files.
struct Ledger {
    folder: PathBuf,
    kind: &'static str,
    files: u64,
    records: u64,
    out: Option<BufWriter<File>>,
}

impl Ledger {
    fn open(root: &Path, kind: &'static str) -> Result<Ledger> {
        let folder = root.join("ledgers").join(kind);
        create_folder(&folder)?;
        Ok(Ledger { folder, kind, files: 0, records: 0, out: None })
    }

    /// The file for the next record, which counts as so many.
    fn next(&mut self, weight: u64) -> Result<&mut BufWriter<File>> {
        if self.records + weight > RECORDS_PER_FILE {
            self.close()?;
        }
        self.records += weight;
        let out = match self.out.take() {
            Some(out) => out,
            None => {
                self.files += 1;
                let mut out = create(&self.folder.join(format!("{:04}.yaml", self.files)))?;
                writeln!(out, "{}:", self.kind)?;
                out
            }
        };
        Ok(self.out.insert(out))
    }

    fn close(&mut self) -> Result<()> {
        self.records = 0;
        if let Some(mut out) = self.out.take() {
            out.flush().with_context(|| format!("writing ledger {}", self.kind))?;
        }
        Ok(())
    }
}

/// Writes every ledger below `root/ledgers`.
pub fn write_ledgers(world: &World, root: &Path) -> Result<()> {
    regions(world, root)?;
    cadres(world, root)?;
    enterprises(world, root)?;
    sampling(world, root)?;
    credit(world, root)
}

fn regions(world: &World, root: &Path) -> Result<()> {
    let mut ledger = Ledger::open(root, "regions")?;
    for tier in Tier::ALL {
        for place in 0..world.places(tier) {
            let region = world.region(tier, place);
            let out = ledger.next(1)?;
            write!(out, "  - {{code: \"{}\", name: {}, level: {}", region.code, region.name, tier.key())?;
            match tier {
                Tier::City => write!(out, ", population: {}", world.enterprises * 142)?,
                Tier::County => write!(out, ", population: {}", 260_000 + place * 7_919 % 300_000)?,
                Tier::Township => {
                    let county = world.region(Tier::County, world.county_of(place)).name;
                    let phone = 2_300_000 + place;
                    write!(
                        out,
                        ", station: {{org: {county}市场监督管理局, name: {}市场监管所, phone_office: 0000-{phone}}}",
                        region.name
                    )?;
                }
                Tier::Village => {}
            }
            writeln!(out, "}}")?;
        }
    }
    ledger.close()
}

fn cadres(world: &World, root: &Path) -> Result<()> {
    let mut ledger = Ledger::open(root, "cadres")?;
    for number in 0..world.cadre_count() {
        let cadre = world.cadre(number);
        writeln!(
            ledger.next(1)?,
            "  - id: {}\n    name: {}\n    level: {}\n    region: \"{}\"\n    org: {}\n    post: {}\n    phone_office: {}\n    \
             pledge: {{signed_on: {}, counterparty: {}}}\n    from: {}",
            cadre.id,
            cadre.name,
            cadre.tier.key(),
            cadre.region.code,
            cadre.org,
            cadre.post,
            cadre.phone,
            cadre.from,
            cadre.org,
            cadre.from
        )?;
    }
    ledger.close()
}

fn enterprises(world: &World, root: &Path) -> Result<()> {
    let mut ledger = Ledger::open(root, "enterprises")?;
    let mut visits = Ledger::open(root, "visits")?;
    for number in 0..world.enterprises {
        let enterprise = world.enterprise(number);
        enterprise_record(world, &enterprise, ledger.next(1)?)?;
        for n in 0..world.visits_each {
            visit_record(world, &enterprise, &world.visit(&enterprise, n), visits.next(1)?)?;
        }
    }
    visits.close()?;
    ledger.close()
}

fn enterprise_record(world: &World, enterprise: &Enterprise, out: &mut impl Write) -> Result<()> {
    let licence = &enterprise.licence;
    writeln!(out, "  - id: {}\n    name: {}", enterprise.id, enterprise.name)?;
    if let Some(uscc) = &enterprise.uscc {
        writeln!(out, "    uscc: {uscc}")?;
    }
    writeln!(
        out,
        "    sector: {}\n    business_type: {}\n    region: \"{}\"\n    address: {}\n    licences: [{{licence_no: {}, \
         issued: {}, valid_to: {}, issuer: {}, scope: {}}}]\n    legal_rep: {}\n    principal: {}",
        enterprise.sector,
        enterprise.business_type,
        enterprise.region.code,
        enterprise.address,
        licence.number,
        licence.issued,
        licence.valid_to,
        licence.issuer,
        licence.scope,
        enterprise.legal_rep,
        enterprise.legal_rep
    )?;
    if let Some(director) = &enterprise.director {
        writeln!(out, "    fs_director: {{name: {director}}}")?;
    }
    let officers: Vec<String> = enterprise
        .officers
        .iter()
        .map(|(name, phone)| format!("{{name: {name}, phone_office: {phone}}}"))
        .collect();
    let covers: Vec<String> = enterprise.covered_by.iter().map(|cover| cover_text(world, cover)).collect();
    writeln!(
        out,
        "    fs_officers: [{}]\n    coverage_level: {}\n    covered_by: [{}]\n    risk_grade: {{grade: {}, year: 2026}}",
        officers.join(", "),
        enterprise.tier.letter(),
        covers.join(", "),
        enterprise.risk_grade
    )?;
    if let Some(scale) = enterprise.scale {
        writeln!(out, "    scale: {scale}")?;
    }
    Ok(writeln!(out, "    status: {}", enterprise.status)?)
}

fn cover_text(world: &World, cover: &Cover) -> String {
    let id = world.cadre(cover.cadre).id;
    let to = cover.to.map(|to| format!(", to: {to}")).unwrap_or_default();
    format!("{{cadre: {id}, role: {}, from: {}{to}, basis: {}}}", cover.role, cover.from, cover.basis)
}

fn visit_record(world: &World, enterprise: &Enterprise, visit: &Visit, out: &mut impl Write) -> Result<()> {
    let cadre = world.cadre(visit.cadre).id;
    write!(
        out,
        "  - {{id: {}, enterprise: {}, cadre: {cadre}, date: {}, mode: {}",
        visit.id, enterprise.id, visit.date, visit.mode
    )?;
    if let Some(problem) = &visit.problem {
        write!(out, ",\n     problems: [{{text: {}, due: {}", problem.text, problem.due)?;
        if let Some(closed_on) = problem.closed_on {
            write!(out, ", closed_on: {closed_on}")?;
        }
        write!(out, "}}]")?;
        if let Some(again) = problem.rechecked_on() {
            write!(out, ", recheck: {{date: {again}, mode: video, result: ok}}")?;
        }
    }
    Ok(writeln!(out, "}}")?)
}

fn sampling(world: &World, root: &Path) -> Result<()> {
    let mut notices = Ledger::open(root, "sampling_notices")?;
    let mut disposals = Ledger::open(root, "disposals")?;
    for number in 0..world.notices {
        let notice = world.notice(number);
        let samples: Vec<(u64, Sample)> =
            (notice.samples.0..notice.samples.1).map(|number| (number, world.sample(number))).collect();
        let unqualified = samples.iter().filter(|(_, sample)| sample.failure.is_some()).count();
        let out = notices.next(samples.len() as u64)?;
        writeln!(
            out,
            "  - id: {}\n    notice_no: {}\n    date: {}\n    organ: {}\n    task: 监督抽检\n    \
             declared: {{batches: {}, qualified: {}, unqualified: {unqualified}}}\n    samples:",
            notice.id,
            notice.notice_no,
            notice.date,
            notice.organ,
            samples.len(),
            samples.len() - unqualified
        )?;
        for (number, sample) in &samples {
            sample_record(world, sample, out)?;
            if sample.failure.is_some() {
                disposal_record(world, *number, sample, disposals.next(1)?)?;
            }
        }
    }
    notices.close()?;
    disposals.close()
}

fn sample_record(world: &World, sample: &Sample, out: &mut impl Write) -> Result<()> {
    write!(out, "      - {{sample_no: {}, ", sample.sample_no)?;
    match &sample.sampled {
        Sampled::Enterprise(number) => write!(out, "enterprise: {}", world.enterprise(*number).id)?,
        Sampled::Stall { name, address, region } => write!(
            out,
            "enterprise: null, sampled: {{name: {name}, address: {address}, region: \"{}\"}}",
            region.code
        )?,
    }
    match &sample.producer {
        Some((name, address)) => write!(out, ", producer: {{name: {name}, address: {address}}}")?,
        None => write!(out, ", producer: null")?,
    }
    write!(
        out,
        ",\n         food_name: {}, category: {}, spec: {}, date_or_batch: {{kind: {}, date: {}}}, sampled_on: {}, reported_on: {}",
        sample.food,
        sample.category,
        sample.spec,
        sample.date_kind,
        sample.date,
        sample.sampled_on,
        sample.reported_on
    )?;
    let conclusion = match &sample.failure {
        Some(failure) => {
            write!(
                out,
                ",\n         items: [{{item: {}, value: {}, limit: {}}}]",
                failure.item, failure.value, failure.limit
            )?;
            "unqualified"
        }
        None => "qualified",
    };
    Ok(writeln!(out, ", conclusion: {conclusion}, lab: 示范市食品检验所}}")?)
}

fn disposal_record(world: &World, number: u64, sample: &Sample, out: &mut impl Write) -> Result<()> {
    let disposal = world.disposal(number, sample);
    write!(
        out,
        "  - {{sample: {}, organ: {}, control: {{stock: {{qty: 0, unit: kg}}, sold: {{qty: {}, unit: kg}}, \
         recalled: {{qty: 0, unit: kg}}}}, cause: {}",
        sample.sample_no, disposal.organ, disposal.sold, disposal.cause
    )?;
    if let Some(rectification) = disposal.rectification {
        write!(out, ", rectification: {rectification}")?;
    }
    let status = if disposal.rectification.is_some() { "closed" } else { "open" };
    Ok(writeln!(out, ", published_on: {}, status: {status}}}", disposal.published_on)?)
}

fn credit(world: &World, root: &Path) -> Result<()> {
    let mut penalties = Ledger::open(root, "penalties")?;
    let mut blacklist = Ledger::open(root, "blacklist")?;
    let mut withdrawals = Ledger::open(root, "withdrawals")?;
    for number in 0..world.penalties {
        let penalty = world.penalty(number);
        let (kinds, severity) =
            if penalty.serious { ("[fine, revoke]", "serious") } else { ("[fine]", "ordinary") };
        writeln!(
            penalties.next(1)?,
            "  - id: {}\n    doc_no: {}\n    party: {}\n    breach: {}\n    kinds: {kinds}\n    content: {}\n    \
             organ: 示范市市场监督管理局\n    decided_on: {}\n    published_on: {}\n    severity: {severity}\n    \
             early_stop_allowed: {}\n    publish_until: {}",
            penalty.id,
            penalty.doc_no,
            party(&world.enterprise(penalty.enterprise)),
            penalty.breach,
            penalty.content,
            penalty.decided_on,
            penalty.published_on,
            !penalty.serious,
            penalty.publish_until
        )?;
        if let Some(on) = penalty.withdrawn_on {
            withdrawal(withdrawals.next(1)?, "penalty", &penalty.id, on, number)?;
        }
    }
    for number in 0..world.blacklist {
        let entry = world.blacklist_entry(number);
        writeln!(
            blacklist.next(1)?,
            "  - id: {}\n    party: {}\n    ground: {{code: food-safety, text: {}}}\n    penalty: {{doc_no: {}, \
             organ: 示范市市场监督管理局, date: {}, kind: [fine, revoke], summary: 吊销许可证，罚款{}万元}}\n    \
             decision: {{doc_no: {}, organ: 示范市市场监督管理局, date: {}}}\n    listed_on: {}\n    regime: {}\n    \
             severity: serious\n    publish_until: {}",
            entry.id,
            party(&world.enterprise(entry.enterprise)),
            words::BREACHES.last().map_or("", |breach| breach.0),
            entry.penalty_doc_no,
            entry.penalty_date,
            entry.fine,
            entry.doc_no,
            entry.listed_on,
            entry.listed_on,
            entry.regime,
            entry.publish_until
        )?;
        if let Some(on) = entry.withdrawn_on {
            withdrawal(withdrawals.next(1)?, "blacklist", &entry.id, on, 700 + number)?;
        }
    }
    penalties.close()?;
    blacklist.close()?;
    withdrawals.close()
}

fn party(enterprise: &Enterprise) -> String {
    match &enterprise.uscc {
        Some(uscc) => format!("{{name: {}, uscc: {uscc}}}", enterprise.name),
        None => format!("{{name: {}}}", enterprise.name),
    }
}

fn withdrawal(out: &mut impl Write, kind: &str, id: &str, on: jiff::civil::Date, number: u64) -> Result<()> {
    let year = on.year();
    // Some penalties took a licence away, and such a one is not repaired.
    let reason = if kind == "penalty" { "处罚决定被撤销" } else { "信用修复" };
    Ok(writeln!(
        out,
        "  - {{kind: {kind}, id: {id}, on: {on}, reason: {reason}, doc_no: 示市监移出〔{year}〕{}号}}",
        number + 1
    )?)
}
