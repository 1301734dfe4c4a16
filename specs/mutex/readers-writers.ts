import { model, spec, weak, weakEach } from '../../src/explore/index.ts'
import { id, oneOf, packed, record, seqOf, setOf } from '../../src/state/index.ts'

/** Those who want to read or write wait in one queue, and are let in in its order. */
export const readersWriters = spec(
  'readers-writers',
  {
    about: 'many may read together, one may write alone, and nobody waits for ever',
    source: 'Courtois, Heymans and Parnas, Concurrent Control with "Readers" and "Writers", 1971',
    parameters: { numActors: 2 },
    mutants: {
      'read-beside-writer': 'readers are let in while somebody writes',
      'write-beside-readers': 'a writer is let in while others read',
      'second-writer': 'writers are let in while somebody writes',
    },
  },
  ({ numActors }, planted) => {
    const ACTOR = id('actor', numActors)
    const WAY = oneOf('read', 'write')
    const readBesideWriter = planted('read-beside-writer')
    const writeBesideReaders = planted('write-beside-readers')
    const secondWriter = planted('second-writer')
    return model({
      state: {
        readers: setOf(ACTOR),
        writers: setOf(ACTOR),
        waiting: seqOf(packed(record({ way: WAY, actor: ACTOR })), 2 * numActors),
      },
      actions: {
        ask: {
          for: [WAY, ACTOR],
          when: (s, way, a) => !s.waiting.some((one) => one.way === way && one.actor === a),
          then: (s, way, a) => {
            s.waiting.push({ way, actor: a })
          },
        },
        letIn: {
          when: (s) => {
            if (s.waiting.length === 0) return false
            if (s.waiting.at(0).way === 'read') return s.writers.size === 0 || readBesideWriter
            return (
              (s.writers.size === 0 || secondWriter) && (s.readers.size === 0 || writeBesideReaders)
            )
          },
          then: (s) => {
            const { way, actor } = s.waiting.shift()
            if (way === 'read') s.readers.add(actor)
            else s.writers.add(actor)
          },
        },
        stop: {
          for: [ACTOR],
          when: (s, a) => s.readers.has(a) || s.writers.has(a),
          then: (s, a) => {
            if (s.readers.has(a)) s.readers.delete(a)
            else s.writers.delete(a)
          },
        },
      },
      invariants: {
        'nobody reads while somebody writes': (s) => s.readers.size === 0 || s.writers.size === 0,
        'at most one writes': (s) => s.writers.size <= 1,
      },
      sometimes: {
        'all read': (s) => s.readers.size === numActors,
        'somebody writes': (s) => s.writers.size === 1,
      },
      properties: {
        'whoever waits to read reads': {
          for: [ACTOR],
          when: (s, a) => s.waiting.some((one) => one.way === 'read' && one.actor === a),
          leadsTo: (s, a) => s.readers.has(a),
        },
        'whoever waits to write writes': {
          for: [ACTOR],
          when: (s, a) => s.waiting.some((one) => one.way === 'write' && one.actor === a),
          leadsTo: (s, a) => s.writers.has(a),
        },
      },
      fairness: [weak('letIn'), weakEach('stop')],
      symmetry: [ACTOR],
    })
  },
)
