import { protocol } from '../../src/node/index.ts'
import { instances } from '../compose/instances.ts'
import { paxos } from './paxos.ts'

/** Independent instances of the synod protocol side by side: one agreement for each key. */
export const paxosInstances = protocol(
  'paxos-instances',
  {
    about: 'An instance of Paxos for every key',
    ...(paxos.source === undefined ? {} : { source: paxos.source }),
    options: paxos.options,
    mutants: paxos.mutants as Readonly<Record<PaxosMutant, string>>,
    tolerates: paxos.tolerates,
    clients: 'own',
  },
  (options, planted) => {
    const names = Object.keys(paxos.mutants ?? {}) as PaxosMutant[]
    return instances(paxos.make(options, names.find(planted)))
  },
)

type PaxosMutant = NonNullable<Parameters<typeof paxos.make>[1]>
