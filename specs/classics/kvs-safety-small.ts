import { model, spec } from '../../src/explore/index.ts'
import { id, mapOf, option, setOf } from '../../src/state/index.ts'

/**
 * A transaction works on its own copy of the store. It may merge what it wrote unless others have
 * merged writes to the same keys since it began.
 */
export const keyValueStore = spec(
  'kvs-safety-small',
  {
    about: 'a key-value store with snapshot isolation: of two that write a key, the first wins',
    source:
      'Berenson and others, A Critique of ANSI SQL Isolation Levels, 1995; Helwer, KeyValueStore',
    parameters: { key: 1, val: 2, tx: 2 },
    mutants: {
      'misses-nothing': 'a merge does not tell the other transactions what they have missed',
      'log-kept': 'a transaction that gives up keeps its log for the next one of its name',
    },
  },
  ({ key, val, tx }, planted) => {
    const KEY = id('key', key)
    const VAL = id('value', val)
    const TX = id('tx', tx)
    const keys = Array.from({ length: key }, (_, k) => k)
    const transactions = Array.from({ length: tx }, (_, t) => t)
    const missesNothing = planted('misses-nothing')
    const logKept = planted('log-kept')
    const store = mapOf(KEY, option(VAL))
    return model({
      state: {
        store,
        open: setOf(TX),
        snapshot: mapOf(TX, store),
        written: mapOf(TX, setOf(KEY)),
        missed: mapOf(TX, setOf(KEY)),
      },
      actions: {
        openTx: {
          for: [TX],
          when: (s, t) => !s.open.has(t),
          then: (s, t) => {
            s.open.add(t)
            for (const k of keys) s.snapshot.get(t).set(k, s.store.get(k))
          },
        },
        add: {
          for: [TX, KEY, VAL],
          when: (s, t, k) => s.open.has(t) && s.snapshot.get(t).get(k) === null,
          then: (s, t, k, v) => {
            s.snapshot.get(t).set(k, v)
            s.written.get(t).add(k)
          },
        },
        update: {
          for: [TX, KEY, VAL],
          when: (s, t, k, v) => {
            const before = s.snapshot.get(t).get(k)
            return s.open.has(t) && before !== null && before !== v
          },
          then: (s, t, k, v) => {
            s.snapshot.get(t).set(k, v)
            s.written.get(t).add(k)
          },
        },
        remove: {
          for: [TX, KEY],
          when: (s, t, k) => s.open.has(t) && s.snapshot.get(t).get(k) !== null,
          then: (s, t, k) => {
            s.snapshot.get(t).set(k, null)
            s.written.get(t).add(k)
          },
        },
        rollBack: {
          for: [TX],
          when: (s, t) => s.open.has(t),
          then: (s, t) => {
            s.open.delete(t)
            s.snapshot.get(t).fill(null)
            if (!logKept) s.written.get(t).clear()
            s.missed.get(t).clear()
          },
        },
        close: {
          for: [TX],
          when: (s, t) => s.open.has(t) && s.written.get(t).every((k) => !s.missed.get(t).has(k)),
          then: (s, t) => {
            s.open.delete(t)
            for (const k of keys) {
              if (!s.written.get(t).has(k)) continue
              s.store.set(k, s.snapshot.get(t).get(k))
              for (const other of transactions)
                if (s.open.has(other) && !missesNothing) s.missed.get(other).add(k)
            }
            s.snapshot.get(t).fill(null)
            s.written.get(t).clear()
            s.missed.get(t).clear()
          },
        },
      },
      invariants: {
        'whoever sees another value than the store wrote it, or has missed it': {
          for: [TX, KEY],
          holds: (s, t, k) =>
            !s.open.has(t) ||
            s.snapshot.get(t).get(k) === s.store.get(k) ||
            s.written.get(t).has(k) ||
            s.missed.get(t).has(k),
        },
        'a transaction leaves nothing behind': {
          for: [TX],
          holds: (s, t) =>
            s.open.has(t) ||
            (s.snapshot.get(t).every((value) => value === null) &&
              s.written.get(t).size === 0 &&
              s.missed.get(t).size === 0),
        },
      },
      sometimes: {
        'a transaction has missed what it wrote': (s) =>
          s.written.some((log, t) => log.some((k) => s.missed.get(t).has(k))),
        'all transactions are open': (s) => s.open.size === tx,
      },
      symmetry: [KEY, VAL, TX],
    })
  },
)
