import type { MutantArea } from './mutant.ts'

type Change = readonly [search: string, replacement: string, mistake: string]

const area = (name: string, changes: readonly Change[]): MutantArea => ({
  tests: [`tests/checkers/${name}.test.ts`],
  mutants: changes.map(([search, replacement, mistake]) => {
    return { file: `checkers/${name}.ts`, search, replacement, mistake }
  }),
})

/** Mutants of the conditions that look at the operations themselves. */
export const directChecks: Readonly<Record<string, MutantArea>> = {
  'unique ids': area('unique-ids', [
    ['op.result === undefined) continue', 'false) continue', 'an unanswered call was given null'],
    ['op.result === null', 'false', 'null is an id'],
  ]),
  'counter bounds': area('counter-bounds', [
    ['add.returned < read.called;', 'add.returned < read.returned;', 'open adds are certain'],
    ['add.called < read.returned;', 'add.called < read.called;', 'open adds are impossible'],
    ['seen <= high) continue', 'seen < high) continue', 'the upper bound is out of bounds'],
    ['seen >= low &&', 'seen > low &&', 'the lower bound is out of bounds'],
    [
      'initial + sure.up + possible.down',
      'initial + sure.up + sure.down',
      'open subtractions do not count',
    ],
    [
      'high: initial + possible.up + sure.down',
      'high: initial + possible.up',
      'subtractions do not count',
    ],
    [
      'direction * (reached - seen) > 0',
      'direction * (reached - seen) >= 0',
      'the proof is too short',
    ],
    [
      'byReturn.sort((a, b) => a.read.returned - b.read.returned)',
      '',
      'reads return as they are called',
    ],
    ['answered.sort((a, b) => a.returned - b.returned)', '', 'adds return as they are called'],
  ]),
  'mutual exclusion': area('mutual-exclusion', [
    [
      'holding.acquired.returned < longest.until',
      'holding.acquired.called < longest.until',
      'waiting is holding',
    ],
    ['holding.until > longest.until', 'false', 'only the first holder is looked at'],
    ['op.result === undefined || holding', 'holding', 'an unanswered acquire holds'],
    ['holding.until = op.called', 'holding.until = op.returned', 'held until the release returned'],
    ["|| op.f === 'crash'", '', 'the crashed hold on'],
    [
      'return holdings.sort((a, b) => a.acquired.returned - b.acquired.returned)',
      'return holdings',
      'held in order of calls',
    ],
  ]),
  leaders: area('leader', [
    ['first.leader !== id', 'false', 'rivals are overlooked'],
    ['if (result === undefined) return undefined', '', 'an unanswered election was won'],
    ['leader === null ? undefined :', '', 'nobody is a leader'],
  ]),
  consensus: area('consensus', [
    ['proposed < op.returned', 'proposed < op.called', 'proposals in the meantime do not count'],
    ["f === 'crash' || result === undefined", "f === 'crash'", 'the unanswered owe a decision'],
    ["op.f === 'decide' && before !== undefined", 'false', 'deciding twice is fine'],
    ['done.has(op.process) ||', '', 'who has decided owes a decision'],
    ['|| faulty.has(op.process)', '', 'the faulty owe a decision'],
  ]),
  'set-full': area('set-full', [
    [
      'lastPresent[id] ?? -Infinity) < late.called',
      'lastPresent[id] ?? -Infinity) < late.returned',
      'open reads show nothing',
    ],
    [
      'element.addable < read.returned',
      'element.addable < read.called',
      'adds in the meantime do not count',
    ],
    [
      '?? Infinity) < read.called) missing[id]',
      '?? Infinity) < read.returned) missing[id]',
      'known too early',
    ],
    ['(member.present?.returned ?? -Infinity) < op.returned', 'true', 'the last call returns last'],
    ['op.called > quiet)', 'true)', 'every last read is final'],
    [
      'const read = gone ? late : end',
      'const read = gone ? late : undefined',
      'final readers may miss it',
    ],
    ['const read = gone ? late : end', 'const read = end', 'only final readers can miss it'],
    ['seenBy[id] === read && !doubled', 'false && !doubled', 'doubles are overlooked'],
    ['if (linearizable) findings', 'if (false) findings', 'stale elements are fine'],
  ]),
  'total order': area('total-order', [
    ['earlier !== undefined', 'false', 'doubles are delivered'],
    [
      'broadcast.called < op.returned',
      'broadcast.returned < op.returned',
      'delivered after the acknowledgement',
    ],
    [
      'sequence.length > longest.length',
      'sequence.length < longest.length || longest.length === 0',
      'the shortest is the order',
    ],
    ['if (faulty.has(process)) continue', '', 'the faulty owe deliveries'],
    ["f === 'crash' || result === undefined", 'result === undefined', 'the crashed owe deliveries'],
    ['op !== undefined && answered(op))]', 'op !== undefined)]', 'unacknowledged messages are due'],
    ['[...longest, ...', '[...', 'delivered elsewhere is not due'],
    ['if (sequences.size > 0) return findings', 'return findings', 'no process, no debt'],
    ['at < last.broadcast', 'at > last.broadcast', 'FIFO is turned round'],
    ['at <= last.delivered', 'at > last.delivered', 'causality is turned round'],
  ]),
  'strong eventual consistency': area('strong-eventual', [
    ['!replica.have.has(name)', 'true', 'an update applied twice is two'],
    ['called < op.returned ||', 'called < op.called ||', 'updates in the meantime do not count'],
    ['order.slice(0, size)', 'order', 'reads see updates that come later'],
    [
      'print[0] ^= mix(member, 0x9e3779b9)',
      'print[0] = mix(member, 0x9e3779b9)',
      'the order of updates matters',
    ],
  ]),
  'eventual consistency': area('eventual', [
    ['op.called > quiet &&', '', 'reads before the last update are final'],
    ['(end - last) / 2', '(end - last) / 3', 'less time to settle'],
    ['members.filter((member) => !unsure.has(member))', 'members', 'unanswered adds must agree'],
    ["kind === 'writes' && unsure.has(view)", 'false', 'unanswered writes must agree'],
    ['if (possible.has(value)) return []', '', 'written values are made up'],
    ['if (write === undefined) return []', 'return []', 'the beginning may come back'],
    ['!possible.has(member) && !start', '!start', 'added elements are made up'],
    ['!members.has(canonical(op.value))', 'false', 'elements may get lost'],
    ["if (kind !== 'other' || !unsure) findings", 'if (!unsure) findings', 'one doubt excuses all'],
  ]),
}
