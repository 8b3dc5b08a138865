//! The program `parindex`.

fn main() -> std::process::ExitCode {
    par_server::cli::main()
}
