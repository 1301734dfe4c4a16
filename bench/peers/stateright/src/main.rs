//! Explores one of Stateright's own examples: `stateright-peer EXAMPLE SIZE THREADS bfs|dfs`.
//! With an example in `STATERIGHT_EXAMPLE` it is the example's own program: `stateright-peer check 2`.
//! Prints one line of JSON. The whole state space is looked at, also when properties are decided
//! before, and nobody polls for the end: times are those of the search.

use std::time::Instant;

pub struct Found {
    pub unique: usize,
    pub generated: usize,
    pub depth: usize,
    pub seconds: f64,
}

#[macro_export]
macro_rules! explored {
    ($model:expr, $threads:expr, $strategy:expr) => {{
        use stateright::{Checker as _, HasDiscoveries, Model as _};
        // No property has this name, so that all others being decided is no reason to stop.
        let everything = HasDiscoveries::AllOf(["everything"].into_iter().collect());
        let builder = $model.checker().threads($threads).finish_when(everything);
        let started = std::time::Instant::now();
        macro_rules! found {
            ($checker:expr) => {{
                let checker = $checker.join();
                $crate::Found {
                    unique: checker.unique_state_count(),
                    generated: checker.state_count(),
                    depth: checker.max_depth(),
                    seconds: started.elapsed().as_secs_f64(),
                }
            }};
        }
        if $strategy == "dfs" {
            found!(builder.spawn_dfs())
        } else {
            found!(builder.spawn_bfs())
        }
    }};
}

include!(concat!(env!("OUT_DIR"), "/examples.rs"));

fn main() {
    if let Ok(example) = std::env::var("STATERIGHT_EXAMPLE") {
        match example.as_str() {
            "paxos" => example_paxos::own(),
            "linearizable-register" => example_linearizable_register::own(),
            _ => panic!("there is no example {example}"),
        }
        return;
    }
    let arguments: Vec<String> = std::env::args().collect();
    let [_, example, size, threads, strategy] = &arguments[..] else {
        panic!("EXAMPLE SIZE THREADS bfs|dfs");
    };
    let run = match example.as_str() {
        "2pc" => example_2pc::run,
        "increment" => example_increment::run,
        "paxos" => example_paxos::run,
        "single-copy-register" => example_single_copy_register::run,
        "linearizable-register" => example_linearizable_register::run,
        _ => panic!("there is no example {example}"),
    };
    let started = Instant::now();
    let found = run(size.parse().unwrap(), threads.parse().unwrap(), strategy);
    let Found { unique, generated, depth, seconds } = found;
    let whole = started.elapsed().as_secs_f64();
    let (cpu, peak) = usage();
    println!(
        "{{\"distinctStates\":{unique},\"generatedStates\":{generated},\"depth\":{depth},\
         \"seconds\":{seconds:.4},\"wholeSeconds\":{whole:.4},\"cpuSeconds\":{cpu:.4},\
         \"peakMegabytes\":{peak:.1}}}"
    );
}

/// Processor time of this process in seconds, and the most memory it had, in megabytes.
fn usage() -> (f64, f64) {
    let mut usage: libc::rusage = unsafe { std::mem::zeroed() };
    unsafe { libc::getrusage(libc::RUSAGE_SELF, &mut usage) };
    let seconds = |time: libc::timeval| time.tv_sec as f64 + time.tv_usec as f64 / 1e6;
    (seconds(usage.ru_utime) + seconds(usage.ru_stime), usage.ru_maxrss as f64 / 1024.0)
}
