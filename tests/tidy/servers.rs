//! docs/servers/: files for three servers that send what the pages ask for, and rewrite no address.

use crate::none;
use crate::tree::read;

const FILES: [&str; 3] = ["docs/servers/nginx.conf", "docs/servers/apache.conf", "docs/servers/Caddyfile"];

/// The policy of a page at the portal's own address: that of `base.html` without what the page for lost addresses adds.
fn policy_of_pages() -> String {
    let base = read("themes/default/templates/base.html");
    let (_, behind) = base.split_once("http-equiv=\"Content-Security-Policy\" content=\"").unwrap();
    let (policy, _) = behind.split_once("\"><meta").unwrap();
    let mut parts = policy.split("{% if ");
    let first = parts.next().unwrap().to_string();
    parts.fold(first, |whole, part| whole + part.split_once("{% endif %}").unwrap().1)
}

/// The policy that a file of a server sends.
fn policy_of(text: &str) -> Option<&str> {
    let (_, behind) = text.split_once("Content-Security-Policy \"")?;
    behind.split_once('"').map(|(policy, _)| policy)
}

#[test]
fn servers_send_the_policy_of_the_pages_and_forbid_frames_elsewhere() {
    let wanted = format!("{};frame-ancestors 'self'", policy_of_pages());
    assert!(wanted.starts_with("default-src 'none';script-src 'self';") && !wanted.contains('{'), "{wanted}");
    let wrong = FILES.iter().filter(|path| policy_of(&read(path)) != Some(wanted.as_str()));
    none("these do not send it", &wrong.map(|path| format!("{path}: {wanted}")).collect::<Vec<_>>());
}

#[test]
fn servers_name_texts_pack_them_and_keep_only_what_never_changes() {
    let mut found = Vec::new();
    for path in FILES {
        let text = read(path);
        let settings: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with('#')).collect();
        let text = settings.join("\n");
        for words in [
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "/theme/[^/]+\\.[0-9a-f]{8}\\.[a-z0-9]+$",
            "max-age=31536000, immutable",
            "max-age=300, must-revalidate",
            "utf-8",
            "/404.html",
        ] {
            if !text.contains(words) {
                found.push(format!("{path}: no {words}"));
            }
        }
        if !["gzip", "DEFLATE"].iter().any(|way| text.contains(way)) {
            found.push(format!("{path}: nothing is packed"));
        }
        // The page for what is not found is the only one that stands at other addresses than its own.
        let moves = text.lines().filter(|line| line.to_lowercase().contains("rewrite"));
        found.extend(moves.filter(|line| !line.contains("/404.html")).map(|line| format!("{path}: {line}")));
    }
    none("a file of a server lacks something", &found);
}
