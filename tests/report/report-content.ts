import type { Story } from '../../src/core/story.ts'
import type { Report, ReportEntry } from '../../src/report/report/content.ts'
import { small } from './small-timeline.ts'

/** A story of three steps in which two variables change. */
export const story: Story = {
  claim: 'never two',
  faults: ["'never two' is false"],
  steps: [
    {
      title: 'initially',
      changes: [],
      state: [
        { name: 'count', text: '0' },
        { name: 'who', text: '{}' },
      ],
    },
    {
      title: 'add(a)',
      changes: [{ place: 'count', before: '0', after: '1' }],
      state: [
        { name: 'count', text: '1' },
        { name: 'who', text: '{}' },
      ],
    },
    {
      title: 'add(b)',
      changes: [
        { place: 'count', before: '1', after: '2' },
        { place: 'who', after: 'b' },
      ],
      state: [
        { name: 'count', text: '2' },
        { name: 'who', text: '{b}' },
      ],
    },
  ],
}

export function entryOf(name: string, more: Partial<ReportEntry> = {}): ReportEntry {
  return {
    name,
    outcome: 'pass',
    asExpected: true,
    sentence: 'all that is claimed holds',
    figures: '12 states',
    engine: 'breadth-first',
    seconds: 0.012,
    again: `synod check ${name}`,
    evidence: [],
    ...more,
  }
}

/** A report with one of everything. `text` stands wherever text from a file can stand. */
export function reportWith(text: string, more: Partial<Report> = {}): Report {
  const told: Story = { ...story, claim: text, faults: [text] }
  const caught = entryOf(`specs/one/${text}`, {
    outcome: 'fail',
    sentence: text,
    because: text,
    evidence: [
      { type: 'story', story: told },
      { type: 'facts', facts: [{ name: text, text }] },
      { type: 'text', title: text, lines: [text, text] },
      { type: 'table', title: text, table: { columns: [{ title: text }], rows: [[text]] } },
      { type: 'run', lines: [{ time: '1 ms', who: text, kind: 'fault', text }] },
      { type: 'paragraphs', texts: [text] },
    ],
  })
  const bad = entryOf('protocols/raft/claims', {
    outcome: 'fail',
    asExpected: false,
    wanted: 'expected: it holds',
    sentence: `two leaders ${text}`,
    again: 'synod simulate raft --seed 7',
    evidence: [{ type: 'timeline', timeline: { ...small, title: text } }],
  })
  const simulated = {
    column: 'protocols',
    title: 'code simulated',
    entries: [bad, entryOf('protocols/raft/calm')],
  }
  const notRun = { what: 'Raft', command: 'npm run regress -- --host processes' }
  return {
    runs: [
      {
        command: 'check',
        started: '2026-01-02T03:04:05.000Z',
        seconds: 12,
        rows: 3,
        asExpected: 2,
        finished: true,
        machine: text,
        version: '0.1.0',
      },
    ],
    missing: [notRun],
    warnings: [text],
    columns: [
      { key: 'specs', title: 'spec explored', about: 'all states' },
      { key: 'protocols', title: 'code simulated', about: 'under faults' },
      { key: 'processes', title: 'real processes', about: 'over TCP' },
    ],
    families: [
      {
        key: 'raft',
        name: 'Raft',
        kind: 'protocol',
        groups: [
          { column: 'specs', title: 'spec explored', entries: [caught] },
          simulated,
          { column: 'processes', title: 'real processes', entries: [], notRun },
        ],
      },
      {
        key: 'quorums',
        name: 'Quorum systems',
        kind: 'subject',
        groups: [{ column: 'quorums', title: 'sayings', entries: [entryOf('quorums/a/load')] }],
      },
    ],
    chapters: [
      {
        key: 'steps',
        title: 'How it goes wrong',
        about: [text],
        parts: [
          { title: text, about: [text], exhibits: [{ type: 'story', story }], again: text },
          { title: 'seen', about: [], exhibits: [{ type: 'timeline', timeline: small }] },
        ],
      },
    ],
    book: {
      groups: [
        {
          name: 'Raft',
          claims: [
            {
              id: 'RAF-05',
              name: text,
              says: text,
              source: text,
              verdict: 'refuted as worded',
              instead: text,
              checked: { outcome: 'pass', asExpected: true },
              checks: [
                {
                  shows: 'counterexample',
                  asks: text,
                  method: 'spec',
                  outcome: 'pass',
                  sentence: text,
                  shown: [text],
                  again: text,
                },
              ],
              again: 'synod claims RAF-05',
            },
          ],
        },
      ],
    },
    bench: {
      machine: text,
      started: '2026-01-02T03:04:05.000Z',
      rows: [
        {
          work: text,
          figure: 2,
          unit: 's',
          bar: { sense: 'at most', value: 10 },
          standing: 'pass',
          note: text,
          before: 1.25,
        },
        { work: 'none', unit: 's', standing: 'skipped', note: '' },
      ],
    },
    ...more,
  }
}
