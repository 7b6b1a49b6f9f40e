//! The `gongshi` command: hands its arguments to the library and exits with its status.
//!
//! The allocator is chosen and set here, since a library leaves that to the program. Not here: everything else.

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[allow(unsafe_code)]
unsafe extern "C" {
    /// Sets an option of the allocator, which is linked in above.
    fn mi_option_set(option: std::ffi::c_int, value: std::ffi::c_long);
}

/// `mi_option_purge_delay` of mimalloc.h.
const PURGE_DELAY: std::ffi::c_int = 15;

const DELAY_MILLISECONDS: std::ffi::c_long = 1;

/// Lets the allocator give pages back a millisecond after they become free, not a second. A build makes and drops the
/// nodes of one ledger after another, so waiting kept a quarter more memory than there ever was in use. Giving back at once
/// took as much memory and handed every second page to the system only to fetch it again.
#[allow(unsafe_code)]
fn give_memory_back_soon() {
    // SAFETY: the call stores a number in a table of the allocator and may be made at any time from any thread; the first
    // number is an index of that table, and an unknown one is passed over.
    unsafe { mi_option_set(PURGE_DELAY, DELAY_MILLISECONDS) }
}

fn main() -> std::process::ExitCode {
    give_memory_back_soon();
    gongshi::cli::run()
}
