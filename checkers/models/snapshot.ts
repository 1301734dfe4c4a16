import type { Json } from '../../src/core/json.ts'
import type { Model } from '../../src/core/model.ts'
import type { Shape } from '../../src/core/shape.ts'
import { acknowledged, anything, text } from '../../src/core/shape.ts'
import { badInitial } from './collections.ts'

type Cells = { readonly [name: string]: Json }

const naming: Shape = {
  text: '`[name, value]`, the name a string',
  accepts: (value) => Array.isArray(value) && value.length === 2 && typeof value[0] === 'string',
}

/** A cell that holds `null` and one that was never written are the same. */
const allCells: Shape = {
  text: '`{name: value}` of all cells; `null` ones may be left out',
  accepts: isRecord,
  normal: (value) => written(value as Cells),
}

/**
 * A snapshot object: named cells that are written one by one and read together (Afek, Attiya,
 * Dolev, Gafni, Merritt & Shavit, 'Atomic snapshots of shared memory', 1993).
 */
export const snapshot: Model<Cells> = {
  name: 'snapshot',
  summary: 'named cells, `null` at first; write one, read one, or see all at once',
  operations: {
    write: { value: naming, result: acknowledged },
    read: { value: { ...text, text: 'the name, a string' }, result: anything, observes: true },
    snapshot: { value: anything, result: allCells, observes: true },
  },
  partitioned: false,

  initial(value = {}) {
    if (isRecord(value)) return written(value as Cells)
    throw badInitial('snapshot', 'an object with a value for each cell', value)
  },

  step(cells, { f, value }) {
    switch (f) {
      case 'snapshot':
        return [{ state: cells, result: cells }]
      case 'read': {
        const name = value as string
        return [{ state: cells, result: Object.hasOwn(cells, name) ? (cells[name] ?? null) : null }]
      }
      default: {
        const [name, content] = value as readonly [string, Json]
        return [{ state: written({ ...cells, [name]: content }), result: null }]
      }
    }
  },

  part({ f, value }) {
    if (f === 'snapshot') return undefined
    return f === 'read' ? value : (value as readonly [string, Json])[0]
  },

  // A pair of name and content stands for a value here. Nobody can see in a snapshot which empty
  // cells were written empty, so emptying a cell is never left out.
  touches({ f, value, result }) {
    if (result === undefined && f !== 'write') return []
    if (f === 'snapshot') return Object.entries(written(result as Cells))
    const [name, content] = (f === 'write' ? value : [value, result]) as readonly [string, Json]
    return content === null ? [] : [[name, content]]
  },
}

function isRecord(value: Json): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function written(cells: Cells): Cells {
  return Object.fromEntries(Object.entries(cells).filter(([, content]) => content !== null))
}
