//! Makes modules of Stateright's own examples, which Cargo unpacked with the crate, and gives each
//! a function `run` that measures one exploration, and `own`, its own program. Nothing of them is
//! copied into this repository.

use std::path::{Path, PathBuf};
use std::{env, fs, process::Command};

/// The file of the example, and the model that it declares, for a size `n`.
const EXAMPLES: [(&str, &str); 5] = [
    ("2pc", "TwoPhaseSys { rms: 0..n }"),
    ("increment", "State::new(n)"),
    (
        "paxos",
        "PaxosModelCfg { client_count: n, server_count: 3,
           network: Network::new_unordered_nonduplicating([]) }.into_model()",
    ),
    (
        "single-copy-register",
        "SingleCopyModelCfg { client_count: n, server_count: 1,
           network: Network::new_unordered_nonduplicating([]) }.into_model()",
    ),
    (
        "linearizable-register",
        "AbdModelCfg { client_count: 2, server_count: n,
           network: if n == 2 { Network::new_unordered_nonduplicating([]) }
                    else { Network::new_ordered([]) } }.into_model()",
    ),
];

fn main() {
    let out = PathBuf::from(env::var("OUT_DIR").unwrap());
    let examples = sources().join("examples");
    let mut modules = String::new();
    for (name, model) in EXAMPLES {
        let text = fs::read_to_string(examples.join(format!("{name}.rs"))).unwrap();
        let module = format!("example_{}", name.replace('-', "_"));
        let file = out.join(format!("{module}.rs"));
        let run = format!(
            "pub fn run(n: usize, threads: usize, strategy: &str) -> crate::Found {{\n\
             crate::explored!({model}, threads, strategy)\n}}\n\
             pub fn own() {{\n\
             let _ = main();\n}}\n"
        );
        fs::write(&file, format!("{text}\n{run}")).unwrap();
        modules += &format!("#[allow(dead_code, unused_imports)]\n#[path = {file:?}]\nmod {module};\n");
    }
    fs::write(out.join("examples.rs"), modules).unwrap();
    println!("cargo:rerun-if-changed=build.rs");
}

/// Where Cargo unpacked the crate.
fn sources() -> PathBuf {
    let cargo = env::var("CARGO").unwrap();
    let asked = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--offline", "--locked"])
        // Crates of other platforms were not fetched.
        .args(["--filter-platform", &env::var("TARGET").unwrap()])
        .current_dir(env::var("CARGO_MANIFEST_DIR").unwrap())
        .output()
        .unwrap();
    let metadata: serde_json::Value = serde_json::from_slice(&asked.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let found = packages.iter().find(|package| package["name"] == "stateright").unwrap();
    let manifest = Path::new(found["manifest_path"].as_str().unwrap());
    manifest.parent().unwrap().to_path_buf()
}
