//! Arguments in, exit code out.

fn main() -> std::process::ExitCode {
    mingcha::cli::run()
}
