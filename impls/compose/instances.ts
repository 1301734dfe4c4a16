import { canonical } from '../../src/core/json.ts'
import type { Json } from '../../src/core/json.ts'
import type { Program } from '../../src/node/index.ts'
import { nestedDisk, nestedFx, timerOf } from './nested.ts'
import type { Wrapped } from './nested.ts'

/** By its key, what each instance is at. */
export type Instances = Readonly<Record<string, unknown>>

/**
 * As many independent instances of a program as there are keys that clients ask for. An instance
 * begins when it is first heard of; its name is on the disk before anything that it stores.
 *
 * Its view shows what each has decided (`instances`), where it has.
 */
export function instances(one: Program): Program<Instances, Wrapped> {
  return {
    ...(one.enough === undefined ? {} : { enough: one.enough }),

    boot(disk, fx) {
      const booted: Record<string, unknown> = {}
      for (const key of disk.log('instances').records as readonly string[]) {
        booted[key] = one.boot(nestedDisk(disk, key), nestedFx(fx, key))
      }
      return booted
    },

    onRequest(all, request, fx) {
      const key = canonical((request.key ?? null) as Json)
      const inner = nestedFx(fx, key)
      const state = all[key] ?? begun(one, key, fx)
      return { ...all, [key]: one.onRequest(state, request, inner) }
    },

    onMessage(all, from, { part, message }, fx) {
      const state = all[part] ?? begun(one, part, fx)
      return { ...all, [part]: one.onMessage(state, from, message, nestedFx(fx, part)) }
    },

    onTimer(all, timer, fx) {
      const [key, inner] = timerOf(timer)
      const state = all[key]
      if (state === undefined || one.onTimer === undefined) return all
      return { ...all, [key]: one.onTimer(state, inner, nestedFx(fx, key)) }
    },

    onDurable(all, ticket, fx) {
      if (one.onDurable === undefined) return all
      const next: Record<string, unknown> = {}
      for (const [key, state] of Object.entries(all)) {
        next[key] = one.onDurable(state, ticket, nestedFx(fx, key))
      }
      return next
    },

    view(all) {
      const decided: Record<string, unknown> = {}
      const accepted: Record<string, unknown> = {}
      for (const [key, state] of Object.entries(all)) {
        const view = one.view(state)
        if (view['decided'] !== undefined) decided[key] = view['decided']
        if (view['accepted'] != null) accepted[key] = view['accepted']
      }
      return { instances: decided, accepted }
    },
  }
}

type InstancesFx = Parameters<Program<Instances, Wrapped>['boot']>[1]

function begun(one: Program, key: string, fx: InstancesFx): unknown {
  fx.append('instances', key)
  const empty = { fresh: true, get: () => undefined, log: () => noRecords, damaged: [] }
  return one.boot(empty, nestedFx(fx, key))
}

const noRecords = { first: 0, records: [] }
