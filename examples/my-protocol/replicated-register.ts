/** Where reads are answered. Only one of the two is right. */
export type Reads = 'leader' | 'nearest'

/**
 * The system under test: one value on three servers. A write is acknowledged by the leader, server
 * 0, and reaches the others a little later. Put your own client here.
 */
export function replicatedRegister(reads: Reads) {
  const copies: (number | null)[] = [null, null, null]

  const replicate = async (value: number, server: number): Promise<void> => {
    await turns(4 * server)
    copies[server] = value
  }

  return {
    async write(value: number): Promise<void> {
      await turns(2)
      copies[0] = value
      void replicate(value, 1)
      void replicate(value, 2)
    },

    async read(client: number): Promise<number | null> {
      await turns(1)
      return copies[reads === 'leader' ? 0 : client % 3] ?? null
    },
  }
}

/** The network: a message takes so many turns of the event loop. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise(setImmediate)
}
