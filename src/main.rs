//! The `gongshi` command: hands its arguments to the library and exits with its status.

fn main() -> std::process::ExitCode {
    gongshi::cli::run()
}
