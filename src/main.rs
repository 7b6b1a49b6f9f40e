//! The `gongshi` command: hands its arguments to the library and exits with its status.

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    gongshi::cli::run()
}
