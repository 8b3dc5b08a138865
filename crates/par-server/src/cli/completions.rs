//! `parindex completions`: completion scripts for shells.

use clap::{Args, CommandFactory};
use clap_complete::{Shell, generate};

use super::{Arguments, Failure, Outcome, output};

const EXAMPLES: &str = "Ví dụ:
  parindex completions bash > /etc/bash_completion.d/parindex";

/// In tập lệnh gợi ý dòng lệnh cho bash, zsh, fish, elvish hoặc PowerShell
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Completions {
    /// Loại shell
    shell: Shell,
}

impl Completions {
    pub(super) fn run(self) -> Result<Outcome, Failure> {
        let mut script = Vec::new();
        generate(self.shell, &mut Arguments::command(), "parindex", &mut script);
        output::print(String::from_utf8_lossy(&script))?;
        Ok(Outcome::Sound)
    }
}
